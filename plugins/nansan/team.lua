-- 一至三:队伍建设、工作机制、建功平台。各项工作都以佐证证明。

local work = plan "work" {
  title = "妇代会八项工作", from = 2016, to = 2016, baseline = 2015, source = "preface",
}

-- 1
work:domain "team" { title = "队伍建设" } {
  task "plenary_spirit" {
    title = "学习贯彻党的十八届四中、五中全会精神", lead = "congress", units = { "village_committee" },
    checks = { "学习记录" }, source = "preface",
  },
  task "core_work" {
    title = "围绕村委中心工作组织、引导、服务妇女，维护妇女儿童合法权益", lead = "congress",
    units = { "village_committee" }, checks = { "工作记录" }, source = "preface",
  },
  task "cadres" {
    title = "高素质妇联干部队伍", lead = "congress",
    checks = { "政治思想", "创新意识", "业务水平", "工作作风" }, source = "l1",
  },
  task "learning" {
    title = "成员终身学习", lead = "congress", checks = { "学习记录" }, source = "l1",
  },
  task "listening" {
    title = "联系妇女群众，倾听呼声", lead = "congress", checks = { "走访记录" }, source = "l1",
  },
  task "issues" {
    title = "研究妇女发展与和谐社会建设重点问题", lead = "congress", checks = { "研究记录" }, source = "l1",
  },
  task "examples" {
    title = "工作重心下移，发现典型，推广基层经验", lead = "congress", checks = { "基层指导", "典型", "推广" }, source = "l1",
  },
}

-- 2
work:domain "mechanism" { title = "工作机制" } {
  task "systems" {
    title = "健全三项制度", lead = "congress",
    checks = { "领导班子议事制度", "联系基层制度", "学习制度" }, source = "l2",
  },
  task "management" { title = "强化内部管理", lead = "congress", checks = { "管理制度" }, source = "l2" },
  task "cooperation" {
    title = "整合社会资源，与有关部门合作", lead = "congress", checks = { "合作记录" }, source = "l2",
  },
  task "projects" {
    title = "工作项目化、实事化，打造特色品牌", lead = "congress", units = { "federation" },
    checks = { "项目", "实事", "品牌" }, source = "l2",
  },
}

-- 3
work:domain "platform" { title = "建功平台" } {
  task "procedure_of_creation" {
    title = "规范创建程序，提高创建质量和档次", lead = "congress", checks = { "程序", "质量", "档次" }, source = "l3_1",
  },
  task "four_creations" {
    title = "四类巾帼创建，扩大覆盖面", lead = "congress", units = { "posts" },
    checks = { "巾帼示范区", "巾帼文明单位", "巾帼文明岗", "巾帼文明标兵" }, source = "l3_1",
  },
  task "post_village_pairs" {
    title = "岗村结对，以城带乡", lead = "congress", units = { "posts" },
    checks = { "结对名单", "服务记录" }, source = "l3_2",
  },
  task "arts_team" {
    title = "培育妇女文艺团队", lead = "congress", units = { "club" }, checks = { "团队", "文化活动" }, source = "l3_2",
  },
  task "demonstration_village" {
    title = "南三特色“巾帼示范村”和妇女工作示范点", lead = "congress", units = { "club" },
    checks = { "巾帼示范村", "示范点" }, source = "l3_2",
  },
}

return work
