-- 七、八：维权、扶贫帮困。

local work = include "team"

-- 7
work:domain "rights" { title = "维权" } {
  task "petitions" {
    title = "信访维权的三段制度", lead = "congress", checks = { "事前预防", "事中协调", "事后回访" },
    source = "l7_petitions",
  },
  task "stations" {
    title = "镇、村妇女维权站规范化，进综治中心", lead = "congress",
    units = { "rights_station", "governance_centre" }, checks = { "规范化", "进综治中心" }, source = "l7_stations",
  },
  task "rights_network" {
    title = "社会化维权网络", lead = "congress", units = { "police", "procuratorate", "court", "justice" },
    checks = {
      "“110”妇女儿童救助中心", "家庭暴力伤情鉴定中心", "妇女维权合议庭", "妇女法律援助中心", "“妇女维权热线”",
      "社区（村）姐妹维权（谈心）站",
    },
    source = "l7_network",
  },
}

group "rights_network_members" {
  title = "维权网络", lead = "congress",
  members = {
    "police", "procuratorate", "court", "justice",
    "“110”妇女儿童救助中心", "家庭暴力伤情鉴定中心", "妇女维权合议庭", "妇女法律援助中心", "“妇女维权热线”",
    "社区（村）姐妹维权（谈心）站",
  },
  duties = { "服务", "支持", "保障" },
  source = "l7_network",
}

procedure "petition_handling" {
  title = "信访维权", lead = "congress",
  steps = { "事前预防", "事中协调", "事后回访" }, source = "l7_petitions",
}

-- 8
work:domain "poverty" { title = "扶贫帮困" } {
  indicator "poor_women_visited" {
    title = "百名贫困妇女慰问人数", unit = "名", digits = 0, lead = "congress", target = at_least(100), source = "l8_1_visits",
  },
  task "able_women" {
    title = "女能手项目帮带扶持", lead = "congress", checks = { "扶贫新模式", "女能手", "帮带项目", "扶贫实效" },
    source = "l8_1_projects",
  },
  task "disabled_mothers" {
    title = "残疾母亲扶助", lead = "congress", checks = { "扶助记录" }, source = "l8_1_disabled",
  },
  task "poor_mothers_rights" {
    title = "贫困母亲权益", lead = "congress", checks = { "维权记录" }, source = "l8_1_rights",
  },
  task "spring_buds" {
    title = "“春蕾计划”", lead = "congress", checks = { "资助名单" }, source = "l8_2_buds",
  },
  task "vulnerable_children" {
    title = "弱势儿童关爱，由物质转向精神、心理帮助", lead = "congress",
    checks = { "单亲儿童", "留守儿童", "贫困儿童", "物质帮助", "精神帮助", "心理帮助", "完成学业", "健康成长" },
    source = "l8_2_children",
  },
  task "new_residents" {
    title = "女性新居民服务", lead = "congress", units = { "newcomers" },
    checks = { "素质提升", "维权服务", "融入本地" }, source = "l8_3",
  },
}
