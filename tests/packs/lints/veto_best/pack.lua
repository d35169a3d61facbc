-- 一票否决定了最高等次。
pack { id = "veto_best", title = "检查", region = "150800", version = "1.0.0", api = 1 }

fact "late" { title = "迟报", unit = "次", digits = 0, default = 0, better = "lower" }
assessment "annual" {
  title = "考核", of = "self", points = 10, grades = { { 6, "合格" }, { 0, "不合格" } },
  item "reporting" { points = 10, score = function(points, late) return deduct(points, late) end },
  veto "late_often" { when = function(late) return late > 5 end, grade = "合格" },
}
