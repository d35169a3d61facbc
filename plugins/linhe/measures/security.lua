-- 妇女与社会保障：策略措施 11 条。

return {
  task "security_measure_1" {
    title = "完善惠及妇女的社会保障体系", lead = "labour", units = { "medical_insurance", "civil_affairs" },
    checks = {
      "制定政策关切妇女特殊需求", "参保扩面，灵活就业、新业态女性参保，应保尽保", "社会保障的性别差距缩小", "全民参保登记信息库",
      "分性别统计、动态监测", "社保经办服务条件",
    },
    source = "security_measure_1",
  },
  task "security_measure_2" {
    title = "完善城乡妇女生育保障", lead = "medical_insurance", units = { "labour" },
    indicators = { "maternity_insurance" },
    checks = {
      "生育保险覆盖率", "医疗费用支付和生育津贴", "就业和领取失业金期间的生育保障",
      "与职工医保合并实施：登记、缴费、管理、经办、信息系统统一",
    },
    source = "security_measure_2",
  },
  task "security_measure_3" {
    title = "提高妇女医疗保障水平", lead = "medical_insurance", units = { "trade_unions", "civil_affairs" },
    indicators = { "female_medical_insurance" },
    checks = {
      "女职工和城乡女性居民持续参保，实现统筹", "基本医保、大病保险、医疗救助三重保障",
      "一站式服务、一窗式办理、一单制结算", "全区统一信息系统，异地就医直接结算", "女职工医疗互助，商业保险补充",
    },
    source = "security_measure_3",
  },
  task "security_measure_4" {
    title = "发展多层次养老保险", lead = "labour",
    indicators = { "female_pension", "female_pension_level" },
    checks = {
      "基本养老保险参保率", "养老金合理调整机制", "被征地女农民养老保险", "用人单位及时足额缴费", "企业年金、商业养老保险",
    },
    source = "security_measure_4",
  },
  task "security_measure_5" {
    title = "保障女性失业保险权益", lead = "labour",
    indicators = { "female_unemployment_insurance" },
    checks = {
      "促就业防失业，稳定女职工就业", "督促参保，女农民工参保率", "自治区级统筹方案落实，按时享有待遇",
      "待遇调整，与物价上涨挂钩联动", "特殊时期失业保障政策",
    },
    source = "security_measure_5",
  },
  task "security_measure_6" {
    title = "扩大妇女工伤保险覆盖", lead = "labour",
    indicators = { "female_injury_insurance" },
    checks = {
      "新业态职业伤害参保", "督促参保，高风险行业女职工投保", "工伤预防、补偿、康复，工伤统筹",
    },
    source = "security_measure_6",
  },
  task "security_measure_7" {
    title = "强化生活困难妇女兜底保障", lead = "civil_affairs", units = { "statistics" },
    indicators = { "minimum_living_women", "destitute_women", "low_income_women" },
    checks = {
      "救助体系统筹、政策衔接、制度整合", "专项救助、临时救助、急难救助", "低保、特困、临时救助应保尽保、应养尽养、应救尽救",
      "政府购买服务，“物质+服务”方式", "慈善组织帮扶", "社会救助分性别统计，精准识别",
    },
    source = "security_measure_7",
  },
  task "security_measure_8" {
    title = "满足妇女社会福利需求", lead = "civil_affairs", units = { "disabled_federation" },
    checks = {
      "福利制度体系，扩大范围", "空巢、老养老、失独家庭关爱机制", "高龄津贴、养老服务补贴、失能护理补贴",
      "残疾人专项福利，残疾妇女公共服务",
    },
    source = "security_measure_8",
  },
  task "security_measure_9" {
    title = "保障妇女基本养老服务", lead = "civil_affairs", units = { "health", "housing" },
    checks = {
      "居家社区机构协调、医养康养结合，普惠养老", "社区居家网络，公共设施适老化，专业服务延伸",
      "公办机构能力，公建民营，失能失智和特殊家庭托养", "生活照料、紧急救援、精神慰藉", "医疗机构参与养老健康服务",
      "社会力量和邻里互助", "护理人才队伍",
    },
    source = "security_measure_9",
  },
  task "security_measure_10" {
    title = "建立多层次长期照护保障", lead = "medical_insurance", units = { "civil_affairs" },
    checks = {
      "探索长期护理保险", "护理型床位供给和监管", "家庭照料者培训和支持", "失能老年人探访关爱",
      "为老服务社工、志愿者队伍",
    },
    source = "security_measure_10",
  },
  task "security_measure_11" {
    title = "关爱农村留守妇女", lead = "federation", units = { "civil_affairs", "agriculture" },
    checks = {
      "农村留守妇女关爱行动", "区级、乡镇、街道留守妇女信息台账", "创业发展平台和服务",
      "参与乡村治理、邻里互助、留守老人儿童关爱", "权益保护、生产帮扶、精神抚慰、家庭教育支持",
    },
    source = "security_measure_11",
  },
}
