-- One indicator for every kind of target, named after it.

pack { id = "targets", title = "目标", region = "150802", version = "1.0.0", api = 1 }

local every = plan "every" { title = "各种目标", from = 2021, to = 2030, baseline = 2020 }

local function kind(id)
  return function(target)
    return indicator(id) { title = id, unit = "%", digits = 1, lead = "统计局", target = target }
  end
end

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
  kind "is_all"(all_of(at_least(10), at_most(20))),
  kind "is_any"(any_of(at_most(10), at_least(20))),
  kind "is_shown"(evidence()),
  objective "is_objective" { title = "佐证类目标", lead = "统计局", evidence = true },
}
