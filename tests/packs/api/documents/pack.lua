-- A source document's clauses and everything that can carry one.

pack { id = "documents", title = "文件与任务", region = "150800", version = "1.0.0", api = 1, source = "示例规划" }

document "plan" { title = "示例规划", issued = "2021-12", by = "示例政府", note = "只用于测试" } {
  clause "intro" { at = "前言", title = "回顾", background = "没有提出任务" },
  clause "g1" { at = "一、1", title = "死亡率", states = { "12/10万", "2030年" } },
  clause "g2" { at = "一、2", title = "培训", states = { "6万人", "2020年" } },
  clause "m1" { at = "二、1", title = "热线", states = { "1-2次" } },
  clause "m2" { at = "二、2", title = "比例", states = { "1:3", "三分之一" } },
  clause "r1" { at = "三、1", title = "报送", states = { "5月19日", "一式2份", "15日" } },
  clause "r2" { at = "三、2", title = "资金", states = { "3∶3∶4" } },
}

unit "health" { title = "卫生健康委", source = "g1" }
unit "statistics" { title = "统计局", source = "r1" }
breakdown "under5" { title = "5岁以下", source = "g1" }
data "births" { title = "活产数", unit = "人", source = "g1" }
fact "late" { title = "迟报次数", unit = "次", default = 0, source = "r1" }

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020, source = { "g1", "g2" } }

women:domain "health" { title = "健康", source = "g1" } {
  indicator "mortality" {
    title = "死亡率", unit = "1/10万", lead = "health", target = at_most(12), units = { "statistics" }, due = "2030",
    note = "按户籍人口", source = "g1",
  },
  indicator "trained" { title = "培训人数", unit = "人", lead = "health", target = at_least(60000), source = "g2" },
  indicator "midwives" { title = "床位比", unit = "倍", lead = "health", target = ratio(1, 3), note = "三分之一", source = "m2" },
  objective "awareness" {
    title = "素养提高", lead = "health", evidence = true, units = { "statistics" }, due = "2025-06", note = "抽样", source = "g1",
  },
  task "hotline" {
    title = "开通热线", lead = "health", units = { "statistics" }, from = 2018, to = 2020, due = "2020", note = "全年", digits = 1,
    indicators = { "trained", "births" }, checks = { "是否开通" }, applies_to = { "150800" }, source = { "m1", "g2" },
  },
}

warning "late_report" {
  title = "迟报", on = "region", level = function(late) if late > 3 then return "blue" end end, source = "r1",
}
warning "task_open" {
  title = "未完成", on = "indicator", only = { "hotline" },
  level = function(status) if status == "unmet" then return "yellow" end end, message = "进展 {value}", source = "m1",
}
assessment "annual" {
  title = "考核", of = "region", points = 10, grades = { { 6, "合格" }, { 0, "不合格" } }, plan = "women", source = "r1",
  item "reporting" { points = 10, score = function(points, late) return deduct(points, late) end, source = "r1" },
  veto "never" { when = function(late) return late > 100 end, grade = "不合格", source = "r1" },
}

form "warning_table" {
  title = "预警表", due = "05-19", year = 2015, plan = "women", rows = { "mortality", "late" }, columns = { "现值", "目标" },
  by = { "health" }, to = "statistics", explains = "变化较大的指标", compare = "上年同表", note = "电子版", source = "r1",
}
report "unit_report" {
  title = "单位报告", due = "2015-05-25", year = 2015, plan = "women", by = { "health" }, to = "statistics",
  parts = { "进展", "建议" }, copies = 2, delivery = { "纸质", "电子邮件" }, note = "盖章", source = "r1",
}
group "monitoring" {
  title = "监测组", lead = "statistics", members = { "health", "街道" }, duties = { "年度监测" }, note = "联席", source = "r1",
}
procedure "aid" {
  title = "救助", lead = "health", units = { "statistics" }, steps = { "申报", "审核", "发放" }, note = "15日内", source = "r1",
}
fund "screening" {
  title = "检查资金", lead = "health", units = { "statistics" }, levels = { "省 3", "市 3", "县 4" }, account = "专账",
  steps = { "拨付" }, checks = { "到位情况" }, indicators = { "births" }, note = "按比例", source = "r2",
}
event "hearing" {
  title = "听取汇报", lead = "health", units = { "statistics" }, every = "year", every_years = 5, times = { 1, 2 },
  months = { 3, 6 }, due = "06-01", from = 2018, to = 2020, indicators = { "trained" }, checks = { "纪要" }, note = "常务会",
  source = "m1",
}
