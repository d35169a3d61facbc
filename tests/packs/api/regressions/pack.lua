-- One indicator or item for each mistake that was once made with it; the specs are named after them.
pack {
  id = "regressions", title = "曾经算错的", region = "150802", version = "1.0.0", api = 1, covers = "children",
  conventions = { rounding = "truncate", digits = 2 },
}

unit "first" { title = "甲单位" }
unit "second" { title = "乙单位" }
fact "late" { title = "迟报次数", unit = "次", default = 0 }

local main = plan "main" {
  title = "规划", from = 2021, to = 2030, baseline = 2020, conventions = { expected_counts = true },
}

local function percent(id, target, more)
  local fields = { title = id, unit = "%", lead = "first", digits = 2, target = target }
  for name, value in pairs(more or {}) do fields[name] = value end
  return indicator(id)(fields)
end

main:domain "all" { title = "全部" } {
  percent("strict", below(2)),
  percent("both", all_of(at_least(40), at_most(50))),
  percent("number_and_rise", all_of(at_least(50), rises())),
  percent("band", around(45, 2)),
  percent("kept", keeps_at_least(70), { milestones = { [2023] = 60, [2025] = 65 }, conventions = { at = "milestone" } }),
  percent("at_the_edge", at_most(12)),
  percent("whole", at_least(50), {
    formula = function(whole_female, whole_male) return (whole_female + whole_male) / 2 end,
  }),
  percent("narrowing", narrows { per = "year" }),
}

warning "note" {
  on = "indicator", title = "提示", only = { "at_the_edge", "strict" }, message = "{value} {status} 差 {gap} 到 {reach_year}",
  level = function(value) return value and "blue" end,
}

warning "place" {
  on = "indicator", title = "名次", only = { "band", "narrowing" }, message = "{peers_rank}",
  level = function(peers_rank) return peers_rank and "blue" end,
}

assessment "spread" {
  title = "分摊", of = "self", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "five" { points = 5, score = function(points) return points end },
  item "five_more" { points = 5, score = function(points) return points end },
  item "most" { points = 65, score = function(points) return points end },
  item "out" { points = 25, applies = function() return false end, score = function() return 0 end },
}

assessment "noise" {
  title = "尾数", of = "self", points = 60, grades = { { 0, "有" } },
  item "share" { points = 60, score = function(points) return points * (6 / 25) end },
}

assessment "nothing" {
  title = "全不适用", of = "self", points = 10, grades = { { 6, "好" }, { 0, "差" } },
  item "never" { points = 10, applies = function() return false end, score = function() return 0 end },
}

assessment "members" {
  title = "单位", of = "unit", points = 10, grades = { { 0, "有" } },
  item "in_time" { points = 10, score = function(points, late) return deduct(points, late) end },
}
