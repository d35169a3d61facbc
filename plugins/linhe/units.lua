-- 单位。

-- 文件点名的机构。
unit "district_party" { title = "区委" }
unit "government" { title = "区政府" }
unit "committee" { title = "妇儿工委" }
unit "committee_office" { title = "妇儿工委办公室" }
unit "member_units" { title = "妇儿工委成员单位" }
unit "upper_office" { title = "上级妇儿工委办公室" }
unit "statistics" { title = "统计部门" }
unit "evaluation_leaders" { title = "监测评估领导小组" }
unit "monitoring_group" { title = "监测组" }
unit "evaluation_group" { title = "评估组" }
unit "federation" { title = "妇联组织" }
unit "trade_unions" { title = "工会组织" }
unit "party_school" { title = "党校（行政学院）" }

-- 本包自定：文件没有写各条目标和措施由谁牵头。以下按区一级部门的通常职责列出，
-- 供各条的 lead 使用；区妇儿工委分工确定后，以分工文件为准。
unit "organization" { title = "区委组织部" }
unit "publicity" { title = "区委宣传部" }
unit "politics_law" { title = "区委政法委" }
unit "cyberspace" { title = "区委网信办" }
unit "congress" { title = "区人大常委会办公室" }
unit "consultative" { title = "区政协办公室" }
unit "court" { title = "区人民法院" }
unit "procuratorate" { title = "区人民检察院" }
unit "development" { title = "区发展改革委" }
unit "education" { title = "区教育局" }
unit "science" { title = "区科技局" }
unit "ethnic" { title = "区民族事务委员会" }
unit "police" { title = "区公安分局" }
unit "civil_affairs" { title = "区民政局" }
unit "justice" { title = "区司法局" }
unit "finance" { title = "区财政局" }
unit "labour" { title = "区人力资源和社会保障局" }
unit "natural_resources" { title = "区自然资源局" }
unit "environment" { title = "区生态环境分局" }
unit "housing" { title = "区住房和城乡建设局" }
unit "water" { title = "区水利局" }
unit "agriculture" { title = "区农牧局" }
unit "culture" { title = "区文化旅游体育局" }
unit "health" { title = "区卫生健康委" }
unit "emergency" { title = "区应急管理局" }
unit "state_assets" { title = "区国资委" }
unit "medical_insurance" { title = "区医疗保障局" }
unit "youth_league" { title = "共青团区委" }
unit "science_association" { title = "区科协" }
unit "disabled_federation" { title = "区残联" }
