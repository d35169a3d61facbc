-- 实事项目：备案、通报、督办；难点问题；专项督查(第二部分 1、2)。

procedure "practical_projects" {
  title = "实事项目", lead = "committee", units = { "city", "governments", "member_units" },
  steps = { "广泛征求建议", "确定实事项目", "备案", "组织实施", "通报", "督办", "落实" }, source = { "c2_0", "c2_2" },
}
procedure "difficult_points" {
  title = "难点问题", lead = "committee", units = { "governments", "member_units" },
  steps = { "查找原因", "制定政策", "加大投入", "重点突破" }, source = "c2_2",
}
-- 文件没有写频次，按年为本包自定。
event "special_supervision" {
  title = "“两个规划”专项督查考核", every = "year", lead = "city", units = { "committee", "governments" },
  source = "c2_1",
}

-- 项目的进展，区县按行政区划填报。
fact "projects_planned" { title = "当年实事项目数", unit = "个", digits = 0, source = "c2_2" }
fact "projects_registered" { title = "已备案的实事项目数", unit = "个", digits = 0, source = "c2_2", better = "higher" }
fact "projects_reported" { title = "按要求通报进展的实事项目数", unit = "个", digits = 0, source = "c2_2", better = "higher" }
fact "projects_done" { title = "已落实的实事项目数", unit = "个", digits = 0, source = "c2_2", better = "higher" }
fact "supervision_notices" { title = "被督办次数", unit = "次", digits = 0, default = 0, source = "c2_2", better = "lower" }
