-- 工作要求：印发、年度计划、工作方案、听取汇报、办实事、报告、评估督导、监测预警，以及委员会的组成。

local MEMBERS = include "units"

event "responsibilities_issued" {
  title = "印发2018—2020年重点工作责任分工", every = "once", due = "2018-05-08",
  lead = "committee_office", units = { "district_committees", "member_units" },
  note = "以市政府妇儿工委名义印发", source = { "notice_title", "recipients", "signature" },
}

-- 通知：对照两份分解书(2011—2020年)和本分工，分解任务、提出年度计划。
procedure "target_breakdown" {
  title = "2018—2020年目标任务分解和年度工作计划", lead = "member_units", units = { "district_committees" },
  steps = {
    "对照《西安市妇女发展规划（2011-2020年）》目标责任分解书",
    "对照《西安市儿童发展规划（2011-2020年）》目标责任分解书",
    "结合本单位职能和追赶超越要求", "分解目标任务", "提出年度工作计划",
    "落实各项重点工作和“两规划”终期目标",
  },
  source = { "recipients", "notice" },
}
event "planning" {
  title = "提出年度工作计划", every = "year", from = 2018, to = 2020, lead = "member_units",
  units = { "district_committees" }, indicators = { "yearly_plan_made" }, source = "notice",
}
-- 文件没有写计划报送何处，报送办公室为本包自定。
report "yearly_plan" {
  title = "年度工作计划", by = { "member_units", "district_committees" }, to = "committee_office",
  parts = { "目标任务分解", "年度工作计划" }, source = "notice",
}

-- 第35项。
procedure "work_programme" {
  title = "成员单位工作方案", lead = "member_units",
  steps = { "理清承担的工作任务", "制定具体工作方案", "排出任务表", "排出时间表", "排出路线图" },
  source = "t35",
}
group "municipal_committee" {
  title = "市政府妇儿工委（西安市人民政府妇女儿童工作委员会）", lead = "committee_office",
  members = MEMBERS, -- 本包自定：名单
  duties = { "组织", "协调", "指导", "督促", "调动各成员单位积极性" },
  source = { "recipients", "t35" },
}

-- 第34项。
event "hear_reports" {
  title = "政府常务会议听取妇女儿童工作汇报", every = "year", times = { 1, 2 },
  lead = "district_committees", units = { "member_units" }, indicators = { "standing_meetings" }, source = "t34",
}
event "yearly_practical_things" {
  title = "为妇女儿童办10件实事", every = "year",
  lead = "district_committees", units = { "member_units" }, indicators = { "practical_things" }, source = "t34",
}

-- 第36项。文件没有写报告和督导的次数、日期，也没有写由谁报、报何处：以下为本包自定。
report "target_report" {
  title = "目标落实情况报告", by = { "member_units", "district_committees" }, to = "committee_office",
  parts = { "“两个规划”实施成效", "存在问题", "解决措施" }, source = "t36",
}
procedure "evaluation_supervision" {
  title = "“两个规划”评估督导", lead = "committee_office",
  steps = { "掌握实施成效", "发现问题", "解决问题", "按时完成目标任务" },
  source = "t36",
}

-- 第37项。
procedure "monitoring_warning" {
  title = "监测评估和预警", lead = "district_committees",
  steps = { "完善工作制度", "监测", "评估", "预警" }, source = "t37",
}
