it("judges by its target", function()
  assert.equal("unmet", evaluate { year = 2024, observations = { screening = 60 } }.indicators.screening.status)
end)
