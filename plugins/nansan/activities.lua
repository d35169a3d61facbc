-- 四至六：节日活动、文明家庭、宣传。

local work = include "team"

-- 4
work:domain "festivals" { title = "节日活动" } {
  task "womens_day_activity" {
    title = "“三八”妇女节活动", lead = "congress", due = "03-08", checks = { "活动记录" }, source = "l4_festivals",
  },
  task "mothers_day_activity" {
    title = "母亲节活动", lead = "congress", checks = { "活动记录" }, source = "l4_festivals",
  },
  task "childrens_day_activity" {
    title = "“六一”儿童节活动", lead = "congress", due = "06-01", checks = { "活动记录" }, source = "l4_festivals",
  },
  task "festival_brand" {
    title = "妇代会品牌的带动和辐射", lead = "congress", checks = { "品牌整合", "其他节日活动" }, source = "l4_festivals",
  },
  task "outstanding_women" {
    title = "宣传优秀女性和先进人物", lead = "congress", checks = { "宣传", "报道" }, source = "l4_women",
  },
}

-- 5
work:domain "family" { title = "文明家庭" } {
  task "civilised_families" {
    title = "文明家庭创建", lead = "congress", checks = { "创建名单" }, source = "l5_1_civilised",
  },
  task "safe_families" {
    title = "平安家庭创建，示范点、示范户以点带面", lead = "congress",
    checks = { "活动载体", "示范点", "示范户" }, source = "l5_1_safe",
  },
  task "virtue_files" {
    title = "“美德档案”，新农村新风貌", lead = "congress",
    checks = { "村规民约进村入户", "健康文明生活方式进村入户", "绿色环保新风貌" }, source = "l5_2",
  },
  task "double_qualified" {
    title = "“双合格”家庭教育实践", lead = "congress", checks = { "实践活动", "科学知识传播" },
    source = "l5_3_practice",
  },
  task "parent_schools" {
    title = "家长学校的发展和规范", lead = "congress", checks = { "农村", "企业", "社区" }, source = "l5_3_schools",
  },
  task "education_mechanism" {
    title = "家庭教育讲师团、研究会和新机制", lead = "congress",
    units = { "lecturers", "research" }, checks = { "讲师团活动", "研究会活动", "新机制" }, source = "l5_3_mechanism",
  },
  task "good_parents" {
    title = "“好家长”典型，三位一体家庭教育", lead = "congress",
    checks = { "典型示范", "家庭", "学校", "社会" }, source = "l5_3_parents",
  },
}

-- 6
work:domain "publicity" { title = "宣传" } {
  task "law_publicity" {
    title = "浙江省实施妇女权益保障法办法的宣传", lead = "congress", checks = { "宣传活动" }, source = "l6",
  },
  task "equality_policy" {
    title = "男女平等基本国策的宣传", lead = "congress", checks = { "宣传活动", "两性协调发展" }, source = "l6",
  },
}

return work
