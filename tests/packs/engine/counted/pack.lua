-- A pack whose rule calls can be counted by hand: each rule says beside it what it reads.
pack {
  id = "counted", title = "调用计数", region = "150000", version = "1.0.0", api = 1, covers = "subtree",
  conventions = { digits = 1 },
}

data "births" { title = "活产数", unit = "人", digits = 0 }
data "male_births" { title = "男婴数", unit = "人", digits = 0 }
data "unread" { title = "没有规则读取的数", unit = "人", digits = 0 }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }
fact "falsified" { title = "弄虚作假起数", unit = "起", default = 0, digits = 0 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "mortality" { title = "死亡率", unit = "1/10万", lead = "卫健委", target = at_most(12) },
  indicator "screening" { title = "筛查率", unit = "%", lead = "卫健委", target = at_least(70) },
}

women:domain "economy" { title = "经济" } {
  indicator "income" { title = "收入", unit = "元", lead = "人社局", target = at_least(60) },
  indicator "boys" {
    title = "男婴比例", unit = "%", lead = "人社局", target = at_most(52),
    formula = function(male_births, births) return 100 * male_births / births end,
  },
  indicator "jobs" { title = "就业率", unit = "%", lead = "人社局", target = at_least(40) },
}

-- 1 call: the value and the status of mortality.
warning "high" {
  on = "indicator", title = "过高", only = { "mortality" },
  level = function(value, status) return status == "unmet" and value and value > 50 and "red" or nil end,
}

-- 1 call a year for as long as it holds: the value of jobs, and what women among them have.
warning "few_jobs" {
  on = "indicator", title = "连续两年就业不足", hold = 2, only = { "jobs" },
  level = function(value, female) return value and value < 40 and female and "yellow" or nil end,
}

-- 1 call: the statuses of all indicators of the domain of health.
warning "ill" {
  on = "region", title = "健康领域落后",
  level = function(attainment_women_health) return attainment_women_health == 0 and "orange" or nil end,
}

assessment "annual" {
  title = "年度考核", of = "region", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  -- 1 call: the statuses of the domain of health.
  item "health" { points = 40,
    score = function(points, attainment_women_health) return proportion(points, attainment_women_health, 1) end },
  -- 1 call: the statuses of the domain of the economy.
  item "economy" { points = 20,
    score = function(points, attainment_women_economy) return proportion(points, attainment_women_economy, 1) end },
  -- 1 call: the income, and the mean of the peers'.
  item "income" { points = 10,
    score = function(points, income, income_peers_mean)
      return income and income_peers_mean and income >= income_peers_mean and points or 0
    end },
  -- 2 calls, or 1 where it does not apply: late submissions, and whether women's jobs were counted.
  item "reporting" { points = 30,
    applies = function(jobs_female) return jobs_female ~= nil end,
    score = function(points, late) return deduct(points, late) end },
  -- 1 call: falsified figures.
  veto "fraud" { when = function(falsified) return falsified > 0 end, grade = "不合格" },
}
