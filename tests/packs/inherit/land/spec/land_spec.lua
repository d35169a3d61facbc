it("judges by its own targets", function()
  local result = evaluate { year = 2024, observations = { mortality = 11, screening = 60, literacy = 95 } }
  assert.equal("met", result.indicators.mortality.status)
  assert.equal("unmet", result.indicators.screening.status)
end)
