-- 成员单位年度考核，百分制。项目、分值、等次、扣分和一票否决为本包自定。

assessment "member_units" {
  title = "成员单位年度考核",
  of = "unit",
  source = "m1_plan",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },

  item "duty" {
    title = "年度实施计划", points = 15,
    score = function(points, yearly_plan) return proportion(points, yearly_plan, 1) end,
  },

  -- 当年没有任务、没有宣传计划的，该项不考核，分值摊到其余各项。
  item "tasks" {
    title = "年度任务完成", points = 40,
    applies = function(tasks_total) return tasks_total == nil or tasks_total > 0 end,
    score = function(points, tasks_done, tasks_total) return proportion(points, tasks_done, tasks_total) end,
  },

  -- 没有应报指标的单位(如财政局)不考核本项，分值摊到其余各项。
  item "reporting" {
    title = "指标报送", points = 20,
    applies = function(indicators_due) return indicators_due == nil or indicators_due > 0 end,
    -- 按时报送的比例计分，再按迟报每次 2 分、退回每次 1 分扣减，扣完为止。
    score = function(points, indicators_reported, indicators_due, late_submissions, returned)
      local earned = proportion(points, indicators_reported, indicators_due)
      return deduct(earned, 2 * late_submissions + returned)
    end,
  },

  -- 没有发现问题的得满分。
  item "rectification" {
    title = "督导问题整改", points = 10,
    score = function(points, problems_found, problems_rectified)
      if problems_found == 0 then return points end
      return proportion(points, problems_rectified, problems_found)
    end,
  },

  item "publicity" {
    title = "宣传活动", points = 10,
    applies = function(publicity_planned) return publicity_planned == nil or publicity_planned > 0 end,
    score = function(points, publicity_held, publicity_planned)
      return proportion(points, publicity_held, publicity_planned)
    end,
  },

  -- 每项 2.5 分，至多 5 分。
  item "innovation" {
    title = "创新举措", points = 5,
    score = function(points, innovations) return bonus_per(innovations, 1, 2.5, points) end,
  },

  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
