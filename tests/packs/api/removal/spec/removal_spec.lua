it("leaves what is declared anew, and nothing else", function()
  local got = evaluate { year = 2022, observations = { mortality = 1 } }
  assert.equal("met", got.indicators.mortality.status)
  assert.is_nil(got.indicators.trained)
  assert.is_nil(got.assessments.annual)
  assert.is_nil(got.plans.women.domains.law)
end)
