-- 淄博市妇女儿童工作委员会 2015 年工作要点：重点工作、实事项目、监测评估、“两癌”项目资金和救助。
--
-- 依据文件：淄博市妇女儿童工作委员会 2015年2月12日 印发的《淄博市妇女儿童工作委员会2015年工作要点》。
-- 各声明的 source 指明依据哪一段(见 document.lua)。
--   * 五个部分的各项工作列为规划 work_2015 的任务，每项写明须核查的各点。
--   * 文件点出的难点(女代表女委员比例、出生缺陷等)列为妇女、儿童“十二五”规划的指标；
--     文件只写“提高”“加大”的，用 rises、falls,不另造数。
--   * 高新区、文昌湖旅游度假区没有单独的行政区划代码，列为单位，不单独评估；考核对象为八个区县。
--   * 文件没有写评分、阈值和各项资金数额；凡由本包选定的，注明“本包自定”。

pack {
  id = "zibo",
  title = "淄博市妇女儿童工作",
  region = "370300",
  version = "1.0.0",
  api = 1,
  covers = "children",
  source = "《淄博市妇女儿童工作委员会2015年工作要点》，淄博市妇女儿童工作委员会，2015年2月12日",
  conventions = {
    -- 本包自定：文件没有规定口径。
    rounding = "half_up",
    digits = 2,
    at = "final",
    no_data = "excluded",
    inapplicable = "redistributed",
  },
}

include "document"
include "units"
include "women"
include "children"
include "work_2015"
include "publicity"
include "practical_projects"
include "monitoring"
include "two_cancers"
include "office"
include "facts"
include "district_assessment"
include "warnings"
