-- 筛查率超过 80% 以后反而少得分，一项声明了理由，另一项没有；声明的下降也使总分下降，不另报。
pack { id = "may_fall", title = "越好越低", region = "150800", version = "1.0.0", api = 1, }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
}

local function level(points, screening)
  if screening == nil then return nil end
  if screening > 80 then return 0.6 * points end
  return proportion(points, screening, 100)
end

assessment "annual" {
  title = "年度考核", of = "self", points = 100, grades = { { 0, "合格" } },
  item "declared" { title = "声明的", points = 60, cliff = 12, may_fall = "超过八成后改按进步计分",
    score = function(points, screening) return level(points, screening) end },
  item "undeclared" { title = "没有声明的", points = 40, cliff = 8,
    score = function(mortality) return mortality and (mortality < 12 and 30 or mortality < 20 and 32 or 24) end },
}
