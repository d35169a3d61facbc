-- 《中国妇女发展纲要(2021—2030年)》，基期 2020 年。

data "income_male" { title = "男性年平均收入", unit = "元", digits = 0 }
data "income_female" { title = "女性年平均收入", unit = "元", digits = 0 }
data "science_literacy_male" { title = "男性公民具备科学素质的比例", unit = "%", digits = 1 }
data "science_literacy_female" { title = "女性公民具备科学素质的比例", unit = "%", digits = 1 }
data "female_party_members" { title = "党员总数中女性比例", unit = "%", digits = 1 }
data "female_employees" { title = "女职工占职工总数的比例", unit = "%", digits = 1 }
data "housework_male" { title = "男性日均家务劳动时间", unit = "分钟", digits = 0 }
data "housework_female" { title = "女性日均家务劳动时间", unit = "分钟", digits = 0 }
-- 公布过死亡人数而没有公布死亡率的地区，按人数采集。
data "maternal_deaths" { title = "孕产妇死亡数", unit = "例", digits = 0 }

local women = plan "women" {
  title = "中国妇女发展纲要（2021—2030年）", from = 2021, to = 2030, baseline = 2020,
}

women:domain "health" { title = "妇女与健康" } {
  indicator "female_life_expectancy" {
    title = "女性人均预期寿命", unit = "岁", digits = 2, lead = "statistics",
    target = rises { per = "plan" },
  },
  indicator "maternal_mortality" {
    title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "health",
    target = at_most(12),
    -- 2025 年的数取自《母婴安全行动提升计划(2021—2025年)》。
    milestones = { [2025] = 14.5 },
  },
  -- “城乡、区域差距缩小”：以农村与城市之差衡量。
  indicator "maternal_mortality_gap" {
    title = "孕产妇死亡率城乡差距", unit = "1/10万", digits = 1, lead = "health",
    target = narrows(),
    formula = function(maternal_mortality_rural, maternal_mortality_urban)
      return maternal_mortality_rural - maternal_mortality_urban
    end,
  },
  indicator "maternal_management" {
    title = "孕产妇系统管理率", unit = "%", digits = 1, lead = "health",
    target = at_least(90),
  },
  -- 纲要没有产后访视率的目标值；本包自定与系统管理率相同。
  indicator "postnatal_visit" {
    title = "产后访视率", unit = "%", digits = 1, lead = "health",
    target = at_least(90),
  },
  indicator "cervical_screening" {
    title = "适龄妇女宫颈癌人群筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(70),
  },
  indicator "breast_screening" {
    title = "适龄妇女乳腺癌人群筛查率", unit = "%", digits = 1, lead = "health",
    target = rises(),
  },
  indicator "hiv_mother_child" {
    title = "艾滋病母婴传播率", unit = "%", digits = 1, lead = "health",
    target = below(2),
  },
  indicator "anxiety_depression" {
    title = "妇女焦虑障碍、抑郁症患病率", unit = "%", digits = 1, lead = "health",
    target = slows(),
  },
  indicator "maternal_anaemia" {
    title = "孕产妇贫血率", unit = "%", digits = 1, lead = "health",
    target = falls { per = "plan" },
  },
  indicator "female_health_literacy" {
    title = "妇女健康素养水平", unit = "%", digits = 1, lead = "health",
    target = rises { per = "plan" },
  },
  indicator "female_exercise" {
    title = "妇女经常参加体育锻炼的人数比例", unit = "%", digits = 1, lead = "sport",
    target = rises { per = "plan" },
  },
}

women:domain "education" { title = "妇女与教育" } {
  -- 义务教育和高中阶段的数与儿童纲要同出一源，不分性别公布。
  indicator "women_compulsory_retention" {
    title = "九年义务教育巩固率（女童平等接受）", unit = "%", digits = 1, lead = "education",
    target = at_least(96),
    formula = function(compulsory_retention) return compulsory_retention end,
  },
  indicator "women_upper_secondary" {
    title = "高中阶段教育毛入学率（女性平等接受）", unit = "%", digits = 1, lead = "education",
    target = at_least(92),
    formula = function(upper_secondary_enrolment) return upper_secondary_enrolment end,
  },
  indicator "female_vocational_share" {
    title = "职业学校在校生中的女生比例", unit = "%", digits = 1, lead = "education",
    target = rises { per = "plan" },
  },
  -- “男女比例保持均衡”：以 50% 上下 3 个百分点为均衡，容差为本包自定。
  indicator "female_tertiary_share" {
    title = "高等教育在校生中的女生比例", unit = "%", digits = 1, lead = "education",
    target = around(50, 3),
  },
  indicator "science_literacy_gap" {
    title = "男女科学素质水平差距", unit = "个百分点", digits = 1, lead = "science",
    target = narrows(),
    formula = function(science_literacy_male, science_literacy_female)
      return science_literacy_male - science_literacy_female
    end,
  },
  -- “基本消除”：以 1% 为限，本包自定。
  indicator "female_illiteracy" {
    title = "女性青壮年文盲率", unit = "%", digits = 1, lead = "education",
    target = at_most(1),
  },
  indicator "female_schooling_years" {
    title = "主要劳动年龄人口中女性平均受教育年限", unit = "年", digits = 1, lead = "education",
    target = rises { per = "plan" },
  },
}

