local function printed(vaccination)
  return evaluate({ year = 2024, observations = { vaccination = vaccination } }).assessments.annual.printed
end

describe("a step of a tenth", function()
  it("is counted in decimal figures: 95 − 94.7 is three steps", function()
    assert.equal("9.10", printed(94.7))
    assert.equal("9.70", printed(94.9))
  end)

  it("costs nothing once the target is reached", function() assert.equal("10.00", printed(95.3)) end)

  it("is deducted until nothing is left", function()
    assert.equal("0.10", printed(91.7)) -- 33 steps
    assert.equal("0.00", printed(91.6))
    assert.equal("0.00", printed(60))
  end)

  it("earns nothing without data", function() assert.equal("0.00", printed(nil)) end)
end)
