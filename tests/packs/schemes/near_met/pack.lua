-- 20.1 against a target of 20 is as good as reached: 基本达标, within 0.5 % of the target. It counts as
-- met in the rate, and earns four fifths of the points.

pack { id = "near_met", title = "基本达标", region = "150802", version = "1.0.0", api = 1,
  conventions = { near_percent = 0.5, near_counts = true } }

local children = plan "children" { title = "儿童发展规划", from = 2021, to = 2030, baseline = 2020 }

children:domain "health" { title = "健康" } {
  indicator "anaemia" { title = "儿童贫血率", unit = "%", digits = 1, lead = "卫健委", target = at_most(20) },
  indicator "exclusive" { title = "纯母乳喂养率", unit = "%", digits = 1, lead = "卫健委", target = at_least(50),
    conventions = { near_counts = false } },
}

assessment "annual" {
  title = "年度考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "anaemia" { points = 10, cliff = 8,
    score = function(points, anaemia_status) return by_status(points, anaemia_status, 0.8) end },
}
