-- 妇女参与决策和管理：主要目标 11 条。“逐届”按五年一届。

data "female_party_members" { title = "本地区党员总数中女性比例", unit = "%", digits = 1 }
data "female_employees" { title = "企事业单位女职工占职工总数的比例", unit = "%", digits = 1 }
data "village_delegates" { title = "村民代表会议组成人员数", unit = "人", digits = 0 }
data "village_delegates_women" { title = "村民代表会议组成人员中妇女村民代表数", unit = "人", digits = 0 }

return {
  -- 1
  objective "democratic_participation" {
    title = "妇女参与民主政治建设和社会治理的水平提升", lead = "organization", evidence = true,
    source = "decision_goal_1",
  },
  -- 2 “各级”分区、乡镇两级；文件说“一般不低于”，这里按不低于判定；乡镇各代表大会合并计算，与全区女党员比例相比。
  -- “合理比例”没有给数，以佐证证明。以上均为本包自定。
  objective "party_member_structure" {
    title = "女党员保持合理比例", lead = "organization", evidence = true, source = "decision_goal_2",
  },
  indicator "female_party_delegates" {
    title = "区党员代表大会中女党员代表比例", unit = "%", digits = 1, lead = "organization",
    target = not_below("female_party_members"), source = "decision_goal_2",
  },
  indicator "township_party_delegates" {
    title = "乡镇党员代表大会中女党员代表比例", unit = "%", digits = 1, lead = "organization",
    target = not_below("female_party_members"), source = "decision_goal_2",
  },
  -- 3 人大“各级”分区、乡镇两级；乡镇人大不设常委会，乡镇不设政协。
  indicator "female_congress_deputies" {
    title = "区人大代表中的女性比例", unit = "%", digits = 1, lead = "congress",
    target = rises { per = "term" }, source = "decision_goal_3",
  },
  indicator "township_deputies" {
    title = "乡镇人大代表中的女性比例", unit = "%", digits = 1, lead = "congress",
    target = rises { per = "term" }, source = "decision_goal_3",
  },
  indicator "female_congress_standing" {
    title = "区人大常委会委员中的女性比例", unit = "%", digits = 1, lead = "congress",
    target = rises { per = "term" }, source = "decision_goal_3",
  },
  indicator "female_consultative_members" {
    title = "区政协委员中的女性比例", unit = "%", digits = 1, lead = "consultative",
    target = rises { per = "term" }, source = "decision_goal_3",
  },
  indicator "female_consultative_standing" {
    title = "区政协常委中的女性比例", unit = "%", digits = 1, lead = "consultative",
    target = rises { per = "term" }, source = "decision_goal_3",
  },
  -- 4 “至少配备一名”。
  indicator "government_women_leaders" {
    title = "区级政府领导班子中的女干部数（至少一名）", unit = "名", digits = 0, lead = "organization",
    target = at_least(1), source = "decision_goal_4",
  },
  indicator "government_women_heads" {
    title = "区级正职干部中的女干部比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_4",
  },
  -- 5
  indicator "department_women_leaders" {
    title = "区政府工作部门领导班子中女干部比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_5",
  },
  indicator "department_women_heads" {
    title = "区政府工作部门正职干部中的女干部比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_5",
  },
  -- 6 正职“一定数量”以不少于 1 名判定，本包自定。
  indicator "townships_with_woman" {
    title = "领导班子至少配备一名女干部的乡镇比例", unit = "%", digits = 1, lead = "organization",
    target = full(), source = "decision_goal_6",
  },
  indicator "township_women_heads" {
    title = "乡镇领导班子中的女性正职", unit = "名", digits = 0, lead = "organization",
    target = at_least(1), source = "decision_goal_6",
  },
  -- 7 四位小数，使恰好三分之一的达标、略少的不达标。
  indicator "female_village_party" {
    title = "村党组织成员中女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_7",
  },
  indicator "female_village_secretaries" {
    title = "村党组织书记中女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_7",
  },
  indicator "female_village_delegates" {
    title = "村民代表会议组成人员中的妇女份额（三分之一以上）", unit = "份额", digits = 4, lead = "civil_affairs",
    target = ratio(1, 3), source = "decision_goal_7",
    formula = function(village_delegates_women, village_delegates)
      if village_delegates <= 0 then return nil end -- 没有填对
      return village_delegates_women / village_delegates
    end,
  },
  indicator "female_village_committee" {
    title = "村委会成员中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(30), source = "decision_goal_7",
  },
  indicator "female_village_heads" {
    title = "村委会主任中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(10), source = "decision_goal_7",
  },
  -- 8 “合理结构”以 50% 上下 5 个百分点判定，本包自定。
  indicator "female_community_party" {
    title = "社区党组织成员中女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_8",
  },
  indicator "female_community_secretaries" {
    title = "社区党组织书记中女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_8",
  },
  indicator "female_residents_committee" {
    title = "社区居委会成员中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = around(50, 5), source = "decision_goal_8",
  },
  indicator "female_residents_heads" {
    title = "社区居委会主任中女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(40), source = "decision_goal_8",
  },
  -- 9
  indicator "institution_women_leaders" {
    title = "事业单位领导班子成员中的女性比例", unit = "%", digits = 1, lead = "organization",
    target = rises { per = "plan" }, source = "decision_goal_9",
  },
  objective "institution_structure" {
    title = "事业单位领导班子性别结构合理", lead = "organization", evidence = true, source = "decision_goal_9",
  },
  -- 10 “相适应”以不低于女职工比例判定，本包自定。
  indicator "female_directors" {
    title = "国有企业董事会成员中的女性比例", unit = "%", digits = 1, lead = "state_assets",
    target = rises { per = "plan" }, source = "decision_goal_10",
  },
  indicator "female_supervisors" {
    title = "国有企业监事会成员中的女性比例", unit = "%", digits = 1, lead = "state_assets",
    target = rises { per = "plan" }, source = "decision_goal_10",
  },
  indicator "female_managers" {
    title = "国有企业管理层中的女性比例", unit = "%", digits = 1, lead = "state_assets",
    target = rises { per = "plan" }, source = "decision_goal_10",
  },
  indicator "female_staff_delegates" {
    title = "企事业单位职工代表大会中女性比例", unit = "%", digits = 1, lead = "trade_unions",
    target = not_below("female_employees"), source = { "decision_goal_10", "decision_measure_8" },
  },
  -- 11 代用指标为本包自定。
  indicator "female_association_members" {
    title = "社会组织成员中的女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = rises { per = "plan" }, source = "decision_goal_11",
  },
  indicator "female_association_heads" {
    title = "社会组织负责人中的女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = rises { per = "plan" }, source = "decision_goal_11",
  },
}
