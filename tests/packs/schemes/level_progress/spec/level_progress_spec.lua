-- The mean of 96, 84 and 90 is 90.
local function score(county, more)
  local regions = {
    ["150802"] = { observations = { enrolment = { [2023] = 94, [2024] = 96 } } },
    ["150821"] = { observations = { enrolment = { [2023] = 80, [2024] = 84 } } },
    ["150822"] = { observations = { enrolment = { [2023] = 90, [2024] = 90 } } },
  }
  for key, value in pairs(more or {}) do regions[county].observations[key] = value end
  local result = evaluate { year = 2024, observations = {}, regions = regions }
  return result.regions[county].assessments.annual.items.enrolment.score
end

describe("level and progress", function()
  it("weigh 7 : 3 above the mean", function() assert.near(10 * (0.7 * 0.96 + 0.3 * 0.4), score "150802", 1e-9) end)
  it("weigh 7 : 3 at the mean", function() assert.near(6.3, score "150822", 1e-9) end)
  it("weigh 3 : 7 below it", function() assert.near(10 * (0.3 * 0.84 + 0.7 * 0.8), score "150821", 1e-9) end)
  it("are raised where it is difficult", function()
    assert.near(9.744, score("150821", { difficulty = 1.2 }), 1e-9)
  end)
  it("are never more than the points", function() assert.equal(10, score("150821", { difficulty = 1.5 })) end)
end)
