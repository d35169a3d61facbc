local function annual(observations)
  return evaluate({ year = 2024, observations = observations }).assessments.annual
end

describe("a total of 125", function()
  it("is 100 and what was earned on top", function()
    local result = annual { work = 96, national_prizes = 1, provincial_prizes = 1 }
    assert.equal("111.00", result.printed)
    assert.equal(125, result.maximum)
    assert.equal("优秀", result.grade)
  end)

  it("is capped on top", function() assert.equal("121.00", annual({ work = 96, national_prizes = 4 }).printed) end)
  it("can be good without anything on top", function() assert.equal("良好", annual({ work = 96 }).grade) end)
end)
