-- 文件写到的各单位，名称照文件。

unit "committee_office" { title = "市妇儿工委办公室" }
unit "organization" { title = "市委组织部" }
unit "publicity" { title = "市委宣传部" }
unit "development" { title = "市发改委" }
unit "education" { title = "市教育局" }
unit "police" { title = "市公安局" }
unit "civil_affairs" { title = "市民政局" }
unit "justice" { title = "市司法局" }
unit "finance" { title = "市财政局" }
unit "labour" { title = "市人社局" }
unit "agriculture" { title = "市农林委" }
unit "culture" { title = "市文广新局" }
unit "health" { title = "市卫计委" }
unit "sport" { title = "市体育局" }
unit "foreign_affairs" { title = "市外办" }
unit "legislation" { title = "市法制办" }
unit "poverty" { title = "市扶贫办" }
unit "trade_unions" { title = "市总工会" }
unit "youth_league" { title = "团市委" }
unit "federation" { title = "市妇联" }
unit "science" { title = "市科协" }
unit "disabled" { title = "市残联" }
unit "red_cross" { title = "市红十字会" }

-- 两个统称：第34、35、38项的责任单位是全体成员单位，第12、13、34、35、37、38项涉及各区县妇儿工委。
unit "member_units" { title = "市妇儿工委各成员单位" }
unit "district_committees" { title = "各区县妇儿工委" }

-- 本包自定：文件没有列出成员单位名单，取文件点名承担任务的各单位。办公室牵头第7、36项任务，另计。
return {
  "organization", "publicity", "development", "education", "police", "civil_affairs", "justice", "finance",
  "labour", "agriculture", "culture", "health", "sport", "foreign_affairs", "legislation", "poverty",
  "trade_unions", "youth_league", "federation", "science", "disabled", "red_cross",
}
