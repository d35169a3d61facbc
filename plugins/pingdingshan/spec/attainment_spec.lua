-- 中期评估：公布的两个达标率必须由数据算出来。

local function city(changes)
  local observations = {}
  for id, values in pairs(include "spec/city_values") do observations[id] = values end
  for id, value in pairs(changes or {}) do observations[id] = value end
  return evaluate { year = 2015, observations = observations }
end

local function not_met(result, plan_ids)
  local ids = {}
  for _, id in ipairs(plan_ids) do
    if result.indicators[id].status ~= "met" then ids[#ids + 1] = id end
  end
  return ids
end

describe("中期评估", function()
  it("妇女发展规划：29 项达标 26 项，89.65%", function()
    local women = city().plans.women
    assert.equal(26, women.met)
    assert.equal(3, women.unmet)
    assert.equal(0, women.no_data)
    assert.equal("89.65", women.printed)
  end)

  it("儿童发展规划：53 项达标 51 项，96.22%", function()
    local children = city().plans.children
    assert.equal(51, children.met)
    assert.equal(2, children.unmet)
    assert.equal(0, children.no_data)
    assert.equal("96.22", children.printed)
  end)

  it("未达标的是这五项", function()
    local unmet = {
      "female_schooling_years", "female_village_heads", "community_elderly_services",
      "student_poor_eyesight", "childrens_homes",
    }
    local result = city()
    assert.same(unmet, not_met(result, unmet))
  end)

  it("各领域之和等于全规划", function()
    local children = city().plans.children
    local met = 0
    for _, domain in pairs(children.domains) do met = met + domain.met end
    assert.equal(children.met, met)
  end)

  it("一项由达标变为不达标，截尾为 86.20%", function()
    local women = city({ maternal_mortality = 20.1 }).plans.women
    assert.equal(25, women.met)
    assert.equal("86.20", women.printed)
  end)

  it("缺一项数据，从分母里去掉", function()
    local values = { [2010] = 28.6 }
    local women = city({ maternal_mortality = values }).plans.women
    assert.equal(1, women.no_data)
    -- 25/28 = 0.892857…
    assert.equal("89.28", women.printed)
  end)
end)

describe("目标的各种写法", function()
  it("女童巩固率不低于全体", function()
    local result = evaluate {
      year = 2015, observations = { girls_retention = 95.6, compulsory_retention = 95.7 },
    }
    assert.equal("unmet", result.indicators.girls_retention.status)
  end)

  it("职普比：外限以内为基本达标，不计为达标", function()
    local result = evaluate { year = 2015, observations = { vocational_share = 42 } }
    assert.equal("near", result.indicators.vocational_share.status)
    assert.equal(1, result.plans.children.near)
    assert.equal(0, result.plans.children.met)
  end)

  it("亲情家园 77 所；宣传活动和讲座自零起累计", function()
    local result = evaluate {
      year = 2015,
      observations = { family_homes = 77, law_publicity_events = 1012, women_children_lectures = 1600 },
    }
    assert.equal("met", result.indicators.family_homes.status)
    assert.equal("met", result.indicators.law_publicity_events.status)
    assert.equal("met", result.indicators.women_children_lectures.status)
    assert.equal(0, result.indicators.law_publicity_events.baseline)
  end)

  it("市级指标对县（市、区）不适用", function()
    local result = evaluate {
      year = 2015, regions = { ["410481"] = { observations = { maternal_mortality = 15 } } },
    }
    local county = result.regions["410481"]
    assert.equal("not_applicable", county.indicators.family_homes.status)
    assert.equal("met", county.indicators.maternal_mortality.status)
    assert.equal("100.00", county.plans.women.printed)
  end)
end)
