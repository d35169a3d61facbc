it("judges by its target", function()
  assert.equal("met", evaluate { year = 2024, observations = { mortality = 11 } }.indicators.mortality.status)
end)
