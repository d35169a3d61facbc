-- “两癌”项目资金、专项基金、救助和心理干预(第四部分)。文件没有写资金数额和配套比例。

group "two_cancers_mechanism" {
  title = "“两癌”检查及救助长效机制", lead = "health", members = { "finance", "health", "federation", "社会", "妇女" },
  duties = { "财政支持", "卫生部门主导", "妇联配合", "社会支持", "妇女参与" }, source = "c4_0",
}
procedure "screening_outreach" {
  title = "“两癌”检查宣传和经验推广", lead = "health", units = { "federation" },
  steps = { "深入基层普及健康知识", "宣讲", "义诊", "咨询服务", "总结推广检查工作经验" }, source = "c4_0",
}

-- 文件对检查资金写的是“专项资金”“落实到位”；专款专用由“专项”而来。
fund "screening_fund" {
  title = "农村妇女“两癌”免费检查项目资金", lead = "health", units = { "finance", "committee", "district_committees" },
  levels = { "项目专项资金", "区县配套" }, account = "专项资金，专款专用",
  steps = { "区县配套", "落实到位", "用于免费检查", "市级监督检查" },
  checks = { "配套资金到位", "资金使用", "收支结余相符", "年度检查任务完成" },
  indicators = { "matching_rate", "screening_difference", "screening_special_use", "screening_done" }, source = "c4_1",
}
event "fund_inspection" {
  title = "区县“两癌”项目资金配套和使用监督检查", every = "occasion", lead = "committee",
  units = { "finance", "health" }, indicators = { "matching_rate", "screening_difference", "screening_done" },
  source = "c4_1",
}

fund "relief_fund" {
  title = "“贫困母亲两癌救助专项基金”", lead = "governments", units = { "committee", "federation", "finance" },
  levels = { "市级", "区县级" }, account = "专账管理，专款专用",
  steps = { "政府设立基金", "救助申报", "审核", "发放救助金" },
  checks = { "专账", "专款", "收支结余相符", "审核通过的都已发放" },
  indicators = { "relief_difference", "relief_special_use", "relief_account", "relief_review", "relief_grant" }, source = "c4_2",
}
procedure "relief" {
  title = "“两癌”贫困患病妇女救助", lead = "federation", units = { "committee", "finance", "health" },
  steps = { "救助申报", "审核", "救助金发放" }, source = "c4_2",
}
group "relief_platforms" {
  title = "市、区县两级救助平台", lead = "committee", members = { "federation", "district_committees" },
  duties = { "完善救助体系", "申报审核", "救助金发放" }, source = "c4_2",
}

event "counselling" {
  title = "专家对患病妇女心理干预指导", every = "occasion", note = "定期，文件没有写间隔", lead = "federation", units = { "health", "committee" },
  source = "c4_3",
}

-- 账目，市本级和各区县分别填报。
data "matching_due" { title = "“两癌”项目应配套资金", unit = "万元", digits = 2, source = "c4_1" }
data "matching_paid" { title = "“两癌”项目到位配套资金", unit = "万元", digits = 2, source = "c4_1" }
data "screening_carried" { title = "“两癌”项目资金上年结转", unit = "万元", digits = 2, source = "c4_1" }
data "screening_income" { title = "“两癌”项目资金收入", unit = "万元", digits = 2, source = "c4_1" }
data "screening_paid" { title = "“两癌”项目资金支出", unit = "万元", digits = 2, source = "c4_1" }
data "screening_on_purpose" { title = "其中用于免费检查的支出", unit = "万元", digits = 2, source = "c4_1" }
data "screening_balance" { title = "“两癌”项目资金账面结余", unit = "万元", digits = 2, source = "c4_1" }
data "screening_planned" { title = "“两癌”年度应检查人数", unit = "人", digits = 0, source = "c4_1" }
data "screening_women" { title = "“两癌”年度已检查人数", unit = "人", digits = 0, source = "c4_1" }
data "relief_carried" { title = "救助基金上年结转", unit = "万元", digits = 2, source = "c4_2" }
data "relief_income" { title = "救助基金收入", unit = "万元", digits = 2, source = "c4_2" }
data "relief_paid" { title = "救助基金支出", unit = "万元", digits = 2, source = "c4_2" }
data "relief_on_purpose" { title = "其中发放的救助金", unit = "万元", digits = 2, source = "c4_2" }
data "relief_balance" { title = "救助基金账面结余", unit = "万元", digits = 2, source = "c4_2" }
data "relief_applied" { title = "救助申报人数", unit = "人", digits = 0, source = "c4_2" }
data "relief_reviewed" { title = "完成审核人数", unit = "人", digits = 0, source = "c4_2" }
data "relief_approved" { title = "审核通过人数", unit = "人", digits = 0, source = "c4_2" }
data "relief_granted" { title = "已发放救助金人数", unit = "人", digits = 0, source = "c4_2" }
