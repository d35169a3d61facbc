-- Every declaration with every field it takes.

pack {
  id = "declarations", title = "各种声明", region = "150800", version = "1.0.0", api = 1, covers = "subtree",
  conventions = { digits = 1 }, figures = { "volatility", "peers_rank" }, source = "示例文件",
}

unit "health" { title = "卫生健康委" }
unit "labour" { title = "人力资源社会保障局" }
breakdown "under5" { title = "5岁以下", splits = "age" }
breakdown "over5" { title = "5岁及以上", splits = "age" }
data "income_male" { title = "男性平均收入", unit = "元", digits = 0, better = "higher" }
data "income_female" { title = "女性平均收入", unit = "元", digits = 0 }
data "deaths" { title = "死亡人数", unit = "人", digits = 0, additive = true }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0, better = "lower" }
fact "falsified" { title = "弄虚作假起数", unit = "起" }

local shared = include "shared"
assert(include "shared" == shared)

local women = plan "women" {
  title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020, conventions = { digits = 2 },
}

women:domain "health" { title = "健康" } {
  indicator "mortality" {
    title = "死亡率", unit = "1/10万", lead = "health", digits = 2, baseline = 20, counts = "deaths", per = 100000,
    milestones = { [2025] = 14 },
    targets = { nation = at_most(12), own = at_most(10), province = at_most(15) },
    forecast = "least_error", conventions = { at = "milestone" }, source = "第一条",
  },
  indicator "coastal" {
    title = "只适用于一个县", unit = "%", lead = "health", target = at_least(90), applies_to = { "150802" },
  },
  objective "awareness" {
    title = "意识提高", lead = "health", evidence = true, applies_to = { "150800" }, source = "第二条",
  },
}

women:domain "economy" { title = "经济" } {
  -- Derived from what is declared after it: the order of formulas follows from what they need.
  indicator "gap_share" {
    title = "差距占比", unit = "%", lead = "labour", target = at_most(10),
    formula = function(income_gap, income_male) return 100 * income_gap / income_male end,
  },
  indicator "income_gap" {
    title = "收入差距", unit = "元", lead = "labour", target = narrows(), formula = shared.gap,
  },
}

warning "stays_high" {
  title = "连续偏高", on = "indicator", only = { "mortality" }, hold = 3,
  level = function(value)
    if value and value > 18 then return "red" end
    if value and value > 16 then return "orange" end
    if value and value > 14 then return "yellow" end
    if value and value > 12 then return "blue" end
  end,
  message = "现值 {value},目标 {target}",
}
warning "plan_behind" {
  title = "规划落后", on = "plan", only = { "women" },
  level = function(attainment) if attainment and attainment < 0.5 then return "yellow" end end,
}
warning "region_late" {
  title = "迟报", on = "region", level = function(late) if late > 3 then return "blue" end end,
}

local grades = { { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } }

assessment "everywhere" {
  title = "所有区划", of = "region", points = 100, grades = grades, plan = "women",
  item "work" { title = "工作", points = 100,
    item "reporting" { title = "报送", points = 40, cliff = 10, may_fall = "试报期间少计",
      score = function(points, late) return deduct(points, 10 * late) end },
    item "results" { points = 60,
      score = function(points, attainment) return proportion(points, attainment, 1) end,
      applies = function(assessable_count) return assessable_count > 0 end },
  },
  veto "fraud" { title = "弄虚作假", when = function(falsified) return falsified > 0 end, grade = "不合格" },
}

local function reporting(id, title, of)
  assessment(id) {
    title = title, of = of, points = 10, grades = { { 6, "合格" }, { 0, "不合格" } },
    item "reporting" { points = 10, score = function(late) return deduct(10, late) end },
  }
end

reporting("here", "本级", "self")
reporting("below", "下一级", "children")
reporting("units", "成员单位", "unit")

assessment "some_units" {
  title = "部分单位", of = "unit", only = { "labour" }, points = 10, grades = { { 6, "合格" }, { 0, "不合格" } },
  item "reporting" { points = 10, score = function(late) return deduct(10, late) end },
}
