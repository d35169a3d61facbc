-- 本包自定：文件没有把组织工作列成规划，起止和基期取数据年度及其上年。
-- 组织工作：每项以佐证证明，归入两个规划之外的“监测评估工作”领域。

local work = plan "work" {
  title = "2015年度监测评估工作", from = 2015, to = 2015, baseline = 2014, source = { "preface", "s1_leadership" },
}

work:domain "organisation" { title = "组织领导" } {
  task "work_plan" {
    title = "目标责任分解书和工作计划", lead = "member_units", source = "s1_plan",
    checks = { "目标责任分解书", "工作计划" },
  },
  task "department_duties" {
    title = "各部门职责明确", lead = "member_units", source = "s1_duties", checks = { "职责分工" },
  },
  task "resources" {
    title = "所需人、财、物", lead = "member_units", source = "s1_resources", checks = { "人", "财", "物" },
  },
  task "coordination" {
    title = "督导和协调", lead = "member_units", source = "s1_coordination", checks = { "督导", "协调" },
  },
  task "person_in_charge" {
    title = "2015年度数据专人", lead = "member_units", source = "s3_person", checks = { "收集", "汇总", "报送" },
  },
}

work:domain "warning" { title = "监测预警", source = "s2_mechanism" } {
  task "stocktaking" {
    title = "规划最后三年的本部门目标盘点", lead = "member_units", source = { "s2_stage", "s2_stocktaking" },
    checks = { "达标指标", "未达标指标" },
  },
  task "yearly_warning" {
    title = "未达标指标分年度预警分析", lead = "member_units", source = { "s2_warning", "s2_table", "s3_compare" },
    checks = { "分年度分析", "预警情况表", "变化趋势", "部门主攻方向", "与2014年报表的差距", "可能存在的问题" },
  },
  task "hard_indicators" {
    title = "重点难点指标及时开会研究", lead = "member_units", source = "s2_meeting", checks = { "会议记录" },
  },
  task "hard_measures" {
    title = "重点难点指标的推进措施和方案", lead = "member_units", source = "s2_measures",
    checks = { "措施", "方案", "两个规划的落实" },
  },
}

procedure "monitoring_chain" {
  title = "年度监测评估各环节", lead = "member_units",
  steps = { "监测数据（材料）收集整理", "报送", "监测评估", "预警" },
  source = "s1_chain",
}

-- “6月中旬”即6月11日至20日，期限写中旬的最后一日。
-- 本包自定：文件没有写由谁接受督导，记在办公室名下。
event "jiangmen_supervision" {
  title = "江门市6月中旬督导", lead = "jiangmen_committee", every = "once", months = { 6 }, due = "06-20",
  units = { "committee_office" }, checks = { "各市、区预警机制执行情况" }, source = "s4_supervision",
}
