local function annual(observations)
  observations.work = observations.work or 96
  return evaluate({ year = 2024, observations = observations }).assessments.annual
end

describe("a veto", function()
  it("leaves the score and sets the grade", function()
    local result = annual { falsified = 1 }
    assert.equal("96.00", result.printed)
    assert.equal("不合格", result.grade)
    assert.equal("fraud", result.veto)
  end)

  it("may bar from the best grade alone", function()
    assert.equal("合格", annual({ cases = 1, reported_in_time = 1 }).grade)
    assert.equal("不合格", annual({ cases = 1, reported_in_time = 1, work = 40 }).grade)
  end)

  it("strikes in the order in which vetoes stand", function()
    assert.equal("hushed_up", annual({ cases = 1, reported_in_time = 0 }).veto)
  end)

  it("does not strike for want of data", function()
    assert.is_nil(annual({}).veto)
    assert.equal("优秀", annual({}).grade)
  end)
end)