women:domain "economy" { title = "妇女与经济" } {
  -- “45%左右”“40%左右”的容差(2 个和 3 个百分点)为本包自定。
  indicator "female_employment_share" {
    title = "全社会就业人员女性比重", unit = "%", digits = 1, lead = "labour",
    target = around(45, 2),
  },
  indicator "female_urban_unit_share" {
    title = "城镇非私营单位就业女性占比", unit = "%", digits = 1, lead = "statistics",
    target = around(40, 3),
  },
  indicator "female_senior_professional" {
    title = "高级专业技术人员中的女性比例", unit = "%", digits = 1, lead = "labour",
    target = at_least(40),
  },
  indicator "income_gap" {
    title = "男女收入差距", unit = "%", digits = 1, lead = "labour",
    target = narrows(),
    formula = function(income_male, income_female)
      if income_male <= 0 then return nil end
      return 100 * (income_male - income_female) / income_male
    end,
  },
  indicator "female_occupational_disease" {
    title = "女职工职业病发病率", unit = "1/10万", digits = 2, lead = "health",
    target = falls { per = "plan" },
  },
}

women:domain "decision" { title = "妇女参与决策和管理" } {
  indicator "female_party_delegates" {
    title = "党代表大会中女党员代表比例", unit = "%", digits = 1, lead = "organization",
    target = not_below("female_party_members"),
  },
  indicator "female_congress_delegates" {
    title = "人大代表中的女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "term" },
  },
  indicator "female_consultative_members" {
    title = "政协委员中的女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "term" },
  },
  indicator "female_county_leaders" {
    title = "县级以上地方政府领导班子中的女干部比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" },
  },
  indicator "female_enterprise_boards" {
    title = "企业董事会、监事会成员及管理层中的女性比例", unit = "%", digits = 1, lead = "statistics",
    target = rises { per = "plan" },
  },
  indicator "female_staff_delegates" {
    title = "企事业单位职工代表大会中女性比例", unit = "%", digits = 1, lead = "trade_unions",
    target = not_below("female_employees"),
  },
  indicator "female_village_committee" {
    title = "村委会成员女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(30),
  },
  indicator "female_village_heads" {
    title = "村委会主任中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = rises { per = "plan" },
  },
  -- “50%左右”的容差(5 个百分点)为本包自定。
  indicator "female_residents_committee" {
    title = "社区居委会成员中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = around(50, 5),
  },
  indicator "female_residents_heads" {
    title = "社区居委会主任中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(40),
  },
}

women:domain "security" { title = "妇女与社会保障" } {
  indicator "maternity_insurance" {
    title = "生育保险参保率", unit = "%", digits = 1, lead = "medical_insurance",
    target = rises { per = "plan" },
  },
  indicator "female_medical_insurance" {
    title = "妇女基本医疗保险参保率", unit = "%", digits = 1, lead = "medical_insurance",
    target = keeps_at_least(95),
  },
  indicator "female_pension" {
    title = "妇女基本养老保险参保率", unit = "%", digits = 1, lead = "labour",
    target = at_least(95),
  },
  indicator "female_unemployment_insurance" {
    title = "妇女失业保险参保人数", unit = "万人", digits = 0, lead = "labour",
    target = rises { per = "plan" },
  },
  indicator "female_injury_insurance" {
    title = "妇女工伤保险参保人数", unit = "万人", digits = 0, lead = "labour",
    target = rises { per = "plan" },
  },
}

women:domain "family" { title = "妇女与家庭建设" } {
  indicator "housework_gap" {
    title = "两性家务劳动时间差距", unit = "分钟", digits = 0, lead = "statistics",
    target = narrows(),
    formula = function(housework_female, housework_male) return housework_female - housework_male end,
  },
}

women:domain "environment" { title = "妇女与环境" } {
  indicator "rural_tap_water" {
    title = "农村自来水普及率", unit = "%", digits = 1, lead = "water",
    target = at_least(90),
  },
  indicator "rural_toilets" {
    title = "农村卫生厕所普及率", unit = "%", digits = 1, lead = "agriculture",
    target = rises { per = "plan" },
  },
}

women:domain "law" { title = "妇女与法律" } {
  objective "gender_policy_review" {
    title = "法规政策性别平等评估机制有效运行", lead = "committee_office", evidence = true,
  },
  indicator "female_legal_aid" {
    title = "妇女获得法律援助人数", unit = "万人", digits = 1, lead = "justice",
    target = rises { per = "plan" },
  },
}
