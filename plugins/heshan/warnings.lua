-- 预警，对预警情况表的各项指标。
-- 本包自定：预警的级别和阈值。

local ROWS = include("tables").all

-- 未达标的逐年预警：规划最后一年仍未达标，红；差距比上年扩大，橙；其余，黄。
-- 没有报数的无从盘点，按红色提示；没有上年报表数的看不出趋势，从严按橙色提示。
warning "not_reached" {
  on = "indicator", only = ROWS,
  title = "未达标",
  level = function(status, value, previous, target, year, plan_start, plan_end)
    if year < plan_start or status == "met" or status == "not_applicable" then return nil end
    if status == "no_data" or year >= plan_end then return "red" end
    if previous == nil then return "orange" end
    if target and math.abs(target - previous) < math.abs(target - value) then return "orange" end
    return "yellow"
  end,
  message = "上年 {previous}，本年 {value}，目标 {target}，差距 {gap}。",
  source = { "s2_stocktaking", "s2_warning", "s4_part_1" },
}

-- 下年达标速度：近年实际年均变化与按期所需年均变化之比。不动或背离，红；不足一半，橙；不足，黄。
-- 没有历年数的测算不出，不因少报而减轻，按红色提示。
local SLOW, HALF = 1, 0.5 -- 本包自定

warning "too_slow" {
  on = "indicator", only = ROWS,
  title = "按现速度下年难以达标",
  level = function(status, required_change, recent_change, year, plan_start)
    if year < plan_start or status ~= "unmet" then return nil end
    if required_change == nil or required_change == 0 then return nil end
    if recent_change == nil then return "red" end
    local speed = recent_change / required_change
    if speed <= 0 then return "red" end
    if speed < HALF then return "orange" end
    if speed < SLOW then return "yellow" end
  end,
  message = "按期达标需年均变化 {required_change}，近年实际年均变化 {recent_change}，预测下年 {forecast}。",
  source = { "s2_table", "s4_part_4" },
}

-- 与上年报表相比变化大的，须作说明；由 0 变为非 0 的，和没有上年报表数、无从对照的，按最大的变化提示。
local MUCH, VERY_MUCH = 0.10, 0.25 -- 本包自定

warning "changed_much" {
  on = "indicator", only = ROWS,
  title = "变化较大，须作说明",
  level = function(value, previous, year, plan_start)
    if year < plan_start or value == nil then return nil end
    if previous == nil then return "yellow" end
    if previous == 0 then return value ~= 0 and "yellow" or nil end
    local share = math.abs(value - previous) / math.abs(previous)
    if share >= VERY_MUCH then return "yellow" end
    if share >= MUCH then return "blue" end
  end,
  message = "上年 {previous}，本年 {value}，变化 {change}，请核实并说明原因。",
  source = { "s3_explain", "s3_compare" },
}

-- 未达标且落后于全省或同级区划均值。好的方向由现值指向目标；没有目标数的不比较。
warning "behind_others" {
  on = "indicator", only = ROWS,
  title = "落后于全省或有关地区",
  level = function(status, value, target, province, peers_mean, peers_count, year, plan_start)
    if year < plan_start or status ~= "unmet" or target == nil then return nil end
    local good = target > value and 1 or -1
    local behind_province = province ~= nil and (province - value) * good > 0
    local behind_peers = (peers_count or 0) > 1 and (peers_mean - value) * good > 0
    if behind_province and behind_peers then return "orange" end
    if behind_province or behind_peers then return "yellow" end
  end,
  message = "本市 {value}，全省 {province}，同级均值 {peers_mean}，同级第 {peers_rank} 位。",
  source = "s4_part_3",
}
