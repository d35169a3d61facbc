-- 区县年度考核,百分制。文件没有规定评分,项目、分值、等次和扣分均为本包自定,项目取自文件的各项工作。
-- 是、否类事实以 1、0 填报,proportion(points, 事实, 1) 即“是得满分,否得零分,缺失不得分”。

assessment "districts" {
  title = "区县妇女儿童工作年度考核",
  of = "children",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  source = { "c2_1", "c2_2", "c2_3", "c4_1", "c4_2", "c5_2" },

  -- 被督办一次扣 2 分,扣完为止。
  item "projects" {
    title = "实事项目", points = 25,
    item "projects_filed" {
      title = "备案", points = 5,
      score = function(points, projects_registered, projects_planned)
        return proportion(points, projects_registered, projects_planned)
      end,
    },
    item "projects_notified" {
      title = "通报", points = 5,
      score = function(points, projects_reported, projects_planned)
        return proportion(points, projects_reported, projects_planned)
      end,
    },
    item "projects_carried" {
      title = "落实和督办", points = 15,
      score = function(points, projects_done, projects_planned, supervision_notices)
        return deduct(proportion(points, projects_done, projects_planned), 2 * supervision_notices)
      end,
    },
  },

  -- 两步:自查;市级检查与自查的相符率。
  item "evaluation" {
    title = "监测评估", points = 20,
    item "own_check" {
      title = "自查", points = 8,
      score = function(points, self_check_done) return proportion(points, self_check_done, 1) end,
    },
    item "city_check" {
      title = "检查相符率", points = 12,
      score = function(points, items_agreed, items_checked) return proportion(points, items_agreed, items_checked) end,
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
      score = function(points, matching_rate) return proportion(points, matching_rate, 100) end,
    },
    -- 差额每 0.1 万元扣十分之一,差 1 万元及以上不得分。
    item "cancers_account" {
      title = "检查资金账目平衡", points = 4,
      score = function(points, screening_difference)
        return band(points, screening_difference and math.abs(screening_difference), 1, 0)
      end,
    },
    item "relief_account_balance" {
      title = "救助基金账目平衡", points = 4,
      score = function(points, relief_difference)
        return band(points, relief_difference and math.abs(relief_difference), 1, 0)
      end,
    },
    item "relief_paid_out" {
      title = "救助审核和发放", points = 6,
      score = function(points, relief_review, relief_grant)
        return weighted({ proportion(points, relief_review, 100), 1 }, { proportion(points, relief_grant, 100), 1 })
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
    -- 按参训比例计分,再按迟报每次 1 分扣减。
    item "office_work" {
      title = "培训和报送", points = 6,
      score = function(points, staff_trained, staff_to_train, late_submissions)
        return deduct(proportion(points, staff_trained, staff_to_train), late_submissions)
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
