-- 预警。阈值均为本包自定。

warning "off_track" {
  on = "indicator",
  title = "预计达标困难",
  -- 红：预计晚于终期两年以上，或看不到达标之年；橙：晚于终期；
  -- 黄：预计能按期达标，但目前完成率落后于时间进度。
  level = function(status, target, reach_year, on_track, years_of_data, year, plan_end)
    if year >= plan_end or status ~= "unmet" or target == nil or years_of_data < 3 then return nil end
    if reach_year == nil or reach_year > plan_end + 2 then return "red" end
    if reach_year > plan_end then return "orange" end
    if on_track == false then return "yellow" end
  end,
  message = "现值 {value}，目标 {target}，差距 {gap}；按近年趋势预计 {reach_year} 年达标。"
    .. "按期达标需年均变化 {required_change}，近年实际年均变化 {recent_change}。",
}

-- 到终期还没有达到的，不论趋势，红；到终期没有数据的无从判定，从严同样按红色提示。
warning "not_reached" {
  on = "indicator",
  title = "到期未达标",
  level = function(status, year, plan_end)
    if year >= plan_end and (status == "unmet" or status == "no_data") then return "red" end
  end,
  message = "应于 {plan_end} 年达到，现值 {value}，目标 {target}。",
}

-- 督导发现的问题，年底仍未整改到位的。没有报整改数的，按没有整改算。
warning "rectification_slow" {
  on = "region",
  title = "督导问题整改不到位",
  level = function(problems_found, problems_rectified)
    if problems_found == nil or problems_found == 0 then return nil end
    local rate = (problems_rectified or 0) / problems_found
    if rate < 0.6 then return "red" end
    if rate < 0.8 then return "orange" end
    if rate < 1 then return "yellow" end
  end,
  message = "督导发现问题 {problems_found} 个，已整改 {problems_rectified} 个，请限期整改。",
}
