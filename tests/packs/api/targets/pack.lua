-- One indicator for every kind of target, named after it.

pack { id = "targets", title = "目标", region = "150802", version = "1.0.0", api = 1 }

local terms = plan "terms" {
  title = "按届", from = 2021, to = 2030, baseline = 2020, terms = { 2016, 2021, 2026 },
  conventions = { period = "term" },
}

terms:domain "congress" { title = "人大代表" } {
  indicator "rises_by_term" { title = "女代表比例", unit = "%", digits = 1, lead = "人大", target = rises { per = "term" } },
}

local sets = plan "sets" { title = "四级目标", from = 2021, to = 2030, baseline = 2020 }

sets:domain "health" { title = "健康" } {
  indicator "judged_four_times" {
    title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委",
    targets = { own = at_most(9), city = at_most(10), province = at_most(11), nation = at_most(12) },
  },
  indicator "judged_twice" {
    title = "筛查率", unit = "%", digits = 1, lead = "卫健委", targets = { own = at_least(90), nation = at_least(70) },
  },
}

warning "behind_the_nation" {
  on = "indicator", title = "未达国家目标", only = { "judged_four_times", "rises_by_term" },
  level = function(status_nation, status_own) return status_nation == "unmet" and status_own == "unmet" and "red" or nil end,
  message = "国家：{status_nation}",
}

assessment "levels" {
  title = "四级达标", of = "self", points = 30, plan = "sets", grades = { { 0, "合格" } },
  item "nation" { points = 10, score = function(met_count_sets_nation) return met_count_sets_nation end },
  item "city" { points = 10, score = function(assessable_count_city) return assessable_count_city end },
  item "province" { points = 10,
    score = function(points, judged_four_times_status_province, attainment_sets_health_own)
      if judged_four_times_status_province == "met" then return points * attainment_sets_health_own end
      return 0
    end },
}

-- Near-met within 10 % of the target.
local near = plan "near" {
  title = "基本达标", from = 2021, to = 2030, baseline = 2020, conventions = { near_percent = 10 },
}

local function near_kind(id)
  return function(target)
    return indicator(id) { title = id, unit = "%", digits = 1, lead = "统计局", target = target }
  end
end

near:domain "near" { title = "基本达标" } {
  near_kind "nears_from_below"(at_least(-20)),
  near_kind "nears_a_circle"(around(100, 5)),
  near_kind "nears_all"(all_of(at_least(100), at_least(50))),
  near_kind "nears_any"(any_of(at_least(100), at_least(200))),
}

local every = plan "every" { title = "各种目标", from = 2021, to = 2030, baseline = 2020 }

local function kind(id)
  return function(target)
    return indicator(id) { title = id, unit = "%", digits = 1, lead = "统计局", target = target }
  end
end

data "party_members" { title = "党员比例", unit = "%", digits = 1 }

every:domain "numbers" { title = "数值" } {
  kind "is_at_least"(at_least(90)),
  kind "is_at_most"(at_most(12)),
  kind "is_above"(above(0)),
  kind "is_below"(below(5)),
  kind "is_around"(around(100, 5)),
  kind "is_within"(within(103, 107, 100, 110)),
  kind "is_within_plain"(within(103, 107)),
  kind "is_kept"(keeps_at_least(95)),
  kind "is_ratio"(ratio(1, 3)),
  kind "is_full"(full()),
}

every:domain "movements" { title = "升降" } {
  kind "does_rise"(rises()),
  kind "does_rise_over_term"(rises { per = "term", years = 3 }),
  kind "does_rise_over_plan"(rises { per = "plan" }),
  kind "does_fall"(falls()),
  kind "does_slow"(slows()),
  kind "does_narrow"(narrows()),
  kind "does_narrow_yearly"(narrows { per = "year" }),
}

every:domain "relations" { title = "关系" } {
  kind "is_not_below"(not_below "is_at_least"),
  kind "is_not_above"(not_above "is_at_most"),
  kind "is_beside_women"(not_below("party_members_female")),
  kind "is_within_a_margin"(not_below("is_at_least", 0.5)),
  kind "is_nine_tenths"(not_below("is_at_least", { times = 0.9, margin = 1 })),
  kind "is_not_far_above"(not_above("is_at_most", { times = 1.1 })),
  kind "is_all"(all_of(at_least(10), at_most(20))),
  kind "is_any"(any_of(at_most(10), at_least(20))),
  kind "is_shown"(evidence()),
  objective "is_objective" { title = "佐证类目标", lead = "统计局", evidence = true },
}
