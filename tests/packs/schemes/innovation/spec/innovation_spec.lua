local function items(observations)
  return evaluate({ year = 2024, observations = observations }).assessments.innovation.items
end

describe("innovation", function()
  it("adds up", function() assert.equal(4, items({ national = 1, of_city = 1 }).experience.score) end)
  it("is capped", function() assert.equal(5, items({ national = 1, provincial = 2 }).experience.score) end)
  it("is none where none was reported", function() assert.equal(0, items({}).experience.score) end)

  it("grows by whole steps up to the cap", function()
    for above, points in pairs { [0.9] = 0, [1] = 0.5, [2.5] = 1, [4] = 2, [9] = 2, [-3] = 0 } do
      assert.equal(points, items({ growth_above_plan = above }).growth.score)
    end
  end)
end)
