-- 预警(第37项要求的预警机制)。文件没有写阈值，以下各数均为本包自定。

-- 任务：填报的进展(0 到 1)落后于时间进度。没有填报按没有进展算。
local FAR_BEHIND, BEHIND = 0.5, 0.25

warning "task_late" {
  on = "indicator",
  title = "任务滞后或逾期",
  source = { "t36", "t37" },
  only = {
    "employment_law", "startup_benefits", "skill_training", "rural_science", "employment_service",
    "female_skilled", "gender_equality", "female_cadres", "female_leaders", "grassroots_democracy",
    "enterprise_management", "health_services", "cancers_and_defects", "healthy_children",
    "school_districts", "school_facilities", "special_groups", "vocational_education",
    "poverty_monitoring", "poor_area_services", "social_security", "poverty_relief", "legal_protection",
    "property_rights", "guardianship", "campus_safety", "child_welfare", "crime_prevention",
    "culture_media", "activity_facilities", "culture_circles", "public_security_video",
    "international_exchange", "main_responsibility", "committee_functions", "supervision_mechanism",
    "institution_building", "service_teams",
  },
  -- 红：到期未完成(逾期);橙：比时间进度少 0.5 以上，难以完成；黄：少 0.25 以上。
  level = function(status, value, pace, year, plan_start, plan_end)
    if status == "met" or status == "not_applicable" or year < plan_start then return nil end
    if year >= plan_end then return "red" end
    local behind = pace - (value or 0)
    if behind >= FAR_BEHIND then return "orange" end
    if behind >= BEHIND then return "yellow" end
  end,
  message = "任务进展 {value}，时间进度 {pace}，应于 {plan_end} 年完成。",
}

-- 有数的指标：按近年趋势难以按期达到。到期没有填报的从严，同未达到。
warning "off_track" {
  on = "indicator",
  title = "预计达标困难",
  source = "t37",
  only = {
    "women_trained", "two_cancers_coverage", "kindergarten_enrolment", "poor_retention",
    "disabled_enrolment", "left_behind_pairing", "community_sites",
  },
  -- 红：到期仍未达到，或看不到达标之年；橙：晚于终期；黄：年度完成率落后于时间进度。
  level = function(status, reach_year, on_track, years_of_data, year, plan_end)
    if year >= plan_end and status == "no_data" then return "red" end
    if status ~= "unmet" then return nil end
    if year >= plan_end then return "red" end
    if years_of_data < 3 then return nil end
    if reach_year == nil then return "red" end
    if reach_year > plan_end then return "orange" end
    if on_track == false then return "yellow" end
  end,
  message = "现值 {value}，目标 {target}，差距 {gap}；按近年趋势预计 {reach_year} 年达标。",
}

-- 侵害儿童权益的案件，有未立案、未查处的即红色；文件印发(2018年)以后没有填报的，无从核对，橙色。
warning "cases_open" {
  on = "indicator",
  title = "侵害儿童权益案件未全部立案查处",
  source = "t28",
  only = { "cases_filed", "cases_investigated" },
  level = function(status, year)
    if status == "unmet" then return "red" end
    if status == "no_data" and year >= 2018 then return "orange" end
  end,
  message = "现值 {value}，应达到 {target}。",
}

-- 全部重点工作：完成的比例落后于时间进度。
warning "work_behind" {
  on = "plan",
  title = "重点工作整体滞后",
  source = "t36",
  only = { "key_work" },
  level = function(attainment, pace, year, plan_start)
    if year < plan_start then return nil end
    local behind = pace - (attainment or 0)
    if behind >= FAR_BEHIND then return "red" end
    if behind >= BEHIND then return "orange" end
  end,
  message = "完成率 {attainment}，时间进度 {pace}。",
}
