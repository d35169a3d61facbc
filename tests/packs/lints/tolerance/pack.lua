-- 容差小于 0。
pack { id = "tolerance", title = "检查", region = "150800", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = around(40, -3) },
}
