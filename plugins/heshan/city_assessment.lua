-- 全市监测评估工作自评，百分制，迎接江门市督导用。
-- 本包自定：文件没有规定自评办法，项目、分值和等次。

fact "units_due" { title = "应报数据的成员单位", unit = "个", digits = 0 }
fact "units_on_time" { title = "5月19日前报齐的成员单位", unit = "个", digits = 0, better = "higher" }
-- 应报数不为 0 才计分：一个单位都不应报的，不是全部报齐。
fact "city_reports_on_time" { title = "6月10日前报江门市的总报告", unit = "个", digits = 0, better = "higher" }
fact "report_copies" { title = "总报告报送份数（两个不等的填少的）", unit = "份", digits = 0, better = "higher" }
fact "key_units_reported" { title = "5月25日前报出报告的重点单位", unit = "个", digits = 0, better = "higher" }

local KEY_UNITS = include "units"

assessment "city_monitoring" {
  title = "全市监测评估工作自评",
  of = "self",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  source = "s4_supervision",

  item "targets" {
    title = "规划目标达标", points = 40, source = "s2_stocktaking",
    item "targets_women" {
      title = "妇女发展规划", points = 20,
      score = function(points, attainment_women) return proportion(points, attainment_women, 1) end,
    },
    item "targets_children" {
      title = "儿童发展规划", points = 20,
      score = function(points, attainment_children) return proportion(points, attainment_children, 1) end,
    },
  },

  item "collection" {
    title = "成员单位报表", points = 15, source = "s3_due",
    score = function(points, units_on_time, units_due)
      if units_due == nil or units_due <= 0 then return nil end
      return proportion(points, units_on_time, units_due)
    end,
  },

  item "key_reports" {
    title = "十一个重点单位报告", points = 15, source = { "s4_units", "s4_unit_due" },
    score = function(points, key_units_reported) return proportion(points, key_units_reported, #KEY_UNITS) end,
  },

  item "warning_work" {
    title = "预警机制", points = 15, source = "s2_mechanism",
    score = function(points, attainment_work_warning) return proportion(points, attainment_work_warning, 1) end,
  },

  -- 两个总报告按时的各一半；份数不足一式两份的按比例。
  item "city_reports" {
    title = "总报告按时，一式两份", points = 15, source = "s4_city",
    score = function(points, city_reports_on_time, report_copies)
      local on_time = proportion(points, city_reports_on_time, 2)
      if on_time == nil or report_copies == nil then return nil end
      return on_time * math.min(report_copies, 2) / 2
    end,
  },
}
