-- 不报比报了好：缺数据的不计入达标率，不报整改情况的当作没有问题，预警也因此消失。
pack { id = "missing", title = "不报为好", region = "150800", version = "1.0.0", api = 1, }

fact "problems" { title = "问题数", unit = "个", digits = 0, better = "lower" }

local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
}

warning "slow" {
  on = "plan", title = "达标率低",
  level = function(attainment) return attainment and attainment < 0.6 and "orange" or nil end,
}

assessment "annual" {
  title = "年度考核", of = "region", points = 50, grades = { { 0, "合格" } },
  item "targets" { title = "达标", points = 30,
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
  item "rectified" { title = "整改", points = 20,
    score = function(points, problems) return deduct(points, 2 * (problems or 0)) end },
}
