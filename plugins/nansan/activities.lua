-- 四至六:节日活动、文明家庭、宣传。

local work = include "team"

-- 4
work:domain "festivals" { title = "节日活动" } {
  task "womens_day_activity" {
    title = "“三八”妇女节活动", lead = "congress", due = "03-08", checks = { "活动记录" }, source = "l4",
  },
  task "mothers_day_activity" {
    title = "母亲节活动", lead = "congress", checks = { "活动记录" }, source = "l4",
  },
  task "childrens_day_activity" {
    title = "“六一”儿童节活动", lead = "congress", due = "06-01", checks = { "活动记录" }, source = "l4",
  },
  task "outstanding_women" {
    title = "宣传优秀女性和先进人物", lead = "congress", checks = { "宣传报道" }, source = "l4",
  },
}

-- 5
work:domain "family" { title = "文明家庭" } {
  task "civilised_families" {
    title = "文明家庭创建", lead = "congress", checks = { "创建名单" }, source = "l5_1",
  },
  task "safe_families" {
    title = "平安家庭创建，示范点、示范户以点带面", lead = "congress",
    checks = { "活动载体", "示范点", "示范户" }, source = "l5_1",
  },
  task "virtue_files" {
    title = "“美德档案”，新农村新风貌", lead = "congress",
    checks = { "村规民约进户", "健康文明生活方式进户", "绿色环保" }, source = "l5_2",
  },
  task "double_qualified" {
    title = "“双合格”家庭教育实践", lead = "congress", checks = { "实践活动", "科学知识传播" }, source = "l5_3",
  },
  task "parent_schools" {
    title = "发展、规范家长学校", lead = "congress", checks = { "农村", "企业", "社区" }, source = "l5_3",
  },
  task "education_mechanism" {
    title = "发挥讲师团、研究会作用，完善家庭教育新机制", lead = "congress",
    units = { "lecturers", "research" }, checks = { "讲师团活动", "研究会活动" }, source = "l5_3",
  },
  task "good_parents" {
    title = "“好家长”典型，三位一体家庭教育", lead = "congress",
    checks = { "典型示范", "家庭", "学校", "社会" }, source = "l5_3",
  },
}

-- 6
work:domain "publicity" { title = "宣传" } {
  task "law_publicity" {
    title = "宣传浙江省实施妇女权益保障法办法", lead = "congress", checks = { "宣传活动" }, source = "l6",
  },
  task "equality_policy" {
    title = "宣传男女平等基本国策", lead = "congress", checks = { "宣传活动" }, source = "l6",
  },
}

return work
