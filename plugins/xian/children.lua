-- 儿童发展规划中由重点工作写到的指标。文件写“提高”“增加”“降低”而没有数的，按较上年变化判定，比例已到 100% 的
-- 不再要求提高(本包自定)。毛入园率在 work/education.lua。

local CITY = { "610100" }

local children = plan "children" {
  title = "西安市儿童发展规划（2011-2020年）", from = 2011, to = 2020, baseline = 2010, source = "notice",
}

children:domain "health" { title = "儿童与健康" } {
  indicator "birth_defects" {
    title = "出生缺陷率", unit = "1/万", digits = 1, source = "t13",
    lead = "health", units = { "finance", "district_committees" }, target = falls(),
  },
  -- 文件没有写以什么衡量“生长发育水平”，取身高体重达到标准的比例(本包自定)。
  indicator "student_growth" {
    title = "义务教育阶段学生生长发育达标比例", unit = "%", digits = 1, source = "t14",
    lead = "health", units = { "education" }, target = any_of(rises(), full()), applies_to = CITY,
  },
}

children:domain "education" { title = "儿童与教育" } {
  indicator "cross_district_coverage" {
    title = "跨行政区域大学区覆盖率", unit = "%", digits = 1, source = "t15",
    lead = "education", target = any_of(rises(), full()), applies_to = CITY,
  },
  indicator "education_unions" {
    title = "城乡互建教育联合体", unit = "个", digits = 0, source = "t15",
    lead = "education", target = rises(), applies_to = CITY,
  },
  indicator "poor_retention" {
    title = "贫困家庭子女义务教育巩固率", unit = "%", digits = 1, source = "t17", due = "2020",
    lead = "education", units = { "civil_affairs", "finance", "disabled" }, target = full(), applies_to = CITY,
  },
  indicator "disabled_enrolment" {
    title = "适龄残疾儿童少年义务教育入学率", unit = "%", digits = 1, source = "t17", due = "2020",
    lead = "education", units = { "civil_affairs", "finance", "disabled" }, target = at_least(95),
    applies_to = CITY,
  },
  -- 中小学结对帮扶留守儿童“全覆盖”，即 100%。
  indicator "left_behind_pairing" {
    title = "中小学结对帮扶留守儿童覆盖率", unit = "%", digits = 1, source = "t17", due = "2020",
    lead = "education", units = { "civil_affairs", "finance", "disabled" }, target = full(), applies_to = CITY,
  },
}

children:domain "environment" { title = "儿童与社会环境" } {
  indicator "child_broadcast_hours" {
    title = "儿童广播电视节目年播出时间", unit = "小时", digits = 0, source = "t29", lead = "publicity",
    units = { "culture", "sport", "youth_league", "federation" }, target = rises(), applies_to = CITY,
  },
  -- 每个城乡社区都要建，即 100%。
  indicator "community_sites" {
    title = "建有1个儿童活动阵地的城乡社区比例", unit = "%", digits = 1, source = "t31", due = "2020",
    lead = "culture", units = { "civil_affairs", "finance" }, target = full(), applies_to = CITY,
  },
}

children:domain "law" { title = "儿童与法律保护" } {
  -- 取两位小数：一位小数时，两千件中少立一件就会舍入成 100%。
  indicator "cases_filed" {
    title = "侵害儿童权益案件立案率", unit = "%", digits = 2, source = "t28",
    lead = "police", target = full(), applies_to = CITY,
  },
  indicator "cases_investigated" {
    title = "侵害儿童权益案件查处率", unit = "%", digits = 2, source = "t28",
    lead = "police", target = full(), applies_to = CITY,
  },
}
