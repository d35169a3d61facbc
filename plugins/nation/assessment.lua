-- 年度综合评价，百分制。国家没有公布对各地的评分办法，项目、分值和等次均为本包自定。

fact "late_submissions" { title = "迟报次数", unit = "次", default = 0, digits = 0, better = "lower" }
fact "returned" { title = "被退回次数", unit = "次", default = 0, digits = 0, better = "lower" }
fact "falsified" {
  title = "查实的数据弄虚作假起数", unit = "起", default = 0, digits = 0, better = "lower",
}

-- 达标指标占全部适用指标的比例；一项都没有报的，不得分。
local function share_met(points, met, assessable, no_data)
  if assessable == 0 then return nil end
  return proportion(points, met, assessable + no_data)
end

assessment "annual" {
  title = "年度综合评价",
  of = "region",
  points = 100,
  grades = { { 90, "优秀" }, { 75, "良好" }, { 60, "合格" }, { 0, "不合格" } },

  -- 公布的达标率不计缺数据的指标；计分时缺数据的算未达标，不报的不会比报了的得分高。
  item "targets" {
    title = "目标达标", points = 50,
    item "targets_women" {
      title = "妇女纲要", points = 25,
      score = function(points, met_count_women, assessable_count_women, no_data_count_women)
        return share_met(points, met_count_women, assessable_count_women, no_data_count_women)
      end,
    },
    item "targets_children" {
      title = "儿童纲要", points = 25,
      score = function(points, met_count_children, assessable_count_children, no_data_count_children)
        return share_met(points, met_count_children, assessable_count_children, no_data_count_children)
      end,
    },
  },

  -- 五项各地都公布的核心指标，完成率不低于时间进度的，每项得五分之一；一项都没有数的不得分。
  item "pace" {
    title = "核心指标进度", points = 20, cliff = 4,
    score = function(points, infant_mortality_pace, maternal_mortality_progress, infant_mortality_progress,
                     under_five_mortality_progress, preschool_enrolment_progress,
                     compulsory_retention_progress)
      local on_track, known = 0, 0
      for _, progress in pairs {
        maternal_mortality_progress, infant_mortality_progress, under_five_mortality_progress,
        preschool_enrolment_progress, compulsory_retention_progress,
      } do
        known = known + 1
        if progress >= infant_mortality_pace then on_track = on_track + 1 end
      end
      if known == 0 then return nil end
      return proportion(points, on_track, 5)
    end,
  },

  -- 三项死亡率较上年上升的，每项扣三分之一。
  item "no_reversal" {
    title = "死亡率不反弹", points = 10, cliff = 3.34,
    score = function(points, maternal_mortality_change, infant_mortality_change,
                     under_five_mortality_change)
      if maternal_mortality_change == nil or infant_mortality_change == nil
        or under_five_mortality_change == nil then
        return nil
      end
      local not_rising = 0
      for _, change in ipairs {
        maternal_mortality_change, infant_mortality_change, under_five_mortality_change,
      } do
        if change <= 0 then not_rising = not_rising + 1 end
      end
      return proportion(points, not_rising, 3)
    end,
  },

  item "completeness" {
    title = "数据完整性", points = 10,
    score = function(points, assessable_count_women, no_data_count_women,
                     assessable_count_children, no_data_count_children)
      if assessable_count_women == nil or assessable_count_children == nil then return nil end
      local present = assessable_count_women + assessable_count_children
      local absent = (no_data_count_women or 0) + (no_data_count_children or 0)
      return proportion(points, present, present + absent)
    end,
  },

  item "reporting" {
    title = "报送质量", points = 10,
    -- 迟报一次扣 2 分，退回一次扣 1 分；一项指标都没有报的，无从评价报送质量，不得分。
    score = function(points, late_submissions, returned, assessable_count_women,
                     assessable_count_children)
      if (assessable_count_women or 0) + (assessable_count_children or 0) == 0 then return nil end
      return deduct(points, 2 * late_submissions + returned)
    end,
  },

  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
