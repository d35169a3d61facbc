-- 《中国妇女发展纲要(2011—2020年)》，基期 2010 年。

-- 各年监测报告都公布查出妇女病率，但纲要没有为它定目标。
data "common_disease_detected" { title = "查出妇女病率", unit = "%", digits = 1 }

local women_2011 = plan "women_2011" {
  title = "中国妇女发展纲要（2011—2020年）", from = 2011, to = 2020, baseline = 2010,
}

women_2011:domain "health" { title = "妇女与健康" } {
  indicator "female_life_expectancy_2011" {
    title = "女性人均预期寿命（2011—2020年）", unit = "岁", digits = 2, lead = "statistics",
    target = rises { per = "plan" },
    formula = function(female_life_expectancy) return female_life_expectancy end,
  },
  indicator "maternal_mortality_2011" {
    title = "孕产妇死亡率（2011—2020年）", unit = "1/10万", digits = 1, lead = "health",
    target = at_most(20),
    formula = function(maternal_mortality) return maternal_mortality end,
  },
  indicator "maternal_mortality_gap_2011" {
    title = "孕产妇死亡率城乡差距（2011—2020年）", unit = "1/10万", digits = 1, lead = "health",
    target = narrows(),
    formula = function(maternal_mortality_gap) return maternal_mortality_gap end,
  },
  indicator "maternal_management_2011" {
    title = "孕产妇系统管理率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_least(85),
    formula = function(maternal_management) return maternal_management end,
  },
  indicator "hospital_delivery" {
    title = "孕产妇住院分娩率", unit = "%", digits = 1, lead = "health",
    target = at_least(98),
  },
  indicator "rural_hospital_delivery" {
    title = "农村孕产妇住院分娩率", unit = "%", digits = 1, lead = "health",
    target = at_least(96),
  },
  indicator "common_disease_screening" {
    title = "妇女常见病筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(80),
  },
}

women_2011:domain "education" { title = "妇女与教育" } {
  indicator "women_preschool_2011" {
    title = "学前三年毛入园率（女童平等接受）（2011—2020年）", unit = "%", digits = 1, lead = "education",
    target = at_least(70),
    formula = function(preschool_enrolment) return preschool_enrolment end,
  },
  indicator "women_compulsory_retention_2011" {
    title = "九年义务教育巩固率（女童平等接受）（2011—2020年）", unit = "%", digits = 1, lead = "education",
    target = at_least(95),
    formula = function(compulsory_retention) return compulsory_retention end,
  },
  indicator "women_upper_secondary_2011" {
    title = "高中阶段教育毛入学率（女性平等接受）（2011—2020年）", unit = "%", digits = 1, lead = "education",
    target = at_least(90),
    formula = function(upper_secondary_enrolment) return upper_secondary_enrolment end,
  },
  indicator "tertiary_enrolment" {
    title = "高等教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(40),
  },
  indicator "female_schooling_years_2011" {
    title = "主要劳动年龄人口中女性平均受教育年限（2011—2020年）", unit = "年", digits = 1, lead = "education",
    target = at_least(11.2),
    formula = function(female_schooling_years) return female_schooling_years end,
  },
  indicator "female_illiteracy_2011" {
    title = "女性青壮年文盲率（2011—2020年）", unit = "%", digits = 1, lead = "education",
    target = at_most(2),
    formula = function(female_illiteracy) return female_illiteracy end,
  },
}

women_2011:domain "economy" { title = "妇女与经济" } {
  indicator "female_employment_share_2011" {
    title = "全社会就业人员女性比重（2011—2020年）", unit = "%", digits = 1, lead = "labour",
    target = keeps_at_least(40),
    formula = function(female_employment_share) return female_employment_share end,
  },
  indicator "female_senior_professional_2011" {
    title = "高级专业技术人员中的女性比例（2011—2020年）", unit = "%", digits = 1, lead = "labour",
    target = at_least(35),
    formula = function(female_senior_professional) return female_senior_professional end,
  },
  indicator "income_gap_2011" {
    title = "男女收入差距（2011—2020年）", unit = "%", digits = 1, lead = "labour",
    target = narrows(),
    formula = function(income_gap) return income_gap end,
  },
}

women_2011:domain "decision" { title = "妇女参与决策和管理" } {
  indicator "county_leaders_with_woman" {
    title = "领导班子中有1名以上女干部的县级以上地方政府比例", unit = "%", digits = 1, lead = "organization",
    target = full(),
  },
  indicator "female_village_committee_2011" {
    title = "村委会成员女性比例（2011—2020年）", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(30),
    formula = function(female_village_committee) return female_village_committee end,
  },
  indicator "female_village_heads_2011" {
    title = "村委会主任中女性比例（2011—2020年）", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(10),
    formula = function(female_village_heads) return female_village_heads end,
  },
  -- “50%左右”的容差(5 个百分点)为本包自定。
  indicator "female_residents_committee_2011" {
    title = "社区居委会成员中女性比例（2011—2020年）", unit = "%", digits = 1, lead = "civil_affairs",
    target = around(50, 5),
    formula = function(female_residents_committee) return female_residents_committee end,
  },
}

women_2011:domain "security" { title = "妇女与社会保障" } {
  indicator "community_elderly_services" {
    title = "以城乡社区为单位的养老服务覆盖率", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(90),
  },
}

women_2011:domain "environment" { title = "妇女与环境" } {
  indicator "rural_central_water" {
    title = "农村集中式供水受益人口比例", unit = "%", digits = 1, lead = "water",
    target = at_least(85),
  },
  indicator "rural_toilets_2011" {
    title = "农村卫生厕所普及率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_least(85),
    formula = function(rural_toilets) return rural_toilets end,
  },
}

women_2011:domain "law" { title = "妇女与法律" } {
  indicator "female_legal_aid_2011" {
    title = "妇女获得法律援助人数（2011—2020年）", unit = "万人", digits = 1, lead = "justice",
    target = rises { per = "plan" },
    formula = function(female_legal_aid) return female_legal_aid end,
  },
}
