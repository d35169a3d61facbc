warning "off_track" {
  on = "indicator", title = "预计达标困难",
  level = function(status, reach_year, on_track, years_of_data, plan_end)
    if status ~= "unmet" or years_of_data < 3 then return nil end
    if reach_year == nil or reach_year > plan_end + 2 then return "red" end
    if reach_year > plan_end then return "orange" end
    if on_track == false then return "yellow" end
  end,
  message = "现值 {value}，活产 {births}，迟报 {late}，五岁以下 {mortality_under5}，上期 {previous}",
}

warning "rebound" {
  on = "indicator", title = "连续两年反弹", hold = 2, only = { "mortality", "myopia", "income_gap", "composite" },
  level = function(change, female, late)
    if change and change > 20 then return female and "orange" or "yellow" end
    if late > 100 then return "blue" end
  end,
  message = "女 {female}，变化 {change}",
}

warning "behind_peers" {
  on = "indicator", title = "落后于同级", hold = 3, only = { "screening", "pay_ratio" },
  level = function(value, peers_mean, peers_rank, peers_count)
    if value == nil or peers_mean == nil then return nil end
    if peers_rank == peers_count then return "red" end
    if value < peers_mean then return "blue" end
  end,
}

warning "far_from_middle" {
  on = "indicator", title = "远离同级中位数", only = { "mortality", "composite", "leadership" },
  level = function(value, peers_median, parent_value)
    if value and peers_median and math.abs(value - peers_median) > 40 then return "yellow" end
    if value and parent_value and value > parent_value then return "blue" end
  end,
}

warning "jumps" {
  on = "indicator", title = "历年跳动", only = { "coverage", "infant_mortality", "pay_ratio" },
  level = function(series, volatility)
    local jumps = 0
    for i = 2, #series do
      if math.abs(series[i].value - series[i - 1].value) > 60 then jumps = jumps + 1 end
    end
    if jumps > 2 then return "orange" end
    if volatility and volatility > 1 then return "blue" end
  end,
}

warning "plan_behind" {
  on = "plan", title = "规划进度落后", hold = 2,
  level = function(attainment, unmet_count, pace, income_gap)
    if attainment == nil then return nil end
    if attainment < pace / 2 then return unmet_count > 4 and "red" or "orange" end
    if income_gap and income_gap < 0 then return "blue" end
  end,
}

warning "domain_behind" {
  on = "plan", title = "领域落后", only = { "children" },
  level = function(attainment_women_economy, met_count_children_health, plan_start, year)
    if attainment_women_economy == 0 and met_count_children_health == 0 and year > plan_start then return "yellow" end
  end,
}

warning "region_behind" {
  on = "region", title = "地区落后", hold = 2,
  level = function(attainment_women, near_count_children, late, checked, births_rural)
    if attainment_women == nil then return nil end
    if attainment_women < 0.3 and late > 50 then return "red" end
    if near_count_children > 1 or births_rural == 7 then return "yellow" end
    if checked and checked < 5 then return "blue" end
  end,
}

warning "within_noise" {
  on = "indicator", title = "事件数过少", only = { "seats", "seats_beside", "index" }, hold = 2,
  level = function(previous, count_low, count_high, forecast_error, status_nation)
    if count_low and previous and previous < count_low then return "blue" end
    if count_high and previous and previous > count_high then return "yellow" end
    if forecast_error and forecast_error > 60 then return "orange" end
    if status_nation == "unmet" then return "red" end
  end,
  message = "国家目标 {status_nation}，区间 {count_low}~{count_high}，回测误差 {forecast_error}",
}

warning "far_from_others" {
  on = "indicator", title = "远离同级", only = { "employment", "index" },
  level = function(value, peers_least, peers_most, peers_deviation, peers_mean)
    local score = z_score(value, peers_mean, peers_deviation)
    if score and score < -1.5 then return "red" end
    if min_max(value, peers_least, peers_most) == 0 then return "yellow" end
  end,
}

warning "others_targets" {
  on = "region", title = "国家目标落后", hold = 2,
  level = function(attainment_women_nation, unmet_count_women_economy_nation, screening_status_province)
    if unmet_count_women_economy_nation > 0 and screening_status_province == "unmet" then return "orange" end
    if attainment_women_nation and attainment_women_nation < 0.5 then return "blue" end
  end,
}

-- Those that fail: by error, by arithmetic on nil, by words and kinds nobody understands.

warning "raises" {
  on = "indicator", title = "出错", only = { "mortality", "smoking" },
  level = function(value) if value and value > 118 then error("现值为 " .. value) end end,
}

warning "adds_nil" {
  on = "region", title = "与空值相加",
  level = function(leadership, employment)
    if leadership and leadership < 3 and leadership + employment > 100 then return "red" end
  end,
}

warning "misnames" {
  on = "indicator", title = "级别写错", only = { "coverage", "preschool" }, hold = 2,
  level = function(value) return value and (value > 117.5 and "purple" or value < 0.02 and { value }) or nil end,
}
