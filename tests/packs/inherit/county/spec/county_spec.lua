it("is judged by what four packs say", function()
  local result = evaluate { year = 2024, observations = { mortality = 9, screening = 70, folic_acid = 90, literacy = 90 } }
  assert.equal("unmet", result.indicators.mortality.status)
  assert.equal("met", result.indicators.screening.status)
  assert.equal("met", result.indicators.folic_acid.status)
  assert.equal("unmet", result.indicators.literacy.status)
  assert.equal("50.00", result.plans.women.printed)
end)
