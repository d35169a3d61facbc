-- Rates from few events, and figures made from what there is.

pack { id = "counts", title = "小事件数", region = "150802", version = "1.0.0", api = 1,
  figures = { "count_low", "count_high" } }

data "deaths" { title = "死亡数", unit = "人", digits = 0 }
data "births" { title = "活产数", unit = "人", digits = 0 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 2, lead = "卫健委", target = at_most(12),
    counts = "deaths", among = "births", per = 100000,
    formula = function(deaths, births) return 100000 * deaths / births end },
  indicator "reported" { title = "直接填报的死亡率", unit = "1/10万", digits = 2, lead = "卫健委", target = at_most(12),
    counts = "deaths" },
  indicator "screening" { title = "筛查率", unit = "%", lead = "卫健委", target = at_least(70) },
  indicator "counselling" { title = "咨询率", unit = "%", lead = "卫健委", target = at_least(70) },
  indicator "service_index" { title = "服务指数", unit = "分", lead = "卫健委", target = at_least(70), partial = true,
    formula = function(screening, counselling)
      return arithmetic_mean({ { screening, 2 }, { counselling, 1 } }, 0.6)
    end },
}

-- Last year's rate lies where this year's few deaths could have put it too.
warning "rise" {
  on = "indicator", title = "死亡率上升", only = { "mortality" },
  level = function(change, previous, count_low)
    if change and count_low and change > 0 and previous < count_low then return "red" end
  end,
}
