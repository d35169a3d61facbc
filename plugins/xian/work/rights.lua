-- 第六部分：第23—28项。

local CITY = { "610100" }

return {
  task "legal_protection" {
    title = "法律宣传、法律援助和反家庭暴力", source = "t23", lead = "justice",
    units = { "police", "publicity", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = {
      "妇女儿童法律保护意识和依法维权能力", "权益法规政策体系", "法律援助、司法救助体系",
      "家庭暴力预防和制止", "对妇女儿童的暴力",
    },
  },
  task "property_rights" {
    title = "婚姻家庭财产权益和村民自治权益", source = "t24", lead = "justice",
    units = { "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "婚姻家庭关系中的财产权益", "农村妇女在村民自治中的权益" },
  },
  task "guardianship" {
    title = "儿童监护监督和留守儿童关爱保护", source = "t25", lead = "civil_affairs",
    units = { "education", "police", "labour", "finance", "trade_unions", "youth_league", "federation" },
    from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "儿童监护的监督制度", "“合力监护、相伴成长”专项行动", "使用童工查禁" },
  },
  task "campus_safety" {
    title = "校园治安、普法和儿童安全教育", source = "t26", lead = "education",
    units = { "police", "justice" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = {
      "中小学校治安管理", "普法教育", "校园周边环境治理", "校园欺凌防治", "儿童安全教育和意外伤害预防",
    },
  },
  task "child_welfare" {
    title = "适度普惠型儿童福利制度", source = "t27", lead = "civil_affairs",
    units = { "finance", "disabled", "federation", "red_cross" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "儿童福利保障体系", "救孤、济困、助残救助体系", "留守妇女儿童关爱" },
  },
  task "crime_prevention" {
    title = "预防儿童犯罪，打击侵害妇女儿童犯罪", source = "t28", lead = "police",
    from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "cases_filed", "cases_investigated" },
    checks = { "儿童犯罪预防和控制", "拐卖妇女儿童", "引诱、教唆、强迫未成年人犯罪", "侵害妇女儿童权益案件" },
  },
}
