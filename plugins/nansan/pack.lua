-- 南三村妇代会年度工作：八项工作，以清单和佐证评价。
--
-- 依据文件是一份村级年度工作计划，没有标题、文号和日期。文中“南三村俱乐部”“浙江省实施……办法”
-- “镇、村妇女维权站”表明是浙江省的一个镇辖村，所在县(市、区)和镇没有写明。
--
-- 本包自定：
--   * 行政区划代码：村的12位统计用区划代码没有公布，也无从确定所在县，用330000000201:
--     330000 为浙江省，县、乡各位为 0(正式代码不会如此，不会与任何村相撞),201 为村委会序号；
--   * 年度：文中写到党的十八届五中全会(2015年10月),按2016年度工作；
--   * 考核分值、预警阈值、样例数据。

pack {
  id = "nansan",
  title = "南三村妇代会年度工作",
  region = "330000000201",
  version = "1.0.0",
  api = 1,
  covers = "self",
  source = "南三村妇代会年度工作计划",
  conventions = {
    digits = 1,
    at = "final",
    -- 没有佐证的工作按没有做到计。
    no_data = "unmet",
    count_evidence = true,
  },
}

include "document"
include "units"
include "team"
include "activities"
include "rights"
include "calendar"
include "warnings"
include "assessment"
