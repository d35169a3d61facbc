-- expect: load 1 pack.lua: *
-- for CHANGE: t.parts=t; t.value=0/0; t.value=error; t[1]=t; t.kind="\xff"; t[0.5]=1
pack { id = "attack", title = "攻击", region = "150802", version = "1.0.0", api = 1 }
local t = at_least(1)
local p = plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
p:domain "d" { title = "领域" } { indicator "i" { title = "指标", unit = "%", lead = "我", target = t } }
@CHANGE@
