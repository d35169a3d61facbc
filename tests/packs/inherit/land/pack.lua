-- The first of a chain of four: land → province → city → county.

pack {
  id = "land", title = "全国", region = "000000", version = "1.0.0", api = 1, covers = "subtree",
  conventions = { digits = 1, near_percent = 2 }, figures = { "forecast" },
}

unit "health" { title = "卫生健康委" }
breakdown "under5" { title = "5岁以下" }
data "births" { title = "活产数", unit = "人", digits = 0 }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }

include "parts/health"

warning "off_track" {
  on = "indicator", title = "未达标", only = { "mortality" },
  level = function(status) if status == "unmet" then return "orange" end end,
  message = "现值 {value}",
}

assessment "annual" {
  title = "年度考核", of = "self", points = 100,
  grades = { { 80, "良好" }, { 0, "不合格" } },
  item "targets" {
    title = "目标达标", points = 60,
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end,
  },
  item "reporting" {
    title = "按时报送", points = 40,
    score = function(points, late) return deduct(points, 2 * late) end,
  },
  veto "fraud" { when = function(late) return late > 20 end, grade = "不合格" },
}
