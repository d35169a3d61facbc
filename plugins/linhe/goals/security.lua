-- 妇女与社会保障：主要目标 9 条。

return {
  -- 1
  objective "equal_security" {
    title = "妇女平等享有社会保障权益", lead = "labour", evidence = true, source = "security_goal_1",
  },
  objective "security_level" {
    title = "社会保障水平稳步提高", lead = "labour", evidence = true, source = "security_goal_1",
  },
  -- 2
  objective "maternity_system" {
    title = "生育保障制度完善", lead = "medical_insurance", evidence = true, source = "security_goal_2",
  },
  indicator "maternity_insurance" {
    title = "生育保险参保率", unit = "%", digits = 1, lead = "medical_insurance",
    target = rises { per = "plan" }, source = "security_goal_2",
  },
  -- 3
  objective "medical_system" {
    title = "医疗保障体系完善", lead = "medical_insurance", evidence = true, source = "security_goal_3",
  },
  objective "medical_benefits" {
    title = "医疗保障待遇公平适度", lead = "medical_insurance", evidence = true, source = "security_goal_3",
  },
  indicator "female_medical_insurance" {
    title = "妇女基本医疗保险参保率", unit = "%", digits = 1, lead = "medical_insurance",
    target = keeps_at_least(95), source = "security_goal_3",
  },
  -- 4 待遇水平以人均养老金衡量，本包自定。
  objective "pension_system" {
    title = "养老保险制度体系完善", lead = "labour", evidence = true, source = "security_goal_4",
  },
  indicator "female_pension" {
    title = "妇女基本养老保险参保率", unit = "%", digits = 1, lead = "labour",
    target = at_least(95), source = "security_goal_4",
  },
  indicator "female_pension_level" {
    title = "妇女基本养老金月人均水平", unit = "元", digits = 0, lead = "labour",
    target = rises { per = "plan" }, source = "security_goal_4",
  },
  -- 5
  objective "unemployment_injury_system" {
    title = "失业保险和工伤保险制度完善", lead = "labour", evidence = true, source = "security_goal_5",
  },
  objective "unemployment_injury_benefits" {
    title = "失业、工伤待遇落实", lead = "labour", evidence = true, source = "security_goal_5",
  },
  indicator "female_unemployment_insurance" {
    title = "妇女失业保险参保人数", unit = "人", digits = 0, lead = "labour",
    target = rises { per = "plan" }, source = "security_goal_5",
  },
  indicator "female_injury_insurance" {
    title = "妇女工伤保险参保人数", unit = "人", digits = 0, lead = "labour",
    target = rises { per = "plan" }, source = "security_goal_5",
  },
  -- 6 “得到基本保障”按策略 7 的应保尽保、应养尽养、应救尽救判定为全覆盖(本包自定)。
  objective "assistance_system" {
    title = "分层分类社会救助体系健全", lead = "civil_affairs", evidence = true, source = "security_goal_6",
  },
  indicator "minimum_living_women" {
    title = "符合条件的低保妇女保障率", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(), source = "security_goal_6",
  },
  indicator "destitute_women" {
    title = "符合条件的特困妇女供养率", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(), source = "security_goal_6",
  },
  indicator "low_income_women" {
    title = "符合条件的低收入家庭妇女救助率", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(), source = "security_goal_6",
  },
  -- 7
  objective "welfare_level" {
    title = "妇女福利待遇水平持续提高", lead = "civil_affairs", evidence = true, source = "security_goal_7",
  },
  objective "welfare_elderly" {
    title = "福利向老年妇女倾斜", lead = "civil_affairs", evidence = true, source = "security_goal_7",
  },
  objective "welfare_disabled" {
    title = "福利向残疾妇女倾斜", lead = "disabled_federation", evidence = true, source = "security_goal_7",
  },
  -- 8
  objective "elderly_care_system" {
    title = "多层次养老服务和长期照护保障制度", lead = "civil_affairs", evidence = true, source = "security_goal_8",
  },
  objective "elderly_basic_services" {
    title = "老年妇女基本养老服务均等可及", lead = "civil_affairs", evidence = true, source = "security_goal_8",
  },
  objective "incapacitated_care" {
    title = "失能妇女照护服务水平提高", lead = "civil_affairs", evidence = true, source = "security_goal_8",
  },
  -- 9
  objective "care_services" {
    title = "有困难、有需求妇女的关爱帮扶", lead = "federation", evidence = true, source = "security_goal_9",
  },
}
