-- 预警。本包自定：级别和阈值。

warning "undone" {
  on = "indicator",
  title = "工作未落实",
  level = function(status, target)
    -- 有人数的那一项由 visits_short 提示；此处只看以佐证证明的工作(没有目标数或目标为 1)。
    if target ~= nil and target > 1 then return nil end
    if status == "unmet" then return "orange" end
    if status == "no_data" then return "yellow" end
  end,
  message = "没有佐证，请补报或限期完成。",
}

warning "visits_short" {
  on = "indicator", only = { "poor_women_visited" },
  title = "百名贫困妇女慰问不足",
  level = function(value, target)
    local visited = (value or 0) / target
    if visited < 0.5 then return "red" end
    if visited < 0.8 then return "orange" end
    if visited < 1 then return "yellow" end
  end,
  message = "已慰问 {value} 名，应慰问 {target} 名。",
  source = "l8_1_visits",
}
