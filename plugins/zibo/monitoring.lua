-- 监测评估分两步：区县自查，市里检查(第二部分 3);规划编制(第三部分)。

procedure "monitoring_preparation" {
  title = "监测评估准备", lead = "committee", units = { "member_units" },
  steps = { "按目标分解和职责分工", "制定工作方案和流程", "制定评估办法", "设计监测指标", "完善配套政策" },
  source = "c2_3",
}
procedure "two_step_evaluation" {
  title = "监测评估两步检查", lead = "committee",
  units = { "district_committees", "hightech_committee", "wenchang_committee", "member_units" },
  steps = { "各区县自查", "组织监测评估检查", "掌握实施情况和发展状况" }, source = "c2_3",
}
event "self_check" {
  title = "区县自查", every = "once", due = "2015", lead = "district_committees",
  units = { "hightech_committee", "wenchang_committee" }, source = "c2_3",
}
event "inspection" {
  title = "市级监测评估检查", every = "once", due = "2015", lead = "committee", units = { "member_units" },
  source = "c2_3",
}

procedure "next_plan_procedure" {
  title = "“十三五”妇女儿童发展规划编制", lead = "committee", units = { "district_committees", "member_units" },
  steps = {
    "整合资源，启动编制", "前期调研", "专家论证", "研究制定目标任务和策略措施",
    "重要指标纳入国民经济和社会发展“十三五”规划",
  },
  source = { "c3", "c3_0" },
}

-- 两步的结果，区县按行政区划填报。
fact "self_check_done" { title = "完成自查", unit = "是否", digits = 0, source = "c2_3", better = "higher" }
fact "items_checked" { title = "市级检查核对的指标数", unit = "个", digits = 0, source = "c2_3" }
fact "items_agreed" { title = "其中与自查相符的指标数", unit = "个", digits = 0, source = "c2_3", better = "higher" }
fact "next_plan_drafted" { title = "启动“十三五”规划编制", unit = "是否", digits = 0, source = "c3_0", better = "higher" }
