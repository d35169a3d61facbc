-- What each scoring function gives, and that missing data never earns points.

local function item(id, observations)
  return evaluate { year = 2024, observations = observations }.assessments.all.items[id]
end

local function scores(id, cases)
  it(id, function()
    for _, case in ipairs(cases) do assert.near(case[2], item(id, case[1]).score, 1e-9) end
    assert.equal("no_data", item(id, {}).state)
    assert.equal(0, item(id, {}).score)
  end)
end

describe("items score by", function()
  scores("deducts", { { { late = 0 }, 10 }, { { late = 3 }, 7 }, { { late = 11 }, 0 } })
  -- 0.3 holds three whole steps of 0.1, though 0.3 / 0.1 is below 3 in binary.
  scores("deducts_steps", {
    { { shortfall = 0 }, 10 }, { { shortfall = -1 }, 10 }, { { shortfall = 0.3 }, 9.1 },
    { { shortfall = 0.39 }, 9.1 }, { { shortfall = 9 }, 0 },
  })
  scores("adds_steps", { { { excess = 0.4 }, 0 }, { { excess = 1.5 }, 3 }, { { excess = 20 }, 5 }, { { excess = -2 }, 0 } })
  scores("is_proportional", { { { done = 30 }, 7.5 }, { { done = 50 }, 10 }, { { done = -1 }, 0 } })
  scores("lies_in_band", { { { rate = 60 }, 0 }, { { rate = 70 }, 5 }, { { rate = 81 }, 10 }, { { rate = 50 }, 0 } })
  scores("is_weighted", { { { level = 80, progress_made = 60 }, 7.4 } })
  scores("is_clamped", { { { share = 1 }, 2 }, { { share = 5 }, 5 }, { { share = 9 }, 8 } })
  scores("is_rounded", { { { share = 2.675 }, 2.68 }, { { share = 2.674 }, 2.67 } })
  scores("is_cut", { { { share = 2.679 }, 2.67 } })

  it("is_weighted needs every value", function()
    assert.equal("no_data", item("is_weighted", { level = 80 }).state)
  end)
end)

describe("the functions themselves", function()
  it("give nil for what is missing", function()
    assert.is_nil(deduct(10, nil))
    assert.is_nil(deduct_per(10, nil, 1, 1))
    assert.is_nil(bonus_per(nil, 1, 1, 5))
    assert.is_nil(proportion(10, nil, 40))
    assert.is_nil(band(10, nil, 0, 1))
    assert.is_nil(weighted({ nil, 1 }, { 2, 1 }))
    assert.is_nil(clamp(nil, 0, 1))
    assert.is_nil(round(nil))
    assert.is_nil(truncate(nil))
  end)

  it("take a band whose better end is the smaller", function()
    assert.near(7.5, band(10, 5, 20, 0), 1e-9)
  end)

  it("give all points where nothing was wanted", function()
    assert.equal(10, proportion(10, 0, 0))
  end)

  it("round to whole numbers where no digits are named", function()
    assert.equal(3, round(2.5))
    assert.equal(2, truncate(2.9))
    assert.equal(-3, round(-2.5))
  end)

  it("refuse what cannot be meant", function()
    assert.has_error(function() deduct_per(10, 1, 0, 1) end)
    assert.has_error(function() band(10, 1, 5, 5) end)
    assert.has_error(function() weighted({ 1, 0 }) end)
  end)
end)
