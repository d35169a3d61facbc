-- 鹤山市2015年度妇女儿童发展规划监测评估：对照2014—2016年两个规划，用2015年度数据。
--
-- 依据文件是布置年度监测评估的通知，没有标题、文号和印发日期；“2015”是数据年度。
-- 文件也没有列出“各成员单位”的名单，只点名十一个重点单位：其余单位不设标识，不在考核之内。
-- 文件写明的：三张报表、四个时限、十一个重点单位、两个独立报告、报告的五项内容、份数和报送方式。
-- 文件没有列出指标、目标值和考核办法，因此本包自定：
--   * 指标取两个规划通行的一小组，十一个重点单位各有所报；目标值参照2011—2020年国家两个纲要；
--   * 预警的阈值、考核的项目和分值；
--   * 各年样例数据，标为 sample。

pack {
  id = "heshan",
  title = "鹤山市妇女儿童发展规划监测评估",
  region = "440784",
  version = "1.0.0",
  api = 1,
  covers = "self",
  source = "鹤山市2015年度妇女儿童发展规划监测评估工作通知",
  -- 报告要看“下年达标速度”，预警表要看趋势和差距。
  figures = { "forecast", "reach_year", "gap", "required_change", "recent_change" },
  conventions = {
    rounding = "half_up",
    digits = 2,
    at = "final",
    -- 盘点要全面：没有报数的按未达标计。
    no_data = "unmet",
    -- 没有未达标指标的单位不考核预警分析，分值摊到其余各项。
    inapplicable = "redistributed",
  },
}

-- 本包自定：文件要求与全省比较，没有规定怎样填；各指标旁列全省同类指标，供报告比较；与有关地区的比较用同级区划的数。
breakdown "province" { title = "全省" }

include "document"
include "units"
include "women"
include "children"
include "reporting"
include "work"
include "warnings"
include "unit_assessment"
include "city_assessment"
