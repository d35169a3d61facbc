-- 儿童与福利：8 项。

local CITY = { "410400" }

return {
  indicator "child_medical_insurance" {
    title = "儿童基本医疗保险参保率", unit = "%", digits = 1, lead = "labour",
    target = at_least(95),
  },
  indicator "orphan_allowance" {
    title = "孤儿基本生活费发放率", unit = "%", digits = 1, lead = "civil_affairs",
    target = full(),
  },
  indicator "disabled_rehabilitation" {
    title = "残疾儿童康复率", unit = "%", digits = 1, lead = "disabled",
    target = rises { per = "plan" },
  },
  indicator "street_children" {
    title = "流浪儿童救助人次", unit = "人次", digits = 0, lead = "civil_affairs",
    target = falls { per = "plan" },
  },
  indicator "welfare_institutions" {
    title = "市级儿童福利机构数", unit = "所", digits = 0, lead = "civil_affairs",
    target = at_least(1), applies_to = CITY,
  },
  -- 文件公布 77 所。目标取 10 个县(市、区)平均每地至少 1 所，为本包自定。
  indicator "family_homes" {
    title = "留守儿童亲情家园", unit = "所", digits = 0, lead = "federation",
    target = at_least(10), applies_to = CITY, source = "m2_homes",
  },
  -- 文件公布：制定印发《平顶山市留守儿童亲情家园管理办法》。
  objective "family_home_rules" {
    title = "留守儿童亲情家园管理制度", lead = "committee_office",
    evidence = true, applies_to = CITY, source = "m2_rules",
  },
  -- 文件公布：出台《关于加强孤儿保障工作的意见》。
  objective "orphan_protection_policy" {
    title = "孤儿保障政策", lead = "civil_affairs",
    evidence = true, applies_to = CITY, source = "m1_documents",
  },
}
