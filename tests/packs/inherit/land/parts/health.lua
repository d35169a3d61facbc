-- A file of its own: errors and explanations name it as land/parts/health.lua.

local women = plan "women" { title = "妇女发展纲要", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "妇女与健康" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", lead = "health", target = at_most(12) },
  indicator "screening" {
    title = "宫颈癌筛查率", unit = "%", lead = "health", target = at_least(70), milestones = { [2025] = 50 },
  },
  indicator "mortality_gap" {
    title = "与上年相比", unit = "1/10万", lead = "health", target = at_most(0),
    formula = function(births) return births - births end,
  },
  objective "awareness" { title = "健康意识提高", lead = "health", evidence = true },
}

women:domain "education" { title = "妇女与教育" } {
  indicator "literacy" { title = "识字率", unit = "%", lead = "health", target = at_least(95) },
}
