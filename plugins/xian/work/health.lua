-- 第三部分：第12—14项。第12、13项的责任单位含各区县妇儿工委，各区县也要完成。

local CITY = { "610100" }

return {
  task "health_services" {
    title = "妇女生命周期保健和特殊群体健康", source = "t12", lead = "health",
    units = { "finance", "disabled", "district_committees" }, from = 2018, to = 2020, digits = 1,
    indicators = { "screening_funds" },
    checks = {
      "《“健康中国2030”规划纲要》落实", "常见病筛查投入", "妇女生命周期保健服务",
      "农村妇女、流动留守妇女", "残疾妇女、老年妇女", "单亲母亲",
    },
  },
  task "cancers_and_defects" {
    title = "“两癌”筛查覆盖和出生缺陷防治", source = "t13", lead = "health",
    units = { "finance", "district_committees" }, from = 2018, to = 2020, digits = 1, due = "2020",
    indicators = { "two_cancers_coverage", "birth_defects" },
    checks = {
      "“出生缺陷防治工程”", "婚前医学检查", "孕前防治服务", "孕期防治服务", "新生儿防治服务",
    },
  },
  task "healthy_children" {
    title = "健康儿童计划和学生营养改善", source = "t14", lead = "health",
    units = { "education" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "student_growth" },
    checks = {
      "健康儿童计划编制实施", "儿童重点疾病防治能力", "贫困地区义务教育阶段营养改善项目",
      "农村义务教育营养改善计划",
    },
  },
}
