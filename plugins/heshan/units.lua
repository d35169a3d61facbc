-- 单位。名称照文件。

-- 统计监测重点成员单位(四 第1句)，次序照文件；“统计局”后文又作“市统计局”。
unit "statistics" { title = "统计局" }
unit "education" { title = "教育局" }
unit "organization" { title = "组织部" }
unit "health" { title = "卫生局" }
unit "labour" { title = "劳动保障局" }
unit "federation" { title = "妇联" }
unit "civil_affairs" { title = "民政局" }
unit "family_planning" { title = "计生局" }
unit "environment" { title = "环保局" }
unit "municipal" { title = "市政局" }
unit "sport" { title = "体育局" }

-- 收表、收报告、督导的单位，和“各成员单位”这一统称；这四个不考核。
unit "committee_office" { title = "市妇儿工委办公室" }
unit "member_units" { title = "各成员单位" }
unit "jiangmen_office" { title = "江门市妇儿工委办公室" }
unit "jiangmen_committee" { title = "江门市妇儿工委" }

local key_units = {
  "statistics", "education", "organization", "health", "labour", "federation", "civil_affairs",
  "family_planning", "environment", "municipal", "sport",
}

group "key_units" {
  title = "统计监测重点成员单位", lead = "committee_office", members = key_units,
  duties = {
    "撰写本部门妇女发展规划监测评估报告", "撰写本部门儿童发展规划监测评估报告",
    "反映进程和问题", "提出对策建议", "为市政府决策提供科学依据",
  },
  source = { "s4_report", "s4_units", "s4_separate", "s4_purpose" },
}

group "monitoring_staff" {
  title = "各单位监测专人", lead = "member_units", members = { "各成员单位指定的专人" },
  duties = { "收集2015年度数据", "汇总", "按时按质报送" },
  source = { "s3_timely", "s3_person" },
}

return key_units
