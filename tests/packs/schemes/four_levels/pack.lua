-- One value beside the targets of the nation, the province, the city and the county's own, as county
-- reports print it, with points for each level it reaches.

pack { id = "four_levels", title = "四级目标", region = "150802", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委",
    targets = { nation = at_most(12), province = at_most(11), city = at_most(10), own = at_most(9) } },
  indicator "screening" { title = "宫颈癌筛查率", unit = "%", digits = 1, lead = "卫健委",
    targets = { nation = at_least(70), province = at_least(75), own = at_least(80) } },
  indicator "check_ups" { title = "妇女常见病筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(85) },
}

warning "below_the_nation" {
  on = "indicator", title = "未达国家目标", message = "国家目标{status_nation}，本级目标{status}",
  level = function(status_nation) return status_nation == "unmet" and "orange" or nil end,
}

assessment "levels" {
  title = "四级达标", of = "self", points = 10, grades = { { 0, "合格" } },
  item "mortality" { points = 4, cliff = 1,
    score = function(points, mortality_status_nation, mortality_status_province, mortality_status_city, mortality_status)
      local met = 0
      for _, status in ipairs { mortality_status_nation, mortality_status_province, mortality_status_city, mortality_status } do
        if status == "met" then met = met + 1 end
      end
      return points * met / 4
    end },
  item "nation" { points = 6,
    score = function(points, attainment_women_nation) return proportion(points, attainment_women_nation, 1) end },
}
