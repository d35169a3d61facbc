-- 儿童发展“十二五”规划中由工作要点写到的指标。文件没有写数，按较上年变化判定，比例已到 100% 的
-- 不再要求提高(本包自定)。-- 牵头单位按职能选定(见 units.lua)。

local children = plan "children" {
  title = "淄博市儿童发展“十二五”规划", from = 2011, to = 2015, baseline = 2010, source = "aims",
}

children:domain "health" { title = "儿童与健康" } {
  indicator "birth_defects" {
    title = "出生缺陷发生率", unit = "1/万", digits = 1, source = "c2_2", lead = "health", target = falls(),
  },
  indicator "newborn_screening" {
    title = "新生儿疾病免费筛查率", unit = "%", digits = 1, source = "c2_2",
    lead = "health", units = { "finance" }, target = any_of(rises(), full()),
  },
}

children:domain "education" { title = "儿童与教育" } {
  indicator "preschool_enrolment" {
    title = "学前三年毛入园率", unit = "%", digits = 1, source = "c2_2", lead = "education", target = any_of(rises(), full()),
  },
  indicator "public_kindergartens" {
    title = "公办幼儿园数", unit = "所", digits = 0, source = "c2_2",
    lead = "education", units = { "finance" }, target = rises(),
  },
  indicator "public_kindergarten_share" {
    title = "公办幼儿园比例", unit = "%", digits = 1, source = "c2_2",
    lead = "education", units = { "finance" }, target = any_of(rises(), full()),
  },
}
