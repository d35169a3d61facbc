-- 儿童发展规划(2014—2016年)主要定量指标。清单和目标值均为本包自定，参照2011—2020年国家儿童发展纲要。

local children = plan "children" {
  title = "鹤山市儿童发展规划（2014-2016年）", from = 2014, to = 2016,
  baseline = 2013, -- 本包自定：规划开始的上一年
  source = { "s2_stage", "preface" },
}

children:domain "health" { title = "儿童与健康" } {
  indicator "infant_mortality" {
    title = "婴儿死亡率", unit = "‰", digits = 1, lead = "health",
    target = at_most(4.5), -- 本包自定
  },
  indicator "under_five_mortality" {
    title = "5岁以下儿童死亡率", unit = "‰", digits = 1, lead = "health",
    target = at_most(6), -- 本包自定
  },
  indicator "birth_defects" {
    title = "出生缺陷发生率", unit = "1/万", digits = 1, lead = "health",
    target = falls { per = "plan" }, -- 本包自定
  },
  indicator "immunisation" {
    title = "适龄儿童免疫规划疫苗接种率", unit = "%", digits = 1, lead = "health",
    target = keeps_at_least(95), -- 本包自定
  },
  indicator "student_fitness" {
    title = "国家学生体质健康标准达标率", unit = "%", digits = 1, lead = "sport",
    target = at_least(90), -- 本包自定
  },
}

children:domain "education" { title = "儿童与教育" } {
  indicator "preschool_enrolment" {
    title = "学前教育三年毛入园率", unit = "%", digits = 1, lead = "education",
    target = at_least(90), -- 本包自定
  },
  indicator "compulsory_retention" {
    title = "九年义务教育巩固率", unit = "%", digits = 1, lead = "education",
    target = at_least(95), -- 本包自定
  },
  indicator "upper_secondary_enrolment" {
    title = "高中阶段教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(95), -- 本包自定
  },
}

children:domain "welfare" { title = "儿童与福利" } {
  indicator "orphan_allowance" {
    title = "孤儿基本生活费保障率", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(), -- 本包自定
  },
  indicator "child_medical_insurance" {
    title = "儿童基本医疗保险参保率", unit = "%", digits = 1, lead = "labour",
    target = at_least(95), -- 本包自定
  },
}

children:domain "environment" { title = "儿童与社会环境" } {
  indicator "parent_schools" {
    title = "社区（村）家长学校覆盖率", unit = "%", digits = 1, lead = "federation",
    target = at_least(85), -- 本包自定
  },
  indicator "green_space" {
    title = "人均公园绿地面积", unit = "平方米", digits = 2, lead = "municipal",
    target = rises { per = "plan" }, -- 本包自定
  },
  indicator "air_quality_days" {
    title = "空气质量达标天数比例", unit = "%", digits = 1, lead = "environment",
    target = at_least(90), -- 本包自定
  },
}

children:domain "law" { title = "儿童与法律保护" } {
  indicator "sex_ratio_at_birth" {
    title = "出生人口性别比", unit = "女=100", digits = 1, lead = "family_planning",
    target = falls { per = "plan" }, -- 本包自定
  },
}
