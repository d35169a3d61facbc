-- The status that each kind of target gives.

local function status_of(id, values)
  return evaluate { year = 2024, observations = { [id] = values } }.indicators[id].status
end

local function judges(id, cases)
  it(id, function()
    for _, case in ipairs(cases) do assert.equal(case[2], status_of(id, case[1])) end
    assert.equal("no_data", evaluate { year = 2024, observations = {} }.indicators[id].status)
  end)
end

describe("numbers", function()
  judges("is_at_least", { { 90, "met" }, { 89.95, "met" }, { 89.94, "unmet" } })
  judges("is_at_most", { { 12, "met" }, { 12.04, "met" }, { 12.1, "unmet" } })
  judges("is_above", { { 0.1, "met" }, { 0, "unmet" }, { 0.04, "unmet" } })
  judges("is_below", { { 4.9, "met" }, { 5, "unmet" } })
  judges("is_around", { { 95, "met" }, { 105, "met" }, { 94.9, "unmet" }, { 105.1, "unmet" } })
  judges("is_within", { { 103, "met" }, { 107, "met" }, { 108, "near" }, { 100, "near" }, { 110.1, "unmet" } })
  judges("is_within_plain", { { 103, "met" }, { 107.1, "unmet" } })
  judges("is_kept", {
    { { [2023] = 96, [2024] = 95 }, "met" },
    { { [2020] = 80, [2023] = 96, [2024] = 95 }, "met" },
    { { [2022] = 94, [2023] = 96, [2024] = 95 }, "near" },
    { { [2023] = 96, [2024] = 94 }, "unmet" },
  })
  judges("is_ratio", { { 0.34, "met" }, { 0.2, "unmet" } })
  judges("is_full", { { 100, "met" }, { 99.9, "unmet" } })
end)

describe("movements", function()
  judges("does_rise", {
    { { [2023] = 50, [2024] = 50.1 }, "met" }, { { [2023] = 50, [2024] = 50 }, "unmet" },
    { { [2023] = 50, [2024] = 50.04 }, "unmet" }, { { [2024] = 50 }, "no_data" },
  })
  judges("does_rise_over_term", {
    { { [2021] = 50, [2023] = 60, [2024] = 55 }, "met" }, { { [2021] = 56, [2023] = 50, [2024] = 55 }, "unmet" },
  })
  judges("does_rise_over_plan", {
    { { [2020] = 50, [2023] = 60, [2024] = 55 }, "met" }, { { [2020] = 60, [2023] = 50, [2024] = 55 }, "unmet" },
  })
  judges("does_fall", {
    { { [2023] = 50, [2024] = 49 }, "met" }, { { [2023] = 50, [2024] = 50 }, "unmet" },
  })
  judges("does_slow", {
    { { [2022] = 10, [2023] = 15, [2024] = 18 }, "met" }, { { [2022] = 10, [2023] = 12, [2024] = 16 }, "unmet" },
    { { [2023] = 12, [2024] = 13 }, "no_data" },
  })
  judges("does_narrow", {
    { { [2020] = -8, [2023] = -4, [2024] = 5 }, "met" }, { { [2020] = 4, [2024] = -5 }, "unmet" },
  })
  judges("does_narrow_yearly", {
    { { [2020] = 8, [2023] = 4, [2024] = 5 }, "unmet" }, { { [2020] = 8, [2023] = 6, [2024] = 5 }, "met" },
  })
end)

