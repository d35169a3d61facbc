-- 妇女与经济：策略措施 13 条。

return {
  task "economy_measure_1" {
    title = "加大妇女参与经济发展保障", lead = "labour", units = { "science" },
    checks = {
      "平等获得资源、参与建设、享有成果的法规政策", "女性科技人才政策",
      "就业创业、职业发展、报酬、健康安全、退出、土地权益的机制",
    },
    source = "economy_measure_1",
  },
  task "economy_measure_2" {
    title = "消除就业性别歧视", lead = "labour", units = { "court", "organization", "state_assets" },
    checks = {
      "用人单位自查自纠", "劳动保障法律监督，提出纠正意见", "招聘录用环节联合约谈、依法惩处",
      "投诉处置渠道，受理相关诉讼", "行业协会、商会自律", "党政机关、国有企事业单位示范",
    },
    source = "economy_measure_2",
  },
  task "economy_measure_3" {
    title = "促进妇女就业创业", lead = "labour", units = { "federation", "finance" },
    checks = {
      "公共就业服务和专项活动，人岗对接", "信息平台对接求职、用工、培训", "现代服务业和新就业形态吸纳，新业态技能培训",
      "就业困难妇女帮扶", "手工艺品产业，就近就业", "创业孵化载体和园区，创业培训体系", "创新创业巾帼行动，返乡、下乡创业",
      "金融、保险和融资渠道", "场地、租金、税收、补贴扶持",
    },
    source = "economy_measure_3",
  },
  task "economy_measure_4" {
    title = "促进女大学生就业创业", lead = "labour", units = { "education" },
    indicators = { "female_graduate_employment" },
    checks = {
      "职业生涯规划指导", "支持政策，市场化社会化渠道", "到基层、中小微企业、新经济领域", "线上线下就业信息和招聘",
      "创业导师制、创新创业大赛", "离校未就业女毕业生帮扶",
    },
    source = "economy_measure_4",
  },
  task "economy_measure_5" {
    title = "改善妇女就业结构", lead = "labour",
    indicators = { "female_employment_share", "female_urban_unit_share" },
    checks = {
      "终身职业技能培训", "高新技术、战略性新兴产业、现代服务业的女性比例", "消除职业性别隔离，城镇单位女性比例",
      "缩小男女转移就业差距", "农村女性转移就业和就地创业，工资性收入提高",
    },
    source = "economy_measure_5",
  },
  task "economy_measure_6" {
    title = "加强女性专业技术和技能人才队伍", lead = "labour", units = { "science", "federation" },
    indicators = { "female_senior_professional", "female_skilled_workers" },
    checks = {
      "承担科技项目、参与决策咨询、拓展科研网络", "评价激励，高层次女性人才", "科技创新巾帼行动",
      "专业知识、科研管理、创新创业培训", "典型宣传",
    },
    source = "economy_measure_6",
  },
  task "economy_measure_7" {
    title = "缩小男女收入差距", lead = "labour",
    indicators = { "income_gap" },
    checks = {
      "同工同酬", "知识、技术、管理、数据等要素", "劳动合同法实施，劳动保障监察", "男女平等的人力资源制度，晋升通道",
    },
    source = "economy_measure_7",
  },
  task "economy_measure_8" {
    title = "改善女性劳动安全", lead = "labour", units = { "emergency", "health", "trade_unions" },
    indicators = { "female_occupational_disease" },
    checks = {
      "劳动安全和职业病防治宣传", "《女职工劳动保护特别规定》执行", "纳入职业健康和安全生产监管",
      "经期、孕期、哺乳期特殊保护，哺乳时间和产假", "职业防护，免受有毒有害物质危害",
    },
    source = "economy_measure_8",
  },
  task "economy_measure_9" {
    title = "保障女职工劳动权益", lead = "labour", units = { "trade_unions" },
    checks = {
      "规范用工，签订劳动合同，劳动保障法律监督", "女职工权益保障专项集体合同", "用人单位预防和制止性骚扰机制",
      "劳动用工信用，失信惩戒", "仲裁机构设女职工维权仲裁庭",
    },
    source = "economy_measure_9",
  },
  task "economy_measure_10" {
    title = "支持生育后的职业发展", lead = "labour", units = { "health", "trade_unions", "science" },
    checks = {
      "禁止以生育状况作为招录、晋升条件", "禁止因怀孕、生育、哺乳降薪、调岗、辞退", "生育奖励假期间工资待遇",
      "政府、企业、家庭分担生育成本", "回归岗位或再就业支持", "女性科研人员生育后科研回归基金", "用人单位和公共场所母婴设施",
      "福利性教育托管服务",
    },
    source = "economy_measure_10",
  },
  task "economy_measure_11" {
    title = "保障农村妇女各项权益", lead = "agriculture", units = { "natural_resources" },
    checks = {
      "土地承包经营权确权、宅基地使用权登记", "集体经济组织成员身份确认办法", "征地补偿等收益分配机制",
      "股权设置、量化、流转、继承中的知情权、参与决策权、收益权", "进城落户农村妇女权益",
    },
    source = "economy_measure_11",
  },
  task "economy_measure_12" {
    title = "支持脱贫妇女增收", lead = "agriculture", units = { "statistics", "federation", "labour" },
    indicators = { "low_income_women_income" },
    checks = {
      "农村妇女技能培训", "过渡期帮扶政策稳定", "农村低收入人口分性别统计监测", "防止规模性返贫",
      "新型经营主体与电商合作，农畜产品网销", "手工编织、农村电商等特色产业", "致富带头人、帮扶车间、以工代赈",
    },
    source = "economy_measure_12",
  },
  task "economy_measure_13" {
    title = "支持妇女参与乡村振兴", lead = "agriculture", units = { "federation" },
    checks = {
      "农村一、二、三产业融合和现代化建设", "乡村振兴巾帼行动和示范基地", "农村创业创新园区（基地）",
      "新型经营主体和社会化服务组织", "高素质女农民、乡村工匠、经营管理能手",
    },
    source = "economy_measure_13",
  },
}
