-- 评估包样板：最小而完整。照着改，改完运行 biaochi pack check 和 biaochi pack test。
--
-- 一个评估包说清楚一个地区的一切：有哪些规划和指标、目标是多少、怎样预警、怎样考核。
-- 凡是写 function(…) 的地方都是规则：括号里写需要的数的名字，系统按名字把数传进来。
-- 可用的名字见 plugins/README.md;自己要用的数先用 data 或 fact 声明。

-- 必须最先出现。region 是行政区划代码；version 每次修改后递增。
pack {
  id = "@ID@",
  title = "@TITLE@",
  region = "@REGION@",
  version = "1.0.0",
  api = 1,
  -- 口径：不写则用默认值。这里按终期目标判定，打印时四舍五入到两位小数；
  -- 缺数据的计为未达标，不报的不会比报了的得分高。
  conventions = { at = "final", rounding = "half_up", digits = 2, no_data = "unmet" },
}

-- 成员单位。指标的牵头单位(lead)写单位的标识。
unit "health" { title = "卫生健康委" }
unit "labour" { title = "人力资源社会保障局" }

-- 数据项：只供公式使用的数。
data "income_male" { title = "男性平均收入", unit = "元", digits = 0 }
data "income_female" { title = "女性平均收入", unit = "元", digits = 0 }

-- 工作事实：考核使用的数。有 default 的，不填就按默认值。
-- better 说明数大为好(higher)还是数小为好(lower),biaochi pack check --properties 据此检查“做得更好不会减分”。
fact "late_submissions" { title = "迟报次数", unit = "次", default = 0, digits = 0, better = "lower" }
fact "falsified" {
  title = "查实的数据弄虚作假起数", unit = "起", default = 0, digits = 0, better = "lower",
}

-- 规划，及其领域、指标和主要目标。
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "妇女与健康" } {
  -- at_most:控制在该值及以下。
  indicator "maternal_mortality" {
    title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "health",
    target = at_most(12),
  },
  -- at_least:达到该值及以上。milestones 是中间年份的目标。
  indicator "cervical_screening" {
    title = "适龄妇女宫颈癌人群筛查率", unit = "%", digits = 1, lead = "health",
    target = at_least(70), milestones = { [2025] = 60 },
  },
  -- 没有数值的主要目标：有佐证材料，填 1 即为达标。
  objective "awareness" { title = "两癌防治意识明显提高", lead = "health", evidence = true },
}

women:domain "economy" { title = "妇女与经济" } {
  -- formula:由数据项推算。任何一个数缺失时，公式不会被调用，指标为缺数据；
  -- 算不出来的(如除数为 0)返回 nil,也是缺数据。
  -- narrows:差距较基期缩小。
  indicator "income_gap" {
    title = "男女收入差距", unit = "%", digits = 1, lead = "labour",
    target = narrows(),
    formula = function(income_male, income_female)
      if income_male <= 0 then return nil end
      return 100 * (income_male - income_female) / income_male
    end,
  },
}

-- 预警：返回 "red"、"orange"、"yellow"、"blue" 或什么都不返回。缺失的数是 nil,要先判断。
-- message 花括号里写输入名。阈值由各地自定。
warning "off_track" {
  on = "indicator",
  title = "预计达标困难",
  only = { "maternal_mortality", "cervical_screening" },
  level = function(status, reach_year, years_of_data, plan_end)
    -- 少于三年的数看不出趋势，不预警。
    if status ~= "unmet" or years_of_data < 3 then return nil end
    if reach_year == nil or reach_year > plan_end + 2 then return "red" end
    if reach_year > plan_end then return "orange" end
  end,
  message = "现值 {value}，目标 {target}，预计 {reach_year} 年达标。",
}

-- 考核：各项分值之和必须等于总分，等次由高到低，最后一档从 0 分起。
assessment "annual" {
  title = "年度综合考核",
  of = "region",
  points = 100,
  grades = { { 90, "优秀" }, { 80, "良好" }, { 60, "合格" }, { 0, "不合格" } },

  -- points 是本项分值；attainment_women 是 women 规划的达标率(0 到 1)。
  item "targets" {
    title = "目标达标", points = 60,
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end,
  },
  -- deduct:从分值里扣，扣完为止。
  item "reporting" {
    title = "按时报送", points = 40,
    score = function(points, late_submissions) return deduct(points, 2 * late_submissions) end,
  },

  -- 一票否决：条件成立时直接定等次。
  veto "fraud" {
    title = "数据弄虚作假",
    when = function(falsified) return falsified > 0 end,
    grade = "不合格",
  },
}
