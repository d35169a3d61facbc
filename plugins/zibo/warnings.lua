-- 预警。文件没有写阈值，以下各数均为本包自定。

-- 账目不平。差额在 1 万元及以上为红色，不足 1 万元为橙色；报数不全、不能核对的从严，红色。
warning "account_unbalanced" {
  on = "indicator",
  title = "专项资金账目不平",
  source = { "c4_1", "c4_2" },
  only = { "screening_difference", "relief_difference" },
  level = function(status, value, year, plan_start)
    if status == "no_data" and year >= plan_start then return "red" end
    if status ~= "unmet" or value == nil then return nil end
    return math.abs(value) >= 1 and "red" or "orange"
  end,
  message = "收入（含结转）减支出与账面结余相差 {value} 万元，请核对。",
}

-- 有挪作他用的，或者报数不全、有误不能核对的。
warning "not_special_use" {
  on = "indicator",
  title = "专项资金未专款专用",
  source = { "c4_1", "c4_2" },
  only = { "screening_special_use", "relief_special_use" },
  level = function(status, year, plan_start)
    if status == "unmet" or (status == "no_data" and year >= plan_start) then return "red" end
  end,
  message = "专款专用率 {value}，应达到 {target}。",
}

-- 红：不足六成，或者没有报数；橙：不足八成；黄：未到十成。
warning "fund_not_in_place" {
  on = "indicator",
  title = "配套资金或任务不到位",
  source = "c4_1",
  only = { "matching_rate", "screening_done", "relief_review", "relief_grant" },
  level = function(status, value, year, plan_start)
    if status == "no_data" and year >= plan_start then return "red" end
    if status ~= "unmet" or value == nil then return nil end
    if value < 60 then return "red" end
    if value < 80 then return "orange" end
    return "yellow"
  end,
  message = "现值 {value}，应达到 {target}，请区县限期落实。",
}

-- 实事项目：落实比例不足的，提请督办。界限同上。
warning "projects_slow" {
  on = "region",
  title = "实事项目落实不足，须督办",
  source = "c2_2",
  level = function(projects_done, projects_planned)
    if projects_planned == nil or projects_planned == 0 then return nil end
    local share = (projects_done or 0) / projects_planned
    if share < 0.6 then return "red" end
    if share < 0.8 then return "orange" end
    if share < 1 then return "yellow" end
  end,
  message = "当年实事项目 {projects_planned} 个，已落实 {projects_done} 个。",
}

-- 年度任务：年底未完成的。进展过半为黄色，不到一半为橙色；没有填报按没有进展算。
warning "task_unfinished" {
  on = "indicator",
  title = "年度任务未完成",
  source = { "aims", "c5_3" },
  only = {
    "gender_culture", "publicity_months", "training_mechanism", "urgent_problems", "comprehensive_assessment",
    "practical_mechanism", "monitoring_evaluation", "next_plan_drafting", "screening_project",
    "screening_funding", "relief_system", "counselling_station", "topic_research", "office_building",
    "work_mechanisms",
  },
  level = function(status, value, year, plan_start)
    if year < plan_start or status == "met" or status == "not_applicable" then return nil end
    return (value or 0) < 0.5 and "orange" or "yellow"
  end,
  message = "任务进展 {value}，应于当年完成。",
}
