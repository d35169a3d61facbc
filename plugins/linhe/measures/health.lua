-- 妇女与健康：策略措施 13 条。

return {
  task "health_measure_1" {
    title = "健全妇女健康保障机制", lead = "health", units = { "finance", "medical_insurance", "trade_unions" },
    checks = {
      "推进“健康巴彦淖尔”建设，预防为主", "政府主导、部门协同、社会参与、行业监管、科技支撑",
      "医疗、医保、医药联动改革", "财政投入加大，向基层倾斜，多渠道支持", "女职工卫生费标准提高",
      "公共卫生应急和重大疫情救治顾及妇女需求",
    },
    source = "health_measure_1",
  },
  task "health_measure_2" {
    title = "加强妇幼健康服务网络", lead = "health",
    indicators = { "standard_maternal_child_institutions" },
    checks = {
      "妇幼保健机构为核心、基层医疗卫生机构为基础、大中型医院和科研机构为支撑", "妇幼保健机构绩效考核及结果应用",
      "危重孕产妇救治中心建设", "区、乡镇、村三级网络，转诊和远程会诊", "产科、助产等急需人才培养使用",
    },
    source = "health_measure_2",
  },
  task "health_measure_3" {
    title = "建立妇女全生命周期健康管理", lead = "health",
    indicators = { "female_life_expectancy", "female_healthy_life_expectancy" },
    checks = {
      "青春期、育龄期、孕产期、更年期、老年期分期管理", "保健与临床结合，多学科协作，中医药（蒙医药）参与",
      "宣传教育、咨询指导、筛查评估、综合干预、应急救治", "妇幼健康新业态监管",
    },
    source = "health_measure_3",
  },
  task "health_measure_4" {
    title = "保障孕产妇安全分娩", lead = "health", units = { "civil_affairs", "medical_insurance" },
    indicators = { "maternal_management", "maternal_mortality", "referral_network" },
    checks = {
      "医疗机构产科质量规范化管理", "孕产妇健康管理列入基本公共卫生服务", "流动孕产妇管理服务",
      "低收入孕产妇住院分娩和危重孕产妇救治救助", "孕早期建册、孕产期保健，高龄等重点人群分类管理",
      "母婴安全五项制度：风险筛查评估、高危专案管理、危急重症救治、死亡个案报告、约谈通报",
      "网格化管理，救治转诊网络覆盖全部助产机构",
    },
    source = "health_measure_4",
  },
  indicator "referral_network" {
    title = "危重孕产妇救治转诊网络覆盖的助产机构比例", unit = "%", digits = 1, lead = "health",
    target = full(), source = "health_measure_4",
  },
  task "health_measure_5" {
    title = "引导科学安全的分娩方式", lead = "health",
    indicators = { "caesarean_rate", "midwife_bed_ratio" },
    checks = {
      "科学备孕、适龄怀孕、合理生育间隔宣传", "孕妇及家属对自然分娩的认识", "产科关键环节管理，减少非医学指征剖宫产",
      "助产技术提高，导乐分娩、分娩陪伴服务",
    },
    source = "health_measure_5",
  },
  task "health_measure_6" {
    title = "完善两癌综合防治和救助", lead = "health",
    units = { "finance", "medical_insurance", "civil_affairs", "trade_unions", "federation" },
    indicators = { "cancer_knowledge", "cervical_screening", "breast_screening", "cervical_treatment" },
    checks = {
      "妇幼保健机构设施设备和筛查能力", "农村妇女两癌检查项目落实", "城镇低保家庭适龄妇女免费筛查，经费保障",
      "用人单位定期组织女职工筛查", "35至45岁妇女接受高效宫颈癌筛查", "筛查、诊断技术创新和监测评估",
      "筛查与诊治衔接，早诊早治", "人乳头瘤病毒疫苗接种试点", "用药负担减轻，困难患者救助",
    },
    source = "health_measure_6",
  },
  task "health_measure_7" {
    title = "提高妇女生殖健康水平", lead = "health", units = { "education" },
    indicators = { "health_education_courses", "unintended_pregnancy", "abortion_rate" },
    checks = {
      "生殖道感染、性传播疾病防控知识普及", "学校健康教育开课率100%", "共担避孕责任，避孕节育知情自主选择",
      "产后和流产后避孕节育服务", "婚前医学检查、孕前优生检查、增补叶酸", "非医学需要的人工流产减少",
      "女性健康安全用品质量", "不孕不育诊疗和辅助生殖技术规范",
    },
    source = "health_measure_7",
  },
  indicator "health_education_courses" {
    title = "学校健康教育开课率", unit = "%", digits = 1, lead = "education",
    target = full(), source = "health_measure_7",
  },
  task "health_measure_8" {
    title = "防治艾滋病、梅毒、乙肝母婴传播", lead = "health",
    indicators = { "hiv_testing", "syphilis_testing", "hepatitis_b_testing", "hiv_treatment", "syphilis_treatment",
      "hiv_mother_child", "syphilis_mother_child", "hepatitis_b_mother_child" },
    checks = {
      "综合干预，孕产期传染病监测诊断", "孕早期检测率和孕期干预治疗率提高", "防治知识和政策宣传",
      "妇女感染者特别是流动妇女随访率提高", "感染孕产妇及家庭的咨询和社会支持",
    },
    source = "health_measure_8",
  },
  task "health_measure_9" {
    title = "促进妇女心理健康", lead = "health", units = { "civil_affairs" },
    indicators = { "female_mental_literacy", "female_anxiety", "female_depression" },
    checks = {
      "心理健康知识宣传和咨询、评估、指导", "心理健康促进行动和服务体系", "重点：青春期、孕产期、更年期、老年期",
      "心理咨询和治疗技术应用于妇女保健", "心理健康和社会工作人员培养", "医疗、心理、社工机构规范服务，社区支持",
    },
    source = "health_measure_9",
  },
  task "health_measure_10" {
    title = "提升妇女健康素质", lead = "health",
    indicators = { "female_health_literacy" },
    checks = {
      "健康知识普及行动，健康科普资源库", "科学就医、合理用药等知识技能", "传染病防控、应急避险能力",
      "控烟、拒绝酗酒、远离毒品宣传", "参与爱国卫生运动",
    },
    source = "health_measure_10",
  },
  task "health_measure_11" {
    title = "提高妇女营养水平", lead = "health",
    indicators = { "maternal_anaemia" },
    checks = {
      "营养健康科普和膳食指导，营养标签知晓率提高", "预防控制营养不良和肥胖", "按年龄阶段提供信息、产品和服务",
      "孕产妇营养监测和定期评估，预防缺铁性贫血", "预防老年妇女低体重和贫血",
    },
    source = "health_measure_11",
  },
  task "health_measure_12" {
    title = "引导妇女参与全民健身", lead = "culture", units = { "trade_unions" },
    indicators = { "female_exercise", "female_fitness", "fitness_centre", "fitness_township",
      "fitness_village", "fitness_community", "fitness_circle" },
    checks = {
      "全民健身中心、乡镇健身馆、村健身站、社区健身中心全覆盖", "城市社区“10分钟健身圈”",
      "公共体育设施和符合条件的单位、学校场地免费开放",
      "机关、企事业单位工间操", "健身赛事、健身组织，工会和社区的妇女健身活动",
    },
    source = "health_measure_12",
  },
  -- “全民健身中心”以全区至少建成一个判定(本包自定)。
  indicator "fitness_centre" {
    title = "建成的区级全民健身中心", unit = "个", digits = 0, lead = "culture",
    target = at_least(1), source = "health_measure_12",
  },
  indicator "fitness_township" {
    title = "建有多功能健身馆的乡镇比例", unit = "%", digits = 1, lead = "culture",
    target = full(), source = "health_measure_12",
  },
  indicator "fitness_village" {
    title = "建有全民健身运动站的村比例", unit = "%", digits = 1, lead = "culture",
    target = full(), source = "health_measure_12",
  },
  indicator "fitness_community" {
    title = "建有健身中心的社区比例", unit = "%", digits = 1, lead = "culture",
    target = full(), source = "health_measure_12",
  },
  indicator "fitness_circle" {
    title = "城市社区“10分钟健身圈”覆盖率", unit = "%", digits = 1, lead = "culture",
    target = full(), source = "health_measure_12",
  },
  task "health_measure_13" {
    title = "强化妇女健康科技支撑", lead = "health", units = { "science" },
    checks = {
      "“互联网+妇幼健康”，大数据、云计算、人工智能、计算机仿真应用", "妇女人群健康管理和风险预警", "分级诊疗、上下联动",
      "科学研究和成果转化",
    },
    source = "health_measure_13",
  },
}
