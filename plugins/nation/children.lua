-- 《中国儿童发展纲要(2021—2030年)》，基期 2020 年。

local children = plan "children" {
  title = "中国儿童发展纲要（2021—2030年）", from = 2021, to = 2030, baseline = 2020,
}

children:domain "health" { title = "儿童与健康" } {
  -- 三项死亡率 2025 年的数取自《健康儿童行动提升计划(2021—2025年)》。
  indicator "neonatal_mortality" {
    title = "新生儿死亡率", unit = "‰", digits = 1, lead = "health",
    target = at_most(3.0), milestones = { [2025] = 3.1 },
  },
  indicator "infant_mortality" {
    title = "婴儿死亡率", unit = "‰", digits = 1, lead = "health",
    target = at_most(5.0), milestones = { [2025] = 5.2 },
  },
  indicator "under_five_mortality" {
    title = "5岁以下儿童死亡率", unit = "‰", digits = 1, lead = "health",
    target = at_most(6.0), milestones = { [2025] = 6.6 },
  },
  indicator "premarital_checkup" {
    title = "婚前医学检查率", unit = "%", digits = 1, lead = "health",
    target = at_least(70),
  },
  indicator "preconception_checkup" {
    title = "孕前优生健康检查目标人群覆盖率", unit = "%", digits = 1, lead = "health",
    target = keeps_at_least(80),
  },
  indicator "prenatal_screening" {
    title = "产前筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(75),
  },
  -- 两项新生儿筛查率取自《全国出生缺陷综合防治方案》(2018年)。
  indicator "newborn_metabolic_screening" {
    title = "新生儿遗传代谢性疾病筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(98),
  },
  indicator "newborn_hearing_screening" {
    title = "新生儿听力筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(90),
  },
  indicator "breastfeeding" {
    title = "6个月内婴儿纯母乳喂养率", unit = "%", digits = 1, lead = "health",
    target = at_least(50),
  },
  indicator "child_management_3" {
    title = "3岁以下儿童系统管理率", unit = "%", digits = 1, lead = "health",
    target = keeps_at_least(90),
  },
  indicator "child_management_7" {
    title = "7岁以下儿童健康管理率", unit = "%", digits = 1, lead = "health",
    target = keeps_at_least(90),
  },
  indicator "immunisation" {
    title = "适龄儿童免疫规划疫苗接种率（以乡镇、街道为单位）", unit = "%", digits = 1, lead = "health",
    target = keeps_at_least(90),
  },
  indicator "under_five_anaemia" {
    title = "5岁以下儿童贫血率", unit = "%", digits = 1, lead = "health",
    target = at_most(10),
  },
  indicator "under_five_stunting" {
    title = "5岁以下儿童生长迟缓率", unit = "%", digits = 1, lead = "health",
    target = at_most(5),
  },
  indicator "child_overweight" {
    title = "儿童超重、肥胖率", unit = "%", digits = 1, lead = "health",
    target = slows(),
  },
  indicator "myopia_primary" {
    title = "小学生近视率", unit = "%", digits = 1, lead = "education",
    target = at_most(38),
  },
  indicator "myopia_junior" {
    title = "初中生近视率", unit = "%", digits = 1, lead = "education",
    target = at_most(60),
  },
  indicator "myopia_senior" {
    title = "高中阶段学生近视率", unit = "%", digits = 1, lead = "education",
    target = at_most(70),
  },
  indicator "eye_checkup" {
    title = "0—6岁儿童眼保健和视力检查覆盖率", unit = "%", digits = 1, lead = "health",
    target = at_least(90),
  },
  indicator "caries_12" {
    title = "12岁儿童龋患率", unit = "%", digits = 1, lead = "health",
    target = at_most(25),
  },
  indicator "student_fitness_good" {
    title = "国家学生体质健康标准达标优良率", unit = "%", digits = 1, lead = "education",
    target = at_least(60),
  },
  indicator "paediatricians" {
    title = "每千名儿童儿科执业（助理）医师数", unit = "名", digits = 2, lead = "health",
    target = at_least(1.12),
  },
  indicator "paediatric_beds" {
    title = "每千名儿童床位数", unit = "张", digits = 2, lead = "health",
    target = at_least(3.17),
  },
}

children:domain "safety" { title = "儿童与安全" } {
  -- “以2020年为基数下降20%”：直接采集较基期的降幅。
  indicator "child_injury_decline" {
    title = "儿童伤害死亡率较2020年降幅", unit = "%", digits = 1, lead = "health",
    target = at_least(20), baseline = 0,
  },
  indicator "child_drowning" {
    title = "儿童溺水死亡率", unit = "1/10万", digits = 2, lead = "health",
    target = falls(),
  },
}

children:domain "education" { title = "儿童与教育" } {
  indicator "preschool_enrolment" {
    title = "学前教育毛入园率", unit = "%", digits = 1, lead = "education",
    target = at_least(90),
  },
  indicator "compulsory_retention" {
    title = "九年义务教育巩固率", unit = "%", digits = 1, lead = "education",
    target = at_least(96),
  },
  indicator "upper_secondary_enrolment" {
    title = "高中阶段教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(92),
  },
}

children:domain "welfare" { title = "儿童与福利" } {
  -- 参保率的数为本包自定，与妇女纲要的 95% 一致。
  indicator "child_medical_insurance" {
    title = "儿童基本医疗保险参保率", unit = "%", digits = 1, lead = "medical_insurance",
    target = at_least(95),
  },
  -- 取自国家“十四五”规划纲要(2025 年);终期沿用同一数值，为本包自定。
  indicator "childcare_places" {
    title = "每千人口3岁以下婴幼儿托位数", unit = "个", digits = 2, lead = "health",
    target = at_least(4.5),
  },
}

children:domain "family" { title = "儿童与家庭" } {
  indicator "urban_parent_schools" {
    title = "城市社区家长学校或家庭教育指导服务站点覆盖率", unit = "%", digits = 1, lead = "federation",
    target = at_least(95),
  },
  indicator "rural_parent_schools" {
    title = "农村社区（村）家长学校或家庭教育指导服务站点覆盖率", unit = "%", digits = 1, lead = "federation",
    target = at_least(85),
  },
}

children:domain "environment" { title = "儿童与环境" } {
  -- 取自《关于推进儿童友好城市建设的指导意见》(2021年),只对全国判定。
  indicator "child_friendly_cities" {
    title = "儿童友好城市建设试点数", unit = "个", digits = 0, lead = "development",
    target = at_least(100), applies_to = { "000000" },
  },
}

children:domain "law" { title = "儿童与法律保护" } {
  indicator "juvenile_offenders" {
    title = "未成年人罪犯占全部罪犯的比重", unit = "%", digits = 2, lead = "court",
    target = falls { per = "plan" },
  },
  indicator "child_legal_aid" {
    title = "未成年人获得法律援助人数", unit = "万人", digits = 1, lead = "justice",
    target = rises { per = "plan" },
  },
}
