-- The pack that rules of attack.lua are put into, beside rules whose results must stand. attack.lua
-- gives a table of rules by place: formula, level, score, applies, veto.

local attack = include "attack"

pack { id = "attacked", title = "受攻击的评估包", region = "150802", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "妇女与健康" } {
  indicator "attacked" { title = "受攻击的指标", unit = "%", lead = "卫健委", target = at_most(12),
    formula = attack.formula or function(steady) return steady end },
  indicator "steady" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
  indicator "derived" { title = "两倍", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12),
    formula = function(steady) return 2 * steady end },
}

warning "attacked" { on = "region", title = "受攻击的预警", level = attack.level or function() return "red" end }
warning "behind" { on = "indicator", only = { "steady" }, title = "未达标", level = function(status)
  if status == "unmet" then return "blue" end
end }

assessment "annual" {
  title = "年度考核", of = "region", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "attacked" { points = 50, applies = attack.applies, score = attack.score or function(points) return points end },
  item "steady" { points = 50, score = function(points, steady) return #("x"):rep(100000 + points) > 0 and steady end },
  veto "struck" { when = attack.veto or function() return false end, grade = "不合格" },
}
