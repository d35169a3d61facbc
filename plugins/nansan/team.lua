-- 一至三：队伍建设、工作机制、建功平台。各项工作都以佐证证明。

local work = plan "work" {
  title = "妇代会八项工作",
  from = 2016, to = 2016, baseline = 2015, -- 本包自定：文件没有写年度
  source = "preface_aim",
}

-- 1
work:domain "team" { title = "队伍建设" } {
  task "plenary_spirit" {
    title = "党的十八届四中、五中全会精神学习", lead = "congress", checks = { "学习记录" }, source = "preface_spirit",
  },
  task "outlook" {
    title = "科学发展观落实", lead = "congress", checks = { "落实记录" }, source = "preface_outlook",
  },
  task "core_work" {
    title = "村委中心工作中的妇女工作", lead = "congress", units = { "village_committee" },
    checks = { "组织妇女", "引导妇女", "服务妇女", "妇女儿童维权", "促进妇女全面发展" },
    source = { "preface_work", "preface_aim" },
  },
  task "cadres" {
    title = "高素质妇联干部队伍", lead = "congress",
    checks = { "政治思想", "创新意识", "业务水平", "工作作风" }, source = "l1_cadres",
  },
  task "learning" {
    title = "成员终身学习", lead = "congress", checks = { "学习", "思考", "创新" }, source = "l1_learning",
  },
  task "listening" {
    title = "联系群众，听取呼声", lead = "congress", checks = { "走访记录" }, source = "l1_contact",
  },
  task "issues" {
    title = "妇女发展与和谐社会重点问题研究", lead = "congress", checks = { "研究记录", "重点问题突破" },
    source = "l1_contact",
  },
  task "examples" {
    title = "重心下移，典型和经验推广", lead = "congress",
    checks = { "基层指导", "发现典型", "培育典型", "总结推广", "以点带面" }, source = "l1_examples",
  },
}

-- 2
work:domain "mechanism" { title = "工作机制" } {
  task "systems" {
    title = "健全三项制度", lead = "congress",
    checks = { "领导班子议事制度", "联系基层制度", "学习制度" }, source = "l2_systems",
  },
  task "management" { title = "内部管理", lead = "congress", checks = { "管理制度" }, source = "l2_systems" },
  task "cooperation" {
    title = "社会资源和部门合作", lead = "congress", checks = { "资源整合", "合作机制" }, source = "l2_cooperation",
  },
  task "projects" {
    title = "服务功能，工作项目化、实事化，特色品牌", lead = "congress", units = { "federation" },
    checks = { "服务功能", "项目", "实事", "品牌" }, source = "l2_projects",
  },
}

-- 3
work:domain "platform" { title = "建功平台", source = "l3" } {
  task "procedure_of_creation" {
    title = "创建程序、质量和档次", lead = "congress", checks = { "程序", "质量", "档次" },
    source = "l3_1_quality",
  },
  task "four_creations" {
    title = "四类巾帼创建和覆盖面", lead = "congress", units = { "posts" },
    checks = { "巾帼示范区", "巾帼文明单位", "巾帼文明岗", "巾帼文明标兵", "创建氛围" }, source = "l3_1_kinds",
  },
  task "post_village_pairs" {
    title = "岗村结对，以城带乡", lead = "congress", units = { "posts" },
    checks = { "结对名单", "下乡服务记录" }, source = "l3_2_pairs",
  },
  task "arts_team" {
    title = "妇女文艺团队", lead = "congress", units = { "club" }, checks = { "团队", "文化活动" },
    source = "l3_2_club",
  },
  task "demonstration_village" {
    title = "南三特色“巾帼示范村”和妇女工作示范点", lead = "congress", units = { "club" },
    checks = { "巾帼示范村", "示范点" }, source = { "l3_2_pairs", "l3_2_club" },
  },
}

return work
