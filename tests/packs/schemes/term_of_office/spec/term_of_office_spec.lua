local function deputies(year, values)
  return evaluate({ year = year, observations = { deputies = values } }).indicators.deputies
end

describe("a term of office", function()
  it("is compared with what the one before it left", function()
    assert.equal("met", deputies(2022, { [2016] = 24, [2020] = 25.5, [2022] = 26 }).status)
    assert.equal("unmet", deputies(2022, { [2016] = 24, [2020] = 26, [2022] = 26 }).status)
  end)

  it("is not compared with its own first years", function()
    assert.equal("met", deputies(2025, { [2020] = 25.5, [2021] = 28, [2025] = 26 }).status)
  end)

  it("begins anew with the next one", function()
    assert.equal("unmet", deputies(2026, { [2020] = 25, [2025] = 28, [2026] = 27 }).status)
  end)

  it("is the period of the figure", function()
    assert.same({ from = "2021-01", to = "2025-12" }, deputies(2023, { [2023] = 1 }).period)
  end)

  it("may be one condition of several", function()
    local function committees(now)
      return evaluate({ year = 2022, observations = { committees = { [2019] = 29, [2022] = now } } }).indicators.committees.status
    end
    assert.equal("met", committees(30))
    assert.equal("unmet", committees(29.5))
  end)
end)
