-- 监测评估：五条。统计部门牵头年度监测，妇儿工委组织中期、终期评估。

-- (一)

form "annual_monitoring" {
  title = "年度监测数据", plan = "women", by = { "member_units" }, to = "statistics",
  rows = include("reported").rows,
  -- 栏目为本包自定；分性别、分年龄见文件四(二)、四(三)。
  columns = { "上年值", "本年值", "女", "男", "城市", "农村", "分年龄", "变化说明" },
  explains = "反映妇女发展状况的相关数据和信息，变化较大的说明原因",
  compare = "上年数据", note = "报送同级统计部门；分性别、分年龄；文件没有写明期限",
  source = { "monitoring_1", "monitoring_2_monitoring", "monitoring_3" },
}
event "annual_monitoring_run" {
  title = "年度监测", every = "year", lead = "statistics", units = { "member_units" }, from = 2021, to = 2030,
  checks = { "收集数据和信息", "分析妇女发展状况" }, source = { "monitoring_1", "organization_7_monitoring" },
}

-- 中期、终期的年份文件没有写明：中期取规划期的中点 2025 年，终期取 2030 年(本包自定)。
event "midterm_evaluation" {
  title = "中期评估", every = "once", due = "2025", lead = "committee", units = { "member_units" },
  checks = {
    "目标任务完成情况", "策略措施实施效果", "有益经验", "突出问题", "趋势预测", "对策建议",
  },
  source = "monitoring_1",
}
event "final_evaluation" {
  title = "终期评估", every = "once", due = "2030", lead = "committee", units = { "member_units" },
  checks = {
    "目标任务完成情况", "策略措施实施效果", "有益经验", "突出问题", "趋势预测", "对策建议",
  },
  source = "monitoring_1",
}
-- 年份为本包自定，同中期评估。
report "midterm_unit_report" {
  title = "成员单位中期评估报告", year = 2025, by = { "member_units" }, to = "committee", plan = "women",
  parts = { "实施进展", "目标完成情况", "措施效果", "经验", "问题", "趋势和对策" }, source = "monitoring_1",
}
report "final_unit_report" {
  title = "成员单位终期评估报告", year = 2030, by = { "member_units" }, to = "committee", plan = "women",
  parts = { "实施进展", "目标完成情况", "措施效果", "经验", "问题", "趋势和对策" }, source = "monitoring_1",
}
fund "monitoring_fund" {
  title = "监测评估经费", lead = "government", units = { "finance" }, levels = { "区级财政预算" },
  account = "纳入财政预算", source = "monitoring_1",
}

-- (二)

group "leaders" {
  title = "监测评估领导小组", lead = "committee", members = { "妇儿工委负责人", "相关部门负责人" },
  duties = { "组织领导监测评估", "审批监测评估方案", "审核监测评估报告", "下设监测组和评估组" },
  source = "monitoring_2_leaders",
}
group "monitors" {
  title = "监测组", lead = "statistics", members = { "member_units", "成员单位的规划统计监测人员" },
  duties = {
    "监测工作的组织、指导、培训", "制定监测方案和监测指标体系", "收集、分析数据和信息", "提交年度、中期、终期监测报告",
    "编辑年度妇女统计资料", "组员：本部门监测、分析、数据上报，完善分性别分年龄指标",
  },
  source = "monitoring_2_monitoring",
}
report "monitoring_annual" {
  title = "年度监测报告", by = { "monitoring_group" }, to = "committee", plan = "women",
  parts = { "数据和信息", "分析" }, note = "每年一次", source = "monitoring_2_monitoring",
}
-- 年份为本包自定，同中期评估。
report "monitoring_midterm" {
  title = "中期监测报告", year = 2025, by = { "monitoring_group" }, to = "committee", plan = "women",
  parts = { "数据和信息", "分析" }, source = "monitoring_2_monitoring",
}
report "monitoring_final" {
  title = "终期监测报告", year = 2030, by = { "monitoring_group" }, to = "committee", plan = "women",
  parts = { "数据和信息", "分析" }, source = "monitoring_2_monitoring",
}
report "statistics_yearbook" {
  title = "年度妇女统计资料", by = { "monitoring_group" }, plan = "women",
  parts = { "分性别统计", "分年龄统计" }, note = "每年编辑", source = "monitoring_2_monitoring",
}
group "evaluators" {
  title = "评估组", lead = "committee_office", members = { "相关部门负责规划实施的人员" },
  duties = {
    "评估工作的组织、指导、培训", "制定评估方案、组织评估", "提交中期、终期评估报告",
    "组员：本部门自我评估，参加妇儿工委组织的评估",
  },
  source = "monitoring_2_evaluation",
}
-- 年份为本包自定，同中期评估。
report "evaluation_midterm" {
  title = "中期评估报告", year = 2025, by = { "evaluation_group" }, to = "committee", plan = "women",
  parts = { "实施进展", "评估结论", "问题和对策" }, source = "monitoring_2_evaluation",
}
report "evaluation_final" {
  title = "终期评估报告", year = 2030, by = { "evaluation_group" }, to = "committee", plan = "women",
  parts = { "实施进展", "评估结论", "问题和对策" }, source = "monitoring_2_evaluation",
}
event "special_survey" {
  title = "妇女保护和发展突出问题专项调查、评估", every = "occasion", lead = "evaluation_group", units = { "member_units" },
  checks = { "结果供中期、终期评估参考" }, source = "monitoring_2_evaluation",
}

-- (三)

procedure "sex_statistics" {
  title = "分性别统计监测", lead = "statistics", units = { "member_units" },
  steps = {
    "规范完善性别统计监测指标体系", "调整扩充妇女发展统计指标", "纳入临河区和部门常规统计及统计调查制度", "加强部门分性别统计",
    "建立完善区级妇女发展统计监测数据库", "分析分性别统计监测数据",
  },
  source = "monitoring_3",
}
event "missing_data_survey" {
  title = "妇女发展缺项数据专项统计调查", every = "occasion", lead = "member_units", units = { "statistics" },
  source = "monitoring_3",
}

-- (四)

procedure "monitoring_capacity" {
  title = "提升监测评估能力", lead = "statistics", units = { "committee_office", "member_units" },
  steps = {
    "监测评估培训", "部门协作", "规范数据收集渠道和报送方式，提高数据质量", "互联网和大数据丰富分性别统计信息",
    "科学设计监测评估方案和方法",
  },
  source = "monitoring_4",
}
event "third_party_evaluation" {
  title = "第三方评估（探索）", every = "occasion", lead = "committee", checks = { "由第三方独立评估" },
  source = "monitoring_4",
}

-- (五)

-- “定期”没有给出次数，按每年一次(本包自定)。
event "results_submission" {
  title = "向区政府及相关部门报送监测评估情况", every = "year", lead = "committee_office", units = { "government", "member_units" },
  checks = { "定期报送，为决策提供依据" }, source = "monitoring_5",
}
procedure "report_exchange" {
  title = "监测评估报告交流、反馈和发布", lead = "committee", units = { "statistics", "member_units" },
  steps = { "交流", "反馈", "发布" }, source = "monitoring_5",
}
procedure "early_warning" {
  title = "预警和干预", lead = "committee_office", units = { "statistics", "member_units" },
  steps = {
    "研判监测评估结果", "对预计达标困难、波动较大的指标及时预警", "对突出问题和薄弱环节提出对策建议", "总结推广好做法好经验",
    "指导下一阶段规划实施：常态监测、动态预警、精准干预",
  },
  source = "monitoring_5",
}
