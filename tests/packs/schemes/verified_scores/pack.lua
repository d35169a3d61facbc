-- A unit's own score stands where at least 95 % of the samples drawn from it were found right; else it
-- is multiplied by that rate and five points in a hundred: 自评得分 ×（符合率 + 5%）。

pack { id = "verified_scores", title = "抽查核实", region = "150802", version = "1.0.0", api = 1 }

unit "health" { title = "卫生健康委" }
unit "education" { title = "教育局" }

fact "self_score" { title = "自评得分", unit = "分" }
fact "samples_agreed" { title = "抽查相符项数", unit = "项", digits = 0 }
fact "samples_checked" { title = "抽查项数", unit = "项", digits = 0 }

assessment "units" {
  title = "成员单位考核", of = "unit", points = 100, grades = { { 80, "良好" }, { 0, "合格" } },
  item "corrected" { points = 100,
    score = function(self_score, samples_agreed, samples_checked)
      return verified(self_score, samples_agreed, samples_checked)
    end },
}
