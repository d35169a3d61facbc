-- 西安市 2018—2020 年妇女儿童重点工作：38 项任务的责任分工、“两规划”终期目标和成员单位考核。
--
-- 依据文件：西安市人民政府妇女儿童工作委员会 2018年5月8日 印发的
-- 《2018-2020年西安市妇女儿童重点工作责任分工》。各声明的 source 指明依据哪一条(见 document.lua)。
--   * 38 项任务在规划 key_work 中，八个部分为八个领域，每项写明牵头单位、责任单位和须核查的各点；
--     办结后填报 1,办理中可填 0 到 1 之间的进度。
--   * 任务中写到的数和方向，作为指标列入妇女、儿童两个规划，并由任务的 indicators 指向。
--     “两规划”各自的目标责任分解书不在本文件内，其目标不在本包内另造。
--   * 文件只写“提高”“降低”的，用 rises、falls,不另造数；文件没有写、由本包选定的，注明“本包自定”。
--   * 文件未列各区县名称，行政区划按 2018 年的 11 个区、2 个县。

pack {
  id = "xian",
  title = "西安市妇女儿童重点工作",
  region = "610100",
  version = "1.0.0",
  api = 1,
  covers = "children",
  source = "《2018-2020年西安市妇女儿童重点工作责任分工》，西安市人民政府妇女儿童工作委员会，2018年5月8日",
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
include "key_work"
include "working"
include "facts"
include "unit_assessment"
include "district_assessment"
include "warnings"
