-- Targets that another figure draws: women among new Party members not below their share among all, a
-- rural rate at nine tenths of the urban one, a gap to the city of two points at most, and a ratio.

pack { id = "relative", title = "相对目标", region = "150802", version = "1.0.0", api = 1 }

data "party_members" { title = "党员", unit = "%", digits = 1 }
data "service" { title = "服务覆盖率", unit = "%", digits = 1 }
data "city_enrolment" { title = "全市毛入园率", unit = "%", digits = 1 }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "relative" { title = "相对" } {
  indicator "new_members_female" { title = "新发展党员中女性比例", unit = "%", digits = 1, lead = "组织部",
    target = not_below("party_members_female") },
  indicator "rural_service" { title = "农村服务覆盖率", unit = "%", digits = 1, lead = "卫健委",
    target = not_below("service_urban", { times = 0.9 }) },
  indicator "enrolment" { title = "毛入园率", unit = "%", digits = 1, lead = "教育局", target = not_below("city_enrolment", 2) },
  indicator "counsellors" { title = "心理教师与班级之比", unit = "人/班", digits = 2, lead = "教育局", target = ratio(1, 3) },
}
