-- 妇女发展规划：29 项。目标值为本包自定，参照 2011—2020 年国家和河南省的规划。

-- 只对市本级判定的指标。
local CITY = { "410400" }

data "income_male" { title = "男性年平均收入", unit = "元", digits = 0 }
data "income_female" { title = "女性年平均收入", unit = "元", digits = 0 }

local women = plan "women" {
  title = "平顶山市妇女发展规划（2011—2020年）", from = 2011, to = 2020, baseline = 2010,
}

women:domain "health" { title = "妇女与健康" } {
  indicator "maternal_mortality" {
    title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "health",
    target = at_most(20),
  },
  indicator "maternal_management" {
    title = "孕产妇系统管理率", unit = "%", digits = 1, lead = "health",
    target = at_least(85),
  },
  indicator "hospital_delivery" {
    title = "孕产妇住院分娩率", unit = "%", digits = 1, lead = "health",
    target = at_least(98),
  },
  indicator "common_disease_screening" {
    title = "妇女常见病筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(80),
  },
  indicator "maternal_anaemia_severe" {
    title = "孕产妇中重度贫血患病率", unit = "%", digits = 2, lead = "health",
    target = falls { per = "plan" },
  },
  indicator "premarital_checkup" {
    title = "婚前医学检查率", unit = "%", digits = 1, lead = "health",
    target = rises { per = "plan" },
  },
  indicator "female_exercise" {
    title = "妇女经常参加体育锻炼的人数比例", unit = "%", digits = 1, lead = "sport",
    target = rises { per = "plan" },
  },
}

women:domain "education" { title = "妇女与教育" } {
  indicator "female_upper_secondary" {
    title = "女性高中阶段教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(90),
  },
  indicator "female_schooling_years" {
    title = "主要劳动年龄人口中女性平均受教育年限", unit = "年", digits = 1, lead = "education",
    target = at_least(11.2),
  },
  indicator "female_illiteracy" {
    title = "女性青壮年文盲率", unit = "%", digits = 1, lead = "education",
    target = at_most(2),
  },
}

women:domain "economy" { title = "妇女与经济" } {
  indicator "female_employment_share" {
    title = "全社会就业人员女性比重", unit = "%", digits = 1, lead = "labour",
    target = keeps_at_least(40),
  },
  indicator "female_senior_professional" {
    title = "高级专业技术人员中的女性比例", unit = "%", digits = 1, lead = "labour",
    target = at_least(35),
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
  indicator "county_leaders_with_woman" {
    title = "领导班子中有1名以上女干部的县级以上地方政府比例", unit = "%", digits = 1,
    lead = "organization",
    target = full(), applies_to = CITY,
  },
  indicator "female_department_leaders" {
    title = "市政府工作部门领导班子中女干部数", unit = "名", digits = 0, lead = "organization",
    target = rises { per = "plan" }, applies_to = CITY,
  },
  indicator "female_congress_delegates" {
    title = "人大代表中的女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "term" },
  },
  indicator "female_village_committee" {
    title = "村委会成员女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(30),
  },
  indicator "female_village_heads" {
    title = "村委会主任中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(10),
  },
  indicator "female_residents_committee" {
    title = "社区居委会成员中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = around(50, 5),
  },
}

women:domain "security" { title = "妇女与社会保障" } {
  indicator "maternity_insurance" {
    title = "生育保险参保率", unit = "%", digits = 1, lead = "labour",
    target = at_least(95),
  },
  indicator "female_medical_insurance" {
    title = "妇女基本医疗保险参保率", unit = "%", digits = 1, lead = "labour",
    target = at_least(95),
  },
  indicator "female_pension" {
    title = "妇女基本养老保险参保率", unit = "%", digits = 1, lead = "labour",
    target = rises { per = "plan" },
  },
  indicator "community_elderly_services" {
    title = "以城乡社区为单位的养老服务覆盖率", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(90),
  },
}

women:domain "environment" { title = "妇女与环境" } {
  indicator "rural_toilets" {
    title = "农村卫生厕所普及率", unit = "%", digits = 1, lead = "health",
    target = at_least(85),
  },
  indicator "rural_central_water" {
    title = "农村集中式供水受益人口比例", unit = "%", digits = 1, lead = "water",
    target = at_least(85),
  },
  objective "basic_state_policy" {
    title = "男女平等基本国策纳入国民经济和社会发展规划", lead = "committee_office",
    evidence = true, applies_to = CITY, source = "m1_plan",
  },
}

women:domain "law" { title = "妇女与法律" } {
  -- 文件公布 1012 场次。自规划实施起累计，基期为 0。
  indicator "law_publicity_events" {
    title = "“法律知识八进”宣传活动累计场次", unit = "场次", digits = 0, lead = "justice",
    target = rises { per = "plan" }, baseline = 0, applies_to = CITY, source = "m5_eight",
  },
  indicator "women_legal_aid_cases" {
    title = "妇女获得法律援助件数", unit = "件", digits = 0, lead = "justice",
    target = rises { per = "plan" },
  },
}
