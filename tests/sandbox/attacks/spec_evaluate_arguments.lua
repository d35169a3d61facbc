-- expect: spec 0 1 spec passed
it("refuses what is no request", function()
  local cyclic = {}
  cyclic.observations = cyclic
  for _, request in ipairs { {}, { year = "2024" }, { year = 1e300 }, { year = 2024.5 }, { year = 3000 },
    { year = 2024, observations = { unknown = 1 } }, { year = 2024, observations = { steady = "x" } },
    { year = 2024, observations = { steady = { [5000] = 1 } } }, { year = 2024, observations = { steady = { x = 1 } } },
    { year = 2024, observations = { ["steady." .. ("x"):rep(100)] = 1 } },
    { year = 2024, observations = { steady = 0 / 0 } }, { year = 2024, observations = { [("x"):rep(1000)] = 1 } },
    { year = 2024, regions = { [("9"):rep(30)] = { observations = {} } } }, cyclic } do
    assert.has_error(function() evaluate(request) end)
  end
  for _, request in ipairs { 1, "x", false, evaluate } do
    assert.has_error(function() evaluate(request) end)
  end
  assert.has_error(function() evaluate() end)
end)
