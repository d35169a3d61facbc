-- A pack that says itself which figures are kept beside those that everybody looks at.

pack {
  id = "figures", title = "保存的数值", region = "150800", version = "1.0.0", api = 1,
  figures = { "gap", "volatility", "peers_rank" },
}

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", lead = "卫健委", target = at_least(70) },
}
