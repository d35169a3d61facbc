-- 第五部分的任务。

return {
  task "topic_research" {
    title = "妇女儿童专题调研", source = "c5_1", lead = "committee_office",
    from = 2015, to = 2015, due = "2015", digits = 1, applies_to = { "370300" },
    checks = {
      "公共资源、公共服务用于办实事", "“两个规划”重点难点", "未达指标原因和问题分析",
      "十三五调研重点", "课题科研重点",
    },
  },
  task "office_building" {
    title = "妇儿工委办公室机构建设", source = "c5_2", lead = "committee_office", units = { "district_committees" },
    from = 2015, to = 2015, due = "2015", digits = 1,
    checks = { "人员", "编制", "经费单列", "办公室主任培训", "统计监测人员培训" },
  },
  task "work_mechanisms" {
    title = "办公室工作机制", source = "c5_3", lead = "committee_office",
    units = { "district_committees", "member_units" }, from = 2015, to = 2015, due = "2015", digits = 1,
    checks = { "督查", "会议", "信息交流", "总结报告", "数据统计", "经验、思路、成果总结推广" },
  },
}
