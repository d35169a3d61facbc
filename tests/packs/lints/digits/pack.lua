-- 目标写了两位小数，而指标按一位比较。
pack { id = "digits", title = "检查", region = "150800", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(95.75) },
}
