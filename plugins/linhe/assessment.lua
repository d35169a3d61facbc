-- 年度评估，百分制。文件要求把规划实施纳入考核、每年监测和报告，没有给出评分办法：
-- 项目、分值、扣分和等次均为本包自定。

fact "late_submissions" { title = "年度监测数据迟报次数", unit = "次", default = 0, digits = 0, source = "monitoring_1", better = "lower" }
fact "returned" { title = "被退回次数", unit = "次", default = 0, digits = 0, source = "monitoring_4", better = "lower" }
fact "falsified" { title = "查实的数据弄虚作假起数", unit = "起", default = 0, digits = 0, source = "monitoring_4", better = "lower" }
fact "unit_reports_due" { title = "应提交年度报告的成员单位", unit = "个", digits = 0, source = "organization_7_report" }
fact "unit_reports_received" {
  title = "已提交年度报告的成员单位", unit = "个", digits = 0, source = "organization_7_report", better = "higher" }
fact "supervisions" { title = "开展规划督查", unit = "次", digits = 0, source = "organization_7_supervision", better = "higher" }
fact "meetings" { title = "召开妇儿工委全体会议", unit = "次", digits = 0, source = "organization_7_consultation", better = "higher" }
fact "practical_projects_done" { title = "完成为妇女办实事项目", unit = "件", digits = 0, source = "organization_8", better = "higher" }
fact "funds_budgeted" { title = "规划实施经费纳入财政预算", unit = "是否", digits = 0, source = "organization_5", better = "higher" }

-- 完成率不低于时间进度的，得一份；缺数据的不得。
local function share_on_pace(pace, progresses, total)
  if pace == nil then return nil end
  local reached = 0
  for _, progress in pairs(progresses) do
    if progress >= pace then reached = reached + 1 end
  end
  return reached / total
end

assessment "annual" {
  title = "规划实施年度评估", of = "self", points = 100, plan = "women",
  source = { "organization_7_responsibility", "monitoring_1" },
  grades = { { 90, "优秀" }, { 75, "良好" }, { 60, "合格" }, { 0, "不合格" } },

  item "targets" {
    title = "主要目标达标率", points = 40, source = "organization_7_responsibility",
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end,
  },

  -- 十项有数值目标的核心指标，每项得十分之一。
  item "pace" {
    title = "核心指标进度", points = 20, source = "organization_7_supervision",
    score = function(points, maternal_mortality_pace, maternal_management_progress, maternal_mortality_progress,
                     cervical_screening_progress, cervical_treatment_progress, compulsory_retention_progress,
                     upper_secondary_enrolment_progress, female_village_committee_progress,
                     female_village_heads_progress, female_pension_progress, rural_tap_water_progress)
      local share = share_on_pace(maternal_mortality_pace, {
        maternal_management_progress, maternal_mortality_progress, cervical_screening_progress,
        cervical_treatment_progress, compulsory_retention_progress, upper_secondary_enrolment_progress,
        female_village_committee_progress, female_village_heads_progress, female_pension_progress,
        rural_tap_water_progress,
      }, 10)
      return proportion(points, share, 1)
    end,
  },

  item "measures" {
    title = "策略措施落实率", points = 20, source = "organization_2",
    score = function(points, attainment_women_measures)
      return proportion(points, attainment_women_measures, 1)
    end,
  },

  item "reporting" {
    title = "监测和报告", points = 10, source = { "organization_7_report", "monitoring_1" },
    -- 一项都没有报的，无从评价报送质量，不得分。
    item "submission" {
      title = "按时报送，迟报一次扣 2 分，退回一次扣 1 分", points = 5,
      score = function(points, late_submissions, returned, no_data_count_women, assessable_count_women)
        if assessable_count_women == nil or no_data_count_women == nil
          or no_data_count_women >= assessable_count_women then
          return nil
        end
        return deduct(points, 2 * late_submissions + returned)
      end,
    },
    item "unit_reports" {
      title = "成员单位年度报告", points = 5,
      score = function(points, unit_reports_received, unit_reports_due)
        -- 成员单位都应报告，应报数为 0 的是没有填对。
        if unit_reports_due == nil or unit_reports_due <= 0 then return nil end
        return proportion(points, unit_reports_received, unit_reports_due)
      end,
    },
  },

  item "organisation" {
    title = "组织实施", points = 10, source = { "organization_5", "organization_7_supervision", "organization_8" },
    item "funds" {
      title = "经费纳入预算", points = 4,
      score = function(points, funds_budgeted) return proportion(points, funds_budgeted, 1) end,
    },
    item "supervision_held" {
      title = "督查至少一次", points = 2,
      score = function(points, supervisions) return proportion(points, supervisions, 1) end,
    },
    item "meeting_held" {
      title = "全体会议至少一次", points = 2,
      score = function(points, meetings) return proportion(points, meetings, 1) end,
    },
    item "projects" {
      title = "实事项目至少一件", points = 2,
      score = function(points, practical_projects_done) return proportion(points, practical_projects_done, 1) end,
    },
  },

  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
