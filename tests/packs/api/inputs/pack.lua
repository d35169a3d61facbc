-- Every input a rule may name, at every place where it means something. A warning's message prints
-- its input, an item's score is one; the spec compares them with figures worked out by hand.

pack { id = "inputs", title = "输入", region = "150800", version = "1.0.0", api = 1, covers = "children",
  conventions = { digits = 4 } }

unit "health" { title = "卫生健康委" }
breakdown "under5" { title = "5岁以下" }
data "deaths" { title = "死亡数", unit = "人", digits = 0 }
data "births" { title = "活产数", unit = "人", digits = 0 }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 6, lead = "health", target = at_most(12),
    milestones = { [2023] = 15, [2026] = 14 }, counts = "deaths" },
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "health", target = at_least(70),
    conventions = { near_percent = 10 } },
  indicator "counselling" { title = "咨询率", unit = "%", digits = 1, lead = "health", target = at_least(70) },
}
women:domain "economy" { title = "经济" } {
  indicator "death_rate" { title = "由公式推算", unit = "‰", lead = "health", target = falls { per = "plan" },
    formula = function(deaths, births_rural, mortality, year)
      return 1000 * deaths / births_rural + mortality - (year - 2020)
    end },
}

local function seen(input)
  if input ~= nil then return "blue" end
end

-- A warning on one indicator for one of its inputs.
local function shows(name, level)
  warning(name) { on = "indicator", title = name, only = { "mortality" }, level = level, message = "{" .. name .. "}" }
end

shows("value", function(value) return seen(value) end)
shows("previous", function(previous) return seen(previous) end)
shows("baseline", function(baseline) return seen(baseline) end)
shows("target", function(target) return seen(target) end)
shows("milestone", function(milestone) return seen(milestone) end)
shows("status", function(status) return seen(status) end)
shows("progress", function(progress) return seen(progress) end)
shows("pace", function(pace) return seen(pace) end)
shows("on_track", function(on_track) return seen(on_track) end)
shows("gap", function(gap) return seen(gap) end)
shows("change", function(change) return seen(change) end)
shows("required_change", function(required_change) return seen(required_change) end)
shows("recent_change", function(recent_change) return seen(recent_change) end)
shows("forecast", function(forecast) return seen(forecast) end)
shows("forecast_low", function(forecast_low) return seen(forecast_low) end)
shows("forecast_high", function(forecast_high) return seen(forecast_high) end)
shows("forecast_final", function(forecast_final) return seen(forecast_final) end)
shows("reach_year", function(reach_year) return seen(reach_year) end)
shows("volatility", function(volatility) return seen(volatility) end)
shows("forecast_error", function(forecast_error) return seen(forecast_error) end)
shows("count_low", function(count_low) return seen(count_low) end)
shows("count_high", function(count_high) return seen(count_high) end)
shows("peers_least", function(peers_least) return seen(peers_least) end)
shows("peers_most", function(peers_most) return seen(peers_most) end)
shows("peers_deviation", function(peers_deviation) return seen(peers_deviation) end)
shows("years_of_data", function(years_of_data) return seen(years_of_data) end)
shows("peers_mean", function(peers_mean) return seen(peers_mean) end)
shows("peers_median", function(peers_median) return seen(peers_median) end)
shows("peers_lower_quartile", function(peers_lower_quartile) return seen(peers_lower_quartile) end)
shows("peers_upper_quartile", function(peers_upper_quartile) return seen(peers_upper_quartile) end)
shows("peers_rank", function(peers_rank) return seen(peers_rank) end)
shows("peers_count", function(peers_count) return seen(peers_count) end)
shows("parent_value", function(parent_value) return seen(parent_value) end)
shows("female", function(female) return seen(female) end)
shows("male", function(male) return seen(male) end)
shows("urban", function(urban) return seen(urban) end)
shows("rural", function(rural) return seen(rural) end)
shows("under5", function(under5) return seen(under5) end)
shows("year", function(year) return seen(year) end)
shows("plan_start", function(plan_start) return seen(plan_start) end)
shows("plan_end", function(plan_end) return seen(plan_end) end)
shows("screening", function(screening) return seen(screening) end)
shows("screening_status", function(screening_status) return seen(screening_status) end)

warning "series" {
  on = "indicator", title = "历年值", only = { "mortality" },
  level = function(series)
    local last = series[#series]
    if #series == 5 and series[1].year == 2020 and last.year == 2024 and last.value == 14.3 then return "red" end
  end,
}

local function shows_plan(name, level)
  warning("plan_" .. name) { on = "plan", title = name, level = level, message = "{" .. name .. "}" }
end

shows_plan("pace", function(pace) return seen(pace) end)
shows_plan("attainment", function(attainment) return seen(attainment) end)
shows_plan("met_count", function(met_count) return seen(met_count) end)
shows_plan("near_count", function(near_count) return seen(near_count) end)
shows_plan("unmet_count", function(unmet_count) return seen(unmet_count) end)
shows_plan("no_data_count", function(no_data_count) return seen(no_data_count) end)
shows_plan("assessable_count", function(assessable_count) return seen(assessable_count) end)
shows_plan("plan_start", function(plan_start) return seen(plan_start) end)
shows_plan("plan_end", function(plan_end) return seen(plan_end) end)

warning "region_figures" {
  on = "region", title = "区划", message = "{attainment_women} {unmet_count_women_economy}",
  level = function(attainment_women, unmet_count_women_economy)
    return seen(attainment_women) and seen(unmet_count_women_economy)
  end,
}

local function scores(name, score)
  return item(name) { points = 100, score = score }
end

assessment "region_items" {
  title = "区划考核", of = "region", points = 900, grades = { { 0, "合格" } },
  scores("gets_points", function(points) return points / 2 end),
  scores("gets_attainment", function(attainment) return 100 * attainment end),
  scores("gets_domain_attainment", function(attainment_women_health) return 100 * attainment_women_health end),
  scores("gets_counts", function(met_count, near_count, unmet_count, no_data_count, assessable_count)
    return met_count + 2 * near_count + 4 * unmet_count + 8 * no_data_count + 16 * assessable_count
  end),
  scores("gets_indicator", function(mortality) return mortality end),
  scores("gets_metric_of_indicator", function(mortality_progress) return 100 * mortality_progress end),
  scores("gets_breakdown_of_indicator", function(mortality_rural) return mortality_rural end),
  scores("gets_fact", function(late) return late end),
  scores("gets_year", function(year) return year - 2000 end),
}

-- In a unit's assessment a fact is the unit's own where it has one.
assessment "unit_items" {
  title = "单位考核", of = "unit", points = 10, grades = { { 0, "合格" } },
  item "gets_own_fact" { points = 10, score = function(late) return late end },
}
