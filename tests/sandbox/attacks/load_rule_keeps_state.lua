-- expect: load 1 pack.lua:8: a rule keeps nothing from one call to the next
-- for RULE: function() kept = kept + 1 return kept end; function() (function() kept = 1 end)() return kept end; function() _ENV = { kept = 1 } end; (function() local function help() kept = kept + 1 end return function() help() end end)(); (function() local n = 0 local function count() n = n + 1 return n end return function() return count() end end)(); (function() list[1] = { help = function() kept = 1 end } return function() return list end end)(); (function() list[function() kept = 1 end] = 1 return function() return list end end)(); (function() local step = pairs { 1, 2 } return function() return (step()) end end)(); (function() list[1] = pairs { 1, 2 } return function() return list[1]() end end)()
-- What a rule keeps would lie there for the next region: results would tell which were evaluated before.
-- (The place is that of the assignment; of an iterator, that of the function that holds it.)
pack { id = "attack", title = "状态", region = "150802", version = "1.0.0", api = 1 }
plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
local kept, list = 0, {}
warning "w" { on = "region", title = "预警", level = @RULE@ }
