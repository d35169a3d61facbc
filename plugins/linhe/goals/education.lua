-- 妇女与教育：主要目标 9 条。

data "science_literacy_male" { title = "男性公民具备科学素质的比例", unit = "%", digits = 1 }
data "science_literacy_female" { title = "女性公民具备科学素质的比例", unit = "%", digits = 1 }

return {
  -- 1
  objective "political_education" {
    title = "妇女思想政治教育加强、三个认同增进", lead = "publicity", evidence = true, source = "education_goal_1",
  },
  objective "national_community" {
    title = "铸牢中华民族共同体意识", lead = "ethnic", evidence = true,
    source = { "education_goal_1", "principle_2" },
  },
  objective "women_pioneers" {
    title = "引领妇女当好建设者、倡导者、奋斗者", lead = "federation", evidence = true, source = "education_goal_1",
  },
  -- 2
  objective "policy_in_education" {
    title = "教育工作贯彻男女平等基本国策", lead = "education", evidence = true, source = "education_goal_2",
  },
  -- 3
  objective "gender_education" {
    title = "大中小学性别平等教育全面推进", lead = "education", evidence = true, source = "education_goal_3",
  },
  objective "school_gender_awareness" {
    title = "师生男女平等意识明显增强", lead = "education", evidence = true, source = "education_goal_3",
  },
  -- 4 “平等接受”以女童不低于全体判定(本包自定)。
  indicator "compulsory_retention" {
    title = "九年义务教育巩固率", unit = "%", digits = 1, lead = "education",
    target = at_least(96), source = "education_goal_4",
  },
  indicator "girls_retention" {
    title = "女童九年义务教育巩固率", unit = "%", digits = 1, lead = "education",
    target = not_below("compulsory_retention"), source = "education_goal_4",
  },
  -- 5 同上。
  indicator "upper_secondary_enrolment" {
    title = "高中阶段教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(95), source = "education_goal_5",
  },
  indicator "female_upper_secondary" {
    title = "女性高中阶段教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = not_below("upper_secondary_enrolment"), source = "education_goal_5",
  },
  -- 6 代用指标为本包自定。
  indicator "female_vocational_share" {
    title = "职业学校在校生中的女生比例", unit = "%", digits = 1, lead = "education",
    target = rises { per = "plan" }, source = "education_goal_6",
  },
  -- 7 人才数为本包自定的代用指标。
  indicator "female_science_talents" {
    title = "女性科技人才数", unit = "人", digits = 0, lead = "science",
    target = rises { per = "plan" }, source = "education_goal_7",
  },
  indicator "science_literacy_gap" {
    title = "男女科学素质水平差距", unit = "个百分点", digits = 1, lead = "science_association",
    target = narrows(), source = "education_goal_7",
    formula = function(science_literacy_male, science_literacy_female)
      return science_literacy_male - science_literacy_female
    end,
  },
  -- 8
  objective "lifelong_awareness" {
    title = "女性终身学习意识树立", lead = "education", evidence = true, source = "education_goal_8",
  },
  indicator "female_lifelong_learning" {
    title = "女性接受终身教育（继续教育）的人数比例", unit = "%", digits = 1, lead = "education",
    target = rises { per = "plan" }, source = "education_goal_8",
  },
  -- 9 “基本消除”以 1% 为限，本包自定。
  indicator "female_illiteracy" {
    title = "女性青壮年文盲率", unit = "%", digits = 1, lead = "education",
    target = at_most(1), source = "education_goal_9",
  },
  indicator "female_schooling_years" {
    title = "女性平均受教育年限", unit = "年", digits = 1, lead = "education",
    target = rises { per = "plan" }, source = "education_goal_9",
  },
}
