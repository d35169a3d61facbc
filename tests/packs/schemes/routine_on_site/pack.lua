-- Routine assessment counts for 60 %, the inspection on site for 40 %: 平时考核 60%，实地考核 40%。

pack { id = "routine_on_site", title = "平时与实地", region = "150802", version = "1.0.0", api = 1 }

unit "health" { title = "卫生健康委" }
unit "education" { title = "教育局" }

fact "routine" { title = "平时考核得分（百分制）", unit = "分" }
fact "on_site" { title = "实地考核得分（百分制）", unit = "分" }

assessment "units" {
  title = "成员单位考核", of = "unit", points = 100, grades = { { 90, "优秀" }, { 75, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  item "both" { points = 100,
    score = function(points, routine, on_site) return weighted_points(points, 100, { routine, 60 }, { on_site, 40 }) end },
}
