-- One case decides the grade whatever the score: 一票否决.

pack { id = "veto", title = "一票否决", region = "150802", version = "1.0.0", api = 1 }

fact "work" { title = "工作完成率", unit = "%" }
fact "falsified" { title = "查实的弄虚作假", unit = "起", default = 0, digits = 0 }
fact "cases" { title = "恶性侵害案件", unit = "起", default = 0, digits = 0 }
fact "reported_in_time" { title = "按时报告", unit = "1 是 0 否", digits = 0 }

assessment "annual" {
  title = "年度考核", of = "self", points = 100, grades = { { 90, "优秀" }, { 60, "合格" }, { 0, "不合格" } },
  item "work" { points = 100, score = function(points, work) return proportion(points, work, 100) end },
  veto "fraud" { title = "弄虚作假", when = function(falsified) return falsified > 0 end, grade = "不合格" },
  veto "hushed_up" { title = "隐瞒案件", when = function(cases, reported_in_time) return cases > 0 and reported_in_time == 0 end,
    grade = "不合格" },
  veto "case" { title = "发生案件不得评优", when = function(cases, work) return cases > 0 and work >= 90 end, grade = "合格" },
}
