-- expect: load 1 pack.lua:5: indicator "i": 'baseline' must be a number
-- for VALUE: 0/0 1/0 -1/0 1e300 "1" {}
pack { id = "attack", title = "攻击", region = "150802", version = "1.0.0", api = 1 }
local p = plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
p:domain "d" { title = "领域" } { indicator "i" { title = "指标", baseline = @VALUE@ } }
