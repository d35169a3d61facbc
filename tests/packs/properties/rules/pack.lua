-- 两条规则都忘了数据可能缺失或为零。
pack { id = "rules", title = "出错的规则", region = "150800", version = "1.0.0", api = 1, }

fact "visits" { title = "走访", unit = "次", digits = 0, better = "higher" }
data "women_count" { title = "妇女数", unit = "人", digits = 0 }
data "screened_count" { title = "筛查数", unit = "人", digits = 0 }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70),
    formula = function(screened_count, women_count) return 100 * screened_count / women_count end },
}

assessment "annual" {
  title = "年度考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "visiting" { title = "走访", points = 10,
    score = function(points, visits) return math.max(0, points - 2 * (5 - visits)) end },
}
