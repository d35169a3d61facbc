-- 妇女与健康：主要目标 11 条。

-- 区域差距以本区与全市之差衡量(本包自定)。
data "maternal_mortality_city" { title = "全市孕产妇死亡率", unit = "1/10万", digits = 1 }
data "midwives" { title = "助产机构助产士数", unit = "人", digits = 0 }
data "delivery_beds" { title = "助产机构产床数", unit = "张", digits = 0 }

return {
  -- 1
  objective "life_cycle_services" {
    title = "妇女全生命周期卫生健康服务优化", lead = "health", evidence = true, source = "health_goal_1",
  },
  indicator "female_life_expectancy" {
    title = "妇女人均预期寿命", unit = "岁", digits = 2, lead = "statistics",
    target = rises { per = "plan" }, source = "health_goal_1",
  },
  indicator "female_healthy_life_expectancy" {
    title = "妇女人均健康预期寿命", unit = "岁", digits = 2, lead = "health",
    target = rises { per = "plan" }, source = "health_goal_1",
  },
  -- 2
  indicator "maternal_management" {
    title = "孕产妇系统管理率", unit = "%", digits = 1, lead = "health",
    target = at_least(93), source = "health_goal_2",
  },
  indicator "maternal_mortality" {
    title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "health",
    target = at_most(12), source = "health_goal_2",
  },
  indicator "maternal_mortality_gap" {
    title = "孕产妇死亡率城乡差距", unit = "1/10万", digits = 1, lead = "health",
    target = narrows(), source = "health_goal_2",
    formula = function(maternal_mortality_rural, maternal_mortality_urban)
      return maternal_mortality_rural - maternal_mortality_urban
    end,
  },
  indicator "maternal_mortality_area_gap" {
    title = "孕产妇死亡率区域差距（与全市相比）", unit = "1/10万", digits = 1, lead = "health",
    target = narrows(), source = "health_goal_2",
    formula = function(maternal_mortality, maternal_mortality_city)
      return maternal_mortality - maternal_mortality_city
    end,
  },
  -- 3
  objective "natural_delivery" {
    title = "倡导自然分娩", lead = "health", evidence = true, source = "health_goal_3",
  },
  -- “合理控制”没有给数，以低于基期判定(本包自定)。
  indicator "caesarean_rate" {
    title = "剖宫产率", unit = "%", digits = 1, lead = "health",
    target = falls { per = "plan" }, source = "health_goal_3",
  },
  -- 四位小数，使恰好三分之一的达标、略少的不达标。
  indicator "midwife_bed_ratio" {
    title = "助产士与产床数之比（1:3）", unit = "人/张", digits = 4, lead = "health",
    target = ratio(1, 3), source = "health_goal_3",
    -- 没有产床的，无比例可算。
    formula = function(midwives, delivery_beds)
      if delivery_beds <= 0 then return nil end
      return midwives / delivery_beds
    end,
  },
  -- “各助产机构”：每一家都要达到。
  indicator "midwife_ratio_institutions" {
    title = "助产士与产床数之比达到1:3的助产机构比例", unit = "%", digits = 1, lead = "health",
    target = full(), source = "health_goal_3",
  },
  -- 4 “防治意识明显提高”与知晓率并用一个指标判定(本包自定):既高于基期，又达到 90%。
  indicator "cancer_knowledge" {
    title = "妇女宫颈癌和乳腺癌防治知识知晓率", unit = "%", digits = 1, lead = "health",
    target = all_of(rises { per = "plan" }, at_least(90)), source = "health_goal_4",
  },
  indicator "cervical_screening" {
    title = "适龄妇女宫颈癌人群筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(70), source = "health_goal_4",
  },
  indicator "breast_screening" {
    title = "适龄妇女乳腺癌人群筛查率", unit = "%", digits = 1, lead = "health",
    target = all_of(at_least(50), rises()), source = "health_goal_4",
  },
  indicator "rural_cervical_screened" {
    title = "农村适龄妇女宫颈癌筛查目标人群", unit = "人", digits = 0, lead = "health",
    target = rises(), source = "health_goal_4",
  },
  indicator "rural_breast_screened" {
    title = "农村适龄妇女乳腺癌筛查目标人群", unit = "人", digits = 0, lead = "health",
    target = rises(), source = "health_goal_4",
  },
  objective "cancer_control_capacity" {
    title = "两癌综合防治能力增强", lead = "health", evidence = true, source = "health_goal_4",
  },
  indicator "cervical_treatment" {
    title = "宫颈癌患者治疗率", unit = "%", digits = 1, lead = "health",
    target = at_least(90), source = "health_goal_4",
  },
  -- 5
  objective "reproductive_knowledge" {
    title = "生殖健康和优生优育知识普及", lead = "health", evidence = true, source = "health_goal_5",
  },
  objective "healthy_pregnancy" {
    title = "健康孕育得到促进", lead = "health", evidence = true, source = "health_goal_5",
  },
  indicator "unintended_pregnancy" {
    title = "非意愿妊娠率", unit = "%", digits = 1, lead = "health",
    target = falls { per = "plan" }, source = "health_goal_5",
  },
  indicator "abortion_rate" {
    title = "人工流产率", unit = "‰", digits = 1, lead = "health",
    target = falls { per = "plan" }, source = "health_goal_5",
  },
  -- 6 检测率、治疗率分病种判定。
  indicator "hiv_testing" {
    title = "孕产妇艾滋病检测率", unit = "%", digits = 1, lead = "health",
    target = at_least(98), source = "health_goal_6",
  },
  indicator "syphilis_testing" {
    title = "孕产妇梅毒检测率", unit = "%", digits = 1, lead = "health",
    target = at_least(98), source = "health_goal_6",
  },
  indicator "hepatitis_b_testing" {
    title = "孕产妇乙肝检测率", unit = "%", digits = 1, lead = "health",
    target = at_least(98), source = "health_goal_6",
  },
  indicator "hiv_treatment" {
    title = "艾滋病孕产妇感染者治疗率", unit = "%", digits = 1, lead = "health",
    target = at_least(95), source = "health_goal_6",
  },
  indicator "syphilis_treatment" {
    title = "梅毒孕产妇感染者治疗率", unit = "%", digits = 1, lead = "health",
    target = at_least(95), source = "health_goal_6",
  },
  indicator "hiv_mother_child" {
    title = "艾滋病母婴传播率", unit = "%", digits = 1, lead = "health",
    target = below(2), source = "health_goal_6",
  },
  indicator "syphilis_mother_child" {
    title = "梅毒母婴传播率", unit = "%", digits = 2, lead = "health",
    target = falls { per = "plan" }, source = "health_goal_6",
  },
  indicator "hepatitis_b_mother_child" {
    title = "乙肝母婴传播率", unit = "%", digits = 2, lead = "health",
    target = falls { per = "plan" }, source = "health_goal_6",
  },
  -- 7 不升反降的同样达标(本包自定):降幅收窄不能算作没有减缓。
  indicator "female_mental_literacy" {
    title = "妇女心理健康素养水平", unit = "%", digits = 1, lead = "health",
    target = rises { per = "plan" }, source = "health_goal_7",
  },
  indicator "female_anxiety" {
    title = "妇女焦虑障碍患病率", unit = "%", digits = 1, lead = "health",
    target = any_of(slows(), falls()), source = "health_goal_7",
  },
  indicator "female_depression" {
    title = "妇女抑郁症患病率", unit = "%", digits = 1, lead = "health",
    target = any_of(slows(), falls()), source = "health_goal_7",
  },
  -- 8
  objective "health_knowledge" {
    title = "健康知识普及", lead = "health", evidence = true, source = "health_goal_8",
  },
  indicator "female_health_literacy" {
    title = "妇女健康素养水平", unit = "%", digits = 1, lead = "health",
    target = rises { per = "plan" }, source = "health_goal_8",
  },
  -- 9 “预防和减少”以 10% 的控制线判定，不另要求低于基期(本包自定)。
  objective "female_nutrition" {
    title = "妇女营养状况改善", lead = "health", evidence = true, source = "health_goal_9",
  },
  indicator "maternal_anaemia" {
    title = "孕产妇贫血患病率", unit = "%", digits = 1, lead = "health",
    target = at_most(10), source = "health_goal_9",
  },
  -- 10
  indicator "female_exercise" {
    title = "妇女经常参加体育锻炼的人数比例", unit = "%", digits = 1, lead = "culture",
    target = rises { per = "plan" }, source = "health_goal_10",
  },
  indicator "female_fitness" {
    title = "妇女体质测定标准合格比例", unit = "%", digits = 1, lead = "culture",
    target = rises { per = "plan" }, source = "health_goal_10",
  },
  -- 11
  objective "maternal_child_system" {
    title = "妇幼健康服务体系健全", lead = "health", evidence = true, source = "health_goal_11",
  },
  objective "maternal_child_capacity" {
    title = "妇幼健康服务能力提升", lead = "health", evidence = true, source = "health_goal_11",
  },
  objective "women_health_level" {
    title = "妇女健康水平提高", lead = "health", evidence = true, source = "health_goal_11",
  },
  indicator "standard_maternal_child_institutions" {
    title = "区级标准化妇幼保健机构", unit = "所", digits = 0, lead = "health",
    target = at_least(1), source = "health_goal_11",
  },
}
