-- 高于 80 又低于 80.1，按一位小数没有这样的值。
pack { id = "contradiction_below", title = "检查", region = "150800", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = all_of(above(80), below(80.1)) },
}
