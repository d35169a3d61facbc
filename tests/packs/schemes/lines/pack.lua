-- Two lines judge the same work, those who lead it and those it is done for, 6 : 4: 领导线与基层线。

pack { id = "lines", title = "领导线与基层线", region = "150802", version = "1.0.0", api = 1 }

unit "health" { title = "卫生健康委" }

fact "leaders_line" { title = "领导线评分", unit = "分" }
fact "grassroots_line" { title = "基层线评分", unit = "分" }

assessment "units" {
  title = "评议", of = "unit", points = 20, grades = { { 0, "合格" } },
  item "opinion" { points = 20,
    score = function(points, leaders_line, grassroots_line)
      return weighted_points(points, 100, { leaders_line, 6 }, { grassroots_line, 4 })
    end },
}
