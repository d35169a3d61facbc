-- Counties beside each other: a composite of what lies between the least and the most, of standard
-- scores, of places, and of the way to a target, as ranking tables are made.

pack { id = "peers_index", title = "同级综合指数", region = "150800", version = "1.0.0", api = 1, covers = "children",
  conventions = { digits = 4, cap_items = false } }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(80) },
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(10) },
}

assessment "indices" {
  title = "综合指数", of = "children", points = 5, grades = { { 0, "合格" } },
  item "by_range" { points = 1, cliff = 1, may_fall = "自己的数也改变同级的范围、均值或名次",
    score = function(screening, screening_peers_least, screening_peers_most, mortality, mortality_peers_least,
      mortality_peers_most)
      return arithmetic_mean({
        { min_max(screening, screening_peers_least, screening_peers_most), 2 },
        { min_max(mortality, mortality_peers_most, mortality_peers_least), 1 },
      }, 0.6)
    end },
  item "by_standard_score" { points = 1, cliff = 1, may_fall = "自己的数也改变同级的范围、均值或名次",
    score = function(screening, screening_peers_mean, screening_peers_deviation)
      local score = z_score(screening, screening_peers_mean, screening_peers_deviation)
      return score and clamp(0.5 + score / 6, 0, 1)
    end },
  item "by_place" { points = 1, cliff = 1, may_fall = "自己的数也改变同级的范围、均值或名次",
    score = function(mortality_peers_rank, mortality_peers_count)
      return percentile_rank(mortality_peers_rank, mortality_peers_count)
    end },
  item "by_way_to_target" { points = 1,
    score = function(screening, mortality)
      return harmonic_mean { { distance_to_target(screening, 80) }, { distance_to_target(mortality, 10, 30) } }
    end },
  item "by_way_of_geometry" { points = 1,
    score = function(screening, mortality)
      return geometric_mean({ { goalposts(screening, 0, 100), 3 }, { goalposts(mortality, 40, 0), 1 } }, 0.7)
    end },
}
