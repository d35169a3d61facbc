describe("a task", function()
  it("is met once its evidence was entered as 1, and unmet or without data before", function()
    local got = evaluate { year = 2022, observations = { hotline = 1, mortality = 11, trained = 100 } }
    assert.equal("met", got.indicators.hotline.status)
    got = evaluate { year = 2022, observations = { hotline = 0 } }
    assert.equal("unmet", got.indicators.hotline.status)
    got = evaluate { year = 2022, observations = { mortality = 11 } }
    assert.equal("no_data", got.indicators.hotline.status)
  end)

  it("under way shows its progress in its digits", function()
    local got = evaluate { year = 2022, observations = { hotline = 0.9 } }
    assert.equal("unmet", got.indicators.hotline.status)
    assert.equal("进展 0.9", got.warnings[1].message)
  end)
end)

describe("a responsible unit's fact", function()
  it("is judged although forms and reports stand beside it", function()
    local got = evaluate { year = 2022, observations = { late = 4 } }
    assert.equal("blue", got.warnings[1].level)
    assert.near(6, got.assessments.annual.total, 1e-9)
  end)
end)
