-- 第八部分：第34—38项，连同其中写明次数、件数的两个指标。除第36项外，各区县也要完成。

return {
  task "main_responsibility" {
    title = "“两个规划”主体责任、听取汇报和办实事", source = "t34", lead = "district_committees",
    units = { "member_units" }, from = 2018, to = 2020, digits = 1,
    indicators = { "standing_meetings", "practical_things" },
    checks = { "纳入总体规划，一并部署推进", "重点难点问题研究解决", "办实事制度" },
  },
  -- 每年至少听取 1-2 次：以 1 次为下限；次数上下限见 working.lua 的 hear_reports。
  indicator "standing_meetings" {
    title = "政府常务会议每年听取妇女儿童工作汇报", unit = "次", digits = 0, source = "t34",
    lead = "district_committees", units = { "member_units" }, target = at_least(1),
  },
  indicator "practical_things" {
    title = "每年为妇女儿童办好实事", unit = "件", digits = 0, source = "t34",
    lead = "district_committees", units = { "member_units" }, target = at_least(10),
  },
  task "committee_functions" {
    title = "妇儿工委职能和成员单位工作方案", source = "t35", lead = "district_committees",
    units = { "member_units" }, from = 2018, to = 2020, digits = 1,
    checks = {
      "组织、协调、指导、督促职能", "分工明确、相互配合", "任务清单和工作方案", "任务表、时间表、路线图",
      "人才、资金、政策优势", "妇女儿童实事难事",
    },
  },
  task "supervision_mechanism" {
    title = "评估督导机制和目标落实报告制度", source = "t36", lead = "committee_office",
    from = 2018, to = 2020, digits = 1, applies_to = { "610100" },
    checks = { "常态化制度化评估督导", "目标落实情况报告制度", "实施成效动态掌握", "问题及时发现解决" },
  },
  task "institution_building" {
    title = "妇儿工委及其办公室机构和能力建设", source = "t37", lead = "district_committees",
    from = 2018, to = 2020, digits = 1,
    checks = { "干部配备", "经费保障", "委员会和办公室工作制度", "监测评估机制", "预警机制" },
  },
  task "service_teams" {
    title = "服务妇女儿童的三支队伍", source = "t38", lead = "civil_affairs",
    units = { "member_units", "district_committees" }, from = 2018, to = 2020, digits = 1,
    checks = { "社会工作者队伍", "志愿者服务队伍", "研究者队伍" },
  },
}
