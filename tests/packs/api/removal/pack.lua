-- Everything that the pack "documents" declares is removed, kind by kind; what is left is the pack's own.

pack { id = "removal", extends = "documents", title = "删除", region = "150800", version = "1.0.0", api = 1 }

for _, id in ipairs { "g2", "m1", "m2", "r1", "r2", "intro" } do remove.clause(id) end
remove.clause "g1"
remove.document "plan"
remove.form "warning_table"
remove.report "unit_report"
remove.group "monitoring"
remove.procedure "aid"
remove.fund "screening"
remove.event "hearing"
remove.veto "never"
remove.item "reporting"
remove.assessment "annual"
remove.warning "late_report"
remove.warning "task_open"
remove.task "hotline"
remove.objective "awareness"
remove.indicator "mortality"
remove.domain "women.health"
remove.plan "women"
remove.fact "late"
remove.data "births"
remove.breakdown "under5"
remove.unit "health"
remove.unit "statistics"

-- An id that was removed is free.
plan "women" { title = "新规划", from = 2021, to = 2030, baseline = 2020 }
  :domain "health" { title = "健康" } {
    indicator "mortality" { title = "死亡率", unit = "‰", lead = "卫健委", target = at_most(1) },
  }
