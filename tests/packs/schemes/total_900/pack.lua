-- 900 points over three parts, each with items of its own, graded at 90, 80 and 60 %.

pack { id = "total_900", title = "900 分制", region = "150802", version = "1.0.0", api = 1 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
}

fact "meetings" { title = "召开联席会议", unit = "次", digits = 0 }
fact "late" { title = "迟报", unit = "次", default = 0, digits = 0 }

assessment "annual" {
  title = "年度考核", of = "self", points = 900,
  grades = { { 810, "优秀" }, { 720, "良好" }, { 540, "合格" }, { 0, "不合格" } },
  item "targets" { points = 500, score = function(points, attainment) return proportion(points, attainment, 1) end },
  item "management" { points = 250,
    item "meetings" { points = 150, score = function(points, meetings) return proportion(points, meetings, 2) end },
    item "reporting" { points = 100, score = function(points, late) return deduct_per(points, late, 1, 20) end },
  },
  item "screening" { points = 150,
    score = function(points, screening_gap) return deduct_per(points, screening_gap, 1, 15) end },
}
