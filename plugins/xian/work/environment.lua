-- 第七部分：第29—33项。

local CITY = { "610100" }

return {
  task "culture_media" {
    title = "文化体育设施、儿童节目和网络监管", source = "t29", lead = "publicity",
    units = { "culture", "sport", "youth_league", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    indicators = { "child_broadcast_hours" },
    checks = {
      "公共文化体育设施开放", "儿童广播电视节目", "文化市场、传媒和网络监管",
      "危害青少年的不良信息", "贬损女性形象的信息",
    },
  },
  task "activity_facilities" {
    title = "妇女儿童活动阵地和基础设施", source = "t30", lead = "development",
    units = { "civil_affairs", "education", "disabled", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "妇女儿童活动阵地", "特殊教育学习场所", "社会福利院", "康复机构" },
  },
  task "culture_circles" {
    title = "文化中心、文化圈和社区儿童活动阵地", source = "t31", lead = "culture",
    units = { "civil_affairs", "finance" }, from = 2018, to = 2020, digits = 1, due = "2020", applies_to = CITY,
    indicators = { "city_culture_circle", "town_culture_circle", "community_sites" },
    checks = { "社区文化中心", "农村文化中心", "中心城区15分钟文化圈", "乡镇30分钟文化圈" },
  },
  task "public_security_video" {
    title = "公共安全视频监控中的儿童安全", source = "t32", lead = "police",
    units = { "education", "finance" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "校园安全", "交通安全", "公共场所安全", "智慧城市管理中的儿童需求" },
  },
  task "international_exchange" {
    title = "妇女儿童国际交流", source = "t33", lead = "foreign_affairs",
    units = { "youth_league", "federation" }, from = 2018, to = 2020, digits = 1, applies_to = CITY,
    checks = { "国际交流渠道", "国际交流合作平台" },
  },
}
