-- 第四部分：第15—18项，连同其中写“保持”的毛入园率：放在本规划内，只看2018年起的各年。

local CITY = { "610100" }

return {
  task "school_districts" {
    title = "义务教育均衡和紧凑型大学区", source = "t15", lead = "education",
    from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "cross_district_coverage", "education_unions" },
    checks = { "大学区管理制改革", "“一长管多校”模式" },
  },
  task "school_facilities" {
    title = "教育基础设施和学前教育行动计划", source = "t16", lead = "education",
    from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "kindergarten_enrolment" },
    checks = { "教育基础设施", "贫困地区办学和教学条件", "学前教育行动计划" },
  },
  indicator "kindergarten_enrolment" {
    title = "城乡幼儿园毛入园率", unit = "%", digits = 1, source = "t16",
    lead = "education", target = keeps_at_least(98), applies_to = CITY,
  },
  task "special_groups" {
    title = "特殊群体儿童教育机会公平", source = "t17", lead = "education",
    units = { "civil_affairs", "finance", "disabled" }, from = 2018, to = 2020, digits = 1, due = "2020", applies_to = CITY,
    indicators = { "poor_retention", "disabled_enrolment", "left_behind_pairing" },
    checks = {
      "建档立卡贫困家庭儿童、孤儿、残疾儿童学前教育资助", "义务教育免试就近入学",
      "进城务工人员随迁子女入学", "农村留守儿童关爱和救助保护体系", "残疾儿童逐步接受学前教育",
    },
  },
  task "vocational_education" {
    title = "中等职业教育", source = "t18", lead = "education",
    units = { "labour" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "职业学校布局", "专业结构", "合格职业技能人员" },
  },
}
