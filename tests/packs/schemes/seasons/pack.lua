-- Three inspections a year, of the first half, the third and the fourth quarter, count 4 : 3 : 3.

pack { id = "seasons", title = "分季考核", region = "150802", version = "1.0.0", api = 1 }

fact "first_half" { title = "上半年得分", unit = "分" }
fact "third_quarter" { title = "第三季度得分", unit = "分" }
fact "fourth_quarter" { title = "第四季度得分", unit = "分" }

assessment "year" {
  title = "全年考核", of = "self", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "inspections" { points = 100,
    score = function(points, first_half, third_quarter, fourth_quarter)
      return weighted_points(points, 100, { first_half, 4 }, { third_quarter, 3 }, { fourth_quarter, 3 })
    end },
}
