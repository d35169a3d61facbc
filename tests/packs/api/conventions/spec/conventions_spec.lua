-- What each convention changes.

local function plan_of(id, observations)
  return evaluate { year = 2024, observations = observations }.plans[id]
end

local function observed(id, first, second)
  return { [id .. "_first"] = first, [id .. "_second"] = second, [id .. "_shown"] = 1 }
end

describe("at", function()
  it("final: the final target counts", function()
    assert.equal(1, plan_of("plain", observed("plain", 78, nil)).unmet)
  end)

  it("milestone: the year's milestone counts where there is one", function()
    local plan = plan_of("by_milestone", observed("by_milestone", 78, 78))
    assert.equal(2, plan.met)
    assert.equal(1, plan.unmet)
  end)
end)

describe("no_data", function()
  it("excluded: left out of the denominator", function()
    local plan = plan_of("plain", observed("plain", 80, nil))
    assert.equal(1, plan.no_data)
    assert.equal("100.00", plan.printed)
    assert.equal(2, plan.assessable)
  end)

  it("unmet: counted in the denominator", function()
    local plan = plan_of("missing_is_unmet", observed("missing_is_unmet", 80, nil))
    assert.equal("66.67", plan.printed)
    assert.equal(3, plan.assessable)
  end)
end)

describe("near-met", function()
  it("near_percent 0: there is none", function()
    assert.equal(0, plan_of("plain", observed("plain", 79.99, nil)).near)
  end)

  it("near_percent 5: within 5 % of the target, and not counted as met", function()
    local plan = plan_of("tolerant", observed("tolerant", 76, 75.99))
    assert.equal(1, plan.near)
    assert.equal(1, plan.unmet)
    assert.equal("33.33", plan.printed)
  end)

  it("near_counts: counted as met", function()
    local plan = plan_of("generous", observed("generous", 76, 75.99))
    assert.equal(1, plan.near)
    assert.equal("66.67", plan.printed)
  end)
end)

describe("expected_counts", function()
  local rising = { [2021] = 72, [2022] = 74, [2023] = 76, [2024] = 78 }

  it("false: only what is met counts", function()
    assert.equal("50.00", plan_of("plain", observed("plain", rising, nil)).printed)
  end)

  it("true: what is forecast to be met in time counts", function()
    assert.equal("100.00", plan_of("hopeful", observed("hopeful", rising, nil)).printed)
  end)

  it("true: what is forecast to be late does not", function()
    local slow = { [2021] = 72, [2022] = 72.1, [2023] = 72.2, [2024] = 72.3 }
    assert.equal("50.00", plan_of("hopeful", observed("hopeful", slow, nil)).printed)
  end)
end)

describe("count_evidence", function()
  it("true: an objective shown by evidence counts", function()
    assert.equal(2, plan_of("plain", observed("plain", 80, nil)).met)
  end)

  it("false: it does not", function()
    local plan = plan_of("without_evidence", observed("without_evidence", 80, nil))
    assert.equal(1, plan.met)
    assert.equal(1, plan.assessable)
  end)
end)

describe("rounding and digits", function()
  local function printed(id) return plan_of(id, observed(id, 80, 70)).printed end

  it("half_up, two digits", function() assert.equal("66.67", printed "plain") end)
  it("truncate", function() assert.equal("66.66", printed "cut") end)
  it("digits 0", function() assert.equal("67", printed "whole_half_up") end)

  it("decide what is compared with the target", function()
    local function status(id, value)
      return evaluate { year = 2024, observations = { [id .. "_first"] = value } }.indicators[id .. "_first"].status
    end
    assert.equal("met", status("plain", 79.995))
    assert.equal("unmet", status("cut", 79.995))
    assert.equal("met", status("whole_half_up", 79.5))
    assert.equal("met", status("whole_half_even", 79.5))
    assert.equal("unmet", status("whole_half_up", 79.4))
  end)
end)

describe("half_even", function()
  it("rounds a half to the even digit, where half_up rounds it away from zero", function()
    -- One met of eight would be 12.5 %; here the same half comes from a value: 80.5 is 80 or 81.
    local function status(id, value, other)
      local observations = { [id .. "_first"] = value, [id .. "_second"] = other }
      return evaluate { year = 2024, observations = observations }.indicators[id .. "_first"].status
    end
    assert.equal("met", status("whole_half_even", 80.5))
    assert.equal("unmet", status("whole_half_even", 78.5))
    assert.equal("unmet", status("whole_half_up", 78.5))
  end)
end)

describe("ranks", function()
  local codes = { "150801", "150802", "150803" }

  local function ranks_of(id)
    local regions = {}
    for i, value in ipairs { 10.04, 10.01, 9 } do regions[codes[i]] = { observations = { [id] = value } } end
    local result = evaluate { year = 2024, observations = {}, regions = regions }
    local ranks = {}
    for i, code in ipairs(codes) do
      for _, raised in ipairs(result.regions[code].warnings) do
        if raised.subject == id then ranks[i] = raised.message end
      end
    end
    return ranks
  end

  it("competition", function() assert.same({ "1", "1", "3" }, ranks_of "competition_rank") end)
  it("dense", function() assert.same({ "1", "1", "2" }, ranks_of "dense_rank") end)
  it("ordinal", function() assert.same({ "1", "2", "3" }, ranks_of "ordinal_rank") end)
  it("rank_on exact", function() assert.same({ "1", "2", "3" }, ranks_of "exact_rank") end)
end)

describe("items", function()
  local function assess(raw_score)
    return evaluate { year = 2024, observations = { raw_score = raw_score } }.assessments.annual
  end

  it("cap_items: kept between 0 and their points", function()
    assert.equal(40, assess(50).items.scored.score * 40 / 100)
    assert.equal(0, assess(-5).items.scored.score)
  end)

  it("inapplicable redistributed: the others' points grow in proportion", function()
    local assessed = assess(20)
    assert.equal("not_applicable", assessed.items.left_out.state)
    assert.equal(0, assessed.items.left_out.points)
    assert.equal(100, assessed.items.scored.points)
    assert.near(50, assessed.total, 1e-9)
    assert.near(100, assessed.maximum, 1e-9)
  end)
end)

describe("period", function()
  local function months(id)
    return evaluate({ year = 2024, observations = {} }).plans[id].period
  end

  it("says from which month to which a year runs", function()
    assert.same({ from = "2023-10", to = "2024-09" }, months "health_years")
    assert.same({ from = "2024-04", to = "2025-03" }, months "april_years")
  end)

  it("may be a term of office", function()
    assert.same({ from = "2021-01", to = "2025-12" }, months "terms")
  end)

  it("is not told of calendar years", function()
    assert.is_nil(months "plain")
    assert.is_nil(months "cut")
  end)
end)

describe("period and method_version", function()
  it("change no figure", function()
    for _, id in ipairs { "health_years", "april_years", "terms" } do
      assert.equal("66.67", plan_of(id, observed(id, 80, 70)).printed)
    end
  end)
end)
