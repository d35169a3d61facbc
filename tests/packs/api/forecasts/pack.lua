-- One indicator for every forecast method.

pack { id = "forecasts", title = "预测", region = "150800", version = "1.0.0", api = 1 }

local holder = plan "methods" { title = "方法", from = 2011, to = 2020, baseline = 2010 }

local function by(method)
  return indicator("by_" .. method) {
    title = method, unit = "%", lead = "统计局", target = at_least(200), forecast = method,
  }
end

holder:domain "all" { title = "全部" } {
  by "ols", by "theil_sen", by "cagr", by "holt", by "gm11", by "least_error",
  indicator "by_default" { title = "默认", unit = "%", lead = "统计局", target = at_least(200) },
}
