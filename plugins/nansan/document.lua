-- 依据文件的条款,按原文顺序。

document "work_plan" { title = "南三村妇代会年度工作计划", by = "南三村妇代会" } {
  clause "preface" {
    at = "首段", title = "学习贯彻全会精神，围绕村委中心工作",
    states = { "十八届四中、五中全会" },
  },

  clause "l1" { at = "1", title = "妇代会队伍建设" },
  clause "l2" { at = "2", title = "工作运行机制" },

  clause "l3_1" { at = "3 一是", title = "扩大巾帼建功覆盖面" },
  clause "l3_2" { at = "3 二是", title = "“巾帼示范村”创建" },

  clause "l4" { at = "4", title = "以节日为契机", states = { "三八", "六一" } },

  clause "l5_1" { at = "5 一是", title = "文明家庭、平安家庭创建" },
  clause "l5_2" { at = "5 二是", title = "“美德档案”" },
  clause "l5_3" { at = "5 三是", title = "家庭教育", states = { "三位一体" } },

  clause "l6" { at = "6", title = "宣传" },

  clause "l7" { at = "7", title = "维权工作机制", states = { "110" } },

  clause "l8_1" { at = "8 一是", title = "贫困母亲援助", states = { "百名" } },
  clause "l8_2" { at = "8 二是", title = "“春蕾计划”和弱势儿童关爱" },
  clause "l8_3" { at = "8 三是", title = "女性新居民服务" },
}
