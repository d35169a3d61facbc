-- expect: load 0 18000 rules
pack { id = "attack", title = "许多", region = "150802", version = "1.0.0", api = 1 }
local items = { title = "考核", of = "region", points = 18000, grades = { { 0, "合格" } } }
local function rule() return 1 end
for i = 1, 18000 do items[i] = item("i" .. i) { points = 1, score = rule } end
assessment "a"(items)
