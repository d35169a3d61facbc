-- 考核用的年度事实。成员单位的填在市本级，以单位标识为分组；区县的按行政区划填报。
-- 有默认值的是“没有发生就不填”的事项；其余不填即为缺失，该考核项不得分。

-- 两种考核共用。应交、应完成、发现的数由市妇儿工委办公室填，不由被考核的单位自报。
fact "late_submissions" { title = "报告迟报次数", unit = "次", default = 0, digits = 0, source = "t36", better = "lower" }
fact "falsified" { title = "查实的数据弄虚作假起数", unit = "起", default = 0, digits = 0, better = "lower" }
fact "problems_found" { title = "评估督导发现问题数", unit = "个", digits = 0, source = "t36" }
fact "problems_solved" { title = "已解决问题数", unit = "个", digits = 0, source = "t36", better = "higher" }
fact "yearly_plan_made" { title = "提出年度工作计划", unit = "是否", digits = 0, source = "notice", better = "higher" }

-- 成员单位：承担(牵头或责任)的任务和工作方案。
fact "tasks_due" { title = "当年应完成的任务数", unit = "项", digits = 0, source = "t35" }
fact "tasks_done" { title = "已完成的任务数", unit = "项", digits = 0, source = "t36", better = "higher" }
fact "tasks_in_time" { title = "按时完成的任务数", unit = "项", digits = 0, source = "t36", better = "higher" }
fact "task_list" { title = "排出任务表", unit = "是否", digits = 0, source = "t35", better = "higher" }
fact "timetable" { title = "排出时间表", unit = "是否", digits = 0, source = "t35", better = "higher" }
fact "route_map" { title = "排出路线图", unit = "是否", digits = 0, source = "t35", better = "higher" }
fact "reports_due" { title = "应交目标落实情况报告", unit = "份", digits = 0, source = "t36" }
fact "reports_made" { title = "已交目标落实情况报告", unit = "份", digits = 0, source = "t36", better = "higher" }

-- 各区县。1 为是，0 为否。
fact "in_general_plan" { title = "妇女儿童事业纳入经济社会发展总体规划", unit = "是否", digits = 0, source = "t34", better = "higher" }
fact "office_staffed" { title = "妇儿工委办公室干部配强", unit = "是否", digits = 0, source = "t37", better = "higher" }
fact "office_funded" { title = "妇儿工委办公室经费保障", unit = "是否", digits = 0, source = "t37", better = "higher" }
fact "warning_system" { title = "建立监测评估和预警机制", unit = "是否", digits = 0, source = "t37", better = "higher" }
