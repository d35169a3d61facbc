-- 妇女发展规划(2014—2016年)主要定量指标。文件没有列出指标：清单和目标值均为本包自定，
-- 目标值参照2011—2020年国家妇女发展纲要，按规划期三年取近期水平。

local women = plan "women" {
  title = "鹤山市妇女发展规划（2014-2016年）", from = 2014, to = 2016,
  baseline = 2013, -- 本包自定：规划开始的上一年
  source = { "s2_stage", "preface" },
}

women:domain "health" { title = "妇女与健康" } {
  indicator "maternal_mortality" {
    title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "health",
    target = at_most(15), -- 本包自定
  },
  indicator "maternal_management" {
    title = "孕产妇系统管理率", unit = "%", digits = 1, lead = "health",
    target = at_least(90), -- 本包自定
  },
  indicator "common_disease_screening" {
    title = "妇女常见病筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(80), -- 本包自定
  },
  indicator "pre_pregnancy_checkup" {
    title = "免费孕前优生健康检查覆盖率", unit = "%", digits = 1, lead = "family_planning",
    target = at_least(85), -- 本包自定
  },
  indicator "female_exercise" {
    title = "经常参加体育锻炼的妇女比例", unit = "%", digits = 1, lead = "sport",
    target = rises { per = "plan" }, -- 本包自定
  },
}

women:domain "education" { title = "妇女与教育" } {
  indicator "female_upper_secondary" {
    title = "女性高中阶段教育毛入学率", unit = "%", digits = 1, lead = "education",
    target = at_least(95), -- 本包自定
  },
  indicator "female_schooling_years" {
    title = "主要劳动年龄人口中女性平均受教育年限", unit = "年", digits = 1, lead = "statistics",
    target = at_least(10.5), -- 本包自定
  },
}

women:domain "economy" { title = "妇女与经济" } {
  indicator "female_employment_share" {
    title = "就业人员中的女性比例", unit = "%", digits = 1, lead = "labour",
    target = keeps_at_least(40), -- 本包自定
  },
  indicator "maternity_insurance" {
    title = "生育保险参保率", unit = "%", digits = 1, lead = "labour",
    target = at_least(95), -- 本包自定
  },
}

women:domain "decision" { title = "妇女参与决策和管理" } {
  indicator "departments_with_woman" {
    title = "领导班子配有女干部的市政府工作部门比例", unit = "%", digits = 1, lead = "organization",
    target = at_least(60), -- 本包自定
  },
  indicator "female_village_committee" {
    title = "村委会成员中的女性比例", unit = "%", digits = 1, lead = "civil_affairs",
    target = at_least(30), -- 本包自定
  },
}

women:domain "environment" { title = "妇女与环境" } {
  indicator "source_water_quality" {
    title = "集中式饮用水水源水质达标率", unit = "%", digits = 1, lead = "environment",
    target = full(), -- 本包自定
  },
  indicator "toilet_ratio" {
    title = "城镇公共厕所女厕位与男厕位之比", unit = "男=1", digits = 2, lead = "municipal",
    target = at_least(1.5), -- 本包自定
  },
}

women:domain "law" { title = "妇女与法律" } {
  indicator "complaints_closed" {
    title = "妇女来信来访办结率", unit = "%", digits = 1, lead = "federation",
    target = at_least(95), -- 本包自定
  },
}
