-- 一票否决写反了方向；另一条因达标率不计缺数据的指标而落空。
pack { id = "veto", title = "否决", region = "150800", version = "1.0.0", api = 1 }

fact "visits" { title = "走访", unit = "次", digits = 0, default = 0, better = "higher" }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
}

assessment "annual" {
  title = "年度考核", of = "self", points = 10, grades = { { 5, "合格" }, { 0, "不合格" } },
  item "visiting" { title = "走访", points = 10, score = function(points, visits) return proportion(points, visits, 20) end },
  veto "often" { when = function(visits) return visits > 30 end, grade = "不合格" },
  veto "behind" { when = function(attainment_women) return attainment_women < 0.6 end, grade = "不合格" },
}
