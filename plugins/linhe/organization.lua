-- 组织实施：九条。点名的职责和牵头按文件；“本包自定”的另注。

-- 六条基本原则。
procedure "principles" {
  title = "规划实施的基本原则", lead = "government", units = { "committee", "member_units" },
  steps = {
    "党的全面领导", "铸牢中华民族共同体意识", "以人民为中心", "妇女事业与经济社会同步、协调发展",
    "男女两性平等发展", "共建共治共享",
  },
  source = { "principle_1", "principle_2", "principle_3", "principle_4", "principle_5", "principle_6" },
}

group "implementation" {
  title = "规划实施工作机制", lead = "committee", source = { "principle_1", "organization_1", "organization_2" },
  members = { "district_party", "government", "committee", "committee_office", "member_units" },
  duties = {
    "区委领导，把党的领导贯穿规划实施全过程", "区政府主责，负责规划实施", "妇儿工委组织、协调、指导、督促",
    "妇儿工委办公室负责具体工作", "成员单位结合职责落实目标任务", "多部门合作，全社会参与",
  },
}

procedure "development_plan_link" {
  title = "与国民经济和社会发展规划衔接", lead = "government", units = { "development" },
  steps = {
    "总体规划和专项规划贯彻基本国策", "规划实施和主要目标任务纳入总体规划及专项规划", "纳入民生实事项目",
    "同步规划、同步部署、同步推进、同步落实",
  },
  source = { "principle_4", "organization_3" },
}

procedure "plan_making" {
  title = "制定和报送本级规划", lead = "government", units = { "committee_office", "upper_office" },
  steps = { "依据上一级规划制定本级妇女发展规划", "颁布", "颁布后1个月内送上级妇儿工委办公室" },
  source = "organization_4",
}

-- 期限从颁布之日起算，没有固定日期。
report "plan_delivery" {
  title = "报送本级妇女发展规划", by = { "government" }, to = "upper_office", plan = "women",
  parts = { "规划文本" }, note = "颁布后1个月内", source = "organization_4",
}

report "implementation_scheme" {
  title = "部门实施方案", by = { "member_units" }, to = "committee_office", plan = "women",
  parts = { "职责和任务分工", "实施安排" },
  note = "报送同级妇儿工委办公室；文件没有写明期限和内容，各部分为本包自定", source = "organization_4",
}

fund "plan_fund" {
  title = "规划实施经费", lead = "government", units = { "finance" },
  levels = { "区级财政预算", "各级财政对重点领域的投入", "社会力量多渠道筹措" },
  account = "纳入财政预算",
  checks = {
    "投入加大，资金向重点目标任务倾斜", "重点支持脱贫地区妇女", "支持特殊困难妇女群体", "妇女事业与经济社会同步发展",
  },
  source = "organization_5",
}

fund "committee_fund" {
  title = "妇女儿童工作专项经费", lead = "government", units = { "committee_office", "finance" },
  levels = { "区级财政" }, checks = { "专项经费", "人力、物力、财力支持" }, source = "organization_6",
}

procedure "capacity" {
  title = "妇儿工委及其办公室能力建设", lead = "government", units = { "committee", "committee_office" },
  steps = { "以政治建设为统领", "机构职能优化高效", "配备开展妇女儿童工作的力量", "保障专项经费" }, source = "organization_6",
}

-- (七) 八项制度。

procedure "responsibility" {
  title = "目标管理责任制", lead = "government", units = { "committee", "member_units" },
  steps = { "规划实施列入政府议事日程和考核内容", "目标任务分解到责任单位", "纳入责任单位目标管理和考核" },
  source = "organization_7_responsibility",
}

report "member_report" {
  title = "成员单位年度报告", by = { "member_units" }, to = "committee", plan = "women",
  parts = { "规划落实情况", "下一年工作安排" }, note = "每年一次，文件没有写明日期",
  source = "organization_7_report",
}
event "yearly_report" {
  title = "向妇儿工委报告规划落实情况", every = "year", lead = "member_units", units = { "committee" },
  source = "organization_7_report", note = "每年",
}

procedure "monitoring_system" {
  title = "监测评估制度", lead = "statistics", units = { "committee", "member_units" },
  steps = { "统计部门负责规划实施的监测" }, source = "organization_7_monitoring",
}

-- “定期”没有给出次数，按每年一次(本包自定),下同。
event "supervision" {
  title = "规划落实和主要目标推进情况督查", every = "year", lead = "committee", units = { "committee_office", "member_units" },
  checks = { "规划落实情况", "主要目标推进情况" }, source = "organization_7_supervision",
}
event "work_conference" {
  title = "妇女儿童工作会议", every = "year", lead = "government", units = { "committee" },
  checks = { "总结交流", "研究解决问题", "部署任务" }, note = "协商议事制度：定期召开",
  source = "organization_7_consultation",
}
event "committee_meeting" {
  title = "妇儿工委全体会议", every = "year", lead = "committee", units = { "member_units" },
  checks = { "总结交流", "研究解决问题", "部署任务" }, note = "协商议事制度：定期召开",
  source = "organization_7_consultation",
}
event "liaison_meeting" {
  title = "联络员会议", every = "year", lead = "committee_office", units = { "member_units" },
  checks = { "总结交流", "研究解决问题", "部署任务" }, note = "协商议事制度：定期召开",
  source = "organization_7_consultation",
}

group "experts" {
  title = "妇女发展专家队伍", lead = "committee", members = { "社会组织" },
  duties = { "规划主要目标的理论及实践研究", "为制定完善法规政策提供参考" }, note = "调查研究制度",
  source = "organization_7_research",
}
procedure "demonstration" {
  title = "规划实施示范制度", lead = "committee", units = { "member_units" },
  steps = { "确定示范单位", "以点带面、示范带动", "总结推广" }, source = "organization_7_demonstration",
}
event "commendation" {
  title = "表彰规划实施先进集体和个人（每5年）", every_years = 5, lead = "committee", units = { "government" },
  checks = { "先进集体", "先进个人" }, source = "organization_7_commendation",
}

procedure "effective_practice" {
  title = "规划实施的有效做法", lead = "committee", units = { "member_units" },
  steps = {
    "问题、目标、结果导向相统一", "分类指导、示范先行", "成员单位开展为妇女办实事项目", "总结推广好做法好经验",
    "企事业单位、社会组织、慈善机构、公益人士参与", "政府购买服务", "妇女参与规划实施",
  },
  source = "organization_8",
}
event "practical_projects" {
  title = "为妇女办实事项目", every = "year", lead = "committee", units = { "member_units" },
  checks = { "实事项目", "社会力量参与" }, source = "organization_8",
}

procedure "publicity_training" {
  title = "规划宣传和培训", lead = "committee", units = { "publicity", "organization", "party_school", "member_units" },
  steps = {
    "宣传妇女工作论述、中央决策部署和发展成就", "宣传基本国策、法律法规政策", "宣传规划内容、经验和成就", "列入各级干部学习内容",
    "规划知识列入培训计划", "多层次、多形式培训",
  },
  source = "organization_9",
}
