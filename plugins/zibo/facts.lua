-- 区县考核用的其他年度事实。1 为是，0 为否；有默认值的是“没有发生就不填”的事项。

fact "months_held" { title = "开展的宣传月（3月、6月）个数", unit = "个", digits = 0, source = "c1_1", better = "higher" }
fact "contest_held" { title = "设讲课比赛分赛区并选拔", unit = "是否", digits = 0, source = "c1_1", better = "higher" }
fact "office_staff" { title = "妇儿工委办公室人员解决", unit = "是否", digits = 0, source = "c5_2", better = "higher" }
fact "office_establishment" { title = "妇儿工委办公室编制解决", unit = "是否", digits = 0, source = "c5_2", better = "higher" }
fact "office_funds" { title = "妇儿工委办公室经费单列", unit = "是否", digits = 0, source = "c5_2", better = "higher" }
fact "staff_to_train" { title = "应参训的办公室主任、统计监测人员", unit = "人", digits = 0, source = "c5_2" }
fact "staff_trained" { title = "实际参训人数", unit = "人", digits = 0, source = "c5_2", better = "higher" }
fact "late_submissions" { title = "数据、总结迟报次数", unit = "次", digits = 0, default = 0, source = "c5_3", better = "lower" }
fact "falsified" { title = "查实的数据弄虚作假起数", unit = "起", digits = 0, default = 0, better = "lower" }
fact "funds_misused" { title = "查实的挪用“两癌”资金起数", unit = "起", digits = 0, default = 0, source = "c4_2", better = "lower" }
