-- 筛查率超过 80% 以后反而少得分。
pack { id = "monotone", title = "越好越低", region = "150800", version = "1.0.0", api = 1, }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
}

assessment "annual" {
  title = "年度考核", of = "self", points = 100, grades = { { 0, "合格" } },
  item "level" { title = "水平", points = 100, cliff = 20,
    score = function(points, screening)
      if screening == nil then return nil end
      if screening > 80 then return 60 end
      return proportion(points, screening, 100)
    end },
}
