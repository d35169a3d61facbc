-- 妇女与家庭建设：主要目标 9 条。

data "housework_male" { title = "男性日均家务劳动时间", unit = "分钟", digits = 0 }
data "housework_female" { title = "女性日均家务劳动时间", unit = "分钟", digits = 0 }

return {
  -- 1
  objective "family_values" {
    title = "新时代家庭观和家庭文明新风尚", lead = "publicity", evidence = true, source = "family_goal_1",
  },
  objective "family_core_values" {
    title = "核心价值观在家庭落地", lead = "publicity", evidence = true, source = "family_goal_1",
  },
  -- 2
  objective "family_policy" {
    title = "家庭政策体系建立完善", lead = "health", evidence = true, source = "family_goal_2",
  },
  objective "family_capacity" {
    title = "家庭功能增强、发展能力提升", lead = "health", evidence = true, source = "family_goal_2",
  },
  -- 3
  objective "family_research" {
    title = "家庭领域新情况新问题研究", lead = "federation", evidence = true, source = "family_goal_3",
  },
  -- 4
  objective "family_services" {
    title = "支持家庭与妇女发展的公共服务拓展", lead = "civil_affairs", evidence = true, source = "family_goal_4",
  },
  -- 5
  objective "family_governance" {
    title = "家庭家教家风融入基层社会治理", lead = "politics_law", evidence = true, source = "family_goal_5",
  },
  -- 6
  objective "marriage_relations" {
    title = "男女平等、和睦文明的婚姻家庭关系", lead = "civil_affairs", evidence = true, source = "family_goal_6",
  },
  objective "family_atmosphere" {
    title = "良好家庭环境", lead = "federation", evidence = true, source = "family_goal_6",
  },
  -- 7
  objective "family_health_care" {
    title = "家庭成员保健意识和能力增强", lead = "health", evidence = true, source = "family_goal_7",
  },
  objective "family_education" {
    title = "家庭教育水平提高", lead = "federation", evidence = true, source = "family_goal_7",
  },
  objective "elderly_life_quality" {
    title = "老年人生活质量改善", lead = "civil_affairs", evidence = true, source = "family_goal_7",
  },
  -- 8
  objective "women_family_role" {
    title = "妇女在家庭生活中发挥独特作用", lead = "federation", evidence = true, source = "family_goal_8",
  },
  objective "family_virtues" {
    title = "家庭美德弘扬、良好家风树立", lead = "federation", evidence = true, source = "family_goal_8",
  },
  objective "women_family_builders" {
    title = "妇女当好幸福安康家庭的建设者、倡导者", lead = "federation", evidence = true, source = "family_goal_8",
  },
  -- 9 策略 12 要求缩小两性家务劳动时间差距。
  objective "shared_responsibility" {
    title = "男女共担家庭责任", lead = "federation", evidence = true, source = "family_goal_9",
  },
  indicator "housework_gap" {
    title = "两性家务劳动时间差距", unit = "分钟", digits = 0, lead = "statistics",
    target = narrows(), source = { "family_goal_9", "family_measure_12" },
    formula = function(housework_female, housework_male) return housework_female - housework_male end,
  },
}
