describe("what is overridden", function()
  it("counts, and what is not stays as it was", function()
    local got = evaluate { year = 2022, observations = { mortality = 10, folic_acid = 90, trained = 60000 } }
    assert.equal("unmet", got.indicators.mortality.status)
    assert.equal("met", got.indicators.trained.status)
    assert.equal("met", got.indicators.folic_acid.status)
    assert.equal("no_data", got.indicators.aid_offered.status)
    assert.equal("no_data", got.indicators.screening_rate.status)
  end)

  it("has rules of the pack's own", function()
    local got = evaluate { year = 2022, observations = {} }
    assert.equal("red", got.warnings[1].level)
    assert.equal(6, got.assessments.annual.items.reporting.score)
    assert.equal(5, got.assessments.annual.items.extra.score)
    assert.equal("more", evaluate({ year = 2022, observations = { late = 41 } }).assessments.annual.veto)
  end)

  it("leaves the conventions one by one as they are inherited", function()
    assert.equal("100.0", evaluate({ year = 2022, observations = { trained = 60000 } }).plans.women.printed)
  end)
end)
