-- 依据文件公布、但没有对应目标的数。有目标的三个(亲情家园、宣传活动、讲座)列在规划的指标里。

-- 公布的达标率，用来与算出的达标率核对。
data "published_attainment_women" { title = "公布的妇女发展规划达标率", unit = "%", digits = 2, source = "midterm" }
data "published_attainment_children" { title = "公布的儿童发展规划达标率", unit = "%", digits = 2, source = "midterm" }

-- 全市宣传。
data "publicity_materials" { title = "发放宣传资料", unit = "万份", digits = 0, source = "m5_eight" }
data "people_reached" { title = "受教育群众", unit = "万人次", digits = 0, source = "m5_eight" }
data "publicity_handbooks" { title = "“两规划”宣传手册", unit = "份", digits = 0, source = "m5_materials" }
data "law_readers" { title = "《法律知识读本》", unit = "万册", digits = 0, source = "m5_materials" }
data "supervision_years" { title = "连续开展督导检查的年数", unit = "年", digits = 0, source = "m2_supervision" }

-- 各县(市、区)的典型。
data "facility_investment" { title = "妇女儿童活动设施和场所建设投资", unit = "万元", digits = 0, source = "m3_baofeng" }
data "two_cancers_screened" { title = "农村妇女两癌免费检查人数", unit = "万人", digits = 0, source = "m3_jiaxian" }
data "nutrition_students" { title = "营养改善计划惠及学生数", unit = "万人", digits = 0, source = "m3_lushan" }
data "common_disease_funds" { title = "妇女常见病筛查拨付资金", unit = "万元", digits = 0, source = "m3_weidong" }
data "common_disease_screened" { title = "妇女常见病免费检查人数", unit = "万人", digits = 0, source = "m3_weidong" }
