-- 依据文件的条款,按原文顺序。

document "notice" {
  title = "鹤山市2015年度妇女儿童发展规划监测评估工作通知", by = "鹤山市妇女儿童工作委员会",
} {
  clause "preface" { at = "首段", title = "2015年度监测评估的目的", states = { "2015年度" } },

  clause "s1" { at = "一", title = "组织领导：各环节、分工和督导" },

  clause "s2_stage" { at = "二 第1句", title = "2014—2016年规划进入攻坚", states = { "2014-2016年", "三年" } },
  clause "s2_warning" { at = "二 第2句", title = "盘点达标情况，分年度预警，列预警情况表" },
  clause "s2_meeting" { at = "二 第3句", title = "重难点指标开会研究，定措施和方案", states = { "两个规划" } },

  clause "s3_person" { at = "三 前半", title = "专人负责收集、汇总、报送", states = { "2015年度" } },
  clause "s3_tables" {
    at = "三 三表", title = "三张报表、时限和报送对象",
    states = { "5月19日", "2015年报表", "2014-2016年", "2015年度", "三表" },
  },
  clause "s3_explain" { at = "三 后半", title = "说明变化，对照上年报表找差距", states = { "2014年报表" } },

  clause "s4_units" { at = "四 第1句", title = "十一个重点成员单位撰写报告" },
  clause "s4_separate" { at = "四 第1句后半", title = "妇女、儿童分为两个独立报告", states = { "两个" } },
  clause "s4_purpose" { at = "四 第2句", title = "反映进程和问题，提出对策" },
  clause "s4_parts" { at = "四 第3句", title = "报告的五项内容", states = { "五项" } },
  clause "s4_unit_due" { at = "四 第2段第1句", title = "单位报告的时限和方式", states = { "5月25日" } },
  clause "s4_city" { at = "四 第2段第2句", title = "总报告的撰写、时限和份数", states = { "6月10日", "一式两份" } },
  clause "s4_supervision" { at = "四 第2段第3句", title = "江门市督导预警机制执行情况", states = { "6月中旬" } },
}
