-- 儿童与教育：12 项。

return {
  indicator "preschool_enrolment" {
    title = "学前教育毛入园率", unit = "%", digits = 1, lead = "education",
    target = at_least(70),
  },
  indicator "preschool_last_year" {
    title = "学前一年毛入园率", unit = "%", digits = 1, lead = "education",
    target = at_least(95),
  },
  indicator "township_kindergartens" {
    title = "建有公办中心幼儿园的乡镇比例", unit = "%", digits = 1, lead = "education",
    target = full(),
  },
  indicator "primary_enrolment" {
    title = "小学学龄儿童净入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(99.5),
  },
  indicator "compulsory_retention" {
    title = "九年义务教育巩固率", unit = "%", digits = 1, lead = "education",
    target = at_least(95),
  },
  -- “女童平等接受九年义务教育”：女童的巩固率不低于全体。
  indicator "girls_retention" {
    title = "女童九年义务教育巩固率", unit = "%", digits = 1, lead = "education",
    target = not_below("compulsory_retention"),
  },
  indicator "upper_secondary_enrolment" {
    title = "高中阶段教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(90),
  },
  -- 职业教育与普通高中“大体相当”：45%—55% 为达标，40%—60% 为基本达标。
  indicator "vocational_share" {
    title = "中等职业教育在校生占高中阶段的比例", unit = "%", digits = 1, lead = "education",
    target = within(45, 55, 40, 60),
  },
  indicator "disabled_enrolment" {
    title = "残疾儿童义务教育入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(90),
  },
  indicator "migrant_enrolment" {
    title = "随迁子女在公办学校就读比例", unit = "%", digits = 1, lead = "education",
    target = at_least(80),
  },
  indicator "standard_schools" {
    title = "达到办学标准的义务教育学校比例", unit = "%", digits = 1, lead = "education",
    target = rises(),
  },
  indicator "large_classes" {
    title = "义务教育大班额比例", unit = "%", digits = 1, lead = "education",
    target = falls { per = "plan" },
  },
}
