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
