local result
before_each(function() result = evaluate { year = 2024, observations = { mortality = 11, insured = 96, check_ups = 90 } } end)

describe("a year of October to September", function()
  it("is told with the plan and its indicators", function()
    assert.same({ from = "2023-10", to = "2024-09" }, result.plans.health.period)
    assert.same({ from = "2023-10", to = "2024-09" }, result.indicators.mortality.period)
  end)

  it("may be another one for an indicator", function()
    assert.is_nil(result.indicators.insured.period)
    assert.same({ from = "2024-04", to = "2025-03" }, result.indicators.check_ups.period)
  end)

  it("is entered under its number and judged like any other", function()
    assert.equal("met", result.indicators.mortality.status)
    assert.equal("unmet", result.indicators.check_ups.status)
  end)
end)
