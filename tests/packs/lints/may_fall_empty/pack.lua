-- may_fall 没有写理由。
pack { id = "may_fall_empty", title = "检查", region = "150800", version = "1.0.0", api = 1 }

fact "late" { title = "迟报", unit = "次", digits = 0, default = 0, better = "lower" }
assessment "annual" {
  title = "考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "reporting" { points = 10, may_fall = "", score = function(points, late) return deduct(points, late) end },
}
