-- A band in which points grow with the figure, and below it none: 完成 60% 以下不得分，60% 至 100%
-- 按比例得分；响应时间 24 小时内满分，72 小时以上不得分，其间按比例递减。

pack { id = "linear_band", title = "区间计分", region = "150802", version = "1.0.0", api = 1 }

fact "visits_done" { title = "完成入户数", unit = "户", digits = 0 }
fact "visits_planned" { title = "计划入户数", unit = "户", digits = 0 }
fact "hours_to_answer" { title = "求助响应时间", unit = "小时" }
fact "coverage" { title = "覆盖率", unit = "%" }

assessment "annual" {
  title = "年度考核", of = "self", points = 30, grades = { { 0, "合格" } },
  item "visits" { points = 10,
    score = function(points, visits_done, visits_planned) return proportion_from(points, visits_done, visits_planned, 0.6) end },
  item "answers" { points = 10,
    score = function(points, hours_to_answer) return band(points, hours_to_answer, 72, 24) end },
  item "coverage" { points = 10, score = function(points, coverage) return proportion(points, coverage, 90) end },
}
