local function year(first, third, fourth)
  return evaluate({ year = 2024, observations = { first_half = first, third_quarter = third, fourth_quarter = fourth } })
    .assessments.year
end

describe("seasons", function()
  it("weigh 4 : 3 : 3", function()
    assert.equal("84.50", year(80, 90, 85).printed) -- 32 + 27 + 25.5
    assert.equal("60.00", year(30, 80, 80).printed)
    assert.equal("合格", year(30, 80, 80).grade)
    assert.equal("不合格", year(29.9, 80, 80).grade)
  end)

  it("are all needed", function() assert.equal("no_data", year(80, 90).items.inspections.state) end)
end)
