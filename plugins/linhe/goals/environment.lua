-- 妇女与环境：主要目标 11 条。

return {
  -- 1
  objective "women_political_awareness" {
    title = "妇女思想政治意识提高", lead = "publicity", evidence = true, source = "environment_goal_1",
  },
  objective "women_core_values" {
    title = "妇女践行核心价值观", lead = "federation", evidence = true, source = "environment_goal_1",
  },
  -- 2
  objective "gender_awareness" {
    title = "全社会性别平等意识提升", lead = "publicity", evidence = true, source = "environment_goal_2",
  },
  objective "policy_publicity" {
    title = "基本国策宣传教育进机关、学校、企业、城乡社区、家庭", lead = "federation", evidence = true,
    source = "environment_goal_2",
  },
  -- 3
  objective "media_review" {
    title = "文化与传媒性别平等评估、监管机制", lead = "publicity", evidence = true, source = "environment_goal_3",
  },
  -- 4
  objective "media_literacy" {
    title = "妇女媒介素养提升", lead = "cyberspace", evidence = true, source = "environment_goal_4",
  },
  objective "digital_ability" {
    title = "妇女运用信息技术参与发展的能力提高", lead = "cyberspace", evidence = true, source = "environment_goal_4",
  },
  -- 5
  objective "ecological_awareness" {
    title = "妇女生态文明意识提高", lead = "environment", evidence = true, source = "environment_goal_5",
  },
  objective "green_practice" {
    title = "妇女践行绿色发展、参与生态建设", lead = "environment", evidence = true, source = "environment_goal_5",
  },
  -- 6 “持续减少”：一年比一年少。
  objective "living_environment" {
    title = "城乡人居环境进一步改善", lead = "housing", evidence = true, source = "environment_goal_6",
  },
  indicator "pollutant_emissions" {
    title = "主要污染物排放总量", unit = "吨", digits = 1, lead = "environment",
    target = falls(), source = "environment_goal_6",
  },
  -- 7 水质的代用指标为本包自定。
  indicator "rural_tap_water" {
    title = "农村自来水普及率", unit = "%", digits = 1, lead = "water",
    target = at_least(91), source = "environment_goal_7",
  },
  indicator "urban_water_quality" {
    title = "城市集中式饮用水水质达标率", unit = "%", digits = 1, lead = "environment",
    target = rises { per = "plan" }, source = "environment_goal_7",
  },
  objective "water_pollution_harm" {
    title = "水污染对妇女健康的危害降低", lead = "environment", evidence = true, source = "environment_goal_7",
  },
  -- 8 厕位比例以达标率高于基期判定，本包自定。
  indicator "rural_toilets" {
    title = "农村卫生厕所普及率", unit = "%", digits = 1, lead = "agriculture",
    target = rises { per = "plan" }, source = "environment_goal_8",
  },
  indicator "public_toilet_standard" {
    title = "城镇公共厕所男女厕位比例达标率", unit = "%", digits = 1, lead = "housing",
    target = rises { per = "plan" }, source = "environment_goal_8",
  },
  -- 9
  objective "waste_sorting" {
    title = "垃圾分类推行", lead = "housing", evidence = true, source = "environment_goal_9",
  },
  objective "daily_surroundings" {
    title = "妇女生活环境改善", lead = "housing", evidence = true, source = "environment_goal_9",
  },
  -- 10
  objective "emergency_ability" {
    title = "妇女应对突发事件能力提高", lead = "emergency", evidence = true, source = "environment_goal_10",
  },
  objective "emergency_role" {
    title = "妇女在突发事件应对中发挥作用", lead = "emergency", evidence = true, source = "environment_goal_10",
  },
  objective "emergency_needs" {
    title = "突发事件中妇女特殊需求得到满足", lead = "emergency", evidence = true, source = "environment_goal_10",
  },
  -- 11
  objective "women_exchange" {
    title = "妇女领域国内外交流与合作", lead = "federation", evidence = true, source = "environment_goal_11",
  },
}
