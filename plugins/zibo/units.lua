-- 文件写到的各单位。

unit "committee" { title = "市妇儿工委" }
unit "committee_office" { title = "市妇儿工委办公室" }
unit "city" { title = "市委、市政府" }
unit "governments" { title = "各级政府" }
unit "finance" { title = "市财政局" }
unit "health" { title = "市卫计委" }
unit "federation" { title = "市妇联" }
unit "party_school" { title = "党校" }
unit "district_committees" { title = "各区县妇儿工委" }
unit "hightech_committee" { title = "高新区妇儿工委" }
unit "wenchang_committee" { title = "文昌湖旅游度假区妇儿工委" }
unit "member_units" { title = "市妇儿工委各成员单位" }

-- 文件只说“主要责任单位”“有关责任单位”，没有点名：以下三个单位按职能选定；
-- 除第四部分 1 点名的市财政局、市卫计委外，各项的牵头、责任单位也按职能选定，均为本包自定。
unit "organization" { title = "市委组织部" }
unit "education" { title = "市教育局" }
unit "civil_affairs" { title = "市民政局" }
