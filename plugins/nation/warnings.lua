-- 三类预警。没有公布过统一的阈值，以下各数均为本包自定，地方包可以覆盖。
-- 预警从规划的第一年起：基期年是上一周期的终期年，同一序列只按上一周期的目标预警。

-- 相对变化达到以下比例时提高一级。
local REVERSAL_ORANGE, REVERSAL_YELLOW = 0.10, 0.02

-- 波动：年度变化的标准差与平均水平之比。
local VOLATILITY_ORANGE, VOLATILITY_YELLOW = 0.20, 0.10

-- 少于三个值时，预测没有意义。
local VALUES_FOR_FORECAST = 3

warning "off_track" {
  on = "indicator",
  title = "预计达标困难",
  -- 红：预计晚于终期两年以上，或看不到达标之年；橙：晚于终期；
  -- 黄：预计能按期达标，但目前完成率落后于时间进度。
  level = function(status, target, reach_year, on_track, years_of_data, year, plan_start, plan_end)
    if year < plan_start then return nil end
    if status ~= "unmet" or target == nil or years_of_data < VALUES_FOR_FORECAST then return nil end
    if reach_year == nil or reach_year > plan_end + 2 then return "red" end
    if reach_year > plan_end then return "orange" end
    if on_track == false then return "yellow" end
  end,
  message = "现值 {value}，目标 {target}；按近年趋势预计 {reach_year} 年达标，规划终期为 {plan_end} 年。"
    .. "按期达标需年均变化 {required_change}，近年实际年均变化 {recent_change}。",
}

warning "volatile" {
  on = "indicator",
  title = "波动较大",
  level = function(value, volatility, year, plan_start)
    if year < plan_start or value == nil or volatility == nil then return nil end
    if volatility >= VOLATILITY_ORANGE then return "orange" end
    if volatility >= VOLATILITY_YELLOW then return "yellow" end
  end,
  message = "年度变化的波动系数为 {volatility}；本年 {value}，上年 {previous}。请核实数据并说明原因。",
}

warning "reversal" {
  on = "indicator",
  title = "指标逆转",
  -- 好的方向由现值与目标的位置推知：未达标时朝向目标为好，已达标时背离目标为好。
  -- 恰好等于目标时无从判断，不提示。
  level = function(status, value, previous, target, year, plan_start)
    if year < plan_start then return nil end
    if value == nil or previous == nil or target == nil or previous == 0 then return nil end
    local good_direction = status == "met" and value - target or target - value
    if (value - previous) * good_direction >= 0 then return nil end
    local share = math.abs(value - previous) / math.abs(previous)
    if share >= REVERSAL_ORANGE then return "orange" end
    if share >= REVERSAL_YELLOW then return "yellow" end
    return "blue"
  end,
  message = "由上年 {previous} 变为 {value}，方向与目标 {target} 相反，请分析原因并提出对策。",
}
