-- expect: load 0 no problems
pack { id = "attack", title = "状态", region = "150802", version = "1.0.0", api = 1 }
local p = plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
p:domain "d" { title = "领域" } { objective "o" { title = "目标", lead = "妇联", evidence = true } }
assert(not pcall(function() left_behind = 1 end))
assert(not pcall(function() string.left_behind = 1 end))
