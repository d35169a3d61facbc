-- 妇女发展规划中由重点工作写到的指标。文件写“提高”而没有数的，按较上年提高判定，
-- 参保率、覆盖率已到 100% 的不再要求提高(本包自定);代表、委员比例每届一次，按较上届提高判定；
-- 村(居)两委按当时的三年一届(届期不在文件内)。

local CITY = { "610100" }

local women = plan "women" {
  title = "西安市妇女发展规划（2011-2020年）", from = 2011, to = 2020, baseline = 2010, source = "notice",
}

women:domain "health" { title = "妇女与健康" } {
  -- “加大投入”：较上年增加。
  indicator "screening_funds" {
    title = "妇女常见病筛查投入", unit = "万元", digits = 0, source = "t12",
    lead = "health", units = { "finance", "disabled", "district_committees" }, target = rises(),
  },
  indicator "two_cancers_coverage" {
    title = "“两癌”筛查项目覆盖率", unit = "%", digits = 1, source = "t13", due = "2020",
    lead = "health", units = { "finance", "district_committees" }, target = full(),
  },
}

women:domain "economy" { title = "妇女与经济" } {
  -- 到2020年的累计人数，自2018年起计(起算年为本包自定)。
  indicator "women_trained" {
    title = "参加就业创业培训的妇女累计人数", unit = "万人", digits = 2, source = "t4", due = "2020",
    lead = "agriculture", units = { "federation", "science" }, target = at_least(6), baseline = 0,
    applies_to = CITY,
  },
  indicator "skilled_junior_female" {
    title = "初级技能人员中的女性比例", unit = "%", digits = 1, source = "t6",
    lead = "labour", units = { "trade_unions" }, target = rises(), applies_to = CITY,
  },
  indicator "skilled_middle_female" {
    title = "中级技能人员中的女性比例", unit = "%", digits = 1, source = "t6",
    lead = "labour", units = { "trade_unions" }, target = rises(), applies_to = CITY,
  },
  indicator "skilled_senior_female" {
    title = "高级技能人员中的女性比例", unit = "%", digits = 1, source = "t6",
    lead = "labour", units = { "trade_unions" }, target = rises(), applies_to = CITY,
  },
}

women:domain "decision" { title = "妇女参与决策和管理" } {
  indicator "congress_female" {
    title = "人大代表中的女性比例", unit = "%", digits = 1, source = "t9",
    lead = "organization", target = rises { per = "term" }, applies_to = CITY,
  },
  indicator "consultative_female" {
    title = "政协委员中的女性比例", unit = "%", digits = 1, source = "t9",
    lead = "organization", target = rises { per = "term" }, applies_to = CITY,
  },
  indicator "leadership_female" {
    title = "各级党委、政府部门领导班子中的女性比例", unit = "%", digits = 1, source = "t9",
    lead = "organization", target = rises(), applies_to = CITY,
  },
  indicator "chief_female" {
    title = "各级党委、政府部门正职中的女性比例", unit = "%", digits = 1, source = "t9",
    lead = "organization", target = rises(), applies_to = CITY,
  },
  indicator "village_committee_female" {
    title = "村（居）两委会委员中的女性比例", unit = "%", digits = 1, source = "t10", lead = "organization",
    units = { "civil_affairs", "trade_unions", "federation" },
    target = rises { per = "term", years = 3 }, applies_to = CITY,
  },
  indicator "village_heads_female" {
    title = "村（居）两委会主任中的女性比例", unit = "%", digits = 1, source = "t10", lead = "organization",
    units = { "civil_affairs", "trade_unions", "federation" },
    target = rises { per = "term", years = 3 }, applies_to = CITY,
  },
  indicator "workers_congress_female" {
    title = "企事业单位职工代表大会中的女性比例", unit = "%", digits = 1, source = "t11",
    lead = "trade_unions", target = rises(), applies_to = CITY,
  },
  indicator "board_female" {
    title = "企业董事会中的女性比例", unit = "%", digits = 1, source = "t11",
    lead = "trade_unions", target = rises(), applies_to = CITY,
  },
  indicator "supervisory_female" {
    title = "企业监事会中的女性比例", unit = "%", digits = 1, source = "t11",
    lead = "trade_unions", target = rises(), applies_to = CITY,
  },
  indicator "management_female" {
    title = "企业管理层中的女性比例", unit = "%", digits = 1, source = "t11",
    lead = "trade_unions", target = rises(), applies_to = CITY,
  },
}

women:domain "security" { title = "妇女与社会保障" } {
  indicator "female_pension" {
    title = "妇女养老保险参保率", unit = "%", digits = 1, source = "t21",
    lead = "civil_affairs", units = { "labour", "trade_unions" }, target = any_of(rises(), full()), applies_to = CITY,
  },
  indicator "female_medical" {
    title = "妇女医疗保险参保率", unit = "%", digits = 1, source = "t21",
    lead = "civil_affairs", units = { "labour", "trade_unions" }, target = any_of(rises(), full()), applies_to = CITY,
  },
  indicator "female_unemployment" {
    title = "妇女失业保险参保率", unit = "%", digits = 1, source = "t21",
    lead = "civil_affairs", units = { "labour", "trade_unions" }, target = any_of(rises(), full()), applies_to = CITY,
  },
  indicator "female_injury" {
    title = "妇女工伤保险参保率", unit = "%", digits = 1, source = "t21",
    lead = "civil_affairs", units = { "labour", "trade_unions" }, target = any_of(rises(), full()), applies_to = CITY,
  },
  indicator "female_maternity" {
    title = "妇女生育保险参保率", unit = "%", digits = 1, source = "t21",
    lead = "civil_affairs", units = { "labour", "trade_unions" }, target = any_of(rises(), full()), applies_to = CITY,
  },
}

-- 文化圈没有写明覆盖多少，按较上年提高判定(本包自定)。
women:domain "environment" { title = "妇女与环境" } {
  indicator "city_culture_circle" {
    title = "中心城区15分钟文化圈覆盖率", unit = "%", digits = 1, source = "t31",
    lead = "culture", units = { "civil_affairs", "finance" }, target = any_of(rises(), full()), applies_to = CITY,
  },
  indicator "town_culture_circle" {
    title = "乡镇30分钟文化圈覆盖率", unit = "%", digits = 1, source = "t31",
    lead = "culture", units = { "civil_affairs", "finance" }, target = any_of(rises(), full()), applies_to = CITY,
  },
}
