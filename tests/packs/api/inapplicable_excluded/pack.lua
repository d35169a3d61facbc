-- The points of an item that does not apply are taken off the total.

pack { id = "inapplicable_excluded", title = "不适用项不计", region = "150800", version = "1.0.0", api = 1,
  conventions = { inapplicable = "excluded" } }

fact "raw_score" { title = "得分", unit = "分" }

assessment "annual" {
  title = "考核", of = "self", points = 100, grades = { { 0, "合格" } },
  item "left_out" { points = 60, score = function(points) return points end, applies = function() return false end },
  item "scored" { points = 40, score = function(raw_score) return raw_score end },
}
