-- 依据文件的每一段、每一项，按原文顺序(原文把五段又重复了一遍)。states 是该处写明的数，照原样。

document "measures" {
  title = "《平顶山市采取五项措施 强力推动“两规划”实施》",
  issued = "2016-03-04",
  by = "平顶山市政府妇儿工委办公室",
} {
  clause "title" { at = "标题", title = "发布日期", states = { "2016-03-04", "五项" } },
  clause "midterm" { at = "开头", title = "中期评估结果", states = { "89.65%", "96.22%" } },

  clause "m1" { at = "一 标题", title = "组织领导和目标责任" },
  clause "m1_plan" { at = "一 第一、二句", title = "纳入规划和考核，四项机制，六个到位", states = { "两级" } },
  clause "m1_documents" { at = "一 第三句", title = "五年来出台的文件", states = { "五年" } },
  clause "m1_letter" { at = "一 第四句", title = "责任书和年终考核", states = { "百分制" } },

  clause "m2" { at = "二 标题", title = "督导调研" },
  clause "m2_research" { at = "二 第一句", title = "专题调研", states = { "2011—2020年" } },
  clause "m2_supervision" {
    at = "二 第一句后半", title = "督导检查", states = { "连续五年", "2015年10月" },
  },
  clause "m2_rules" { at = "二 第二句", title = "亲情家园管理办法" },
  clause "m2_homes" { at = "二 第三句", title = "亲情家园数", states = { "77所" } },

  clause "m3" { at = "三 标题", title = "典型示范" },
  clause "m3_wugang" { at = "三 舞钢市", title = "办公室四到位", states = { "四到位" } },
  clause "m3_baofeng" { at = "三 宝丰县", title = "活动设施和场所", states = { "1177万元" } },
  clause "m3_jiaxian" { at = "三 郏县", title = "农村妇女免费检查", states = { "14万名" } },
  clause "m3_lushan" { at = "三 鲁山县", title = "学生营养改善", states = { "2万余人" } },
  clause "m3_weidong" { at = "三 卫东区", title = "常见病筛查", states = { "160余万元", "18余万" } },

  clause "m4" { at = "四 标题", title = "统计监测和评估" },
  clause "m4_monitoring" { at = "四 第一句", title = "监测评估领导小组和专题报告" },
  clause "m4_training" { at = "四 第二句", title = "统计监测培训" },

  clause "m5" { at = "五 标题", title = "宣传" },
  clause "m5_materials" { at = "五 手册和读本", title = "两种宣传材料", states = { "5千份", "20万册" } },
  clause "m5_days" { at = "五 重要节点", title = "节日和法律法规", states = { "三八", "六一" } },
  clause "m5_eight" {
    at = "五 八进", title = "宣传活动和讲座", states = { "八进", "1012场次", "300万份", "670余万人次", "1600次" },
  },
}
