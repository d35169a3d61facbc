-- Something of everything the engine has to keep up to date when a figure changes; the rules are
-- chosen for what they read, not for their sense. Some fail on some inputs, on purpose.
pack {
  id = "rich", title = "增量测试", region = "150000", version = "1.0.0", api = 1, covers = "subtree",
  terms = { 2016, 2021, 2023 },
  conventions = { digits = 1, near_percent = 5, cap_items = false },
  figures = { "forecast", "forecast_low", "reach_year", "volatility", "recent_change", "gap" },
}

unit "health" { title = "卫生健康委" }
unit "labour" { title = "人社局" }
unit "education" { title = "教育局" }

breakdown "under5" { title = "五岁以下" }

data "births" { title = "活产数", unit = "人", digits = 0 }
data "enrolled" { title = "在园人数", unit = "人", digits = 0 }
data "children_total" { title = "适龄儿童数", unit = "人", digits = 0 }
data "income" { title = "平均收入", unit = "元", digits = 0 }
data "unread" { title = "没有规则读取的数", unit = "人", digits = 0 }

fact "late" { title = "迟报次数", unit = "次", default = 0, digits = 0 }
fact "falsified" { title = "弄虚作假起数", unit = "起", default = 0, digits = 0 }
fact "has_site" { title = "有无场所", unit = "1 是 0 否", digits = 0 }
fact "checked" { title = "检查率", unit = "%" }

local function indicator_with(id, unit_name, fields)
  fields.title, fields.unit, fields.lead = id, unit_name, fields.lead or "health"
  return indicator(id)(fields)
end

local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }

women:domain "health" { title = "健康" } {
  indicator_with("mortality", "1/10万", { target = at_most(60), milestones = { [2023] = 80, [2025] = 70 } }),
  indicator_with("screening", "%", {
    targets = { own = all_of(at_least(60), not_below("coverage")), nation = at_least(40), province = above(70) },
  }),
  indicator_with("coverage", "%", { target = rises() }),
  indicator_with("anemia", "%", { target = falls { per = "plan" }, forecast = "theil_sen" }),
  indicator_with("smoking", "%", { target = slows(), baseline = 50 }),
  objective "awareness" { title = "素养提高", lead = "health", evidence = true },
}

women:domain "economy" { title = "经济" } {
  indicator_with("income_gap", "%", {
    lead = "labour", target = narrows(),
    formula = function(income_male, income_female)
      if income_male > 119 then error("男性收入 " .. income_male .. " 不可信") end
      return 100 * (income_male - income_female) / income_male
    end,
  }),
  indicator_with("pay_ratio", "%", {
    lead = "labour", target = around(60, 20), formula = function(income_gap) return 100 - income_gap end,
  }),
  indicator_with("leadership", "%", { lead = "labour", target = within(40, 60, 30, 70), forecast = "least_error" }),
  indicator_with("employment", "%", { lead = "labour", target = keeps_at_least(30) }),
  indicator_with("seats", "%", {
    lead = "labour", target = rises { per = "term" }, counts = "births",
  }),
  indicator_with("seats_beside", "%", {
    lead = "labour", counts = "enrolled", among = "births", per = 100,
    targets = { own = not_below("income_female", { times = 0.5, margin = 1 }), nation = not_above("income_male", 3) },
  }),
  indicator_with("index", "分", {
    lead = "labour", target = at_least(0.5), partial = true,
    formula = function(leadership, employment, income_female)
      return arithmetic_mean({ { leadership, 2 }, { employment, 1 }, { income_female, 1 } }, 0.5)
    end,
  }),
}

local children = plan "children" {
  title = "儿童发展规划", from = 2021, to = 2026, baseline = 2019,
  conventions = { expected_counts = true, no_data = "unmet", at = "milestone", near_counts = true },
}

children:domain "health" { title = "健康" } {
  indicator_with("infant_mortality", "‰", { target = below(30), milestones = { [2024] = 45 }, forecast = "holt" }),
  indicator_with("small_births", "%", {
    target = at_most(50), formula = function(births_under5, births) return 100 * births_under5 / births end,
  }),
  indicator_with("myopia", "%", { target = any_of(falls { per = "term", years = 3 }, at_most(40)) }),
}

children:domain "education" { title = "教育" } {
  indicator_with("preschool", "%", {
    digits = 2, lead = "education", target = ratio(3, 4), milestones = { [2023] = 0.5 },
    formula = function(enrolled, children_total) return enrolled / children_total end,
  }),
  indicator_with("composite", "分", {
    lead = "education", target = at_least(70), forecast = "gm11",
    formula = function(preschool, small_births, screening, screening_rural)
      return round(40 * preschool + 0.2 * small_births + 0.2 * screening + 0.2 * screening_rural, 3)
    end,
  }),
  indicator_with("schooling", "%", {
    lead = "education", target = not_above("myopia"), forecast = "cagr", applies_to = { "150004", "150010", "160005" },
  }),
}

local before = plan "before" { title = "上一期规划", from = 2011, to = 2020, baseline = 2010 }

before:domain "health" { title = "健康" } {
  indicator_with("old_rate", "%", { target = full() }),
}

include "warnings"
include "assessments"
