-- 文件所说的五项措施：组织、责任、督导、调研、典型、监测、培训、宣传。
-- 文件公布的数写在 note 里，数值本身按“公布”(stated)录入 data/observations.csv。

event "report_published" {
  title = "公布五项措施和中期评估结果", every = "once", due = "2016-03-04", lead = "committee_office",
  source = "title",
}
event "midterm_evaluation" {
  title = "“两规划”中期评估", every = "once", lead = "committee_office",
  indicators = { "published_attainment_women", "published_attainment_children" },
  note = "公布的达标率：妇女发展规划 89.65%，儿童发展规划 96.22%", source = "midterm",
}

-- 一、组织领导和目标责任。
-- 文件没有列出成员单位，取 pack.lua 中的各牵头单位，本包自定。
group "committee" {
  title = "市妇儿工委", lead = "committee_office",
  members = {
    "organization", "health", "education", "labour", "civil_affairs", "finance", "statistics", "police", "justice",
    "court", "water", "culture", "sport", "trade_unions", "federation", "disabled",
  },
  duties = { "宣传培训机制", "综合协调机制", "责任制约机制", "监测评估机制" },
  note = "六个到位：目标管理、政策保障、组织保障、经费保障、督导调研、齐抓共管", source = { "m1", "m1_plan" },
}
procedure "integration" {
  title = "基本国策、儿童优先原则和“两规划”纳入规划与考核", lead = "committee_office",
  steps = { "纳入市、县两级国民经济和社会发展规划", "纳入各成员单位绩效考核指标" }, source = "m1_plan",
}
event "policy_documents" {
  title = "五年来市委、市政府出台的政策文件", every = "occasion", lead = "committee_office",
  units = { "civil_affairs", "education" }, indicators = { "orphan_protection_policy" },
  checks = {
    "《关于加强孤儿保障工作的意见》", "《关于加强推进社会养老服务体系建设的意见》",
    "《关于进一步推进义务教育均衡发展促进教育公平的意见》",
  },
  source = "m1_documents",
}
procedure "responsibility" {
  title = "目标管理责任书和百分制综合考核", lead = "committee_office",
  steps = { "每年年初与县（市、区）签订责任书", "落实“两规划”目标任务", "年终百分制综合考核" },
  source = { "m1", "m1_letter" },
}
event "letter_signing" {
  title = "年初签订目标管理责任书", every = "year", lead = "committee_office", source = "m1_letter",
  note = "与各县（市、区）签订；文件只写年初，没有写日期",
}
event "yearly_assessment" {
  title = "年终百分制综合考核", every = "year", lead = "committee_office", source = "m1_letter",
  note = "文件只写年终，没有写日期",
}

-- 二、督导调研。
event "research" {
  title = "专题调研", every = "occasion", lead = "committee_office",
  checks = {
    "城镇化对妇女儿童的影响", "出生缺陷预防和控制", "留守儿童亲情家园的建立和运行", "儿童保护的探索与实践",
    "2011—2020年妇女儿童发展规划的重点难点及对策",
  },
  source = { "m2", "m2_research" },
}
-- 文件没有写五年的起止；按规划实施的头五年，本包自定。
event "supervision" {
  title = "对县（市、区）和成员单位的督导检查", every = "year", from = 2011, to = 2015, lead = "committee_office",
  indicators = { "supervision_years" }, note = "连续五年", source = { "m2", "m2_supervision" },
}
event "midterm_supervision" {
  title = "中期评估开展情况实地督导", every = "once", due = "2015-10", lead = "committee_office",
  source = "m2_supervision",
}
procedure "family_home_management" {
  title = "留守儿童亲情家园规范化建设", lead = "committee_office",
  steps = {
    "督导调研发现问题", "制定印发《平顶山市留守儿童亲情家园管理办法》", "明确职责和任务", "纳入目标责任管理考核",
  },
  source = "m2_rules",
}
event "family_homes_built" {
  title = "全市留守儿童亲情家园", every = "once", lead = "committee_office", indicators = { "family_homes" },
  note = "已创建 77 所", source = "m2_homes",
}

