-- China in 2022 as the report of 2023/2024 gives it: 78.6 years, 15.2 and 8.1 years of school, 18,025
-- dollars; the index it prints is 0.788.
local china = { life_expectancy = 78.6, expected_schooling = 15.2, mean_schooling = 8.1, income = 18025 }

local function indicators(changed)
  local observations = {}
  for id, value in pairs(china) do observations[id] = value end
  for id, value in pairs(changed or {}) do observations[id] = value end
  return evaluate({ year = 2022, observations = observations }).indicators
end

describe("the index", function()
  it("is the published one", function()
    assert.equal(0.788, round(indicators().development_index.value, 3))
  end)

  it("is made of three parts", function()
    local parts = indicators()
    assert.near(58.6 / 65, parts.health_index.value, 1e-12)
    assert.near((15.2 / 18 + 8.1 / 15) / 2, parts.schooling_index.value, 1e-12)
    assert.near(math.log(180.25) / math.log(750), parts.income_index.value, 1e-12)
    local product = parts.health_index.value * parts.schooling_index.value * parts.income_index.value
    assert.near(product ^ (1 / 3), parts.development_index.value, 1e-12)
  end)

  it("goes no further than its goalposts", function()
    assert.equal(1, indicators({ income = 120000 }).income_index.value)
    assert.equal(0, indicators({ life_expectancy = 19 }).health_index.value)
    assert.equal(0, indicators({ life_expectancy = 19 }).development_index.value)
  end)

  it("needs every part", function()
    local parts = evaluate({ year = 2022, observations = { life_expectancy = 78.6 } }).indicators
    assert.equal("no_data", parts.development_index.status)
  end)
end)
