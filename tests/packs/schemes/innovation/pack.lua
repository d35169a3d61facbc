-- Innovation earns points up to a cap: national experience 3, provincial 2, of the city 1; at most 5.
-- Income that outgrew the plan earns half a point for every whole percentage point, at most 2.

pack { id = "innovation", title = "创新加分", region = "150802", version = "1.0.0", api = 1 }

fact "national" { title = "国家级经验推广", unit = "项", default = 0, digits = 0 }
fact "provincial" { title = "省级经验推广", unit = "项", default = 0, digits = 0 }
fact "of_city" { title = "市级经验推广", unit = "项", default = 0, digits = 0 }
fact "growth_above_plan" { title = "增速超出目标", unit = "个百分点" }

assessment "innovation" {
  title = "创新", of = "self", points = 7, grades = { { 0, "合格" } },
  item "experience" { points = 5,
    score = function(points, national, provincial, of_city) return earn(points, 3 * national + 2 * provincial + of_city) end },
  item "growth" { points = 2, cliff = 0.5,
    score = function(points, growth_above_plan) return bonus_per(growth_above_plan, 1, 0.5, points) end },
}