-- 三、典型示范。
procedure "demonstration" {
  title = "培树典型、示范带动", lead = "committee_office", steps = { "培树典型", "推广经验", "对照学习赶超" },
  source = "m3",
}
event "demonstration_wugang" {
  title = "舞钢市：县级妇儿工委办公室四到位", every = "once",
  indicators = { "office_staff", "office_establishment", "office_funds", "office_separate" },
  checks = { "人员", "编制", "经费", "办公室单设" }, source = { "m3", "m3_wugang" },
}
event "demonstration_baofeng" {
  title = "宝丰县：妇女儿童活动设施和活动场所建设", every = "once", indicators = { "facility_investment" },
  note = "投资 1177 万元", source = { "m3", "m3_baofeng" },
}
event "demonstration_jiaxian" {
  title = "郏县：农村妇女宫颈癌、乳腺癌免费检查", every = "once", indicators = { "two_cancers_screened" },
  note = "检查 14 万名", source = { "m3", "m3_jiaxian" },
}
event "demonstration_lushan" {
  title = "鲁山县：农村义务教育学生营养改善计划", every = "once", indicators = { "nutrition_students" },
  note = "惠及学生 2 万余人", source = { "m3", "m3_lushan" },
}
event "demonstration_weidong" {
  title = "卫东区：妇女常见病定期筛查纳入政府民生工程", every = "once",
  indicators = { "common_disease_funds", "common_disease_screened" },
  note = "拨付 160 余万元，无单位（农村）妇女 18 余万名免费检查", source = { "m3", "m3_weidong" },
}

-- 四、统计监测和评估。
group "monitoring_group" {
  title = "监测评估领导小组", lead = "committee_office",
  duties = { "定期开会部署统计监测", "收集整理分析各部门指标数据", "形成专题报告" },
  source = { "m4", "m4_monitoring" },
}
-- 文件没有写专题报告报送何处，报送办公室为本包自定。
report "implementation_report" {
  title = "“两规划”实施情况专题报告", to = "committee_office", parts = { "指标数据分析", "存在的问题", "整改意见" },
  source = "m4_monitoring",
}
event "staff_training" {
  title = "办公室负责人、联络员、统计员培训", every = "occasion", lead = "committee_office",
  checks = { "以会代训", "专题培训", "省级培训", "市级培训" }, source = { "m4", "m4_training" },
}

-- 五、宣传。
event "publicity_materials_printed" {
  title = "宣传手册和法律读本", every = "occasion", lead = "committee_office",
  indicators = { "publicity_handbooks", "law_readers" },
  note = "“两规划”宣传手册 5千份，《法律知识读本》20万册", source = { "m5", "m5_materials" },
}
event "festival_publicity" {
  title = "“三八”“六一”等重要节点法律宣传", every = "year", months = { 3, 6 }, lead = "committee_office",
  checks = { "主流媒体宣传", "《妇女权益保障法》", "《婚姻法》", "《未成年人保护法》" }, source = { "m5", "m5_days" },
}
group "law_lecturers" {
  title = "各级普法讲师团", lead = "justice", duties = { "“法律知识八进”宣传", "妇女儿童专场讲座" }, source = "m5_eight",
}
event "law_into_eight" {
  title = "“法律知识八进”宣传活动", every = "occasion", lead = "justice", units = { "committee_office" },
  indicators = { "law_publicity_events", "publicity_materials", "people_reached", "women_children_lectures" },
  checks = { "机关", "乡村", "社区", "学校", "企业", "单位", "景区", "军营" },
  note = "1012 场次，发放资料 300 万份，受教育群众 670 余万人次，专场讲座 1600 次", source = { "m5", "m5_eight" },
}
