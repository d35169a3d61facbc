-- 三张报表和两级报告：时限、内容、份数和报送方式。时限为月-日，数据年度为2015年。

local key_units = include "units"

local tables = include "tables"

local EXPLAINS = "有关数据的变化情况"
local COMPARE = "市2014年报表中的相应数据"

-- 各单位只报有关本部门的指标。
-- 三表之一：省的年报表，两个规划的指标都在内。本包自定：栏目。
form "annual_table" {
  title = "广东省妇女儿童发展规划重点监测统计年报表（鹤山市2015年报表）",
  due = "05-19", year = 2015, rows = tables.all,
  columns = { "计量单位", "2014年", "2015年", "变化说明" },
  by = { "member_units" }, to = "committee_office", explains = EXPLAINS, compare = COMPARE,
  note = "三表之一，各报本部门指标", source = { "s3_due", "s3_annual", "s3_explain", "s3_compare" },
}

-- 三表之二、之三：预警情况表，未达标的分年度列出趋势、差距和预警(二 第2句)。本包自定：栏目。
local WARNING_COLUMNS = {
  "计量单位", "2016年目标", "2014年", "2015年", "达标情况", "与目标的差距", "变化趋势", "2016年所需变化", "预警级别", "变化说明",
}

form "women_warning_table" {
  title = "《鹤山市妇女发展规划（2014-2016年）》主要定量指标统计监测预警情况表（2015年度）",
  due = "05-19", year = 2015, plan = "women", rows = tables.women, columns = WARNING_COLUMNS,
  by = { "member_units" }, to = "committee_office", explains = EXPLAINS, compare = COMPARE,
  note = "三表之二，各报本部门指标",
  source = { "s2_table", "s3_due", "s3_women", "s3_explain", "s3_compare" },
}

form "children_warning_table" {
  title = "《鹤山市儿童发展规划（2014-2016年）》主要定量指标统计监测预警情况表（2015年度）",
  due = "05-19", year = 2015, plan = "children", rows = tables.children, columns = WARNING_COLUMNS,
  by = { "member_units" }, to = "committee_office", explains = EXPLAINS, compare = COMPARE,
  note = "三表之三，各报本部门指标",
  source = { "s2_table", "s3_due", "s3_children", "s3_explain", "s3_compare" },
}

-- 五项基本内容。
local PARTS = {
  "一、实施进展和目标达标盘点",
  "二、年度政策与工作，成绩与问题",
  "三、与全省和有关地区同类指标比较，优势和差距",
  "四、下年达标速度测算，难点指标提前预警",
  "五、促进目标完成的建议",
}
local PARTS_NOTE = "五项基本内容，缺一不可"
local PARTS_SOURCE = { "s4_separate", "s4_parts", "s4_part_1", "s4_part_2", "s4_part_3", "s4_part_4", "s4_part_5" }

local function with(...) return table.move({ ... }, 1, select("#", ...), #PARTS_SOURCE + 1, { table.unpack(PARTS_SOURCE) }) end

-- 妇女、儿童分写，是两个独立的报告。
-- 纸质和电子版都要；电子版两种途径任选其一。文件把邮箱地址隐去了。
local UNIT_SOURCE = with("s4_units", "s4_purpose", "s4_unit_due", "s4_unit_delivery")
local DELIVERY = { "纸质", "电子版：公文交换系统或电子邮件" }

report "unit_women_report" {
  title = "本部门妇女发展规划监测评估报告（两个规划、两个独立报告之一）",
  due = "05-25", year = 2015, plan = "women", by = key_units, to = "committee_office",
  parts = PARTS, note = PARTS_NOTE, delivery = DELIVERY, source = UNIT_SOURCE,
}

report "unit_children_report" {
  title = "本部门儿童发展规划监测评估报告（两个规划、两个独立报告之一）",
  due = "05-25", year = 2015, plan = "children", by = key_units, to = "committee_office",
  parts = PARTS, note = PARTS_NOTE, delivery = DELIVERY, source = UNIT_SOURCE,
}

-- 总报告由统计局撰写，妇女、儿童各一。
-- 本包自定：文件没有写总报告由谁报出，列撰写的统计局；五项内容、两个独立报告同样适用于总报告。
local CITY_SOURCE = with("s4_city_writer", "s4_city")
report "city_women_report" {
  title = "市妇女发展规划监测评估总报告", due = "06-10", year = 2015, plan = "women",
  by = { "statistics" }, to = "jiangmen_office", parts = PARTS, copies = 2, note = "五项基本内容；一式两份",
  source = CITY_SOURCE,
}

report "city_children_report" {
  title = "市儿童发展规划监测评估总报告", due = "06-10", year = 2015, plan = "children",
  by = { "statistics" }, to = "jiangmen_office", parts = PARTS, copies = 2, note = "五项基本内容；一式两份",
  source = CITY_SOURCE,
}
