local function scores(observations)
  local items = evaluate({ year = 2024, observations = observations }).assessments.annual.items
  return items.visits.score, items.answers.score, items.coverage.score
end

describe("points within a band", function()
  it("grow with what was done, and begin at its lower end", function()
    assert.equal(7.5, (scores { visits_done = 30, visits_planned = 40 }))
    assert.equal(6, (scores { visits_done = 24, visits_planned = 40 }))
    assert.equal(0, (scores { visits_done = 23, visits_planned = 40 }))
    assert.equal(10, (scores { visits_done = 44, visits_planned = 40 }))
  end)

  it("fall with time, down to none", function()
    for hours, points in pairs { [12] = 10, [24] = 10, [36] = 7.5, [60] = 2.5, [72] = 0, [90] = 0 } do
      local _, answers = scores { hours_to_answer = hours }
      assert.near(points, answers, 1e-9)
    end
  end)

  it("are a proportion of what was wanted", function()
    local _, _, coverage = scores { coverage = 72 }
    assert.near(8, coverage, 1e-9)
  end)
end)
