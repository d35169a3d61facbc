-- 达到目标得满分，差 0.1 个百分点得零分，而没有声明 cliff;另一项声明了。
pack { id = "cliff", title = "一步之差", region = "150800", version = "1.0.0", api = 1, }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
}

assessment "annual" {
  title = "年度考核", of = "self", points = 30, grades = { { 0, "合格" } },
  item "undeclared" { title = "达标", points = 20,
    score = function(points, screening) return screening and screening >= 70 and points or 0 end },
  item "declared" { title = "达标", points = 10, cliff = 10,
    score = function(points, screening) return screening and screening >= 70 and points or 0 end },
}
