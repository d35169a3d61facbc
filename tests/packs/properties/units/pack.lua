-- 成员单位的考核：完成任务越多得分越低。
pack { id = "units", title = "单位考核", region = "150800", version = "1.0.0", api = 1, }

unit "health" { title = "卫健委" }
unit "education" { title = "教育局" }
fact "tasks_done" { title = "完成任务", unit = "项", digits = 0, better = "higher" }

assessment "units" {
  title = "单位考核", of = "unit", points = 10, grades = { { 0, "合格" } },
  item "tasks" { title = "任务", points = 10,
    score = function(points, tasks_done) return deduct(points, tasks_done) end },
}

-- 只考核教育局。
assessment "education_only" {
  title = "教育局考核", of = "unit", only = { "education" }, points = 5, grades = { { 0, "合格" } },
  item "education_tasks" { title = "任务", points = 5,
    score = function(points, tasks_done) return deduct(points, tasks_done) end },
}
