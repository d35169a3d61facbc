-- 第一部分：第1—6项。

local CITY = { "610100" }

return {
  task "employment_law" {
    title = "落实就业法律法规和就业政策", source = "t1", lead = "labour",
    units = { "finance", "agriculture", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = {
      "劳动法、劳动合同法、妇女权益保障法落实情况", "贫困女大学生就业创业", "城镇失业女性就业创业",
      "农村富余女性劳动力就业创业",
    },
  },
  task "startup_benefits" {
    title = "完善妇女创业就业优惠政策", source = "t2", lead = "labour",
    units = { "trade_unions", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "培训补贴", "社会保险补贴", "贷款贴息", "妇女创业成功率", "企业吸纳妇女就业" },
  },
  task "skill_training" {
    title = "开展妇女技能培训", source = "t3", lead = "labour",
    units = { "agriculture", "trade_unions", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = {
      "人力资源市场和就业培训机构发挥作用", "互联网、信息传输、计算机技术培训", "家庭手工艺培训",
      "乡村旅游培训", "社会服务业培训",
    },
  },
  task "rural_science" {
    title = "农村妇女学用科技和就业创业培训", source = "t4", lead = "agriculture",
    units = { "federation", "science" }, from = 2018, to = 2020, digits = 1, due = "2020", applies_to = CITY,
    indicators = { "women_trained" },
    checks = { "农科站发挥作用", "科技示范基地发挥作用", "农村妇女致富本领" },
  },
  task "employment_service" {
    title = "公共就业服务和平等就业权利", source = "t5", lead = "labour",
    units = { "trade_unions", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = {
      "劳动力市场建设和监管", "就业指导、职业介绍、技能鉴定服务", "男女同工同酬",
      "妇女劳动权益和收入水平", "就业性别歧视的纠正和禁止",
    },
  },
  task "female_skilled" {
    title = "女性技能人才培养使用", source = "t6", lead = "labour",
    units = { "trade_unions" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "skilled_junior_female", "skilled_middle_female", "skilled_senior_female" },
    checks = { "培养政策", "评价政策", "激励政策" },
  },
}
