-- One item for every scoring function, fed by a fact named after it.

pack { id = "scoring", title = "计分", region = "150802", version = "1.0.0", api = 1, conventions = { digits = 4 } }

fact "late" { title = "迟报次数", unit = "次" }
fact "shortfall" { title = "差距", unit = "百分点" }
fact "excess" { title = "超出", unit = "百分点" }
fact "done" { title = "完成数", unit = "项" }
fact "rate" { title = "比率", unit = "%" }
fact "level" { title = "水平得分率", unit = "%" }
fact "progress_made" { title = "进步得分率", unit = "%" }
fact "share" { title = "比例", unit = "%" }

assessment "all" {
  title = "各种计分", of = "self", points = 90,
  grades = { { 0, "合格" } },
  item "deducts" { points = 10, score = function(points, late) return deduct(points, late) end },
  item "deducts_steps" { points = 10, score = function(points, shortfall)
    return deduct_per(points, shortfall, 0.1, 0.3)
  end },
  item "adds_steps" { points = 10, score = function(points, excess) return bonus_per(excess, 0.5, 1, points / 2) end },
  item "is_proportional" { points = 10, score = function(points, done) return proportion(points, done, 40) end },
  item "lies_in_band" { points = 10, score = function(points, rate) return band(points, rate, 60, 80) end },
  item "is_weighted" { points = 10, score = function(points, level, progress_made)
    return proportion(points, weighted({ level, 7 }, { progress_made, 3 }), 100)
  end },
  item "is_clamped" { points = 10, score = function(share) return clamp(share, 2, 8) end },
  item "is_rounded" { points = 10, score = function(share) return round(share, 2) end },
  item "is_cut" { points = 10, score = function(share) return truncate(share, 2) end },
}
