-- 妇女发展“十二五”规划中由工作要点写到的指标。文件写“提高”而没有数的，按较上年提高判定，
-- 已到 100% 的不再要求提高(本包自定);女代表、女委员比例每届一次，按较上届提高判定。牵头单位按职能选定(见 units.lua)。

local women = plan "women" {
  title = "淄博市妇女发展“十二五”规划", from = 2011, to = 2015, baseline = 2010, source = "aims",
}

women:domain "decision" { title = "妇女参与决策和管理" } {
  indicator "congress_female" {
    title = "人大女代表比例", unit = "%", digits = 1, source = "c2_2",
    lead = "organization", units = { "federation" }, target = rises { per = "term" }, applies_to = { "370300" },
  },
  indicator "consultative_female" {
    title = "政协女委员比例", unit = "%", digits = 1, source = "c2_2",
    lead = "organization", units = { "federation" }, target = rises { per = "term" }, applies_to = { "370300" },
  },
}

women:domain "health" { title = "妇女与健康" } {
  indicator "premarital_checkup" {
    title = "免费婚前医学检查率", unit = "%", digits = 1, source = "c2_2",
    lead = "health", units = { "civil_affairs" }, target = any_of(rises(), full()),
  },
  -- “全覆盖”即 100%。
  indicator "two_cancers_coverage" {
    title = "农村妇女“两癌”免费检查覆盖率", unit = "%", digits = 1, source = { "c4", "c4_0" },
    lead = "health", units = { "finance", "federation" }, target = full(),
  },
}

women:domain "environment" { title = "妇女与环境" } {
  indicator "policy_awareness" {
    title = "基本国策和儿童优先原则知晓率", unit = "%", digits = 1, source = "c1_1",
    lead = "committee_office", units = { "member_units" }, target = any_of(rises(), full()),
  },
  indicator "policy_recognition" {
    title = "基本国策和儿童优先原则认同率", unit = "%", digits = 1, source = "c1_1",
    lead = "committee_office", units = { "member_units" }, target = any_of(rises(), full()),
  },
}
