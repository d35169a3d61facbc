-- 100 points for the work and 25 on top that can be earned: 总分 125。

pack { id = "total_125", title = "125 分制", region = "150802", version = "1.0.0", api = 1 }

fact "work" { title = "工作完成率", unit = "%" }
fact "national_prizes" { title = "国家级表彰", unit = "次", default = 0, digits = 0 }
fact "provincial_prizes" { title = "省级表彰", unit = "次", default = 0, digits = 0 }

assessment "annual" {
  title = "年度考核", of = "self", points = 125,
  grades = { { 110, "优秀" }, { 90, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  item "work" { points = 100, score = function(points, work) return proportion(points, work, 100) end },
  item "extra" { points = 25,
    score = function(points, national_prizes, provincial_prizes)
      return earn(points, 10 * national_prizes + 5 * provincial_prizes)
    end },
}
