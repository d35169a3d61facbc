-- 依据文件的条款，按原文顺序；一段里有几句要求的，一句一条。

document "work_plan" {
  title = "南三村妇代会年度工作计划", by = "南三村妇代会",
  -- 本包自定：标题和制定者由内容推定。
  note = "文件没有标题、文号、日期和落款",
} {
  clause "preface_spirit" { at = "首段 精神", title = "学习全会精神", states = { "十八届四中、五中全会" } },
  clause "preface_outlook" { at = "首段 发展观", title = "科学发展观" },
  clause "preface_work" { at = "首段 工作", title = "围绕村委的四项妇女工作" },
  clause "preface_aim" { at = "首段 目的", title = "小康和谐南三" },

  clause "l1_cadres" { at = "1 第1句", title = "高素质队伍" },
  clause "l1_learning" { at = "1 第2句", title = "终身学习" },
  clause "l1_contact" { at = "1 第3句", title = "联系群众，研究重点问题" },
  clause "l1_examples" { at = "1 第4句", title = "重心下移，以点带面" },

  clause "l2_reason" { at = "2 第1句", title = "运行机制的意义", background = "只说意义,没有提出任务" },
  clause "l2_systems" { at = "2 第2句", title = "三项制度和内部管理" },
  clause "l2_cooperation" { at = "2 第3句", title = "资源整合与合作" },
  clause "l2_projects" { at = "2 第4句", title = "项目化、实事化和品牌" },

  clause "l3" { at = "3 标题", title = "建功平台" },
  clause "l3_1_quality" { at = "3 一是 第1句", title = "创建程序、质量、档次" },
  clause "l3_1_kinds" { at = "3 一是 第2句", title = "四类创建，扩大覆盖面" },
  clause "l3_2_pairs" { at = "3 二是 第1句", title = "“巾帼示范村”和岗村结对" },
  clause "l3_2_club" { at = "3 二是 第2句", title = "俱乐部、文艺团队、示范点" },

  clause "l4_festivals" { at = "4 第1句", title = "节日活动和品牌带动", states = { "三八", "六一" } },
  clause "l4_women" { at = "4 第2句", title = "优秀女性宣传" },

  clause "l5_1_civilised" { at = "5 一是 文明家庭", title = "文明家庭创建" },
  clause "l5_1_safe" { at = "5 一是 平安家庭", title = "平安家庭创建" },
  clause "l5_2" { at = "5 二是", title = "“美德档案”" },
  clause "l5_3_practice" { at = "5 三是 实践", title = "“双合格”和科学知识" },
  clause "l5_3_schools" { at = "5 三是 学校", title = "家长学校" },
  clause "l5_3_mechanism" { at = "5 三是 机制", title = "讲师团、研究会和新机制" },
  clause "l5_3_parents" { at = "5 三是 典型", title = "“好家长”和教育模式", states = { "三位一体" } },

  clause "l6" { at = "6", title = "法律和国策宣传" },

  clause "l7_petitions" { at = "7 第1句", title = "信访维权制度" },
  clause "l7_stations" { at = "7 第2句", title = "妇女维权站" },
  clause "l7_network" { at = "7 第3句", title = "社会化维权网络", states = { "110" } },

  clause "l8_1_projects" { at = "8 一是 项目", title = "扶贫新模式" },
  clause "l8_1_visits" { at = "8 一是 慰问", title = "贫困妇女慰问", states = { "百名" } },
  clause "l8_1_disabled" { at = "8 一是 残疾", title = "残疾母亲扶助" },
  clause "l8_1_rights" { at = "8 一是 权益", title = "贫困母亲权益" },
  clause "l8_2_buds" { at = "8 二是 春蕾", title = "“春蕾计划”" },
  clause "l8_2_children" { at = "8 二是 关爱", title = "弱势儿童关爱" },
  clause "l8_3" { at = "8 三是", title = "女性新居民服务" },
}
