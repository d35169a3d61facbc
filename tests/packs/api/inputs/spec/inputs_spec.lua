-- What each input is. The figures of `mortality` are worked out by hand from its five values: the
-- least squares line through them is 15.54 − 0.62 · (year − 2022), its residual deviation 0.12649 with
-- three degrees of freedom, for which t is 1.63774.

local observations = {
  mortality = { [2020] = 16.9, [2021] = 16.0, [2022] = 15.5, [2023] = 15.0, [2024] = 14.3 },
  ["mortality.female"] = 14.1, ["mortality.male"] = 14.2, ["mortality.urban"] = 13.9, ["mortality.rural"] = 15.2,
  ["mortality.under5"] = 13.5,
  screening = 65,
  deaths = { [2020] = 4, [2024] = 3 },
  ["births.rural"] = { [2020] = 1000, [2024] = 1000 },
  late = 2, ["late.health"] = 3,
}
local regions = {
  ["150802"] = { observations = { mortality = 12 } },
  ["150821"] = { observations = { mortality = { [2020] = 13, [2024] = 10 } } },
  ["150822"] = { observations = { mortality = 17 } },
  ["150823"] = { observations = {} },
}

local result
before_each(function()
  result = evaluate { year = 2024, observations = observations, regions = regions }
  assert.same({}, result.failures)
end)

local function message_of(warnings, id)
  for _, raised in ipairs(warnings) do
    if raised.id == id then return raised.message end
  end
end

local function shown(expected)
  for id, message in pairs(expected) do
    it(id, function() assert.equal(message, message_of(result.warnings, id)) end)
  end
end

describe("an indicator's inputs", function()
  shown {
    value = "14.300000", previous = "15.000000", baseline = "16.900000", target = "12.000000",
    milestone = "14.000000", status = "未达标", progress = "53.0612%", pace = "40.0000%", on_track = "是",
    gap = "2.300000", change = "-0.700000", required_change = "-0.383333", recent_change = "-0.650000",
    forecast = "13.680000", forecast_low = "13.379797", forecast_high = "13.980203", forecast_final = "10.580000",
    reach_year = "2028", volatility = "1.2322%", years_of_data = "5",
    -- 14.7333 was forecast for 2023 and 14.3 for 2024; nothing for 2022, from two values.
    forecast_error = "0.133333",
    -- Of 3 deaths, by Poisson's distribution 95 in 100 times as good: 0.618672 to 8.767273.
    count_low = "2.949004", count_high = "41.790668",
    female = "14.100000", male = "14.200000", urban = "13.900000", rural = "15.200000", under5 = "13.500000",
    year = "2024", plan_start = "2021", plan_end = "2030", screening = "65.0", screening_status = "基本达标",
  }

  it("series", function() assert.equal("", message_of(result.warnings, "series")) end)

  it("are missing where there is nothing to tell", function()
    assert.is_nil(message_of(result.warnings, "parent_value"))
    assert.is_nil(message_of(result.regions["150822"].warnings, "previous"))
    assert.is_nil(message_of(result.regions["150822"].warnings, "forecast"))
    assert.is_nil(message_of(result.regions["150823"].warnings, "value"))
  end)
end)

describe("an indicator's place among its peers", function()
  local function peers(code, expected)
    it(code, function()
      for id, message in pairs(expected) do
        assert.equal(message, message_of(result.regions[code].warnings, id))
      end
    end)
  end

  -- 10, 12 and 17; less is better.
  peers("150821", { peers_mean = "13.000000", peers_median = "12.000000", peers_rank = "1", peers_count = "3",
    parent_value = "14.300000", peers_lower_quartile = "11.000000", peers_upper_quartile = "14.500000",
    peers_least = "10.000000", peers_most = "17.000000", peers_deviation = "2.943920" })
  peers("150802", { peers_rank = "2" })
  peers("150822", { peers_rank = "3" })
end)

describe("a plan's inputs", function()
  -- death_rate fell and mortality did not reach its target; screening is near, counselling missing.
  shown {
    plan_pace = "40.0000%", plan_attainment = "33.3333%", plan_met_count = "1", plan_near_count = "1",
    plan_unmet_count = "1", plan_no_data_count = "1", plan_assessable_count = "3", plan_plan_start = "2021",
    plan_plan_end = "2030",
  }
end)

describe("a region's inputs", function()
  shown { region_figures = "33.3333% 0" }
end)

describe("an item's inputs", function()
  local function scores(id, expected)
    it(id, function() assert.near(expected, result.assessments.region_items.items[id].score, 1e-9) end)
  end

  scores("gets_points", 50)
  scores("gets_attainment", 100 / 3)
  scores("gets_domain_attainment", 0)
  scores("gets_counts", 1 + 2 + 4 + 8 + 16 * 3)
  scores("gets_indicator", 14.3)
  scores("gets_metric_of_indicator", 100 * 2.6 / 4.9)
  scores("gets_breakdown_of_indicator", 15.2)
  scores("gets_fact", 2)
  scores("gets_year", 24)

  it("are the unit's own facts in a unit's assessment", function()
    assert.equal(3, result.assessments.unit_items.units.health.items.gets_own_fact.score)
  end)
end)

describe("a formula's inputs", function()
  it("are values, breakdowns, other indicators and the year", function()
    assert.near(3 + 14.3 - 4, result.indicators.death_rate.value, 1e-9)
  end)
end)
