-- 年度工作事实。县(市、区)的按行政区划填报；成员单位的填在市本级，以单位标识为分组。
-- better:数大为好还是数小为好。任务数、计划数和发现问题数是尺度，不分好坏。
-- 有默认值的是“没有发生就不填”的事项；其余不填即为缺失，该考核项不得分。

-- 两种考核共用。
fact "late_submissions" { title = "迟报次数", unit = "次", default = 0, digits = 0, better = "lower" }
fact "returned" { title = "被退回次数", unit = "次", default = 0, digits = 0, better = "lower" }
fact "falsified" { title = "查实的数据弄虚作假起数", unit = "起", default = 0, digits = 0, better = "lower" }
fact "problems_found" { title = "督导发现问题数", unit = "个", digits = 0, source = "m2_supervision" }
fact "problems_rectified" { title = "已整改问题数", unit = "个", digits = 0, better = "higher", source = "m2_supervision" }
fact "publicity_planned" { title = "计划开展宣传活动", unit = "场次", digits = 0, source = "m5" }
fact "publicity_held" { title = "实际开展宣传活动", unit = "场次", digits = 0, better = "higher", source = "m5" }

-- 县(市、区):目标管理责任书。1 为是，0 为否。
fact "letter_signed" { title = "签订目标管理责任书", unit = "是否", digits = 0, better = "higher", source = "m1_letter" }
fact "letter_broken_down" { title = "责任分解到成员单位", unit = "是否", digits = 0, better = "higher", source = "m1_letter" }
fact "in_development_plan" {
  title = "“两规划”纳入国民经济和社会发展规划", unit = "是否", digits = 0, better = "higher", source = "m1_plan",
}
fact "office_staff" { title = "妇儿工委办公室人员到位", unit = "是否", digits = 0, better = "higher", source = "m3_wugang" }
fact "office_establishment" {
  title = "妇儿工委办公室编制到位", unit = "是否", digits = 0, better = "higher", source = "m3_wugang",
}
fact "office_funds" { title = "妇儿工委办公室经费到位", unit = "是否", digits = 0, better = "higher", source = "m3_wugang" }
fact "office_separate" { title = "妇儿工委办公室单设", unit = "是否", digits = 0, better = "higher", source = "m3_wugang" }
fact "homes_planned" { title = "当年应建留守儿童亲情家园", unit = "所", digits = 0, source = "m2_rules" }
fact "homes_built" { title = "当年建成留守儿童亲情家园", unit = "所", digits = 0, better = "higher", source = "m2_rules" }
fact "homes_standard" { title = "亲情家园运行符合管理办法的比例", unit = "%", digits = 1, better = "higher", source = "m2_rules" }
fact "staff_to_train" { title = "应参训的办公室负责人、联络员、统计员", unit = "人", digits = 0, source = "m4_training" }
fact "staff_trained" { title = "实际参训人数", unit = "人", digits = 0, better = "higher", source = "m4_training" }
fact "demonstrations" { title = "在全市推广的典型经验", unit = "个", default = 0, digits = 0, better = "higher", source = "m3" }
fact "grave_cases" { title = "处置不力的侵害妇女儿童权益重大案件", unit = "起", default = 0, digits = 0, better = "lower" }

-- 成员单位。
fact "yearly_plan" { title = "制定年度实施计划", unit = "是否", digits = 0, better = "higher" }
fact "tasks_total" { title = "年度任务数", unit = "项", digits = 0 }
fact "tasks_done" { title = "完成任务数", unit = "项", digits = 0, better = "higher" }
fact "indicators_due" { title = "应报指标数", unit = "个", digits = 0 }
fact "indicators_reported" { title = "按时报送指标数", unit = "个", digits = 0, better = "higher" }
fact "innovations" { title = "经认定的创新举措", unit = "项", default = 0, digits = 0, better = "higher" }
