-- 妇女与家庭建设：策略措施 12 条。

return {
  task "family_measure_1" {
    title = "引导家庭践行核心价值观", lead = "publicity", units = { "federation" },
    checks = {
      "教育引导、舆论宣传、文化熏陶、实践养成", "尊老爱幼、男女平等、夫妻和睦、勤俭持家、邻里团结",
      "传统家风、红色家风、现代家风",
    },
    source = "family_measure_1",
  },
  task "family_measure_2" {
    title = "制定家庭政策", lead = "health", units = { "civil_affairs", "labour" },
    checks = {
      "生育政策与经济社会政策衔接，减轻生育、养育、教育负担", "幼儿养育、青少年发展、老人赡养、病残照料政策",
      "困难、失独、单亲特困家庭救助", "产假、哺乳假，探索父母育儿假", "家庭发展政策评估机制",
    },
    source = "family_measure_2",
  },
  task "family_measure_3" {
    title = "开展家庭建设研究", lead = "federation",
    checks = { "新情况新问题研究，为部门提供理论支持", "社会力量的家庭服务对策研究", "社会组织专业化、多层次服务" },
    source = "family_measure_3",
  },
  task "family_measure_4" {
    title = "发展家庭公共服务", lead = "civil_affairs", units = { "health", "housing", "disabled_federation" },
    indicators = { "community_service_facilities" },
    checks = {
      "养老、家政服务标准，婚姻家庭和家庭教育指导普惠", "政府购买服务", "经济、住房、临时困难和残疾人家庭支持",
      "计划生育特殊家庭帮扶、退役军人家庭保障", "城市社区综合服务设施全覆盖", "社区托育设施，养老托育、家政物业网络", "数字家庭",
    },
    source = "family_measure_4",
  },
  indicator "community_service_facilities" {
    title = "城市社区综合服务设施覆盖率", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(), source = "family_measure_4",
  },
  task "family_measure_5" {
    title = "家教家风融入基层治理", lead = "politics_law", units = { "publicity", "federation" },
    checks = {
      "党委领导、政府主导、部门合作、家庭尽责、社会参与", "纳入基层社会治理体系和评价考核", "家庭履行家庭和社会责任",
      "政府治理与居民自治互动",
    },
    source = "family_measure_5",
  },
  task "family_measure_6" {
    title = "促进婚姻家庭关系", lead = "civil_affairs", units = { "federation", "health", "culture", "youth_league" },
    checks = {
      "法律法规政策宣传，平等参与家庭决策，反对家庭暴力", "婚恋观教育和交友平台", "婚姻登记、婚育宣传、关系辅导一站式服务",
      "生育政策宣传", "移风易俗，抵制早婚早育、高价彩礼，改变生男偏好", "广播电视、网络婚恋活动规范管理",
    },
    source = "family_measure_6",
  },
  task "family_measure_7" {
    title = "预防化解婚姻家庭纠纷", lead = "justice", units = { "politics_law", "court", "federation" },
    checks = {
      "工作机制，综治中心和网格化，预测预警、排查调处", "区、乡镇、街道婚姻家庭纠纷人民调解委员会", "人民调解队伍",
      "“互联网+”纠纷化解平台，社会力量参与", "家事审判改革，诉调对接",
    },
    source = "family_measure_7",
  },
  task "family_measure_8" {
    title = "增强家庭成员健康素养", lead = "health",
    checks = {
      "健康知识普及，高危家庭成员指导和干预", "爱国卫生运动，分餐公筷", "互联网健康咨询", "膳食营养知识普及",
      "心理健康服务体系和科普",
    },
    source = "family_measure_8",
  },
  task "family_measure_9" {
    title = "父母共担家庭教育责任", lead = "federation", units = { "education" },
    checks = {
      "《中华人民共和国家庭教育促进法》落实", "宣传培训，摒弃重智轻德", "关注身心健康，科学育儿能力", "亲子交流，共同陪伴",
    },
    source = "family_measure_9",
  },
  task "family_measure_10" {
    title = "提高老年人家庭生活质量", lead = "civil_affairs", units = { "labour" },
    checks = {
      "家庭赡养主体责任，共同或就近居住", "长期照护家庭的“喘息服务”", "赡养义务人探亲休假，子女护理假",
      "社区老年人关爱机制", "银发经济、老年产品、智慧养老", "老年妇女婚姻自由和财产权利",
    },
    source = "family_measure_10",
  },
  task "family_measure_11" {
    title = "支持妇女发挥家庭独特作用", lead = "federation",
    checks = {
      "家家幸福安康工程", "文明家庭、五好家庭、最美家庭", "绿色家庭，低碳生活，勤俭节约", "平安家庭、无烟家庭",
    },
    source = "family_measure_11",
  },
  task "family_measure_12" {
    title = "促进男女分担家庭事务", lead = "federation", units = { "labour", "civil_affairs", "trade_unions" },
    indicators = { "housework_gap" },
    checks = {
      "夫妻共担照料、教育、家务，缩小家务时间差距", "家务劳动社会化，家政服务提质扩容", "婴幼儿照护和失能失智老人照护",
      "家务便利化产品研发", "探亲假、带薪休假、配偶陪产假", "灵活休假和弹性工作，生育友好环境",
    },
    source = "family_measure_12",
  },
}
