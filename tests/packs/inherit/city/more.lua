override.assessment "annual" {
  points = 110,
  item "visits" { title = "走访", points = 10, score = function(points, visits) return proportion(points, visits, 4) end },
  veto "refusal" { when = function(visits) return visits < 0 end, grade = "不合格" },
}
override.item "annual.reporting" { score = function(points, late) return deduct(points, 5 * late) end }
fact "visits" { title = "走访次数", unit = "次", default = 0 }

remove.indicator "literacy"
remove.domain "women.law"
override.indicator "screening" { milestones = none, title = "两癌筛查率" }
