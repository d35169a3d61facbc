-- What each declaration and each of its fields does.

local function result_of(observations, year, regions)
  local result = evaluate { year = year or 2024, observations = observations, regions = regions }
  assert.same({}, result.failures)
  return result
end

describe("indicator", function()
  it("targets: judged at every level, own counts", function()
    local indicator = result_of { mortality = 11 }.indicators.mortality
    assert.same({ own = "met", nation = "met", province = "met" }, indicator.statuses)
    indicator = result_of({ mortality = 13 }, 2026).indicators.mortality
    assert.same({ own = "unmet", nation = "unmet", province = "met" }, indicator.statuses)
    assert.equal("unmet", indicator.status)
  end)

  it("milestones: the next one is due", function()
    assert.equal(14, result_of { mortality = 15 }.indicators.mortality.milestone)
    assert.equal(10, result_of({ mortality = 15 }, 2026).indicators.mortality.milestone)
  end)

  it("baseline: used where no observation gives it", function()
    assert.near(0.5, result_of { mortality = 15 }.indicators.mortality.progress, 1e-9)
    local observed = result_of { mortality = { [2020] = 16, [2024] = 15 } }
    assert.near(1 / 6, observed.indicators.mortality.progress, 1e-9)
  end)

  it("applies_to: elsewhere it is not applicable and not counted", function()
    local regions = { ["150802"] = { observations = { coastal = 95 } } }
    local result = result_of({ coastal = 95 }, 2024, regions)
    assert.equal("not_applicable", result.indicators.coastal.status)
    assert.equal("met", result.regions["150802"].indicators.coastal.status)
    assert.equal("not_applicable", result.regions["150802"].indicators.awareness.status)
    assert.equal(1, result.plans.women.not_applicable)
  end)

  it("formula: follows formulas it needs, whatever their order", function()
    local result = result_of { income_male = 50000, income_female = 40000 }
    assert.equal(10000, result.indicators.income_gap.value)
    assert.equal(20, result.indicators.gap_share.value)
  end)

  it("forecast: by the method with the least error", function()
    local falling = { [2020] = 20, [2021] = 18, [2022] = 16, [2023] = 14, [2024] = 12 }
    assert.near(10, result_of { mortality = falling }.indicators.mortality.forecast, 1e-9)
  end)

  it("is not applicable outside the plan's years", function()
    assert.equal("not_applicable", result_of({ mortality = 5 }, 2031).indicators.mortality.status)
  end)
end)

describe("objective", function()
  it("is met once evidence was entered", function()
    assert.equal("no_data", result_of({}).indicators.awareness.status)
    assert.equal("met", result_of({ awareness = 1 }).indicators.awareness.status)
  end)
end)

describe("plan and domain", function()
  it("count what is in them", function()
    local plan = result_of { awareness = 1, mortality = 15, income_male = 50000, income_female = 40000 }.plans.women
    assert.equal("33.33", plan.printed)
    assert.equal(2, plan.unmet)
    assert.equal(1, plan.domains.health.met)
    assert.equal(1, plan.domains.economy.no_data)
  end)
end)

describe("warning", function()
  local function raised(result, id)
    for _, warning in ipairs(result.warnings) do
      if warning.id == id then return warning end
    end
  end

  it("hold: only when it held in every one of the years, at the least level", function()
    local held = result_of { mortality = { [2022] = 17, [2023] = 19, [2024] = 15 } }
    assert.equal("yellow", raised(held, "stays_high").level)
    assert.is_nil(raised(result_of { mortality = { [2022] = 12, [2023] = 19, [2024] = 19 } }, "stays_high"))
  end)

  it("levels and message", function()
    local function level(value)
      local values = { [2022] = value, [2023] = value, [2024] = value }
      local warning = raised(result_of { mortality = values }, "stays_high")
      return warning and warning.level
    end
    assert.equal("red", level(19))
    assert.equal("orange", level(17))
    assert.equal("yellow", level(15))
    assert.equal("blue", level(13))
    assert.is_nil(level(12))
    local red = raised(result_of { mortality = { [2022] = 19, [2023] = 19, [2024] = 19.5 } }, "stays_high")
    assert.equal("mortality", red.subject)
    assert.equal("现值 19.50,目标 10.00", red.message)
  end)

  it("on plan and on region", function()
    assert.equal("women", raised(result_of { mortality = 15 }, "plan_behind").subject)
    assert.is_nil(raised(result_of { awareness = 1 }, "plan_behind"))
    assert.equal("blue", raised(result_of { late = 4 }, "region_late").level)
    assert.is_nil(raised(result_of({}), "region_late"))
  end)
end)

describe("assessment", function()
  it("of: who is assessed", function()
    local result = result_of({}, 2024, { ["150802"] = { observations = {} } })
    local child = result.regions["150802"]
    assert.is_not_nil(result.assessments.everywhere)
    assert.is_not_nil(child.assessments.everywhere)
    assert.is_not_nil(result.assessments.here)
    assert.is_nil(child.assessments.here)
    assert.is_nil(result.assessments.below)
    assert.is_not_nil(child.assessments.below)
    assert.is_not_nil(result.assessments.units.units.health)
    assert.is_not_nil(result.assessments.units.units.labour)
    assert.is_nil(result.assessments.some_units.units.health)
    assert.equal(10, result.assessments.some_units.units.labour.total)
  end)

  it("items hold items, grades follow the total", function()
    local assessed = result_of { late = 1, awareness = 1, mortality = 15 }.assessments.everywhere
    assert.near(30, assessed.items.reporting.score, 1e-9)
    assert.near(30, assessed.items.results.score, 1e-9)
    assert.near(60, assessed.items.work.score, 1e-9)
    assert.equal("合格", assessed.grade)
    assert.equal("60.0", assessed.printed)
  end)

  it("applies: an item that does not apply gives its points to the others", function()
    local assessed = result_of { late = 1 }.assessments.everywhere
    assert.equal("not_applicable", assessed.items.results.state)
    assert.near(75, assessed.total, 1e-9)
  end)

  it("veto: sets the grade whatever the score", function()
    local assessed = result_of { awareness = 1, falsified = 1 }.assessments.everywhere
    assert.near(100, assessed.total, 1e-9)
    assert.equal("fraud", assessed.veto)
    assert.equal("不合格", assessed.grade)
  end)

  it("a fact's default stands where nothing was entered; without one it is missing", function()
    assert.equal(10, result_of({}).assessments.here.items.reporting.score)
    assert.is_nil(result_of({}).assessments.everywhere.veto)
  end)
end)
