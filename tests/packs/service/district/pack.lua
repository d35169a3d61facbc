-- A small pack for the tests of the service: rules over its own figures and over the place among
-- peers, one warning, one assessment. It shares series with "schools".

pack { id = "district", title = "区县", region = "150000", version = "1.0.0", api = 1, covers = "subtree" }

unit "health" { title = "卫生健康委" }
fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2018 }
women:domain "health" { title = "健康" } {
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 1, lead = "health", target = at_most(12) },
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "health", target = at_least(70) },
}

warning "high" {
  title = "偏高", on = "indicator", only = { "mortality" },
  level = function(value) if value and value > 13 then return "orange" end end,
  message = "现值 {value}",
}

assessment "annual" {
  title = "年度考核", of = "region", points = 100, grades = { { 60, "合格" }, { 0, "不合格" } },
  item "place" { points = 60,
    score = function(points, screening_peers_rank, screening_peers_count)
      if not screening_peers_rank then return 0 end
      return points * (1 - (screening_peers_rank - 1) / screening_peers_count)
    end },
  item "reporting" { points = 40, score = function(points, late) return deduct(points, 2 * late) end },
}
