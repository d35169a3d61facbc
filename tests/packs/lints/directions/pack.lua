-- 两套目标方向相反。
pack { id = "directions", title = "检查", region = "150800", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委",
    targets = { own = at_least(70), province = at_most(75) } },
}
