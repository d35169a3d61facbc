-- 公式绕了一圈。
pack { id = "circle", title = "检查", region = "150800", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "outside" { title = "甲", unit = "%", lead = "卫健委", target = rises(),
    formula = function(first) return first end },
  indicator "first" { title = "乙", unit = "%", lead = "卫健委", target = rises(),
    formula = function(second) return second end },
  indicator "second" { title = "丙", unit = "%", lead = "卫健委", target = rises(),
    formula = function(first) return first end },
}
