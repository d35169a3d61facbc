-- 妇女与教育：策略措施 12 条。

return {
  task "education_measure_1" {
    title = "开展妇女思想政治教育", lead = "publicity", units = { "education", "ethnic", "youth_league" },
    checks = {
      "党的创新理论学习教育", "党史、新中国史、改革开放史、社会主义发展史教育", "爱国主义、集体主义、社会主义教育", "民族团结进步教育",
      "学校主阵地：教育教学、管理和校园生活", "学校党组织、共青团、少先队主题活动",
      "爱国主义、国防、民族团结进步教育基地作用",
    },
    source = "education_measure_1",
  },
  task "education_measure_2" {
    title = "教育全过程贯彻基本国策", lead = "education",
    checks = {
      "教育工作者的自觉性和主动性", "落实到教育法规政策规划的制定、修订、执行、评估", "落实到教育内容、教学过程、学校管理",
      "课程和教学的性别平等评估", "师资培训加入性别平等内容",
    },
    source = "education_measure_2",
  },
  task "education_measure_3" {
    title = "推动学校性别平等教育", lead = "education",
    checks = {
      "纳入大中小学思政课程体系的探索", "主题课、融合课、实践课", "专题师资培训",
      "融入教学、校园文化、社团、社会实践", "学校、家庭、社会教育结合",
    },
    source = "education_measure_3",
  },
  task "education_measure_4" {
    title = "保障女童接受义务教育", lead = "education",
    indicators = { "compulsory_retention", "girls_retention" },
    checks = {
      "城乡义务教育一体化，资源均衡配置", "控辍保学长效机制，督促监护人", "留守女童、随迁子女、残疾女童受教育机会",
      "支持学业困难女童，巩固率提高",
    },
    source = "education_measure_4",
  },
  task "education_measure_5" {
    title = "提高女性普通高中教育比例", lead = "education",
    indicators = { "upper_secondary_enrolment", "female_upper_secondary" },
    checks = {
      "低收入家庭女性的机会", "普通高中多样化、有特色", "与中等职业学校课程互选、学分互认、资源互通",
      "学科选择和职业生涯指导，破除性别影响",
    },
    source = "education_measure_5",
  },
  task "education_measure_6" {
    title = "促进女性高质量职业教育", lead = "education", units = { "labour" },
    indicators = { "female_vocational_share" },
    checks = {
      "学历教育与培训并重，专业优化", "支持取得职业技能等级证书", "居家、灵活就业妇女培训",
      "提质培优行动，产教融合和“1+X”证书试点", "中职基础、高职主体，职普融通、校企合作",
      "高校女毕业生、女农民工、去产能分流女职工培训",
    },
    source = "education_measure_6",
  },
  task "education_measure_7" {
    title = "保障女性平等接受高等教育", lead = "education",
    checks = {
      "严控招生中的特殊专业范围，约谈、处罚机制", "在校生男女比例均衡", "女生在科学、技术、工程、数学学科中的比例提高",
      "基础学科拔尖女生培养",
    },
    source = "education_measure_7",
  },
  task "education_measure_8" {
    title = "提高女性科学素质", lead = "science_association", units = { "education", "agriculture", "federation" },
    indicators = { "science_literacy_gap" },
    checks = {
      "全民科学素质行动中面向女性的科普", "女专家进校园", "女生参加科普活动和科技竞赛",
      "女大学生创新创业和竞赛", "农村妇女素质提升计划",
    },
    source = "education_measure_8",
  },
  task "education_measure_9" {
    title = "培养女性科技人才", lead = "science", units = { "education", "science_association" },
    indicators = { "female_science_talents" },
    checks = {
      "多层次培养体系", "义务教育阶段女生的科学兴趣", "高中女生报考理工类", "女大学生参与科研项目",
      "女性从事科技工作，继续教育和专业培训",
    },
    source = "education_measure_9",
  },
  task "education_measure_10" {
    title = "支持女性终身学习", lead = "education",
    indicators = { "female_lifelong_learning" },
    checks = {
      "职业与普通、学历与非学历教育衔接", "注册学习、弹性学习、继续教育", "因生育中断学业和职业女性的需求",
      "社区和在线教育资源", "进城务工女性、女性新市民、待业女性培训",
    },
    source = "education_measure_10",
  },
  task "education_measure_11" {
    title = "巩固扫盲、推广通用语言文字", lead = "education", units = { "ethnic", "disabled_federation" },
    indicators = { "female_illiteracy", "female_schooling_years" },
    checks = {
      "扫盲机制，杜绝新文盲，消除女童辍学", "国家通用语言文字教育", "培训向农村妇女和残疾妇女倾斜", "扫盲后继续教育",
    },
    source = "education_measure_11",
  },
  task "education_measure_12" {
    title = "构建平等友善安全校园", lead = "education",
    checks = {
      "生命、心理、防性侵、防性骚扰、防欺凌课程", "中小学预防性侵未成年人机制", "高校预防性侵和性骚扰机制",
      "日常管理、排查、投诉受理、调查处置", "师德师风，查询义务，不合条件人员处置",
    },
    source = "education_measure_12",
  },
}
