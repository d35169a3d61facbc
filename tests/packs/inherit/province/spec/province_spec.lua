it("has the stricter target, and what it added", function()
  local result = evaluate { year = 2024, observations = { mortality = { [2023] = 10, [2024] = 11 }, folic_acid = 91 } }
  assert.equal("unmet", result.indicators.mortality.status)
  assert.equal("met", result.indicators.folic_acid.status)
  assert.equal("red", result.warnings[1].level)
end)
