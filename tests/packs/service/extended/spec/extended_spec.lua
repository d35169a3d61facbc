it("is stricter", function()
  assert.equal("met", evaluate { year = 2024, observations = { mortality = 11.5 } }.indicators.mortality.status)
end)
