-- 依据文件的每一段、每一项，按原文顺序。states 是该处写明的数，照原样。

document "key_points" {
  title = "《淄博市妇女儿童工作委员会2015年工作要点》",
  issued = "2015-02-12",
  by = "淄博市妇女儿童工作委员会",
} {
  clause "notice_title" { at = "通知标题", title = "印发工作要点的通知", states = { "2015年" } },
  clause "recipients" { at = "主送", title = "各区县、高新区、文昌湖旅游度假区妇儿工委，市妇儿工委各成员单位" },
  clause "notice" { at = "通知正文", title = "结合本区县、本部门实际执行", states = { "2015年" } },
  clause "signature" { at = "落款", title = "印发机关和日期", states = { "2015年2月12日" } },
  clause "title" { at = "标题", title = "工作要点", states = { "2015年" } },
  clause "aims" { at = "引言", title = "“十二五”收官之年的总体要求", states = { "2015年", "十二五", "十三五" } },

  clause "c1" { at = "一", title = "国策教育培训制度化、常态化" },
  clause "c1_0" { at = "一 引言", title = "国策宣传和先进性别文化", states = { "95", "20周年" } },
  clause "c1_1" { at = "一 1", title = "两个宣传月和讲课比赛", states = { "3月", "6月" } },
  clause "c1_2" { at = "一 2", title = "国策宣传教育长效机制" },

  clause "c2" { at = "二", title = "办实事，落实“两个规划”目标" },
  clause "c2_0" { at = "二 引言", title = "办实事的途径和领域" },
  clause "c2_1" { at = "二 1", title = "科学发展综合考核" },
  clause "c2_2" { at = "二 2", title = "实事项目和难点问题", states = { "三年" } },
  clause "c2_3" { at = "二 3", title = "监测评估组织" },

  clause "c3" { at = "三", title = "编制“十三五”规划", states = { "十三五" } },
  clause "c3_0" { at = "三 正文", title = "调研、论证、制定和纳入总规划", states = { "十三五", "十二五", "五年" } },

  clause "c4" { at = "四", title = "农村妇女“两癌”免费检查全覆盖" },
  clause "c4_0" { at = "四 引言", title = "检查及救助长效机制" },
  clause "c4_1" { at = "四 1", title = "区县资金配套和使用的监督检查" },
  clause "c4_2" { at = "四 2", title = "贫困患病妇女救助和专项基金", states = { "两级" } },
  clause "c4_3" { at = "四 3", title = "患病妇女心理干预咨询站" },

  clause "c5" { at = "五", title = "妇儿工委办公室自身建设" },
  clause "c5_1" { at = "五 1", title = "专题调研", states = { "十三五" } },
  clause "c5_2" { at = "五 2", title = "机构建设和业务培训" },
  clause "c5_3" { at = "五 3", title = "各项工作机制" },
}
