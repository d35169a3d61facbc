-- expect: load 1 pack.lua: *
pack { id = "attack", title = "深", region = "150802", version = "1.0.0", api = 1 }
local inner = item "leaf" { points = 1, score = function() return 1 end }
for i = 1, 1000 do inner = item("i" .. i) { points = 1, inner } end
assessment "a" { title = "考核", of = "region", points = 1, grades = { { 0, "合格" } }, inner }
