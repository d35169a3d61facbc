local function printed(score, agreed, checked)
  return evaluate({ year = 2024, observations = {
    ["self_score.health"] = score, ["samples_agreed.health"] = agreed, ["samples_checked.health"] = checked,
  } }).assessments.units.units.health.printed
end

describe("a self-score", function()
  it("stands from 95 % on", function()
    assert.equal("92.00", printed(92, 19, 20))
    assert.equal("92.00", printed(92, 20, 20))
  end)

  it("is corrected below: 90 % of 20 samples make 0.95 of it", function()
    assert.equal("87.40", printed(92, 18, 20))
    assert.equal("69.00", printed(92, 14, 20)) -- 92 · 0.75
  end)

  it("is worth nothing unverified", function() assert.equal("0.00", printed(92)) end)
end)
