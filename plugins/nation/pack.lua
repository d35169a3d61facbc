-- 国家包：两个周期的《中国妇女发展纲要》《中国儿童发展纲要》中可量化的目标，
-- 评估全国和 31 个省(自治区、直辖市)。
--
-- 目标值的来历分三种，逐项写明：
--   1. 主要目标或策略措施里有数的，直接采用，不加注；
--   2. 纲要只写方向(“提高”“降低”“缩小”)的，用 rises、falls、narrows 等，不另造数；
--   3. 纲要没有数、由本包选定的，注明“本包自定”；取自其他公开文件的，注明文件。
-- “12/10万以下”一类按 at_most(含本数)判定；“左右”的容差是本包自定的。
--
-- 一个标识只属于一个序列。同一个序列在另一个规划里再次出现时，另起标识并用公式引用原序列：
-- 第一周期加后缀 _2011,妇女纲要引用儿童纲要的序列时加前缀 women_。

pack {
  id = "nation",
  title = "全国妇女儿童发展纲要",
  region = "000000",
  version = "1.0.0",
  api = 1,
  covers = "children",
  source = "国发〔2011〕24号、国发〔2021〕16号",
  conventions = {
    rounding = "half_up",
    digits = 2,
    at = "final",
    -- 省级公布的指标不齐，缺数据的不计入达标率；考核另设“数据完整性”一项。
    no_data = "excluded",
  },
}

unit "health" { title = "国家卫生健康委" }
unit "education" { title = "教育部" }
unit "labour" { title = "人力资源社会保障部" }
unit "civil_affairs" { title = "民政部" }
unit "statistics" { title = "国家统计局" }
unit "organization" { title = "中央组织部" }
unit "medical_insurance" { title = "国家医保局" }
unit "justice" { title = "司法部" }
unit "court" { title = "最高人民法院" }
unit "sport" { title = "国家体育总局" }
unit "water" { title = "水利部" }
unit "agriculture" { title = "农业农村部" }
unit "development" { title = "国家发展改革委" }
unit "science" { title = "中国科协" }
unit "trade_unions" { title = "全国总工会" }
unit "federation" { title = "全国妇联" }
unit "committee_office" { title = "国务院妇儿工委办公室" }

include "women"
include "children"
include "women_2011"
include "children_2011"
include "warnings"
include "assessment"
