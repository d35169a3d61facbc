local result
before_each(function()
  result = evaluate { year = 2024, observations = { mortality = 10.5, screening = 69, check_ups = 90 } }
end)

describe("four levels", function()
  it("judge the same value", function()
    assert.same({ own = "unmet", city = "unmet", province = "met", nation = "met" }, result.indicators.mortality.statuses)
    assert.same({ own = "unmet", province = "unmet", nation = "unmet" }, result.indicators.screening.statuses)
    assert.same({ own = "met" }, result.indicators.check_ups.statuses)
  end)

  it("have rates of their own, over the indicators that have such a target", function()
    local sets = result.plans.women.targets
    assert.equal("33.33", result.plans.women.printed)
    assert.equal("50.00", sets.nation.printed)
    assert.equal(2, sets.province.assessable)
    assert.equal(1, sets.city.assessable)
    assert.equal("0.00", sets.city.printed)
  end)

  it("earn points", function()
    assert.equal(2, result.assessments.levels.items.mortality.score)
    assert.equal(3, result.assessments.levels.items.nation.score)
  end)

  it("warn of one of them", function()
    assert.equal(1, #result.warnings)
    assert.equal("screening", result.warnings[1].subject)
    assert.equal("国家目标未达标，本级目标未达标", result.warnings[1].message)
  end)
end)
