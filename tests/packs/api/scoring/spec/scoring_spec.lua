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

  -- Each is { what it should give, what it gives }, or { "nil", what it gives }.
  local function gives(name, cases)
    it(name, function()
      for _, case in ipairs(cases) do
        if case[1] == "nil" then assert.is_nil(case[2]) else assert.near(case[1], case[2], 1e-12) end
      end
    end)
  end

  gives("take decimal steps", {
    { 4.1, deduct_per(5, 90 - 89.7, 0.1, 0.3) }, { 9.7, deduct_per(10, 0.3, 0.1, 0.1) },
    { 7, deduct_per(10, 0.31, 0.1, 1) }, { 6, deduct_per(10, 0.31, 0.1, 1, true) }, { 7, deduct_per(10, 0.3, 0.1, 1, true) },
    { 2, bonus_per(0.31, 0.1, 0.5, 5, true) }, { 4.8, deduct(5.1, 0.3) },
  })

  -- To the last bit, or truncation would print 9.69.
  it("leave no noise of binary behind", function()
    assert.equal(9.7, deduct_per(10, 0.3, 0.1, 0.1))
    assert.equal(4.8, deduct(5.1, 0.3))
    assert.equal(0.3, bonus_per(3, 1, 0.1, 1))
    assert.equal(9.7, truncate(deduct_per(10, 3, 1, 0.1), 2))
    assert.equal(0.1, deduct(1, 0.9))
    assert.equal(0.1, deduct_per(1, 3, 1, 0.3))
    assert.equal(0.3, earn(5, 0.1 * 3))
    assert.equal(0.1, deduct_unless_better(1, 0, "higher", 0.9))
    assert.equal(0.1, weighted_points(1, 1, { 0.1, 1 }, { 0.1, 1 }, { 0.1, 1 }))
    assert.equal(0.3, level_progress(3, { level = 0.1, progress = 0.1, value = 1, mean = 1 }))
    assert.equal(0.95, verified(1, 18, 20))
    assert.near(8, proportion_from(10, 0.1 + 0.7, 1, 0.8), 1e-9)
    assert.near(4, arithmetic_mean({ { 4, 0.7 }, { 4, 0.1 }, { nil, 0.2 } }, 0.8), 1e-9)
  end)

  -- Three counties at 0.1 have a mean of 0.10000000000000002: each was below it, a standard score off.
  it("take equal values as equal to their mean", function()
    local mean = (0.1 + 0.1 + 0.1) / 3
    assert.is_true(mean > 0.1)
    assert.equal(7, level_progress(10, { level = 1, progress = 0, value = 0.1, mean = mean }))
    assert.equal(7, level_progress(10, { level = 1, progress = 0, value = mean, mean = 0.1, better = "lower" }))
    assert.equal(0, z_score(0.1, mean, mean - 0.1))
    assert.equal(7, deduct_unless_better(10, mean - 0.1, "lower", 3))
    assert.near(2, z_score(3e-12, 1e-12, 1e-12), 1e-9)
  end)

  -- Where cap_items is false nothing else keeps them there.
  gives("stay within the points by themselves", {
    { 10, deduct(10, -1) }, { 0, deduct(10, 11) }, { 0, deduct_per(10, 9, 0.1, 0.3) },
    { 10, deduct_per(10, 1, 0.1, -1) }, { 0, deduct_unless_better(10, 0, "higher", 12) },
    { 10, proportion(10, 50, 40) }, { 0, proportion(10, -1, 40) }, { 10, band(10, 81, 60, 80) }, { 0, band(10, 59, 60, 80) },
  })

  gives("tell small shares apart", {
    { 0.5, proportion_from(10, 0.5, 10, 0) }, { 7, proportion_from(10, 0.7, 1, 0.6) },
    { 0.25, weighted_points(50, 100, { 0.5, 1 }) },
    { 0.35, level_progress(10, { level = 0.05, progress = 0, value = 1, mean = 1 }) }, { 90, verified(90, 1, 1) },
    { 1, percentile_rank(1, 2) }, { 0, percentile_rank(2, 2) }, { 3, arithmetic_mean({ { 1 }, { 4, 2 } }) },
    { "nil", by_status(nil, "met") }, { "nil", level_progress(nil, { level = 1, progress = 1, value = 1, mean = 1 }) },
    { "nil", level_progress(10, { progress = 1, value = 1, mean = 1 }) },
  })

  gives("earn", { { 3, earn(5, 3) }, { 5, earn(5, 7) }, { 0, earn(5, -1) }, { "nil", earn(5, nil) } })

  gives("deduct_unless_better", {
    { 10, deduct_unless_better(10, 0.2, "higher", 3) }, { 7, deduct_unless_better(10, 0, "higher", 3) },
    { 0, deduct_unless_better(10, -0.2, "higher", 3) }, { 4, deduct_unless_better(10, -0.2, "higher", 3, 6) },
    { 10, deduct_unless_better(10, -0.2, "lower", 3) }, { 0, deduct_unless_better(10, 0.2, "lower", 3) },
    { "nil", deduct_unless_better(10, nil, "lower", 3) },
  })

  gives("proportion_from", {
    { 8, proportion_from(10, 8, 10, 0.6) }, { 6, proportion_from(10, 6, 10, 0.6) }, { 0, proportion_from(10, 5.9, 10, 0.6) },
    { 10, proportion_from(10, 12, 10, 0.6) }, { 10, proportion_from(10, 0, 0, 0.6) },
    { "nil", proportion_from(10, nil, 10, 0.6) },
  })

  gives("by_status", {
    { 4, by_status(4, "met") }, { 2, by_status(4, "near") }, { 4, by_status(4, "near", 1) }, { 0, by_status(4, "near", 0) },
    { 0, by_status(4, "unmet") }, { "nil", by_status(4, "no_data") }, { "nil", by_status(4, "not_applicable") },
    { "nil", by_status(4, nil) },
  })

  gives("weighted_points", {
    { 38, weighted_points(50, 100, { 80, 6 }, { 70, 4 }) }, { 50, weighted_points(50, 100, { 120, 1 }) },
    { "nil", weighted_points(50, 100, { nil, 6 }, { 70, 4 }) },
  })

  local function parts(value, more)
    local given = { level = 0.9, progress = 0.5, value = value, mean = 80 }
    for key, part in pairs(more or {}) do given[key] = part end
    return given
  end

  gives("level_progress", {
    { 7.8, level_progress(10, parts(80)) }, { 6.2, level_progress(10, parts(79.9)) },
    { 7.8, level_progress(10, parts(79.9, { better = "lower" })) },
    { 8.58, level_progress(10, parts(80, { difficulty = 1.1 })) },
    { 10, level_progress(10, parts(80, { difficulty = 1.5 })) },
    { 7.4, level_progress(10, parts(80, { share = 0.6 })) }, { "nil", level_progress(10, parts(nil)) },
  })

  gives("verified", {
    { 90, verified(90, 19, 20) }, { 85.5, verified(90, 18, 20) }, { 85.5, verified(90, 90, 100) },
    { 4.5, verified(90, 0, 20) }, { 72, verified(80, 8, 10, 0.9) }, { "nil", verified(90, 1, 0) },
    { "nil", verified(90, nil, 20) },
  })

  gives("min_max, goalposts and distance_to_target", {
    { 0.5, min_max(15, 10, 20) }, { -0.5, min_max(5, 10, 20) }, { 0.8, min_max(12, 20, 10) }, { "nil", min_max(10, 10, 10) },
    { 0.5, goalposts(52.5, 20, 85) }, { 1, goalposts(90, 20, 85) }, { 0, goalposts(5, 20, 85) },
    { "nil", goalposts(nil, 20, 85) },
    { 0.5, distance_to_target(45, 90) }, { 1, distance_to_target(95, 90) }, { 0.5, distance_to_target(16, 12, 20) },
    { 0, distance_to_target(25, 12, 20) }, { "nil", distance_to_target(45, nil) },
  })

  gives("z_score and percentile_rank", {
    { 0.5, z_score(12, 10, 4) }, { 0, z_score(10, 10, 0) }, { "nil", z_score(10, nil, 1) },
    { 1, percentile_rank(1, 5) }, { 0, percentile_rank(5, 5) }, { 0.75, percentile_rank(2, 5) },
    { "nil", percentile_rank(1, 1) }, { "nil", percentile_rank(nil, 5) },
  })

  gives("means", {
    { 2.5, arithmetic_mean({ { 1 }, { 4 } }) }, { 2, geometric_mean({ { 1 }, { 4 } }) }, { 1.6, harmonic_mean({ { 1 }, { 4 } }) },
    { 2, arithmetic_mean({ { 1, 3 }, { 5, 1 } }) }, { 4, geometric_mean({ { 2, 2 }, { 16, 1 } }) },
    { 4, harmonic_mean({ { 2, 1 }, { 6, 3 } }) }, { 0, geometric_mean({ { 0 }, { 4 } }) }, { 0, harmonic_mean({ { 0 }, { 4 } }) },
    { 4, arithmetic_mean({ { 7, 0 }, { 4, 1 } }) }, { 4, geometric_mean({ { 0, 0 }, { 4, 1 } }) },
  })

  gives("means of what is there", {
    { "nil", arithmetic_mean({ { nil, 1 }, { 4, 3 } }) }, { 4, arithmetic_mean({ { nil, 1 }, { 4, 3 } }, 0.75) },
    { "nil", arithmetic_mean({ { nil, 1 }, { 4, 3 } }, 0.76) }, { 4, geometric_mean({ { nil, 1 }, { 4, 3 } }, 0.7) },
    { "nil", harmonic_mean({ { nil, 1 }, { nil, 3 } }, 0) },
  })

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
    assert.has_error(function() weighted_points(10, 100, { 1, 0 }) end)
    assert.has_error(function() deduct_unless_better(10, 1, "bigger", 1) end, "better")
    for _, mean in ipairs { geometric_mean, harmonic_mean } do
      assert.has_error(function() mean({ { -1 } }) end)
    end
    assert.has_error(function() arithmetic_mean({ { 1, -1 } }) end)
    assert.has_error(function() arithmetic_mean({ { 1, -1 }, { 1, 3 } }) end, "below 0")
    assert.has_error(function() arithmetic_mean({ { 1, 0 } }) end)
  end)
end)
