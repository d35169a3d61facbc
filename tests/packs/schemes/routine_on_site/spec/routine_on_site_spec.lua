local function of(unit, routine, on_site)
  return evaluate({ year = 2024, observations = { ["routine." .. unit] = routine, ["on_site." .. unit] = on_site } })
    .assessments.units.units[unit]
end

describe("routine and on-site", function()
  it("weigh 60 and 40", function()
    assert.equal("88.60", of("health", 91, 85).printed) -- 54.6 + 34
    assert.equal("良好", of("health", 91, 85).grade)
    assert.equal("90.00", of("education", 90, 90).printed)
    assert.equal("优秀", of("education", 90, 90).grade)
  end)

  it("earn nothing while one is missing", function()
    assert.equal("no_data", of("health", 91, nil).items.both.state)
    assert.equal("不合格", of("health", 91, nil).grade)
  end)
end)
