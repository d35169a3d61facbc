-- 临河区包：《临河区妇女发展规划(2021—2030年)》，巴彦淖尔市临河区。
--
-- 八个领域的 79 条主要目标放在规划 women(194 个节点),96 条策略措施放在规划 women_measures,
-- 两个达标率各算各的；组织实施九条、监测评估五条是工作机制、报告、事项和任务。
-- 每个节点以 source 指明文件条款，条款见 document.lua。
--
-- 目标的写法与文件用语的对应：
--   “以上” at_least;“控制在……以下”“下降到……以下”(死亡率、贫血率) at_most,含本数；
--   母婴传播率“2%以下” below,不含本数；“保持在……左右”“达到……左右” around;
--   “保持在……以上”“稳定在……以上” keeps_at_least,规划期内各年都要达到；
--   “逐年提高” rises(),比上年；“逐届提高” rises { per = "term" },比上届(五年);
--   “逐步”“不断”“持续”“稳步”提高，“降低”“减少”：与 2020 年基期相比；
--   “上升趋势减缓” slows(),或者已经下降；“差距缩小” narrows();“1:3”“三分之一” ratio(1, 3);
--   只写方向、没有可用指标的，是以佐证材料证明的目标(objective)。
--
-- 文件没有写明、由本包选定的，就近注明“本包自定”：牵头单位(文件没有给各条目标分工)、
-- “左右”的容差、代用指标、预警阈值、年度考核的项目和分值、中期和终期评估的年份。

pack {
  id = "linhe",
  title = "临河区妇女发展规划",
  region = "150802",
  version = "1.0.0",
  api = 1,
  source = "《临河区妇女发展规划（2021—2030年）》",
  conventions = {
    rounding = "half_up",
    digits = 2,
    at = "final",
    -- 本包自定：没有数据、没有佐证的一律按未达标计，少报不会抬高达标率。
    no_data = "unmet",
    count_evidence = true,
  },
}

-- 分组。文件点名的人群：妇女一生的五个时期(健康·策略 3、9),接受宫颈癌筛查的年龄(健康·策略 6),
-- 各领域要求倾斜、关爱的群体。女、男、城市、农村四种内置。
breakdown "adolescence" { title = "青春期", source = { "health_measure_3", "health_measure_9" } }
breakdown "childbearing_age" { title = "育龄期", source = "health_measure_3" }
breakdown "pregnancy" { title = "孕产期", source = { "health_measure_3", "health_measure_9" } }
breakdown "menopause" { title = "更年期", source = { "health_measure_3", "health_measure_9" } }
breakdown "old_age" { title = "老年期", source = { "health_measure_3", "health_measure_9" } }
breakdown "age_35_45" { title = "35至45岁", source = "health_measure_6" }
breakdown "low_income" { title = "低收入", source = { "education_measure_5", "economy_goal_9" } }
breakdown "disabled" { title = "残疾", source = { "security_goal_7", "education_measure_11" } }
breakdown "left_behind" { title = "留守", source = { "education_measure_4", "security_measure_11" } }
breakdown "migrant" { title = "流动", source = { "health_measure_4", "health_measure_8" } }

include "units"
include "document"
include "women"
include "women_measures"
include "organization"
include "monitoring"
include "warnings"
include "assessment"
