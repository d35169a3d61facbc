-- 没有走访的，规则停不下来。
pack { id = "endless", title = "停不下来", region = "150800", version = "1.0.0", api = 1 }
fact "visits" { title = "走访", unit = "次", digits = 0, better = "higher" }

assessment "annual" {
  title = "年度考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "visiting" { title = "走访", points = 10,
    score = function(points, visits)
      while visits == nil do points = points + 0 end
      return math.min(visits, points)
    end },
}
