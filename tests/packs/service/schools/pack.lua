-- Shares "screening" and "late" with the pack "district", and has a series of its own.

pack { id = "schools", title = "学校", region = "150100", version = "1.0.0", api = 1, covers = "subtree" }

unit "education" { title = "教育局" }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }

local children = plan "children" { title = "儿童发展规划", from = 2021, to = 2030, baseline = 2020 }
children:domain "school" { title = "教育" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "education", target = at_least(75) },
  indicator "enrolment" { title = "入园率", unit = "%", digits = 1, lead = "education", target = at_least(90) },
}

assessment "annual" {
  title = "年度考核", of = "region", points = 10, grades = { { 6, "合格" }, { 0, "不合格" } },
  item "reached" { points = 10,
    score = function(points, attainment_children, late) return deduct(proportion(points, attainment_children, 1), late) end },
}
