-- 妇女与经济：主要目标 10 条。

data "income_male" { title = "男性年平均收入", unit = "元", digits = 0 }
data "income_female" { title = "女性年平均收入", unit = "元", digits = 0 }

return {
  -- 1
  objective "economic_contribution" {
    title = "妇女为经济高质量发展作贡献", lead = "labour", evidence = true, source = "economy_goal_1",
  },
  objective "economic_rights" {
    title = "妇女平等参与经济发展的权利和机会", lead = "labour", evidence = true, source = "economy_goal_1",
  },
  -- 2 “左右”的容差 2 个百分点为本包自定。
  objective "no_employment_discrimination" {
    title = "平等就业、消除就业性别歧视", lead = "labour", evidence = true, source = "economy_goal_2",
  },
  indicator "female_employment_share" {
    title = "就业人员中的女性比例", unit = "%", digits = 1, lead = "labour",
    target = around(45, 2), source = "economy_goal_2",
  },
  -- “充分”没有给数，以就业创业率高于基期判定(本包自定)。
  indicator "female_graduate_employment" {
    title = "女大学生就业创业率", unit = "%", digits = 1, lead = "labour",
    target = rises { per = "plan" }, source = "economy_goal_2",
  },
  -- 3
  objective "women_entrepreneurship" {
    title = "双创中妇女就业创业得到支持", lead = "labour", evidence = true, source = "economy_goal_3",
  },
  -- 4 “左右”的容差 2 个百分点为本包自定，同第 2 条。
  objective "employment_structure" {
    title = "妇女就业结构优化", lead = "labour", evidence = true, source = "economy_goal_4",
  },
  indicator "female_urban_unit_share" {
    title = "城镇单位就业人员中的女性比例", unit = "%", digits = 1, lead = "statistics",
    target = around(40, 2), source = "economy_goal_4",
  },
  -- 5 技能水平的代用指标为本包自定。
  indicator "female_senior_professional" {
    title = "高级专业技术人员中的女性比例", unit = "%", digits = 1, lead = "labour",
    target = keeps_at_least(50), source = "economy_goal_5",
  },
  indicator "female_skilled_workers" {
    title = "取得职业技能等级证书的女性劳动者", unit = "人", digits = 0, lead = "labour",
    target = rises { per = "plan" }, source = "economy_goal_5",
  },
  -- 6
  objective "fair_pay" {
    title = "妇女获得公平的劳动报酬", lead = "labour", evidence = true, source = "economy_goal_6",
  },
  indicator "income_gap" {
    title = "男女收入差距", unit = "%", digits = 1, lead = "labour",
    target = narrows(), source = "economy_goal_6",
    formula = function(income_male, income_female)
      if income_male <= 0 then return nil end -- 没有填对
      return 100 * (income_male - income_female) / income_male
    end,
  },
  -- 7
  objective "female_labour_safety" {
    title = "女性劳动者劳动安全和健康保障", lead = "labour", evidence = true, source = "economy_goal_7",
  },
  indicator "female_occupational_disease" {
    title = "女职工职业病发病率", unit = "1/10万", digits = 2, lead = "health",
    target = falls { per = "plan" }, source = "economy_goal_7",
  },
  -- 8 四项权益各自佐证。
  objective "land_contract_rights" {
    title = "农村妇女土地承包经营权", lead = "agriculture", evidence = true, source = "economy_goal_8",
  },
  objective "homestead_rights" {
    title = "农村妇女宅基地使用权", lead = "natural_resources", evidence = true, source = "economy_goal_8",
  },
  objective "collective_income_rights" {
    title = "农村妇女集体经济组织收益分配权", lead = "agriculture", evidence = true, source = "economy_goal_8",
  },
  objective "land_compensation_rights" {
    title = "农村妇女土地征收、征用安置补偿权", lead = "natural_resources", evidence = true,
    source = "economy_goal_8",
  },
  -- 9 收入为本包自定的代用指标。
  objective "rural_women_capacity" {
    title = "农村妇女可持续发展能力增强", lead = "agriculture", evidence = true, source = "economy_goal_9",
  },
  indicator "low_income_women_income" {
    title = "农村低收入妇女年人均收入", unit = "元", digits = 0, lead = "agriculture",
    target = rises { per = "plan" }, source = "economy_goal_9",
  },
  -- 10
  objective "rural_revitalisation_role" {
    title = "妇女在乡村振兴中的作用", lead = "federation", evidence = true, source = "economy_goal_10",
  },
}
