local function annual(observations)
  return evaluate({ year = 2024, observations = observations }).assessments.annual
end

describe("a total of 1000", function()
  it("is made of parts out of 100", function()
    local result = annual { organisation = 92, results = 88, opinion = 81 }
    assert.near(230, result.items.organisation.score, 1e-9)
    assert.near(572, result.items.results.score, 1e-9)
    assert.near(70, result.items.opinion.score, 1e-9)
    assert.equal("872.0", result.printed)
    assert.equal("合格", result.grade)
  end)

  it("is excellent from 900", function()
    assert.equal("优秀", annual({ organisation = 100, results = 92, opinion = 77 }).grade) -- 904.7
  end)
end)
