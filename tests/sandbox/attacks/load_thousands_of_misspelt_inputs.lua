-- expect: load 1 pack.lua:6: unknown input 'unknown01'
-- The host compares each misspelt name with all known ones to make a suggestion.
pack { id = "attack", title = "许多", region = "150802", version = "1.0.0", api = 1 }
for i = 1, 10000 do data("unknown_name_" .. i) { title = "数据", unit = "元" } end
local a = { title = "考核", of = "region", points = 3000, grades = { { 0, "合格" } } }
local function rule(unknown01, unknown02, unknown03, unknown04, unknown05, unknown06, unknown07, unknown08) end
for i = 1, 3000 do a[i] = item("i" .. i) { points = 1, score = rule } end
assessment "a"(a)
