-- 成员单位年度考核，百分制。文件没有规定评分，项目、分值、等次、扣分和一票否决均为本包自定，项目取自文件的要求。
-- 是、否类事实以 1、0 填报，proportion(points, 事实, 1) 即“是得满分，否得零分，缺失不得分”。

-- 只考核点名承担任务的单位，和牵头第7、36项的办公室；统称不考核。办公室自己的应完成、应交数由妇儿工委填。
local ASSESSED = { "committee_office", table.unpack(include "units") }

assessment "member_units" {
  title = "重点工作成员单位年度考核",
  of = "unit",
  only = ASSESSED,
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },
  source = { "notice", "t35", "t36" },

  item "yearly_plan" {
    title = "年度工作计划", points = 10,
    score = function(points, yearly_plan_made) return proportion(points, yearly_plan_made, 1) end,
  },

  item "programme" {
    title = "任务表、时间表、路线图", points = 15,
    item "programme_list" {
      title = "任务表", points = 5,
      score = function(points, task_list) return proportion(points, task_list, 1) end,
    },
    item "programme_time" {
      title = "时间表", points = 5,
      score = function(points, timetable) return proportion(points, timetable, 1) end,
    },
    item "programme_route" {
      title = "路线图", points = 5,
      score = function(points, route_map) return proportion(points, route_map, 1) end,
    },
  },

  -- 当年没有应完成任务的单位不考核任务，分值摊到其余各项。
  item "tasks" {
    title = "重点工作任务", points = 50,
    applies = function(tasks_due) return tasks_due == nil or tasks_due > 0 end,
    item "tasks_completed" {
      title = "完成", points = 35,
      score = function(points, tasks_done, tasks_due) return proportion(points, tasks_done, tasks_due) end,
    },
    item "tasks_punctual" {
      title = "按时完成", points = 15,
      score = function(points, tasks_in_time, tasks_due) return proportion(points, tasks_in_time, tasks_due) end,
    },
  },

  -- 按交报告的比例计分，再按迟报每次 2 分扣减，扣完为止；没有应交报告的不考核。
  item "reports" {
    title = "目标落实情况报告", points = 15,
    applies = function(reports_due) return reports_due == nil or reports_due > 0 end,
    score = function(points, reports_made, reports_due, late_submissions)
      return deduct(proportion(points, reports_made, reports_due), 2 * late_submissions)
    end,
  },

  -- 没有发现问题的得满分。
  item "problems" {
    title = "评估督导问题解决", points = 10,
    score = function(points, problems_found, problems_solved)
      if problems_found == 0 then return points end
      return proportion(points, problems_solved, problems_found)
    end,
  },

  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
