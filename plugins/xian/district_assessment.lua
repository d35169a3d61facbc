-- 区县年度考核，百分制：通知和第34—37项对各级政府和各区县妇儿工委的要求。
-- 文件没有规定评分，项目、分值、等次、扣分和一票否决均为本包自定；1 次、10 件是文件写明的数。
-- 是、否类事实以 1、0 填报；缺失不得分。

-- 六项任务的平均进展，没有填报的按没有进展算；与时间进度(2018—2020 年三年)相比。
local function on_schedule(points, year, ...)
  local sum = 0
  for i = 1, 6 do sum = sum + clamp(select(i, ...) or 0, 0, 1) end
  return proportion(points, sum / 6, clamp((year - 2017) / 3, 0, 1))
end

assessment "districts" {
  title = "区县妇女儿童工作年度考核",
  of = "children",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  source = { "notice", "t34", "t35", "t36", "t37" },

  item "responsibility" {
    title = "主体责任", points = 45,
    item "general_plan" {
      title = "纳入经济社会发展总体规划", points = 10,
      score = function(points, in_general_plan) return proportion(points, in_general_plan, 1) end,
    },
    item "meetings" {
      title = "常务会议听取汇报", points = 15,
      score = function(points, standing_meetings) return proportion(points, standing_meetings, 1) end,
    },
    item "things" {
      title = "办好10件实事", points = 20,
      score = function(points, practical_things) return proportion(points, practical_things, 10) end,
    },
  },

  -- 区县承担的六项任务。听取汇报和实事件数已在上面计分，不重复。
  item "district_tasks" {
    title = "重点工作任务", points = 20,
    applies = function(year) return year >= 2018 end,
    score = function(points, year, health_services, cancers_and_defects, main_responsibility,
                     committee_functions, institution_building, service_teams)
      return on_schedule(points, year, health_services, cancers_and_defects, main_responsibility,
        committee_functions, institution_building, service_teams)
    end,
  },

  item "capacity" {
    title = "机构和能力", points = 20,
    item "staff" {
      title = "干部", points = 7,
      score = function(points, office_staffed) return proportion(points, office_staffed, 1) end,
    },
    item "funds" {
      title = "经费", points = 7,
      score = function(points, office_funded) return proportion(points, office_funded, 1) end,
    },
    item "mechanism" {
      title = "监测评估和预警机制", points = 6,
      score = function(points, warning_system) return proportion(points, warning_system, 1) end,
    },
  },

  item "district_plan" {
    title = "年度工作计划", points = 5,
    score = function(points, yearly_plan_made) return proportion(points, yearly_plan_made, 1) end,
  },

  -- 按交报告的比例计分，再按迟报每次 2 分扣减，扣完为止。各区县都要报告，应交数报为零的没有填对，不得分。
  item "district_reports" {
    title = "目标落实情况报告", points = 10,
    score = function(points, reports_made, reports_due, late_submissions)
      if reports_due == nil or reports_due <= 0 then return nil end
      return deduct(proportion(points, reports_made, reports_due), 2 * late_submissions)
    end,
  },

  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
