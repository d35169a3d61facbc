it("counts five points a late report, and visits", function()
  local result = evaluate { year = 2024, observations = { mortality = 9, late = 2, visits = 2 } }
  assert.equal(30, result.assessments.annual.items.reporting.score)
  assert.equal(5, result.assessments.annual.items.visits.score)
  assert.is_nil(result.indicators.literacy)
  assert.is_nil(result.indicators.legal_aid)
end)
