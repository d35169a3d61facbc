-- may_fall 写在不直接计分的考核项上。
pack { id = "may_fall_on_holder", title = "检查", region = "150800", version = "1.0.0", api = 1 }

fact "late" { title = "迟报", unit = "次", digits = 0, default = 0, better = "lower" }
assessment "annual" {
  title = "考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "group" { points = 10, may_fall = "改按进步计分",
    item "reporting" { points = 10, score = function(points, late) return deduct(points, late) end } },
}
