-- 成员单位监测评估工作考核,百分制。文件没有规定考核办法,项目、分值均为本包自定;
-- 每项对应文件的一个要求。没有填报的按没有做到计,不得分。

fact "forms_due" { title = "应报报表", unit = "张", default = 3, digits = 0 }
fact "forms_on_time" { title = "5月19日前报出的报表", unit = "张", digits = 0 }
fact "changes_due" { title = "应说明的数据变化", unit = "处", digits = 0 }
fact "changes_explained" { title = "已说明的数据变化", unit = "处", digits = 0 }
-- 重点单位两个独立报告;其余单位填 0。
fact "reports_due" { title = "应写监测评估报告", unit = "个", default = 2, digits = 0 }
fact "reports_on_time" { title = "5月25日前报出的报告", unit = "个", digits = 0 }
fact "report_parts" { title = "报告写全的内容（每个报告五项）", unit = "项", digits = 0 }
fact "unmet_due" { title = "本部门未达标指标", unit = "个", digits = 0 }
fact "unmet_analysed" { title = "已分年度预警分析的未达标指标", unit = "个", digits = 0 }
fact "planned" { title = "制定工作计划", unit = "是否", digits = 0 }
fact "person_named" { title = "指定专人", unit = "是否", digits = 0 }
fact "returned" { title = "报表、报告被退回次数", unit = "次", default = 0, digits = 0 }
fact "falsified" { title = "查实的数据弄虚作假起数", unit = "起", default = 0, digits = 0 }

-- 收表、收报告的单位和统称不考核:填 assessed = 0。
fact "assessed" { title = "列入考核", unit = "是否", default = 1, digits = 0 }

local function reports(assessed, reports_due) return assessed ~= 0 and reports_due ~= 0 end

assessment "unit_monitoring" {
  title = "成员单位监测评估工作考核",
  of = "unit",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  source = { "s1", "s3_tables", "s3_explain", "s4_unit_due" },

  item "organised" {
    title = "工作计划和专人", points = 10,
    applies = function(assessed) return assessed ~= 0 end,
    score = function(points, planned, person_named)
      return weighted({ proportion(points, planned, 1), 1 }, { proportion(points, person_named, 1), 1 })
    end,
  },

  -- 按时报出的比例计分,每退回一次再扣 2 分,扣完为止。
  item "forms" {
    title = "三张报表按时报送", points = 30,
    applies = function(assessed) return assessed ~= 0 end,
    score = function(points, forms_on_time, forms_due, returned)
      return deduct(proportion(points, forms_on_time, forms_due), 2 * returned)
    end,
  },

  item "explained" {
    title = "数据变化说明", points = 10,
    applies = function(assessed) return assessed ~= 0 end,
    score = function(points, changes_due, changes_explained)
      if changes_due == 0 then return points end
      return proportion(points, changes_explained, changes_due)
    end,
  },

  item "warnings" {
    title = "未达标指标预警分析", points = 15,
    applies = function(assessed) return assessed ~= 0 end,
    score = function(points, unmet_due, unmet_analysed)
      if unmet_due == 0 then return points end
      return proportion(points, unmet_analysed, unmet_due)
    end,
  },

  item "unit_reports" {
    title = "两个独立报告按时报送", points = 20, applies = reports,
    score = function(points, reports_on_time, reports_due)
      return proportion(points, reports_on_time, reports_due)
    end,
  },

  item "five_parts" {
    title = "报告五项内容齐全", points = 15, applies = reports,
    score = function(points, report_parts, reports_due) return proportion(points, report_parts, 5 * reports_due) end,
  },

  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
