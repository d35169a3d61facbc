-- 依据文件的每一段、每一项，按原文顺序。states 是该处写明的数，照原样。

document "work" {
  title = "《2018-2020年西安市妇女儿童重点工作责任分工》",
  issued = "2018-05-08",
  by = "西安市人民政府妇女儿童工作委员会",
} {
  clause "notice_title" {
    at = "通知标题", title = "印发责任分工的通知", states = { "2018-2020年" },
  },
  clause "recipients" { at = "主送", title = "各区县政府妇儿工委、市政府妇儿工委各成员单位" },
  clause "notice" {
    at = "通知正文", title = "对照两份分解书做好任务分解，提出年度计划",
    states = { "2011-2020年", "2018-2020年" },
  },
  clause "signature" { at = "落款", title = "印发机关和日期", states = { "2018年5月8日" } },
  clause "title" { at = "标题", title = "重点工作责任分工", states = { "2018-2020年" } },

  clause "g1" { at = "一", title = "妇女就业创业" },
  clause "t1" { at = "1", title = "落实就业法律政策，解决三类妇女就业" },
  clause "t2" { at = "2", title = "补贴贴息优惠政策" },
  clause "t3" { at = "3", title = "妇女技能培训" },
  clause "t4" { at = "4", title = "农村妇女学科技，就业创业培训", states = { "2020年", "6万人" } },
  clause "t5" { at = "5", title = "公共就业服务和平等就业" },
  clause "t6" { at = "6", title = "女性技能人才" },

  clause "g2" { at = "二", title = "性别意识和妇女参与" },
  clause "t7" { at = "7", title = "基本国策和评估咨询机制" },
  clause "t8" { at = "8", title = "妇女人才和女干部培养" },
  clause "t9" { at = "9", title = "代表、委员和领导班子中的女性" },
  clause "t10" { at = "10", title = "村（居）两委中的女性" },
  clause "t11" { at = "11", title = "企事业单位职代会和管理层中的女性" },

  clause "g3" { at = "三", title = "妇女儿童健康" },
  clause "t12" { at = "12", title = "健康服务、常见病筛查和特殊群体", states = { "2030" } },
  clause "t13" { at = "13", title = "“两癌”筛查全覆盖，出生缺陷防治", states = { "2020年" } },
  clause "t14" { at = "14", title = "健康儿童计划和营养改善" },

  clause "g4" { at = "四", title = "教育公平普惠" },
  clause "t15" { at = "15", title = "义务教育均衡和大学区制" },
  clause "t16" { at = "16", title = "教育设施和学前教育", states = { "98%" } },
  clause "t17" { at = "17", title = "特殊群体儿童教育", states = { "2020年", "100%", "95%" } },
  clause "t18" { at = "18", title = "中等职业教育" },

  clause "g5" { at = "五", title = "妇女儿童精准脱贫" },
  clause "t19" { at = "19", title = "分性别贫困监测和妇女扶贫项目" },
  clause "t20" { at = "20", title = "贫困地区办学和医疗条件" },
  clause "t21" { at = "21", title = "社会保障和五项保险" },
  clause "t22" { at = "22", title = "教育扶贫和健康扶贫" },

  clause "g6" { at = "六", title = "合法权益保护" },
  clause "t23" { at = "23", title = "法律宣传、法律援助和反家庭暴力" },
  clause "t24" { at = "24", title = "财产权益和村民自治权益" },
  clause "t25" { at = "25", title = "儿童监护监督和留守儿童专项行动" },
  clause "t26" { at = "26", title = "校园安全和普法" },
  clause "t27" { at = "27", title = "适度普惠型儿童福利" },
  clause "t28" { at = "28", title = "打击侵害妇女儿童犯罪", states = { "100%" } },

  clause "g7" { at = "七", title = "社会环境和公共服务设施" },
  clause "t29" { at = "29", title = "文化体育设施、广播电视和网络监管" },
  clause "t30" { at = "30", title = "妇女儿童活动阵地和基础设施" },
  clause "t31" {
    at = "31", title = "文化圈和社区儿童活动阵地", states = { "15分钟", "30分钟", "2020年", "1个" },
  },
  clause "t32" { at = "32", title = "公共安全视频监控中的儿童安全" },
  clause "t33" { at = "33", title = "国际交流" },

  clause "g8" { at = "八", title = "服务能力和水平" },
  clause "t34" { at = "34", title = "主体责任、听取汇报和办实事", states = { "1-2次", "10件" } },
  clause "t35" { at = "35", title = "妇儿工委职能和成员单位工作方案" },
  clause "t36" { at = "36", title = "评估督导和目标落实情况报告" },
  clause "t37" { at = "37", title = "机构能力、监测评估和预警" },
  clause "t38" { at = "38", title = "三支服务队伍" },
}
