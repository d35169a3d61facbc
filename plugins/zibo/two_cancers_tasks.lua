-- 第四部分的任务，和由账目推算的指标。

local DISTRICTS = { "370302", "370303", "370304", "370305", "370306", "370321", "370322", "370323" }

-- 收入(含上年结转)减支出应等于账面结余，差额为零即账目平衡。
local function difference(carried, income, paid, balance) return carried + income - paid - balance end

-- 年度任务、应配套资金每地都有，报为零的没有填对，不能判定。
local function percent(part, whole)
  if whole <= 0 then return nil end
  if part == whole then return 100 end
  return 100 * part / whole
end

-- 没有支出、没有申报的，没有什么可不合规的，计为 100%。
local function percent_of_any(part, whole)
  if whole == 0 then return 100 end
  return percent(part, whole)
end

-- 其中的支出大于全部支出的，账目有误，不能判定。
local function special_use(on_purpose, paid)
  if on_purpose > paid then return nil end
  return percent_of_any(on_purpose, paid)
end

-- 专款专用率截尾：四舍五入会把百万元中的几十元舍成 100%。
local TO_THE_CENT = { rounding = "truncate" }

return {
  task "screening_project" {
    title = "农村妇女“两癌”免费检查全覆盖", source = { "c4", "c4_0" }, lead = "health",
    units = { "finance", "federation", "committee" }, from = 2015, to = 2015, due = "2015", digits = 1,
    indicators = { "two_cancers_coverage" },
    checks = { "检查机制", "组织机制", "宣传机制", "监督机制", "评估机制", "健康知识普及" },
  },

  task "screening_funding" {
    title = "“两癌”检查项目资金落实", source = "c4_1", lead = "committee",
    units = { "finance", "health", "district_committees" }, from = 2015, to = 2015, due = "2015", digits = 1,
    indicators = { "matching_rate", "screening_difference", "screening_special_use", "screening_done" },
    checks = { "党委政府加大检查力度", "资金配套监督检查", "资金使用监督检查", "专项资金到位", "年度目标任务" },
  },
  indicator "matching_rate" {
    title = "“两癌”项目配套资金到位率", unit = "%", digits = 2, source = "c4_1",
    lead = "finance", units = { "district_committees" }, target = full(), applies_to = DISTRICTS,
    formula = function(matching_paid, matching_due) return percent(matching_paid, matching_due) end,
  },
  indicator "screening_difference" {
    title = "“两癌”项目资金收支结余差额", unit = "万元", digits = 2, source = "c4_1",
    lead = "finance", units = { "health", "committee" }, target = around(0, 0),
    formula = function(screening_carried, screening_income, screening_paid, screening_balance)
      return difference(screening_carried, screening_income, screening_paid, screening_balance)
    end,
  },
  indicator "screening_special_use" {
    title = "“两癌”项目资金专款专用率", unit = "%", digits = 2, source = "c4_1",
    lead = "finance", units = { "health", "committee" }, target = full(), conventions = TO_THE_CENT,
    formula = function(screening_on_purpose, screening_paid) return special_use(screening_on_purpose, screening_paid) end,
  },
  indicator "screening_done" {
    title = "“两癌”检查年度任务完成率", unit = "%", digits = 2, source = "c4_1",
    lead = "health", units = { "district_committees" }, target = full(),
    formula = function(screening_women, screening_planned) return percent(screening_women, screening_planned) end,
  },

  task "relief_system" {
    title = "“两癌”贫困患病妇女救助长效机制", source = "c4_2", lead = "committee",
    units = { "governments", "federation" }, from = 2015, to = 2015, due = "2015", digits = 1,
    indicators = { "relief_difference", "relief_special_use", "relief_review", "relief_grant" },
    checks = { "市、区县两级救助平台", "救助体系", "申报、审核、发放", "专项基金", "专账管理、专款专用" },
  },
  indicator "relief_difference" {
    title = "救助基金收支结余差额", unit = "万元", digits = 2, source = "c4_2",
    lead = "federation", units = { "finance", "committee" }, target = around(0, 0),
    formula = function(relief_carried, relief_income, relief_paid, relief_balance)
      return difference(relief_carried, relief_income, relief_paid, relief_balance)
    end,
  },
  indicator "relief_special_use" {
    title = "救助基金专款专用率", unit = "%", digits = 2, source = "c4_2",
    lead = "federation", units = { "finance", "committee" }, target = full(), conventions = TO_THE_CENT,
    formula = function(relief_on_purpose, relief_paid) return special_use(relief_on_purpose, relief_paid) end,
  },
  indicator "relief_review" {
    title = "救助申报审核率", unit = "%", digits = 2, source = "c4_2",
    lead = "federation", units = { "committee" }, target = full(),
    formula = function(relief_reviewed, relief_applied) return percent_of_any(relief_reviewed, relief_applied) end,
  },
  indicator "relief_grant" {
    title = "审核通过者救助金发放率", unit = "%", digits = 2, source = "c4_2",
    lead = "federation", units = { "finance", "committee" }, target = full(),
    formula = function(relief_granted, relief_approved) return percent_of_any(relief_granted, relief_approved) end,
  },
  -- “专账管理”：1 为单设账目。
  objective "relief_account" {
    title = "救助基金专账管理", source = "c4_2", lead = "federation", units = { "finance" }, evidence = true,
  },

  task "counselling_station" {
    title = "“两癌”患病妇女心理干预咨询站", source = "c4_3", lead = "committee",
    units = { "health", "federation" }, from = 2015, to = 2015, due = "2015", digits = 1,
    checks = { "建立咨询站", "专家定期指导", "患病妇女走出困境" },
  },
}
