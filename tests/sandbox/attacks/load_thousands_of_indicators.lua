-- expect: load 0 20000 indicators
pack { id = "attack", title = "许多", region = "150802", version = "1.0.0", api = 1 }
local list = {}
for i = 1, 20000 do
  list[i] = indicator("i" .. i) { title = "指标", unit = "%", lead = "我", target = at_least(1) }
end
plan "p" { title = "规划", from = 2021, to = 2030, baseline = 2020 }:domain "d" { title = "领域" }(list)
