-- Also a file "more" of the city's: each include finds its own pack's.

unit "education" { title = "教育厅" }

local women = override.plan "women" { title = "内蒙古妇女发展规划" }

women:domain "health" {} {
  indicator "folic_acid" { title = "叶酸服用率", unit = "%", lead = "health", target = at_least(90) },
}
women:domain "law" { title = "妇女与法律" } {
  objective "legal_aid" { title = "法律援助", lead = "education", evidence = true },
}
