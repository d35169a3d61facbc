-- 儿童与法律保护：5 项。

local CITY = { "410400" }

return {
  indicator "sex_ratio_at_birth" {
    title = "出生人口性别比", unit = "女=100", digits = 1, lead = "health",
    target = falls { per = "plan" },
  },
  indicator "juvenile_offenders" {
    title = "未成年人罪犯占全部罪犯的比重", unit = "%", digits = 2, lead = "court",
    target = falls { per = "plan" },
  },
  indicator "child_legal_aid_cases" {
    title = "未成年人获得法律援助件数", unit = "件", digits = 0, lead = "justice",
    target = rises { per = "plan" },
  },
  indicator "law_vice_principals" {
    title = "配备法制副校长的中小学比例", unit = "%", digits = 1, lead = "police",
    target = full(),
  },
  -- 文件公布 1600 次。自规划实施起累计，基期为 0。
  indicator "women_children_lectures" {
    title = "专场为妇女儿童开展的讲座累计次数", unit = "次", digits = 0, lead = "justice",
    target = rises { per = "plan" }, baseline = 0, applies_to = CITY, source = "m5_eight",
  },
}
