-- 2015年工作要点的五个部分。没有填报进展的任务按未完成计入。

local CITY = { "370300" }

local work = plan "work_2015" {
  title = "2015年妇女儿童工作要点", from = 2015, to = 2015, baseline = 2014, source = { "title", "aims" },
  conventions = { no_data = "unmet" },
}

work:domain "publicity" { title = "国策教育培训", source = "c1" } {
  task "gender_culture" {
    title = "国策宣传和先进性别文化", source = "c1_0", lead = "committee", units = { "member_units" },
    from = 2015, to = 2015, due = "2015", digits = 1,
    checks = { "95世妇会和基本国策提出20周年宣传", "先进性别文化", "性别意识纳入决策主流", "妇女儿童发展社会环境" },
  },
  task "publicity_months" {
    title = "男女平等和儿童优先宣传月", source = "c1_1", lead = "committee",
    units = { "district_committees", "hightech_committee", "wenchang_committee", "member_units" },
    from = 2015, to = 2015, due = "2015", digits = 1, indicators = { "policy_awareness", "policy_recognition" },
    checks = {
      "3月、6月两个宣传月", "新闻媒体和宣传阵地", "“两个规划”", "发展成就、典型经验和成效", "法律法规和政策",
    },
  },
  task "training_mechanism" {
    title = "国策宣传教育长效机制", source = "c1_2", lead = "committee", units = { "party_school" },
    from = 2015, to = 2015, due = "2015", digits = 1, applies_to = CITY,
    checks = {
      "列入党校教学计划", "列入干部教育培训内容", "进入常规教学", "性别理论、政策和实践研究", "宣讲活动",
      "法律法规政策性别平等机制", "社会性别意识纳入决策主流",
    },
  },
}

work:domain "targets" { title = "办实事和目标落实", source = "c2" } {
  task "urgent_problems" {
    title = "解决妇女儿童突出问题", source = "c2_0", lead = "committee", units = { "governments", "member_units" },
    from = 2015, to = 2015, due = "2015", digits = 1,
    checks = {
      "出台办实事意见", "纳入民生工程", "专题立项", "妇女参政", "妇女就业", "教育", "健康", "社会保障",
    },
  },
  task "comprehensive_assessment" {
    title = "规划实施纳入科学发展综合考核", source = "c2_1", lead = "committee", units = { "governments", "city" },
    from = 2015, to = 2015, due = "2015", digits = 1,
    checks = {
      "各级政府主体责任", "重点项目纳入综合考核", "“两个规划”纳入专项督查考核", "规划实施重点难点",
      "“妇女儿童权益维护”",
    },
  },
  task "practical_mechanism" {
    title = "为妇女儿童办实事长效机制", source = "c2_2", lead = "committee", units = { "city", "member_units" },
    from = 2015, to = 2015, due = "2015", digits = 1,
    indicators = {
      "congress_female", "consultative_female", "birth_defects", "newborn_screening", "premarital_checkup",
      "preschool_enrolment", "public_kindergartens", "public_kindergarten_share",
    },
    checks = {
      "《关于进一步加强和改进妇女儿童工作的通知》", "出生缺陷综合防治行动", "学前教育三年行动计划",
      "公办幼儿园建设", "弱势妇女儿童特殊群体关爱",
    },
  },
  task "monitoring_evaluation" {
    title = "“两个规划”监测评估组织", source = "c2_3", lead = "committee",
    units = { "district_committees", "hightech_committee", "wenchang_committee", "member_units" },
    from = 2015, to = 2015, due = "2015", digits = 1,
    checks = {
      "统计分析和动态监测", "工作方案和流程", "评估办法", "配套政策", "监测指标",
      "主要责任单位落实", "有关责任单位配合",
    },
  },
}

-- 引言的总体要求由规划本身和下面两个领域承接：“十二五”收官、科学谋划“十三五”。
work:domain "next_plan" { title = "“十三五”规划编制", source = { "aims", "c3" } } {
  task "next_plan_drafting" {
    title = "启动未来五年“十三五”规划编制", source = "c3_0", lead = "committee",
    units = { "district_committees", "member_units" }, from = 2015, to = 2015, due = "2015", digits = 1,
    checks = {
      "“十二五”规划实施", "前期调研", "专家论证", "目标任务和策略措施", "符合本区县实际",
      "前瞻性、科学性、实效性、可操作性", "重要指标纳入国民经济和社会发展规划",
    },
  },
}

work:domain "two_cancers" { title = "“两癌”免费检查和救助", source = "c4" } (include "two_cancers_tasks")
work:domain "office" { title = "妇儿工委办公室", source = "c5" } (include "office_tasks")
