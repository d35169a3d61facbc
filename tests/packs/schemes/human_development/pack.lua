-- An index after the pattern of the Human Development Index: a long life (20 to 85 years), schooling
-- (expected of 18 years, mean of 15, their arithmetic mean) and income (its logarithm from 100 to
-- 75,000 dollars at purchasing power), joined by the geometric mean.

pack { id = "human_development", title = "人类发展指数", region = "000000", version = "1.0.0", api = 1,
  conventions = { digits = 3 } }

data "life_expectancy" { title = "出生时预期寿命", unit = "岁", digits = 1 }
data "expected_schooling" { title = "预期受教育年限", unit = "年", digits = 1 }
data "mean_schooling" { title = "平均受教育年限", unit = "年", digits = 1 }
data "income" { title = "人均国民总收入", unit = "国际元", digits = 0 }

local development = plan "development" { title = "发展指数", from = 2015, to = 2030, baseline = 2015 }

development:domain "index" { title = "指数" } {
  indicator "health_index" { title = "健康指数", unit = "指数", lead = "统计局", target = at_least(0.8),
    formula = function(life_expectancy) return goalposts(life_expectancy, 20, 85) end },
  indicator "schooling_index" { title = "教育指数", unit = "指数", lead = "统计局", target = at_least(0.8),
    formula = function(expected_schooling, mean_schooling)
      return arithmetic_mean { { goalposts(expected_schooling, 0, 18) }, { goalposts(mean_schooling, 0, 15) } }
    end },
  indicator "income_index" { title = "收入指数", unit = "指数", lead = "统计局", target = at_least(0.8),
    formula = function(income) return income > 0 and goalposts(math.log(income), math.log(100), math.log(75000)) or nil end },
  indicator "development_index" { title = "人类发展指数", unit = "指数", lead = "统计局", target = at_least(0.8),
    formula = function(health_index, schooling_index, income_index)
      return geometric_mean { { health_index }, { schooling_index }, { income_index } }
    end },
}
