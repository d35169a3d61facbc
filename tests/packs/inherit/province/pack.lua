-- The second: stricter targets, a unit and a plan's domain of its own.

pack { id = "province", extends = "land", title = "内蒙古自治区", region = "150000", version = "1.0.0", api = 1 }

include "more"

override.indicator "mortality" { target = at_most(10) }
override.warning "off_track" {
  level = function(status, change)
    if status == "unmet" then return change and change > 0 and "red" or "orange" end
  end,
}
