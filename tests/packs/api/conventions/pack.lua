-- One plan for every choice of a convention that plans and indicators can differ in. Conventions of
-- assessments belong to the whole pack: see inapplicable_full and inapplicable_excluded beside this.

pack {
  id = "conventions", title = "口径", region = "150800", version = "1.0.0", api = 1, covers = "children",
  conventions = {
    rounding = "half_up", digits = 2, at = "final", no_data = "excluded", near_percent = 0, near_counts = false,
    expected_counts = false, count_evidence = true, ties = "competition", rank_on = "printed", cap_items = true,
    inapplicable = "redistributed", period = "calendar_year", method_version = "2024-1",
  },
}

-- Each plan asks for 80 of two indicators and for one piece of evidence.
local function variant(id, conventions, terms)
  local holder = plan(id) {
    title = id, from = 2021, to = 2030, baseline = 2020, conventions = conventions, terms = terms,
  }
  holder:domain "all" { title = "全部" } {
    indicator(id .. "_first") {
      title = id, unit = "%", lead = "统计局", target = at_least(80), milestones = { [2025] = 60 },
    },
    indicator(id .. "_second") { title = id, unit = "%", lead = "统计局", target = at_least(80) },
    objective(id .. "_shown") { title = id, lead = "统计局", evidence = true },
  }
end

variant("plain")
variant("by_milestone", { at = "milestone" })
variant("missing_is_unmet", { no_data = "unmet" })
variant("tolerant", { near_percent = 5 })
variant("generous", { near_percent = 5, near_counts = true })
variant("hopeful", { expected_counts = true })
variant("without_evidence", { count_evidence = false })
variant("cut", { rounding = "truncate" })
variant("whole_half_even", { rounding = "half_even", digits = 0 })
variant("whole_half_up", { rounding = "half_up", digits = 0 })
variant("health_years", { period = "health_year" })
variant("april_years", { period = "april_march" })
variant("terms", { period = "term" }, { 2021, 2026 })

local function ranked(id, conventions)
  return indicator(id) {
    title = id, unit = "%", digits = 1, lead = "统计局", target = at_least(80), conventions = conventions,
  }
end

local ranks = plan "ranks" { title = "名次", from = 2021, to = 2030, baseline = 2020 }
ranks:domain "all" { title = "全部" } {
  ranked("competition_rank", { ties = "competition" }),
  ranked("dense_rank", { ties = "dense" }),
  ranked("ordinal_rank", { ties = "ordinal" }),
  ranked("exact_rank", { rank_on = "exact" }),
}

warning "rank" {
  on = "indicator", title = "名次", message = "{peers_rank}",
  only = { "competition_rank", "dense_rank", "ordinal_rank", "exact_rank" },
  level = function(peers_rank) if peers_rank then return "blue" end end,
}

fact "raw_score" { title = "得分", unit = "分" }

assessment "annual" {
  title = "考核", of = "self", points = 100, grades = { { 0, "合格" } },
  item "left_out" { points = 60, score = function(points) return points end, applies = function() return false end },
  item "scored" { points = 40, score = function(raw_score) return raw_score end },
}
