-- 儿童发展规划：53 项。目标值为本包自定，参照 2011—2020 年国家和河南省的规划。

local children = plan "children" {
  title = "平顶山市儿童发展规划（2011—2020年）", from = 2011, to = 2020, baseline = 2010,
}

children:domain "health" { title = "儿童与健康" } (include "children_health")
children:domain "education" { title = "儿童与教育" } (include "children_education")
children:domain "welfare" { title = "儿童与福利" } (include "children_welfare")
children:domain "environment" { title = "儿童与社会环境" } (include "children_environment")
children:domain "law" { title = "儿童与法律保护" } (include "children_law")
