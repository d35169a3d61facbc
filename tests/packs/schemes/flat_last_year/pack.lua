-- What should fall every year costs points when it is flat with last year, more when it rose:
-- 较上年下降得满分，持平扣 2 分，上升不得分。

pack { id = "flat_last_year", title = "与上年相比", region = "150802", version = "1.0.0", api = 1 }

local children = plan "children" { title = "儿童发展规划", from = 2021, to = 2030, baseline = 2020 }

children:domain "health" { title = "健康" } {
  indicator "myopia" { title = "儿童总体近视率", unit = "%", digits = 1, lead = "教育局", target = falls() },
  indicator "enrolment" { title = "学前三年毛入园率", unit = "%", digits = 1, lead = "教育局", target = rises() },
}

assessment "annual" {
  title = "年度考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "myopia" { points = 6, cliff = 4,
    score = function(points, myopia_change) return deduct_unless_better(points, myopia_change, "lower", 2) end },
  item "enrolment" { points = 4, cliff = 2,
    score = function(points, enrolment_change) return deduct_unless_better(points, enrolment_change, "higher", 1, 3) end },
}
