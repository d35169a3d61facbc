-- 妇女与法律：主要目标 9 条。

return {
  -- 1
  objective "constitution_equality" {
    title = "宪法男女平等原则和基本国策落实", lead = "politics_law", evidence = true, source = "law_goal_1",
  },
  objective "rights_policy" {
    title = "妇女权益保障政策体系健全", lead = "justice", evidence = true, source = "law_goal_1",
  },
  -- 2
  objective "gender_policy_review" {
    title = "法规政策性别平等评估机制规范、有效运行", lead = "committee_office", evidence = true,
    source = { "law_goal_2", "principle_5" },
  },
  -- 3
  objective "women_legal_awareness" {
    title = "妇女尊法学法守法用法的意识和能力", lead = "justice", evidence = true, source = "law_goal_3",
  },
  objective "women_rule_of_law" {
    title = "妇女在法治临河建设中的作用", lead = "justice", evidence = true, source = "law_goal_3",
  },
  -- 4
  objective "domestic_violence_law" {
    title = "反家庭暴力法律法规实施", lead = "police", evidence = true, source = "law_goal_4",
  },
  objective "violence_prevention" {
    title = "预防和制止针对妇女的暴力", lead = "police", evidence = true, source = "law_goal_4",
  },
  -- 5
  objective "trafficking_crackdown" {
    title = "打击拐卖妇女犯罪", lead = "police", evidence = true, source = "law_goal_5",
  },
  objective "sexual_assault_crackdown" {
    title = "打击性侵害妇女犯罪", lead = "police", evidence = true, source = "law_goal_5",
  },
  -- 6
  objective "harassment_awareness" {
    title = "预防和制止性骚扰的法治意识", lead = "justice", evidence = true, source = "law_goal_6",
  },
  objective "harassment_curbed" {
    title = "针对妇女的性骚扰得到遏制", lead = "police", evidence = true, source = "law_goal_6",
  },
  -- 7
  objective "cybercrime_crackdown" {
    title = "打击利用网络侵害妇女的犯罪", lead = "police", evidence = true, source = "law_goal_7",
  },
  -- 8
  objective "property_ownership" {
    title = "妇女在家庭中的财产所有权", lead = "court", evidence = true, source = "law_goal_8",
  },
  objective "inheritance_rights" {
    title = "妇女继承权", lead = "court", evidence = true, source = "law_goal_8",
  },
  objective "joint_property_rights" {
    title = "夫妻共同财产的知情权和平等处理权", lead = "court", evidence = true, source = "law_goal_8",
  },
  -- 9
  objective "public_legal_services" {
    title = "面向妇女的公共法律服务", lead = "justice", evidence = true, source = "law_goal_9",
  },
  objective "judicial_assistance" {
    title = "受侵害妇女及时获得司法救助", lead = "court", evidence = true, source = "law_goal_9",
  },
}
