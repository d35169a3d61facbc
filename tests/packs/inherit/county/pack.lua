-- The fourth: declares anew what the city removed, and changes what the province had changed.

pack { id = "county", extends = "city", title = "临河区", region = "150802", version = "1.0.0", api = 1, covers = "self" }

override.indicator "mortality" { target = at_most(8), milestones = { [2025] = 9 } }

local women = override.plan "women" {}
women:domain "education" {} {
  indicator "literacy" { title = "识字率", unit = "%", lead = "education", target = at_least(99) },
}
