-- What a pack may do with everything it inherits: each kind of declaration is overridden, and one is
-- removed. What is inherited is that of the pack "documents".

pack {
  id = "inheritance", extends = "documents", title = "继承", region = "150802", version = "2.0.0", api = 1,
  conventions = { digits = 1 },
}

override.document "plan" { title = "另一规划", note = none } {
  clause "added" { at = "四、1", title = "新增", background = "只用于测试" },
}
override.clause "g1" { title = "孕产妇死亡率" }
override.unit "health" { title = "卫健局" }
override.breakdown "under5" { title = "五岁以下" }
override.data "births" { title = "活产数（常住）", digits = 0 }
override.fact "late" { default = 2 }
override.indicator "mortality" { target = at_most(9), note = none, milestones = { [2025] = 10 } }
override.objective "awareness" { title = "健康素养" }
override.task "hotline" { due = "2021", checks = none }
override.form "warning_table" { due = "06-30" }
override.report "unit_report" { copies = 3 }
override.group "monitoring" { duties = { "季度监测" } }
override.procedure "aid" { steps = { "申报", "发放" } }
override.fund "screening" { levels = { "县 10" } }
override.event "hearing" { every = "quarter" }
override.warning "late_report" { level = function(late) if late > 1 then return "red" end end }
override.veto "annual.never" { when = function(late) return late > 50 end }
override.item "annual.reporting" {
  score = function(points, late) return deduct(points, 2 * late) end,
}
override.assessment "annual" {
  points = 15,
  item "extra" { points = 5, score = function(points) return points end },
  veto "more" { when = function(late) return late > 40 end, grade = "不合格" },
}

local women = override.plan "women" { title = "妇女规划" }
women:domain "health" { title = "妇女健康" } {
  indicator "folic_acid" { title = "叶酸", unit = "%", lead = "health", target = at_least(90), source = "g1" },
}
women:domain "law" { title = "法律" } {
  objective "aid_offered" { title = "法律援助", lead = "health", evidence = true, source = "g1" },
}
override.domain "women.health" { title = "妇女与健康" } {
  indicator "screening_rate" { title = "筛查率", unit = "%", lead = "health", target = at_least(70), source = "g1" },
}