describe("the figure that is printed decides", function()
  judges("is_above", { { 0.05, "met" }, { 0.049, "unmet" } })
  judges("is_below", { { 4.95, "unmet" }, { 4.949, "met" } })
  judges("is_within", { { 102.95, "met" }, { 107.04, "met" }, { 110, "near" }, { 110.04, "near" }, { 99.95, "near" } })
  judges("is_around", { { 105.04, "met" }, { 94.95, "met" } })
  judges("does_rise", { { { [2023] = 50.04, [2024] = 50.05 }, "met" }, { { [2023] = 50.05, [2024] = 50.14 }, "unmet" } })
  judges("does_narrow", { { { [2020] = -5, [2024] = 5 }, "unmet" }, { { [2020] = -5, [2024] = 4.96 }, "unmet" } })
  -- 10.04, 10.06, 10.11 print as 10.0, 10.1, 10.1: the rise went from 0.1 to 0.
  judges("does_slow", {
    { { [2022] = 10, [2023] = 12, [2024] = 14 }, "unmet" }, { { [2022] = 10.04, [2023] = 10.06, [2024] = 10.11 }, "met" },
    { { [2022] = 0.1, [2023] = 0.2, [2024] = 0.3 }, "unmet" }, { { [2021] = 10, [2023] = 15, [2024] = 18 }, "no_data" },
    { { [2020] = 10, [2022] = 15, [2024] = 18 }, "no_data" }, { { [2021] = 10, [2022] = 15, [2024] = 18 }, "no_data" },
  })
  judges("is_kept", {
    { { [2021] = 94.96, [2024] = 95 }, "met" }, { { [2021] = 94, [2024] = 95 }, "near" },
    { { [2023] = 96, [2024] = 94.95 }, "met" },
  })
end)

describe("near-met within 10 %", function()
  judges("nears_from_below", { { -20, "met" }, { -22, "near" }, { -22.1, "unmet" } })
  judges("nears_a_circle", { { 105, "met" }, { 115, "near" }, { 115.1, "unmet" }, { 85, "near" }, { 84.9, "unmet" } })
  judges("nears_all", { { 100, "met" }, { 90, "near" }, { 89.9, "unmet" } })
  judges("nears_any", { { 100, "met" }, { 90, "near" }, { 89.9, "unmet" } })
end)

describe("relations", function()
  local function beside(id, other_id, value, other)
    local observations = { [id] = value, [other_id] = other }
    return evaluate { year = 2024, observations = observations }.indicators[id].status
  end

  it("not_below compares with this year's value of the other", function()
    assert.equal("met", beside("is_not_below", "is_at_least", 80, 80))
    assert.equal("unmet", beside("is_not_below", "is_at_least", 79.9, 80))
    assert.equal("no_data", beside("is_not_below", "is_at_least", 80, nil))
  end)

  it("not_above compares with this year's value of the other", function()
    assert.equal("met", beside("is_not_above", "is_at_most", 13, 13))
    assert.equal("unmet", beside("is_not_above", "is_at_most", 13.1, 13))
  end)

  judges("is_all", { { 10, "met" }, { 20, "met" }, { 9, "unmet" }, { 21, "unmet" } })
  judges("is_any", { { 10, "met" }, { 20, "met" }, { 15, "unmet" } })
  judges("is_shown", { { 1, "met" }, { 0, "unmet" } })
  judges("is_objective", { { 1, "met" }, { 0, "unmet" } })
end)

describe("a line drawn by another figure", function()
  local function beside(id, value, others)
    others[id] = value
    return evaluate { year = 2024, observations = others }.indicators[id]
  end

  it("may be that of a breakdown", function()
    assert.equal("met", beside("is_beside_women", 30, { ["party_members.female"] = 30, party_members = 50 }).status)
    assert.equal("unmet", beside("is_beside_women", 29.9, { ["party_members.female"] = 30 }).status)
    assert.equal("no_data", beside("is_beside_women", 29.9, { party_members = 30 }).status)
  end)

  it("may have a margin", function()
    assert.equal("met", beside("is_within_a_margin", 79.5, { is_at_least = 80 }).status)
    assert.equal("unmet", beside("is_within_a_margin", 79.4, { is_at_least = 80 }).status)
    assert.near(79.5, beside("is_within_a_margin", 79.4, { is_at_least = 80 }).target, 0)
  end)

  it("may lie at a share of it", function()
    assert.equal("met", beside("is_nine_tenths", 71, { is_at_least = 80 }).status)
    assert.equal("unmet", beside("is_nine_tenths", 70.9, { is_at_least = 80 }).status)
    assert.equal("met", beside("is_not_far_above", 11, { is_at_most = 10 }).status)
    assert.equal("unmet", beside("is_not_far_above", 11.1, { is_at_most = 10 }).status)
  end)

  it("is refused where it cannot be meant", function()
    assert.has_error(function() not_below("is_at_least", -1) end, "margin")
    assert.has_error(function() not_below("is_at_least", { time = 1 }) end, "time")
    assert.has_error(function() not_above("is_at_least", { times = 0 }) end, "times")
    assert.has_error(function() not_above("is_at_least", "1") end)
  end)
end)

