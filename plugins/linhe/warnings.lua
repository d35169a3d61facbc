-- 预警：文件要求对预计达标困难、波动较大的监测指标及时预警，没有给出阈值。
-- 以下阈值和颜色均为本包自定。

-- 少于三个值时，预测没有意义。
local VALUES_FOR_FORECAST = 3

-- 波动：年度变化的标准差与平均水平之比。
local VOLATILITY_ORANGE, VOLATILITY_YELLOW = 0.20, 0.10

-- 缺报：没有数据的指标占应评指标的比例。
local MISSING_ORANGE, MISSING_YELLOW = 0.5, 0.1

-- 红：预计晚于终期两年以上，或看不到达标之年；橙：晚于终期；黄：能按期达标，但完成率落后于时间进度。
warning "off_track" {
  on = "indicator",
  title = "预计达标困难",
  only = include("reported").forecastable,
  level = function(status, target, reach_year, on_track, years_of_data, year, plan_start, plan_end)
    if year < plan_start or years_of_data < VALUES_FOR_FORECAST then return nil end
    if status ~= "unmet" or target == nil then return nil end
    if reach_year == nil or reach_year > plan_end + 2 then return "red" end
    if reach_year > plan_end then return "orange" end
    if on_track == false then return "yellow" end
  end,
  message = "现值 {value}，目标 {target}；按近年趋势的达标年份 {reach_year}（“—”为看不到达标之年），规划终期为 {plan_end} 年。"
    .. "按期达标需年均变化 {required_change}，近年实际年均变化 {recent_change}。请提出对策。",
  source = "monitoring_5",
}

-- 只要求提高、降低、差距缩小而没有数的：没有达到要求即黄色，晚于终期为橙色，再晚或看不到的为红色。
warning "wrong_way" {
  on = "indicator",
  title = "没有按要求的方向变化",
  only = include("reported").forecastable,
  level = function(status, target, reach_year, years_of_data, year, plan_start, plan_end)
    if year < plan_start or years_of_data < VALUES_FOR_FORECAST then return nil end
    if status ~= "unmet" or target ~= nil then return nil end
    if reach_year == nil or reach_year > plan_end + 2 then return "red" end
    if reach_year > plan_end then return "orange" end
    return "yellow"
  end,
  message = "基期 {baseline}，上年 {previous}，本年 {value}，没有按要求提高、降低或缩小差距；"
    .. "近年实际年均变化 {recent_change}。请分析原因并提出对策。",
  source = "monitoring_5",
}

-- “上升趋势减缓”推算不出达标之年：增幅没有减缓即黄色，本年增幅达到上年的一倍半为橙色。
local RISE_ORANGE = 1.5

warning "still_rising" {
  on = "indicator",
  title = "上升趋势没有减缓",
  only = include("reported").slowing,
  level = function(status, series, year, plan_start)
    if year < plan_start or status ~= "unmet" then return nil end
    local last = #series
    local rise = series[last].value - series[last - 1].value
    if rise <= 0 then return nil end
    local rise_before = series[last - 1].value - series[last - 2].value
    if rise >= RISE_ORANGE * rise_before then return "orange" end
    return "yellow"
  end,
  message = "上年 {previous}，本年 {value}，增幅未比上年减小。请分析原因并提出对策。",
  source = "monitoring_5",
}

warning "volatile" {
  on = "indicator",
  title = "波动较大",
  only = include("reported").steady,
  level = function(value, volatility, year, plan_start)
    if year < plan_start or value == nil or volatility == nil then return nil end
    if volatility >= VOLATILITY_ORANGE then return "orange" end
    if volatility >= VOLATILITY_YELLOW then return "yellow" end
  end,
  message = "年度变化的波动系数为 {volatility}；上年 {previous}，本年 {value}。请核实数据并说明原因。",
  source = "monitoring_5",
}

-- 不报数不能躲开预警：缺报的另作提示。
warning "not_reported" {
  on = "plan",
  title = "监测数据缺报",
  only = { "women" },
  level = function(no_data_count, assessable_count, year, plan_start, plan_end)
    if year < plan_start or year > plan_end then return nil end
    if assessable_count == nil or assessable_count == 0 then return nil end
    local share = no_data_count / assessable_count
    if share >= MISSING_ORANGE then return "orange" end
    if share >= MISSING_YELLOW then return "yellow" end
  end,
  message = "应评 {assessable_count} 项，缺数据 {no_data_count} 项，请督促成员单位报送。",
  source = "monitoring_1",
}
