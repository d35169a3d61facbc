-- Health figures run from October to September, schooling's from April to March, the rest with the
-- calendar.

pack { id = "health_year", title = "卫生年", region = "150802", version = "1.0.0", api = 1 }

local health = plan "health" { title = "母婴健康", from = 2021, to = 2030, baseline = 2020,
  conventions = { period = "health_year" } }

health:domain "mothers" { title = "孕产妇" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
  indicator "insured" { title = "生育保险覆盖率", unit = "%", digits = 1, lead = "医保局", target = at_least(95),
    conventions = { period = "calendar_year" } },
  indicator "check_ups" { title = "体检率", unit = "%", digits = 1, lead = "教育局", target = at_least(95),
    conventions = { period = "april_march" } },
}
