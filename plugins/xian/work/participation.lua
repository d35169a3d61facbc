-- 第二部分：第7—11项。

local CITY = { "610100" }

return {
  task "gender_equality" {
    title = "男女平等基本国策和评估咨询机制", source = "t7", lead = "committee_office",
    units = { "legislation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = {
      "性别平等和儿童优先评估咨询机制运行", "立法和政府决策体现性别平等意识", "改善民生考虑妇女需求",
      "经济社会各领域体现男女平等",
    },
  },
  task "female_cadres" {
    title = "妇女人才和女干部培养", source = "t8", lead = "organization",
    units = { "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "列入各级党政人才和干部培养教育", "女干部后备人选" },
  },
  task "female_leaders" {
    title = "代表、委员和领导班子女性比例", source = "t9", lead = "organization",
    from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "congress_female", "consultative_female", "leadership_female", "chief_female" },
  },
  task "grassroots_democracy" {
    title = "妇女参与基层民主管理和企业管理", source = "t10", lead = "organization",
    units = { "civil_affairs", "trade_unions", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "village_committee_female", "village_heads_female" },
    checks = { "妇女参与基层民主管理", "妇女参与企业管理" },
  },
  task "enterprise_management" {
    title = "企事业单位民主管理中的女性", source = "t11", lead = "trade_unions",
    from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "workers_congress_female", "board_female", "supervisory_female", "management_female" },
    checks = { "政治生活和社会生活中的平等民主权利" },
  },
}
