-- expect: load 1 pack.lua:4: *
local kept = {}
for i = 1, 1000000 do
  kept[i] = { i, {} }
end
