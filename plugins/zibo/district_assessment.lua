-- 区县年度考核，百分制。文件没有规定评分，项目、分值、等次、扣分和一票否决均为本包自定，项目取自文件的各项工作。
-- 是、否类事实以 1、0 填报，proportion(points, 事实, 1) 即“是得满分，否得零分，缺失不得分”。

-- 每地都要做的事，计划数、应办数报为零的没有填对，不得分。
local function share_done(points, done, planned)
  if planned == nil or planned <= 0 then return nil end
  return proportion(points, done, planned)
end

-- 每地至少应有的资金，万元：应配套数报得再小，也按此计分。
local LEAST = 1

-- 差额每 0.1 万元扣十分之一，差 1 万元及以上不得分。
local function balanced(points, difference)
  return band(points, difference and math.abs(difference), 1, 0)
end

assessment "districts" {
  title = "区县妇女儿童工作年度考核",
  of = "children",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  source = { "c1_1", "c2_1", "c2_2", "c2_3", "c3_0", "c4_1", "c4_2", "c5_2", "c5_3" },

  -- 被督办一次扣 2 分，扣完为止。
  item "projects" {
    title = "实事项目", points = 25,
    item "projects_filed" {
      title = "备案", points = 5,
      score = function(points, projects_registered, projects_planned)
        return share_done(points, projects_registered, projects_planned)
      end,
    },
    item "projects_notified" {
      title = "通报", points = 5,
      score = function(points, projects_reported, projects_planned)
        return share_done(points, projects_reported, projects_planned)
      end,
    },
    item "projects_carried" {
      title = "落实和督办", points = 15,
      score = function(points, projects_done, projects_planned, supervision_notices)
        return deduct(share_done(points, projects_done, projects_planned), 2 * supervision_notices)
      end,
    },
  },

  -- 两步：自查；市级检查与自查的相符率。市级没有检查到的，不考核相符率。
  item "evaluation" {
    title = "监测评估和规划编制", points = 20,
    item "own_check" {
      title = "自查", points = 5,
      score = function(points, self_check_done) return proportion(points, self_check_done, 1) end,
    },
    item "city_check" {
      title = "检查相符率", points = 10,
      applies = function(items_checked) return items_checked == nil or items_checked > 0 end,
      score = function(points, items_agreed, items_checked) return proportion(points, items_agreed, items_checked) end,
    },
    item "next_plan" {
      title = "启动“十三五”规划编制", points = 5,
      score = function(points, next_plan_drafted) return proportion(points, next_plan_drafted, 1) end,
    },
  },

  item "two_cancers" {
    title = "“两癌”检查和救助", points = 30,
    item "cancers_done" {
      title = "年度检查任务", points = 8,
      score = function(points, screening_done) return proportion(points, screening_done, 100) end,
    },
    item "cancers_matching" {
      title = "配套资金到位", points = 8,
      score = function(points, matching_paid, matching_due)
        return proportion(points, matching_paid, matching_due and math.max(matching_due, LEAST))
      end,
    },
    -- 账上没有资金的，平衡不说明什么，不得分；不足 1 万元的按比例。
    item "cancers_account" {
      title = "检查资金账目平衡", points = 4,
      score = function(points, screening_difference, screening_carried, screening_income)
        if screening_carried == nil or screening_income == nil then return nil end
        return balanced(proportion(points, screening_carried + screening_income, LEAST), screening_difference)
      end,
    },
    -- 没有设立基金、没有专账的，账目、审核、发放都不得分。
    item "relief_account_balance" {
      title = "救助基金账目平衡", points = 4,
      score = function(points, relief_account, relief_difference)
        return balanced(proportion(points, relief_account, 1), relief_difference)
      end,
    },
    item "relief_paid_out" {
      title = "救助审核和发放", points = 6,
      score = function(points, relief_account, relief_review, relief_grant)
        local kept = proportion(points, relief_account, 1)
        return weighted({ proportion(kept, relief_review, 100), 1 }, { proportion(kept, relief_grant, 100), 1 })
      end,
    },
  },

  item "education" {
    title = "国策宣传教育", points = 10,
    item "months" {
      title = "两个宣传月", points = 6,
      score = function(points, months_held) return proportion(points, months_held, 2) end,
    },
    item "contest" {
      title = "讲课比赛", points = 4,
      score = function(points, contest_held) return proportion(points, contest_held, 1) end,
    },
  },

  item "office" {
    title = "机构和机制", points = 15,
    item "office_in_place" {
      title = "人员、编制、经费单列", points = 9,
      score = function(points, office_staff, office_establishment, office_funds)
        return weighted({ proportion(points, office_staff, 1), 1 },
          { proportion(points, office_establishment, 1), 1 }, { proportion(points, office_funds, 1), 1 })
      end,
    },
    -- 按参训比例计分，再按迟报每次 1 分扣减。
    item "office_work" {
      title = "培训和报送", points = 6,
      score = function(points, staff_trained, staff_to_train, late_submissions)
        return deduct(share_done(points, staff_trained, staff_to_train), late_submissions)
      end,
    },
  },

  veto "misuse" {
    title = "挪用“两癌”专项资金",
    when = function(funds_misused) return funds_misused > 0 end,
    grade = "不合格",
  },
  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
