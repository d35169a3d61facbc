-- 同一等次出现两次。
pack { id = "grade_twice", title = "检查", region = "150800", version = "1.0.0", api = 1 }

fact "late" { title = "迟报", unit = "次", digits = 0, default = 0, better = "lower" }
assessment "annual" {
  title = "考核", of = "self", points = 10, grades = { { 9, "优秀" }, { 6, "合格" }, { 3, "合格" }, { 0, "不合格" } },
  item "reporting" { points = 10, score = function(points, late) return deduct(points, late) end },
}
