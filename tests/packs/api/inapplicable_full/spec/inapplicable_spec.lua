local function result_of(raw_score)
  return evaluate { year = 2024, observations = { raw_score = raw_score } }
end

describe("inapplicable full", function()
  it("gives all points of what does not apply", function()
    local assessed = result_of(20).assessments.annual
    assert.near(80, assessed.total, 1e-9)
    assert.near(100, assessed.maximum, 1e-9)
    assert.equal(60, assessed.items.left_out.score)
  end)
end)

describe("cap_items false", function()
  it("makes a score beyond the points a failure of its rule", function()
    local result = result_of(50)
    assert.equal("failed", result.assessments.annual.items.scored.state)
    assert.equal(0, result.assessments.annual.items.scored.score)
    assert.equal("bad_result", result.failures[1].outcome)
    assert.equal("pack.lua", result.failures[1].file)
  end)

  it("leaves scores within the points alone", function()
    assert.equal(40, result_of(40).assessments.annual.items.scored.score)
    assert.same({}, result_of(40).failures)
  end)
end)
