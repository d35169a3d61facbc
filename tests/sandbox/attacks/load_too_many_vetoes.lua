-- expect: load 1 pack.lua:6: assessment "a" has more than 200 vetoes
pack { id = "attack", title = "许多", region = "150802", version = "1.0.0", api = 1 }
local contents = { title = "考核", of = "region", points = 1, grades = { { 0, "合格" } },
  item "only" { points = 1, score = function(points) return points end } }
for i = 1, 254 do contents[i + 1] = veto("v" .. i) { when = function() return false end, grade = "合格" } end
assessment "a"(contents)
