local function anaemia(value)
  local result = evaluate { year = 2024, observations = { anaemia = value } }
  return result.indicators.anaemia.status, result.plans.children.printed, result.assessments.annual.items.anaemia
end

describe("near-met", function()
  it("20.1 against 20 is, though 20.1 − 20 is more than 0.1 in binary", function()
    local status, rate, item = anaemia(20.1)
    assert.equal("near", status)
    assert.equal("100.00", rate)
    assert.equal(8, item.score)
  end)

  it("20.2 is not", function()
    local status, rate, item = anaemia(20.2)
    assert.equal("unmet", status)
    assert.equal("0.00", rate)
    assert.equal(0, item.score)
  end)

  it("20.0 is met", function()
    local status, _, item = anaemia(20.0)
    assert.equal("met", status)
    assert.equal(10, item.score)
  end)

  it("no figure earns nothing", function()
    local _, _, item = anaemia(nil)
    assert.equal("no_data", item.state)
  end)
end)
