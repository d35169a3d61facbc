-- 县(市、区)目标管理责任书年终综合考核，百分制。项目、分值、等次、扣分和一票否决为本包自定。
-- 是、否类事实以 1、0 填报，proportion(points, 事实, 1) 即“是得满分，否得零分，缺失不得分”。

-- 达标指标占全部适用指标的比例：缺数据的算未达标，不报的不会比报了的得分高；一项都没有报的，不得分。
local function share_met(points, met, assessable, no_data)
  if assessable == 0 then return nil end
  return proportion(points, met, assessable + no_data)
end

assessment "responsibility_letter" {
  title = "目标管理责任书年终综合考核",
  of = "children",
  source = "m1_letter",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },

  item "letter" {
    title = "目标管理责任", points = 10,
    item "letter_signed_down" {
      title = "签订并分解责任书", points = 6,
      score = function(points, letter_signed, letter_broken_down)
        return weighted({ proportion(points, letter_signed, 1), 1 },
          { proportion(points, letter_broken_down, 1), 1 })
      end,
    },
    item "letter_policy" {
      title = "纳入国民经济和社会发展规划", points = 4,
      score = function(points, in_development_plan) return proportion(points, in_development_plan, 1) end,
    },
  },

  -- 舞钢市率先实现的“四到位”，每一到位 4 分。
  item "four_in_place" {
    title = "人员、编制、经费、办公室单设四到位", points = 16,
    item "place_staff" {
      title = "人员", points = 4,
      score = function(points, office_staff) return proportion(points, office_staff, 1) end,
    },
    item "place_establishment" {
      title = "编制", points = 4,
      score = function(points, office_establishment) return proportion(points, office_establishment, 1) end,
    },
    item "place_funds" {
      title = "经费", points = 4,
      score = function(points, office_funds) return proportion(points, office_funds, 1) end,
    },
    item "place_office" {
      title = "办公室单设", points = 4,
      score = function(points, office_separate) return proportion(points, office_separate, 1) end,
    },
  },

  -- 当年没有建设任务的不考核本项。
  item "homes" {
    title = "留守儿童亲情家园", points = 10,
    applies = function(homes_planned) return homes_planned == nil or homes_planned > 0 end,
    -- 建设占六成，按管理办法运行占四成。
    score = function(points, homes_planned, homes_built, homes_standard)
      return weighted({ proportion(points, homes_built, homes_planned), 6 },
        { proportion(points, homes_standard, 100), 4 })
    end,
  },

  item "rectification" {
    title = "督导问题整改", points = 12,
    -- 没有发现问题的得满分。
    score = function(points, problems_found, problems_rectified)
      if problems_found == 0 then return points end
      return proportion(points, problems_rectified, problems_found)
    end,
  },

  -- 有数的指标占全部适用指标的比例计分，再按迟报一次扣 2 分、退回一次扣 1 分扣减，扣完为止：什么都不报的不得分。
  item "monitoring" {
    title = "统计监测与报送", points = 15,
    score = function(points, assessable_count_women, no_data_count_women, assessable_count_children,
                     no_data_count_children, late_submissions, returned)
      local reported = assessable_count_women + assessable_count_children
      local due = reported + no_data_count_women + no_data_count_children
      return deduct(proportion(points, reported, due), 2 * late_submissions + returned)
    end,
  },

  -- 每地都要做，计划数、应训数报为零的没有填对，不得分。
  item "publicity" {
    title = "宣传与培训", points = 12,
    item "publicity_events" {
      title = "宣传活动", points = 7,
      score = function(points, publicity_held, publicity_planned)
        if publicity_planned == 0 then return nil end
        return proportion(points, publicity_held, publicity_planned)
      end,
    },
    item "training" {
      title = "业务培训", points = 5,
      score = function(points, staff_trained, staff_to_train)
        if staff_to_train == 0 then return nil end
        return proportion(points, staff_trained, staff_to_train)
      end,
    },
  },

  -- 两个规划各占一半。
  item "targets" {
    title = "规划目标达标", points = 20,
    item "targets_women" {
      title = "妇女发展规划", points = 10,
      score = function(points, met_count_women, assessable_count_women, no_data_count_women)
        return share_met(points, met_count_women, assessable_count_women, no_data_count_women)
      end,
    },
    item "targets_children" {
      title = "儿童发展规划", points = 10,
      score = function(points, met_count_children, assessable_count_children, no_data_count_children)
        return share_met(points, met_count_children, assessable_count_children, no_data_count_children)
      end,
    },
  },

  -- 每个在全市推广的典型 2.5 分，至多 5 分。
  item "demonstration" {
    title = "典型示范", points = 5,
    score = function(points, demonstrations) return bonus_per(demonstrations, 1, 2.5, points) end,
  },

  veto "grave_case" {
    title = "侵害妇女儿童权益重大案件处置不力",
    when = function(grave_cases) return grave_cases > 0 end,
    grade = "不合格",
  },
  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
