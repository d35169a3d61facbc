-- What tests/spec/analyse_spec.lua analyses: small enough that every figure there is computed by hand.
pack {
  id = "analyse", title = "分析用例", region = "150800", version = "1.0.0", api = 1, covers = "children",
  conventions = { rank_on = "exact" }, figures = {},
}

unit "health" { title = "卫健委" }
unit "education" { title = "教育局" }

-- Shares of the points of "trial" that were earned.
fact "first_share" { title = "第一项得分率", unit = "分" }
fact "second_share" { title = "第二项得分率", unit = "分" }

fact "reports" { title = "按时报告数", unit = "份" }
fact "trained" { title = "受训人数", unit = "人" }
fact "has_school" { title = "有培训学校", unit = "所" }
fact "falsified" { title = "弄虚作假", unit = "次", default = 0 }

local plan = plan "women" { title = "妇女发展规划", from = 2018, to = 2022, baseline = 2017 }
plan:domain "all" { title = "全部" } {
  indicator "rate" { title = "筛查率", unit = "%", lead = "health", digits = 1, target = at_least(70),
    milestones = { [2020] = 50 } },
  indicator "later" { title = "入园率", unit = "%", lead = "education", digits = 1, target = at_least(90) },
}

warning "low" {
  title = "数值偏低", on = "indicator", only = { "rate" },
  level = function(value)
    if value and value < 40 then return "red" end
    if value and value < 48 then return "yellow" end
  end,
}

-- Speaks from the third year of data on: whoever saw later years would speak at once.
warning "known" {
  title = "已有三年数据", on = "indicator", only = { "rate" },
  level = function(years_of_data) if years_of_data >= 3 then return "blue" end end,
}

warning "behind" {
  title = "达标率低", on = "plan",
  level = function(attainment) if attainment and attainment < 0.5 then return "orange" end end,
}

assessment "trial" {
  title = "两项考核", of = "region", points = 100, grades = { { 0, "参评" } },
  item "first" { title = "第一项", points = 50,
    score = function(points, first_share) return proportion(points, first_share, 1) end },
  item "second" { title = "第二项", points = 50,
    score = function(points, second_share) return proportion(points, second_share, 1) end },
}

assessment "yearly" {
  title = "年度考核", of = "region", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "work" {
    title = "工作", points = 60,
    item "reporting" { title = "报告", points = 20,
      score = function(points, reports) return proportion(points, reports, 10) end },
    item "training" {
      title = "培训", points = 40,
      applies = function(has_school) return has_school ~= 0 end,
      score = function(points, trained) return proportion(points, trained, 10) end,
    },
  },
  item "targets" { title = "达标", points = 40,
    score = function(points, attainment) return proportion(points, attainment, 1) end },
  veto "fraud" { title = "弄虚作假", when = function(falsified) return falsified > 0 end, grade = "不合格" },
}

assessment "units" {
  title = "单位考核", of = "unit", points = 10, grades = { { 0, "参评" } },
  item "sent" { title = "报送", points = 10,
    score = function(points, reports) return proportion(points, reports, 10) end },
}
