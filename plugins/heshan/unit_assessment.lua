-- 统计监测重点成员单位(十一个)监测评估工作考核，百分制；每项对应文件的一个要求。
-- 本包自定：文件没有规定考核办法，项目、分值、等次、退回扣分和一票否决。
-- 没有填报的按没有做到计，不得分。应报、应说明、未达标的数由市妇儿工委办公室填，不由被考核的单位自报。

-- 只有一个规划有本部门指标的单位，应报两张：年报表和该规划的预警情况表。
fact "forms_due" { title = "应报报表", unit = "张", default = 3, digits = 0 }
fact "forms_on_time" { title = "5月19日前报出的报表", unit = "张", digits = 0, better = "higher" }
fact "changes_due" { title = "应说明的数据变化", unit = "处", digits = 0 }
fact "changes_explained" { title = "已说明的数据变化", unit = "处", digits = 0, better = "higher" }
fact "reports_on_time" { title = "5月25日前报出的报告", unit = "个", digits = 0, better = "higher" }
fact "report_parts" { title = "报告写全的内容（每个报告五项）", unit = "项", digits = 0, better = "higher" }
fact "unmet_due" { title = "本部门未达标指标", unit = "个", digits = 0 }
fact "unmet_analysed" { title = "已分年度预警分析的未达标指标", unit = "个", digits = 0, better = "higher" }
fact "planned" { title = "制定工作计划", unit = "是否", digits = 0, better = "higher" }
fact "person_named" { title = "指定专人", unit = "是否", digits = 0, better = "higher" }
fact "returned" { title = "报表、报告被退回次数", unit = "次", default = 0, digits = 0, better = "lower" }
fact "falsified" { title = "查实的数据弄虚作假起数", unit = "起", default = 0, digits = 0, better = "lower" }

-- 妇女、儿童两个独立报告，每个五项内容。
local REPORTS, PARTS = 2, 5

local KEY_UNITS = include "units"

assessment "unit_monitoring" {
  title = "重点成员单位监测评估工作考核",
  of = "unit",
  only = KEY_UNITS,
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  source = { "s1_leadership", "s4_units" },

  item "organised" {
    title = "工作计划和专人", points = 10, source = { "s1_plan", "s3_person" },
    score = function(points, planned, person_named)
      return weighted({ proportion(points, planned, 1), 1 }, { proportion(points, person_named, 1), 1 })
    end,
  },

  -- 按时报出的比例计分，每退回一次再扣 2 分，扣完为止。
  item "forms" {
    title = "三张报表按时报送", points = 30, source = "s3_due",
    score = function(points, forms_on_time, forms_due, returned)
      -- 每个重点单位都有报表要报：应报数填 0 不得分。
      if forms_due <= 0 then return nil end
      return deduct(proportion(points, forms_on_time, forms_due), 2 * returned)
    end,
  },

  -- 没有应说明的变化、没有未达标指标的，不考核该项，分值摊到其余各项。
  item "explained" {
    title = "数据变化说明", points = 10, source = "s3_explain",
    applies = function(changes_due) return changes_due ~= 0 end,
    score = function(points, changes_due, changes_explained)
      return proportion(points, changes_explained, changes_due)
    end,
  },

  item "warnings" {
    title = "未达标指标预警分析", points = 15, source = { "s2_warning", "s2_table" },
    applies = function(unmet_due) return unmet_due ~= 0 end,
    score = function(points, unmet_due, unmet_analysed)
      return proportion(points, unmet_analysed, unmet_due)
    end,
  },

  item "unit_reports" {
    title = "两个独立报告按时报送", points = 20, source = { "s4_separate", "s4_unit_due" },
    score = function(points, reports_on_time) return proportion(points, reports_on_time, REPORTS) end,
  },

  item "five_parts" {
    title = "报告五项内容齐全", points = 15, source = "s4_parts",
    score = function(points, report_parts) return proportion(points, report_parts, PARTS * REPORTS) end,
  },

  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
