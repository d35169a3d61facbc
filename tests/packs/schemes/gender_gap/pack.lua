-- An index after the pattern of the Global Gender Gap Index: ratios of women to men, cut at parity,
-- weighted within each of four fields, the fields' mean. A field stands on half its weight at least.

pack { id = "gender_gap", title = "性别差距指数", region = "000000", version = "1.0.0", api = 1, conventions = { digits = 3 } }

local ratios = {
  economy = { { "participation", 0.199 }, { "equal_pay", 0.310 }, { "earned_income", 0.221 }, { "managers", 0.149 },
    { "professionals", 0.121 } },
  education = { { "literacy", 0.191 }, { "primary", 0.459 }, { "secondary", 0.230 }, { "tertiary", 0.121 } },
  health = { { "births", 0.693 }, { "healthy_life", 0.307 } },
  politics = { { "parliament", 0.310 }, { "ministers", 0.247 }, { "head_of_state", 0.443 } },
}
for _, list in pairs(ratios) do
  for _, ratio_of in ipairs(list) do data(ratio_of[1]) { title = ratio_of[1], unit = "女/男", digits = 3 } end
end

-- Parity is 1; of births 0.944 girls a boy, of healthy years 1.06.
local parity = { births = 0.944, healthy_life = 1.06 }

local function field(id, values)
  local parts = {}
  for i, ratio_of in ipairs(ratios[id]) do
    parts[i] = { goalposts(values[i], 0, parity[ratio_of[1]] or 1), ratio_of[2] }
  end
  return arithmetic_mean(parts, 0.5)
end

local function field_index(id, formula)
  return indicator(id .. "_index") { title = id, unit = "指数", lead = "统计局", target = at_least(1), partial = true,
    formula = formula }
end

local gap = plan "gap" { title = "性别差距", from = 2015, to = 2030, baseline = 2015 }

gap:domain "index" { title = "指数" } {
  field_index("economy", function(participation, equal_pay, earned_income, managers, professionals)
    return field("economy", { participation, equal_pay, earned_income, managers, professionals })
  end),
  field_index("education", function(literacy, primary, secondary, tertiary)
    return field("education", { literacy, primary, secondary, tertiary })
  end),
  field_index("health", function(births, healthy_life) return field("health", { births, healthy_life }) end),
  field_index("politics", function(parliament, ministers, head_of_state)
    return field("politics", { parliament, ministers, head_of_state })
  end),
  indicator "gap_index" { title = "性别差距指数", unit = "指数", lead = "统计局", target = at_least(1),
    formula = function(economy_index, education_index, health_index, politics_index)
      return arithmetic_mean { { economy_index }, { education_index }, { health_index }, { politics_index } }
    end },
}
