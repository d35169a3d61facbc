-- 委员会、办公室的调研、培训和报告(引言、第五部分)。

-- 文件没有列出成员单位名单：取文件点名的各单位，本包自定。
group "municipal_committee" {
  title = "市妇儿工委", lead = "committee_office", members = { "finance", "health", "federation", "member_units" },
  duties = { "组织", "协调", "指导", "督促" }, source = { "aims", "c5_3" },
}
procedure "research" {
  title = "专题调研", lead = "committee_office",
  steps = { "确定调研和课题重点", "专项调研", "分析未达指标的原因", "总结工作规律" }, source = "c5_1",
}
event "staff_training" {
  title = "办公室主任、统计监测人员业务培训", every = "occasion", lead = "committee_office",
  units = { "district_committees" }, source = "c5_2",
}
-- 文件没有写报送何处，报送办公室为本包自定。
report "work_summary" {
  title = "总结报告", by = { "district_committees", "member_units" }, to = "committee_office",
  parts = { "两个规划实施情况", "新经验", "新思路", "新成果" }, source = "c5_3",
}
