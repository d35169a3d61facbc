-- expect: load 1 pack.lua: a text is too long
pack { id = "attack", title = "过大", region = "150802", version = "1.0.0", api = 1 }
local title = ("题"):rep(1300)
for i = 1, 2000 do
  data("d" .. i) { title = title, unit = "元" }
end
plan "empty" { title = "空", from = 2021, to = 2030, baseline = 2020 }
