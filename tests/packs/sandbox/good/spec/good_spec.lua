it("evaluates", function()
  local result = evaluate { year = 2024, observations = { steady = 14.3 } }
  assert.equal("unmet", result.indicators.steady.status)
end)
