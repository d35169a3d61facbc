-- Something of everything that a change can reach: breakdowns, formulas over formulas, peers and
-- parents, forecasts, years held, facts of regions and units, vetoes, and rules that fail on some
-- figures. The tests of the registry change its figures at random.

pack {
  id = "rich", title = "样例", region = "150000", version = "1.0.0", api = 1, covers = "subtree",
  figures = { "volatility", "forecast_final" },
  conventions = { ties = "dense", expected_counts = true, digits = 1 },
}

unit "health" { title = "卫生健康委" }
unit "labour" { title = "人力资源社会保障局" }
breakdown "under5" { title = "5岁以下" }
data "deaths" { title = "死亡数", unit = "人", digits = 0 }
data "births" { title = "活产数", unit = "人", digits = 0 }
data "income" { title = "收入", unit = "元", digits = 0 }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }
fact "falsified" { title = "弄虚作假起数", unit = "起", digits = 0 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2018 }

women:domain "health" { title = "健康" } {
  indicator "mortality" {
    title = "死亡率", unit = "1/10万", digits = 1, lead = "health", baseline = 20,
    targets = { nation = at_most(12), own = all_of(at_most(15), falls()) }, forecast = "least_error",
  },
  indicator "screening" {
    title = "筛查率", unit = "%", digits = 1, lead = "health", target = at_least(70),
    conventions = { near_percent = 10 },
  },
  indicator "coastal" {
    title = "只适用于一个县", unit = "%", lead = "health", target = at_least(50), applies_to = { "150102" },
  },
}
women:domain "economy" { title = "经济" } {
  indicator "gap_share" {
    title = "差距占比", unit = "%", lead = "labour", target = at_most(10),
    formula = function(income_gap, income_male) return 100 * income_gap / income_male end,
  },
  indicator "income_gap" {
    title = "收入差距", unit = "元", lead = "labour", target = narrows(),
    formula = function(income_male, income_female) return income_male - income_female end,
  },
  indicator "death_rate" {
    title = "由公式推算", unit = "‰", digits = 2, lead = "health", target = falls { per = "plan" },
    formula = function(deaths, births) return 1000 * deaths / births end,
  },
  indicator "compared" { title = "与筛查率比较", unit = "%", lead = "labour", target = at_least(72), milestones = { [2024] = 71 },
    conventions = { at = "milestone" } },
}
local children = plan "children" { title = "儿童发展规划", from = 2021, to = 2030, baseline = 2020 }
children:domain "all" { title = "全部" } {
  indicator "under_five" { title = "儿童死亡率", unit = "‰", digits = 1, lead = "health", target = slows() },
  objective "awareness" { title = "意识提高", lead = "health", evidence = true },
}

warning "stays_high" {
  title = "连续偏高", on = "indicator", only = { "mortality", "under_five" }, hold = 3,
  level = function(value) if value and value > 13 then return "orange" end end,
  message = "现值 {value},{under5} 为 5 岁以下,上年 {previous}",
}
warning "behind_others" {
  title = "落后", on = "region",
  level = function(screening, screening_peers_median, death_rate, death_rate_parent_value)
    if screening and screening_peers_median and screening < screening_peers_median then return "yellow" end
    if death_rate and death_rate_parent_value and death_rate > death_rate_parent_value then return "blue" end
  end,
  message = "筛查率同级第 {screening_peers_rank},死亡率同级第 {death_rate_peers_rank}",
}
warning "unlikely" {
  title = "预计难达标", on = "indicator", only = { "mortality", "compared" },
  level = function(status, reach_year, plan_end)
    if status == "unmet" and (not reach_year or reach_year > plan_end) then return "red" end
  end,
}
warning "plan_behind" {
  title = "规划落后", on = "plan", hold = 2,
  level = function(attainment, pace) if attainment and attainment < pace then return "yellow" end end,
}
warning "shape" {
  title = "走势", on = "indicator", only = { "screening" },
  level = function(series) if #series > 2 and series[1].value > series[#series].value then return "blue" end end,
}

local grades = { { 70, "良好" }, { 40, "合格" }, { 0, "不合格" } }

assessment "annual" {
  title = "年度考核", of = "region", points = 100, grades = grades,
  item "results" { points = 60,
    item "attained" { points = 40,
      score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
    item "place" { points = 20,
      applies = function(death_rate_peers_rank) return death_rate_peers_rank ~= nil end,
      score = function(points, death_rate_peers_rank, death_rate_peers_count)
        return points * (1 - (death_rate_peers_rank - 1) / death_rate_peers_count)
      end },
  },
  item "work" { points = 40, score = function(points, late, screening_female)
    if late > 7 then error "late beyond reason" end
    return deduct(points, 2 * late + (screening_female and 1 or 0))
  end },
  veto "fraud" { title = "弄虚作假", when = function(falsified) return falsified ~= nil and falsified > 2 end,
    grade = "不合格" },
}
assessment "units" {
  title = "单位考核", of = "unit", points = 10, grades = { { 0, "合格" } },
  item "own" { points = 10, score = function(points, late) return deduct(points, late) end },
}