describe("terms of office", function()
  local function status_in(year, values)
    return evaluate { year = year, observations = { rises_by_term = values } }.indicators.rises_by_term
  end

  it("compare with the last value of the term before", function()
    assert.equal("met", status_in(2024, { [2017] = 25, [2020] = 26, [2022] = 29, [2024] = 26.1 }).status)
    assert.equal("unmet", status_in(2024, { [2017] = 25, [2020] = 26, [2022] = 20, [2024] = 26 }).status)
    assert.equal("unmet", status_in(2026, { [2020] = 26, [2025] = 28, [2026] = 27 }).status)
    assert.equal("no_data", status_in(2024, { [2021] = 25, [2024] = 26 }).status)
  end)

  it("are reached once the forecast is beyond the term before", function()
    local values = { [2020] = 30, [2021] = 20, [2022] = 21, [2023] = 22, [2024] = 23, [2025] = 24 }
    -- 25 in 2026, the first year of a term that is held against 24.
    assert.near(2026, status_in(2025, values).reach_year, 1e-9)
    -- One a year: 25 in 2031, and 31 in 2037, when the term is still held against 30.
    values = { [2025] = 30, [2026] = 20, [2027] = 21, [2028] = 22, [2029] = 23, [2030] = 24 }
    assert.near(2037, status_in(2030, values).reach_year, 1e-9)
  end)

  it("are the period", function()
    assert.same({ from = "2021-01", to = "2025-12" }, status_in(2024, { [2023] = 1 }).period)
    assert.same({ from = "2026-01" }, status_in(2027, { [2023] = 1 }).period)
  end)
end)

describe("target sets", function()
  local result
  before_each(function()
    result = evaluate { year = 2024, observations = { judged_four_times = 10.5, judged_twice = 80 } }
  end)

  it("judge one value at every level", function()
    assert.same({ own = "unmet", city = "unmet", province = "met", nation = "met" },
      result.indicators.judged_four_times.statuses)
    assert.equal("unmet", result.indicators.judged_four_times.status)
  end)

  it("have counts and rates of their own", function()
    local plan = result.plans.sets
    assert.equal(0, plan.met)
    assert.equal(2, plan.targets.nation.met)
    assert.equal(1, plan.targets.nation.attainment)
    assert.equal(1, plan.targets.province.assessable)
    assert.equal("0.00", plan.targets.city.printed)
    assert.equal(2, plan.domains.health.targets.nation.met)
  end)

  it("are inputs of rules", function()
    local items = result.assessments.levels.items
    assert.equal(2, items.nation.score)
    assert.equal(1, items.city.score)
    assert.equal(0, items.province.score)
    assert.same({}, result.failures)
  end)

  it("are named in messages; where an indicator has no such target there is no status", function()
    assert.same({}, result.warnings)
    local worse = evaluate { year = 2024, observations = { judged_four_times = 13, rises_by_term = 1 } }
    assert.equal(1, #worse.warnings)
    assert.equal("国家：未达标", worse.warnings[1].message)
  end)
end)
