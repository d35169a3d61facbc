-- 依据文件的条款，按原文顺序；一句里有几项要求的，一项要求一条。

document "notice" {
  title = "鹤山市2015年度妇女儿童发展规划监测评估工作通知", by = "鹤山市妇女儿童工作委员会",
  -- 本包自定：标题和发文单位由内容推定。
  note = "文件没有标题、文号、日期和落款",
} {
  clause "preface" { at = "首段", title = "2015年度监测评估的目的", states = { "2015年度" } },

  clause "s1_leadership" { at = "一 标题", title = "组织领导，按时按质" },
  clause "s1_chain" { at = "一 第1句", title = "监测评估的四个环节" },
  clause "s1_plan" { at = "一 第2句 计划", title = "依据分解书定计划" },
  clause "s1_duties" { at = "一 第2句 职责", title = "部门职责" },
  clause "s1_resources" { at = "一 第2句 保障", title = "人、财、物" },
  clause "s1_coordination" { at = "一 第2句 督导", title = "督导和协调" },

  clause "s2_mechanism" { at = "二 标题", title = "监测预警机制" },
  clause "s2_stage" { at = "二 第1句", title = "2014—2016年规划进入攻坚", states = { "2014-2016年", "三年" } },
  clause "s2_stocktaking" { at = "二 第2句 盘点", title = "部门目标达标盘点" },
  clause "s2_warning" { at = "二 第2句 预警", title = "未达标指标分年度预警" },
  clause "s2_table" { at = "二 第2句 表", title = "预警情况表和变化趋势" },
  clause "s2_meeting" { at = "二 第3句 会议", title = "重难点指标开会研究" },
  clause "s2_measures" { at = "二 第3句 方案", title = "推进措施和方案", states = { "两个规划" } },

  clause "s3_timely" { at = "三 标题", title = "年度数据按时按质" },
  clause "s3_person" { at = "三 专人", title = "专人负责收集、汇总、报送", states = { "2015年度" } },
  clause "s3_due" { at = "三 时限", title = "三张报表的时限和报送对象", states = { "5月19日", "三表" } },
  clause "s3_annual" { at = "三 表1", title = "省重点监测统计年报表", states = { "2015年报表" } },
  clause "s3_women" { at = "三 表2", title = "妇女规划预警情况表", states = { "2014-2016年", "2015年度" } },
  clause "s3_children" { at = "三 表3", title = "儿童规划预警情况表", states = { "2014-2016年", "2015年度" } },
  clause "s3_explain" { at = "三 说明", title = "数据变化的说明和解释" },
  clause "s3_compare" { at = "三 对照", title = "对照上年报表，找差距和问题", states = { "2014年报表" } },

  clause "s4_report" { at = "四 标题", title = "年度监测评估报告" },
  clause "s4_units" { at = "四 第1句 单位", title = "十一个重点成员单位撰写报告", states = { "两个规划" } },
  clause "s4_separate" { at = "四 第1句 分写", title = "妇女、儿童分为两个独立报告", states = { "两个" } },
  clause "s4_purpose" { at = "四 第2句", title = "进程、问题和对策" },
  clause "s4_parts" { at = "四 第3句", title = "报告的五项内容", states = { "五项" } },
  clause "s4_part_1" { at = "四 第3句 一是", title = "进展和达标盘点" },
  clause "s4_part_2" { at = "四 第3句 二是", title = "政策与工作，成绩与问题" },
  clause "s4_part_3" { at = "四 第3句 三是", title = "与全省和有关地区比较" },
  clause "s4_part_4" { at = "四 第3句 四是", title = "下年达标速度和提前预警" },
  clause "s4_part_5" { at = "四 第3句 五是", title = "建议" },
  clause "s4_unit_due" { at = "四 第2段第1句 时限", title = "单位报告的时限和报送对象", states = { "5月25日" } },
  clause "s4_unit_delivery" { at = "四 第2段第1句 方式", title = "纸质和电子版" },
  clause "s4_city_writer" { at = "四 第2段第2句 撰写", title = "总报告由统计局撰写" },
  clause "s4_city" { at = "四 第2段第2句 报送", title = "总报告的时限和份数", states = { "6月10日", "一式两份" } },
  clause "s4_supervision" { at = "四 第2段第3句", title = "江门市督导预警机制执行情况", states = { "6月中旬" } },
}
