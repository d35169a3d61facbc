-- An item that does not apply gives its points in full; scores beyond an item's points are errors.

pack { id = "inapplicable_full", title = "不适用项给满分", region = "150800", version = "1.0.0", api = 1,
  conventions = { inapplicable = "full", cap_items = false } }

fact "raw_score" { title = "得分", unit = "分" }

assessment "annual" {
  title = "考核", of = "self", points = 100, grades = { { 0, "合格" } },
  item "left_out" { points = 60, score = function(points) return points end, applies = function() return false end },
  item "scored" { points = 40, score = function(raw_score) return raw_score end },
}
