-- 印发、宣传月、讲课比赛、讲师团和课题组(通知、第一部分)。

event "key_points_issued" {
  title = "印发2015年工作要点", every = "once", due = "2015-02-12", lead = "committee",
  units = { "district_committees", "hightech_committee", "wenchang_committee", "member_units" },
  source = { "notice_title", "recipients", "signature" },
}
procedure "local_plans" {
  title = "结合实际落实2015年工作要点", lead = "committee",
  units = { "district_committees", "hightech_committee", "wenchang_committee", "member_units" },
  steps = { "结合本区县、本部门实际", "贯彻执行" }, source = { "recipients", "notice" },
}

event "policy_month" {
  title = "男女平等基本国策宣传月", every = "year", months = { 3 }, lead = "committee",
  units = { "district_committees", "hightech_committee", "wenchang_committee", "member_units" }, source = "c1_1",
}
event "environment_month" {
  title = "优化儿童成长环境宣传月", every = "year", months = { 6 }, lead = "committee",
  units = { "district_committees", "hightech_committee", "wenchang_committee", "member_units" }, source = "c1_1",
}
procedure "lecture_contest" {
  title = "男女平等基本国策讲课比赛", lead = "committee", units = { "district_committees" },
  steps = { "各区县设分赛区", "层层选拔", "选取优秀选手", "参加全市贯彻基本国策报告会" }, source = "c1_1",
}

group "lecturers" {
  title = "男女平等基本国策专家讲师团", lead = "committee", members = { "专家", "学者", "社会工作者" },
  duties = { "宣讲活动" }, source = "c1_2",
}
group "research_team" {
  title = "男女平等基本国策课题研究小组", lead = "committee", members = { "专家", "学者", "社会工作者" },
  duties = { "性别理论研究", "性别政策研究", "性别实践研究" }, source = "c1_2",
}
