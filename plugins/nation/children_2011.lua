-- 《中国儿童发展纲要(2011—2020年)》，基期 2010 年。

local children_2011 = plan "children_2011" {
  title = "中国儿童发展纲要（2011—2020年）", from = 2011, to = 2020, baseline = 2010,
}

children_2011:domain "health" { title = "儿童与健康" } {
  indicator "birth_defects" {
    title = "严重多发致残的出生缺陷发生率", unit = "1/万", digits = 1, lead = "health",
    target = falls { per = "plan" },
  },
  indicator "infant_mortality_2011" {
    title = "婴儿死亡率（2011—2020年）", unit = "‰", digits = 1, lead = "health",
    target = at_most(10),
    formula = function(infant_mortality) return infant_mortality end,
  },
  indicator "under_five_mortality_2011" {
    title = "5岁以下儿童死亡率（2011—2020年）", unit = "‰", digits = 1, lead = "health",
    target = at_most(13),
    formula = function(under_five_mortality) return under_five_mortality end,
  },
  -- “以2010年为基数下降1/6”“下降1/3”：直接采集较基期的降幅。
  indicator "child_injury_decline_2010" {
    title = "18岁以下儿童伤害死亡率较2010年降幅", unit = "%", digits = 1, lead = "health",
    target = at_least(16.7), baseline = 0,
  },
  indicator "student_anaemia_decline_2010" {
    title = "中小学生贫血患病率较2010年降幅", unit = "%", digits = 1, lead = "education",
    target = at_least(33.3), baseline = 0,
  },
  indicator "immunisation_2011" {
    title = "免疫规划疫苗接种率（以乡镇为单位）（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_least(95),
    formula = function(immunisation) return immunisation end,
  },
  indicator "neonatal_tetanus" {
    title = "新生儿破伤风发病率（以县为单位）", unit = "‰", digits = 2, lead = "health",
    target = below(1),
  },
  indicator "low_birth_weight" {
    title = "低出生体重发生率", unit = "%", digits = 2, lead = "health",
    target = at_most(4),
  },
  indicator "breastfeeding_2011" {
    title = "0—6个月婴儿纯母乳喂养率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_least(50),
    formula = function(breastfeeding) return breastfeeding end,
  },
  indicator "child_management_3_2011" {
    title = "3岁以下儿童系统管理率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_least(80),
    formula = function(child_management_3) return child_management_3 end,
  },
  indicator "child_management_7_2011" {
    title = "7岁以下儿童保健管理率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_least(80),
    formula = function(child_management_7) return child_management_7 end,
  },
  indicator "under_five_anaemia_2011" {
    title = "5岁以下儿童贫血患病率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_most(12),
    formula = function(under_five_anaemia) return under_five_anaemia end,
  },
  indicator "under_five_stunting_2011" {
    title = "5岁以下儿童生长迟缓率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = at_most(7),
    formula = function(under_five_stunting) return under_five_stunting end,
  },
  indicator "under_five_underweight" {
    title = "5岁以下儿童低体重率", unit = "%", digits = 1, lead = "health",
    target = at_most(5),
  },
}

children_2011:domain "education" { title = "儿童与教育" } {
  indicator "preschool_enrolment_2011" {
    title = "学前三年毛入园率（2011—2020年）", unit = "%", digits = 1, lead = "education",
    target = at_least(70),
    formula = function(preschool_enrolment) return preschool_enrolment end,
  },
  indicator "preschool_last_year" {
    title = "学前一年毛入园率", unit = "%", digits = 1, lead = "education",
    target = at_least(95),
  },
  indicator "compulsory_retention_2011" {
    title = "九年义务教育巩固率（2011—2020年）", unit = "%", digits = 1, lead = "education",
    target = at_least(95),
    formula = function(compulsory_retention) return compulsory_retention end,
  },
  indicator "upper_secondary_enrolment_2011" {
    title = "高中阶段教育毛入学率（2011—2020年）", unit = "%", digits = 1, lead = "education",
    target = at_least(90),
    formula = function(upper_secondary_enrolment) return upper_secondary_enrolment end,
  },
}

children_2011:domain "welfare" { title = "儿童与福利" } {
  indicator "child_medical_insurance_2011" {
    title = "儿童基本医疗保险参保率（2011—2020年）", unit = "%", digits = 1, lead = "health",
    target = rises { per = "plan" },
    formula = function(child_medical_insurance) return child_medical_insurance end,
  },
  indicator "disabled_rehabilitation" {
    title = "残疾儿童康复率", unit = "%", digits = 1, lead = "civil_affairs",
    target = rises { per = "plan" },
  },
}

children_2011:domain "environment" { title = "儿童与社会环境" } {
  indicator "childrens_homes" {
    title = "城乡社区儿童之家覆盖率", unit = "%", digits = 1, lead = "federation",
    target = at_least(90),
  },
  indicator "child_social_workers" {
    title = "配备儿童社会工作者的街道和乡镇比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(),
  },
  indicator "urban_parent_schools_2011" {
    title = "城市社区家庭教育指导服务点覆盖率（2011—2020年）", unit = "%", digits = 1, lead = "federation",
    target = at_least(90),
    formula = function(urban_parent_schools) return urban_parent_schools end,
  },
  indicator "rural_parent_schools_2011" {
    title = "行政村家庭教育指导服务点覆盖率（2011—2020年）", unit = "%", digits = 1, lead = "federation",
    target = at_least(80),
    formula = function(rural_parent_schools) return rural_parent_schools end,
  },
}

children_2011:domain "law" { title = "儿童与法律保护" } {
  indicator "sex_ratio_at_birth" {
    title = "出生人口性别比", unit = "女=100", digits = 1, lead = "health",
    target = falls { per = "plan" },
  },
  indicator "juvenile_offenders_2011" {
    title = "未成年人罪犯占全部罪犯的比重（2011—2020年）", unit = "%", digits = 2, lead = "court",
    target = falls { per = "plan" },
    formula = function(juvenile_offenders) return juvenile_offenders end,
  },
}
