-- Screening 60, 70, 80 (mean 70, deviation 8.1650), mortality 20, 10, 15.
local function items(county, without_mortality)
  local function observed(screening, mortality)
    return { observations = { screening = screening, mortality = mortality } }
  end
  local result = evaluate { year = 2024, observations = {}, regions = {
    ["150802"] = observed(60, not without_mortality and 20 or nil),
    ["150821"] = observed(70, 10),
    ["150822"] = observed(80, 15),
  } }
  return result.regions[county].assessments.indices.items
end

describe("an index beside others", function()
  it("lies between the least and the most", function()
    assert.near(0, items("150802").by_range.score, 1e-9)
    assert.near((2 * 0.5 + 1) / 3, items("150821").by_range.score, 1e-9)
    assert.near((2 * 1 + 0.5) / 3, items("150822").by_range.score, 1e-9)
  end)

  it("may be a standard score: ten above a mean of 70 is 1.2247 deviations", function()
    assert.near(0.5 + 1.224744871 / 6, items("150822").by_standard_score.score, 1e-9)
    assert.near(0.5, items("150821").by_standard_score.score, 1e-9)
  end)

  it("may be the share of others that are behind", function()
    assert.equal(1, items("150821").by_place.score)
    assert.equal(0.5, items("150822").by_place.score)
    assert.equal(0, items("150802").by_place.score)
  end)

  it("may be the way to the target", function()
    -- 7/8 and 1; 1 and 3/4; 3/4 and 1/2
    assert.near(2 / (8 / 7 + 1), items("150821").by_way_to_target.score, 1e-9)
    assert.near(2 / (1 + 4 / 3), items("150822").by_way_to_target.score, 1e-9)
    assert.near(2 / (4 / 3 + 2), items("150802").by_way_to_target.score, 1e-9)
  end)

  it("leaves out what is missing as far as the threshold allows", function()
    local behind = items("150802", true)
    assert.near(0, behind.by_range.score, 1e-9) -- two thirds of the weight is there
    assert.near(0.6, behind.by_way_of_geometry.score, 1e-9)
    assert.equal("no_data", behind.by_way_to_target.state)
    assert.equal("no_data", behind.by_place.state)
  end)
end)
