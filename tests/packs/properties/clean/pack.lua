-- 各种写法都有而没有问题的包。
pack { id = "clean", title = "没有问题", region = "150800", version = "1.0.0", api = 1,
  covers = "children", conventions = { no_data = "unmet" } }

unit "health" { title = "卫健委" }
unit "education" { title = "教育局" }

data "women_count" { title = "妇女数", unit = "人", digits = 0 }
data "screened_count" { title = "筛查数", unit = "人", digits = 0, better = "higher" }
fact "visits" { title = "走访", unit = "次", digits = 0, better = "higher" }
fact "late" { title = "迟报", unit = "次", digits = 0, default = 0, better = "lower" }
fact "planned" { title = "计划数", unit = "项", digits = 0 }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "health", target = at_least(70),
    milestones = { [2025] = 60 },
    formula = function(screened_count, women_count)
      if women_count <= 0 then return nil end
      return 100 * screened_count / women_count
    end },
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 1, lead = "health", target = at_most(12) },
  indicator "share" { title = "职普比", unit = "%", digits = 0, lead = "education", target = within(45, 55, 40, 60) },
  indicator "income_gap" { title = "差距", unit = "%", digits = 1, lead = "education", target = narrows() },
  indicator "girls" { title = "女童", unit = "%", digits = 1, lead = "education", target = not_below("boys") },
  indicator "boys" { title = "男童", unit = "%", digits = 1, lead = "education", target = at_least(95) },
  objective "awareness" { title = "意识提高", lead = "health", evidence = true },
}

warning "slow" {
  on = "plan", title = "达标率低",
  level = function(attainment) return attainment and attainment < 0.6 and "orange" or nil end,
}

assessment "annual" {
  title = "年度考核", of = "children", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "targets" { title = "达标", points = 60,
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
  item "work" { title = "工作", points = 40,
    item "reporting" { title = "报送", points = 20, score = function(points, late) return deduct(points, 2 * late) end },
    item "mortality_met" { title = "死亡率达标", points = 20, cliff = 20,
      score = function(points, mortality_status) return mortality_status == "met" and points or 0 end } },
}

assessment "units" {
  title = "单位考核", of = "unit", points = 10, grades = { { 0, "合格" } },
  item "visiting" { title = "走访", points = 10,
    applies = function(planned) return planned == nil or planned > 0 end,
    score = function(points, visits, planned) return proportion(points, visits, planned) end },
}
