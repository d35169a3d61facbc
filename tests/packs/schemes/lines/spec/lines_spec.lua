local function score(leaders, grassroots)
  return evaluate({ year = 2024, observations = {
    ["leaders_line.health"] = leaders, ["grassroots_line.health"] = grassroots,
  } }).assessments.units.units.health.items.opinion.score
end

describe("lines", function()
  it("weigh 6 : 4", function()
    assert.near(17.2, score(90, 80), 1e-9) -- 86 % of 20
    assert.near(16.8, score(80, 90), 1e-9)
    assert.equal(20, score(100, 100))
  end)
end)
