-- Level and progress weigh 7 : 3 for counties at the city's mean or better, 3 : 7 for those below it,
-- so that those behind are judged by how they catch up. A difficulty factor raises the result,
-- never beyond the item's points.

pack { id = "level_progress", title = "水平与进步", region = "150800", version = "1.0.0", api = 1, covers = "children" }

fact "difficulty" { title = "难度系数", unit = "倍", default = 1 }

local children = plan "children" { title = "儿童发展规划", from = 2021, to = 2030, baseline = 2020 }

children:domain "education" { title = "教育" } {
  indicator "enrolment" { title = "学前三年毛入园率", unit = "%", digits = 1, lead = "教育局", target = at_least(95) },
}

assessment "annual" {
  title = "旗县考核", of = "children", points = 10, grades = { { 0, "合格" } },
  item "enrolment" { points = 10, cliff = 10, may_fall = "按办法，均值两侧水平与进步的权重不同",
    score = function(points, enrolment, enrolment_change, enrolment_peers_mean, difficulty)
      return level_progress(points, {
        level = proportion(1, enrolment, 100), progress = band(1, enrolment_change, 0, 5),
        value = enrolment, mean = enrolment_peers_mean, difficulty = difficulty,
      })
    end },
}
