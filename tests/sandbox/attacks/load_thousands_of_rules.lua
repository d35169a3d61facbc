-- expect: load 1 pack.lua:5: too many rules, or a rule with too many inputs
pack { id = "attack", title = "许多", region = "150802", version = "1.0.0", api = 1 }
local function rule() return 1 end
for i = 1, 20001 do
  item("i" .. i) { points = 1, score = rule }
end
