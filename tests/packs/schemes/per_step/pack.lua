-- A rate that should be full costs points for every tenth of a percentage point it lacks, until
-- none are left: 每低 0.1 个百分点扣 0.3 分，扣完为止。

pack { id = "per_step", title = "按步扣分", region = "150802", version = "1.0.0", api = 1,
  conventions = { rounding = "truncate", digits = 2 } }

local children = plan "children" { title = "儿童发展规划", from = 2021, to = 2030, baseline = 2020 }

children:domain "health" { title = "健康" } {
  indicator "vaccination" { title = "适龄儿童免疫规划疫苗接种率", unit = "%", digits = 1, lead = "卫健委", target = at_least(95) },
}

assessment "annual" {
  title = "年度考核", of = "self", points = 10, grades = { { 0, "合格" } },
  item "vaccination" { title = "每低 0.1 个百分点扣 0.3 分，扣完为止", points = 10,
    score = function(points, vaccination_gap) return deduct_per(points, vaccination_gap, 0.1, 0.3) end },
}
