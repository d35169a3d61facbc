-- 38 项重点工作，八个部分各为一个领域。没有填报进展的任务按未完成计入。

local work = plan "key_work" {
  title = "2018—2020年西安市妇女儿童重点工作", from = 2018, to = 2020, baseline = 2017, source = "title",
  conventions = { no_data = "unmet" },
}

work:domain "employment" { title = "妇女就业创业", source = "g1" } (include "work/employment")
work:domain "participation" { title = "性别意识和妇女参与", source = "g2" } (include "work/participation")
work:domain "health" { title = "妇女儿童健康", source = "g3" } (include "work/health")
work:domain "education" { title = "教育公平普惠", source = "g4" } (include "work/education")
work:domain "poverty" { title = "精准脱贫", source = "g5" } (include "work/poverty")
work:domain "rights" { title = "合法权益保护", source = "g6" } (include "work/rights")
work:domain "environment" { title = "社会环境和公共服务设施", source = "g7" } (include "work/environment")
work:domain "service" { title = "服务能力和水平", source = "g8" } (include "work/service")
