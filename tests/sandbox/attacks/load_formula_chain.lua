-- expect: load 1 pack.lua:*: the formula of "i*" needs its own result
pack { id = "attack", title = "环", region = "150802", version = "1.0.0", api = 1 }
local p = plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
p:domain "d" { title = "领域" } {
  indicator "ia" { title = "a", unit = "%", lead = "我", target = at_least(1), formula = function(ib) return ib end },
  indicator "ib" { title = "b", unit = "%", lead = "我", target = at_least(1), formula = function(ia) return ia end },
}
