-- 与同级平均比较：高于平均的另按一半计，所以自己提高、越过平均时反而少得分。
pack { id = "peers", title = "同级比较", region = "150800", version = "1.0.0", api = 1, covers = "children" }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
}

assessment "annual" {
  title = "年度考核", of = "children", points = 100, grades = { { 0, "合格" } },
  item "level" { title = "水平", points = 100, cliff = 100,
    score = function(points, screening, screening_peers_mean)
      if screening == nil or screening_peers_mean == nil then return nil end
      local earned = proportion(points, screening, 100)
      return screening > screening_peers_mean and earned / 2 or earned
    end },
}
