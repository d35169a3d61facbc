local function annual(observations)
  return evaluate({ year = 2024, observations = observations }).assessments.annual
end

describe("a total of 900", function()
  it("is the sum of the parts and of the items in them", function()
    local result = annual { screening = 68, mortality = 11, meetings = 1, late = 2 }
    assert.equal(250, result.items.targets.score)
    assert.equal(135, result.items.management.score) -- 75 + 60
    assert.equal(120, result.items.screening.score)
    assert.equal("505.00", result.printed)
    assert.equal("不合格", result.grade)
  end)

  it("is graded in its own points", function()
    assert.equal("优秀", annual({ screening = 70, mortality = 12, meetings = 2, late = 4 }).grade) -- 820
    assert.equal("良好", annual({ screening = 70, mortality = 12, meetings = 1, late = 4 }).grade) -- 745
    assert.equal("900.00", annual({ screening = 70, mortality = 12, meetings = 3 }).printed)
  end)
end)
