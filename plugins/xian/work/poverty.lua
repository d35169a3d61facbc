-- 第五部分：第19—22项。

local CITY = { "610100" }

return {
  task "poverty_monitoring" {
    title = "分性别贫困监测和妇女扶贫项目", source = "t19", lead = "civil_affairs",
    units = { "poverty", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "妇女儿童列为精准扶贫重点对象", "贫困人口分性别动态统计监测", "农村妇女扶贫项目" },
  },
  task "poor_area_services" {
    title = "贫困地区办学和医疗机构条件", source = "t20", lead = "education",
    units = { "health" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "行业部门和社会力量协调", "学前教育", "义务教育", "妇幼卫生服务" },
  },
  task "social_security" {
    title = "困境儿童保障和妇女社会保险", source = "t21", lead = "civil_affairs",
    units = { "labour", "trade_unions" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = {
      "female_pension", "female_medical", "female_unemployment", "female_injury", "female_maternity",
    },
    checks = { "困境儿童基本生活保障制度", "妇女因病致贫、因病返贫" },
  },
  task "poverty_relief" {
    title = "教育扶贫和健康扶贫", source = "t22", lead = "poverty",
    units = { "civil_affairs", "education", "health" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "贫困妇女儿童资助、救济政策", "贫困地区妇女儿童实事难事", "脱贫不漏一个妇女儿童" },
  },
}
