-- 儿童与健康：21 项。

return {
  indicator "birth_defects" {
    title = "严重多发致残的出生缺陷发生率", unit = "1/万", digits = 1, lead = "health",
    target = falls { per = "plan" },
  },
  indicator "infant_mortality" {
    title = "婴儿死亡率", unit = "‰", digits = 1, lead = "health",
    target = at_most(10),
  },
  indicator "under_five_mortality" {
    title = "5岁以下儿童死亡率", unit = "‰", digits = 1, lead = "health",
    target = at_most(13),
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
  indicator "immunisation" {
    title = "适龄儿童免疫规划疫苗接种率（以乡镇、街道为单位）", unit = "%", digits = 1, lead = "health",
    target = keeps_at_least(95),
  },
  indicator "neonatal_tetanus" {
    title = "新生儿破伤风发病率（以县为单位）", unit = "‰", digits = 2, lead = "health",
    target = below(1),
  },
  indicator "low_birth_weight" {
    title = "低出生体重发生率", unit = "%", digits = 2, lead = "health",
    target = at_most(4),
  },
  indicator "breastfeeding" {
    title = "6个月内婴儿纯母乳喂养率", unit = "%", digits = 1, lead = "health",
    target = at_least(50),
  },
  indicator "under_five_anaemia" {
    title = "5岁以下儿童贫血率", unit = "%", digits = 1, lead = "health",
    target = at_most(12),
  },
  indicator "under_five_stunting" {
    title = "5岁以下儿童生长迟缓率", unit = "%", digits = 1, lead = "health",
    target = at_most(7),
  },
  indicator "under_five_underweight" {
    title = "5岁以下儿童低体重率", unit = "%", digits = 1, lead = "health",
    target = at_most(5),
  },
  indicator "student_fitness" {
    title = "国家学生体质健康标准达标率", unit = "%", digits = 1, lead = "education",
    target = rises { per = "plan" },
  },
  indicator "student_poor_eyesight" {
    title = "中小学生视力不良率", unit = "%", digits = 1, lead = "education",
    target = falls { per = "plan" },
  },
  -- “控制超重、肥胖”：以上升趋势减缓判定。
  indicator "child_overweight" {
    title = "儿童超重、肥胖率", unit = "%", digits = 1, lead = "health",
    target = slows(),
  },
  indicator "child_management_3" {
    title = "3岁以下儿童系统管理率", unit = "%", digits = 1, lead = "health",
    target = at_least(80),
  },
  indicator "child_management_7" {
    title = "7岁以下儿童健康管理率", unit = "%", digits = 1, lead = "health",
    target = at_least(80),
  },
  indicator "newborn_metabolic_screening" {
    title = "新生儿遗传代谢性疾病筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(80),
  },
  indicator "newborn_hearing_screening" {
    title = "新生儿听力筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(60),
  },
  indicator "hiv_mother_child" {
    title = "艾滋病母婴传播率", unit = "%", digits = 1, lead = "health",
    target = below(5),
  },
  indicator "school_counselling" {
    title = "设心理辅导室的中小学比例", unit = "%", digits = 1, lead = "education",
    target = at_least(60),
  },
}
