-- expect: load 1 pack.lua:4: too many rules, or a rule with too many inputs
-- generate: (function() local t = {} for i = 1, 65 do t[i] = "a" .. i end return table.concat(t, ", ") end)()
pack { id = "attack", title = "许多", region = "150802", version = "1.0.0", api = 1 }
item "i" { points = 1, score = function(@GENERATED@) end }
