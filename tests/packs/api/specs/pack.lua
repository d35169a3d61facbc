-- A pack whose specs are about specs: what each assertion takes and refuses.

pack { id = "specs", title = "测试", region = "150800", version = "1.0.0", api = 1 }

fact "late" { title = "迟报次数", unit = "次", default = 0 }

assessment "annual" {
  title = "考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "reporting" { points = 10, score = function(points, late) return deduct(points, late) end },
}
