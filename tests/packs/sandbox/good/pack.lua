-- A pack that does no harm: checked, tested and evaluated after every attack.

pack { id = "good", title = "好评估包", region = "150802", version = "1.0.0", api = 1 }

fact "late" { title = "迟报次数", unit = "次", default = 0 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "妇女与健康" } {
  indicator "steady" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
  indicator "derived" { title = "两倍", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12),
    formula = function(steady) return 2 * steady end },
}

warning "behind" { on = "indicator", title = "未达标", level = function(status)
  if status == "unmet" then return "blue" end
end }

assessment "annual" {
  title = "年度考核", of = "region", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "reporting" { points = 100, score = function(points, late) return deduct(points, 2 * late) end },
}
