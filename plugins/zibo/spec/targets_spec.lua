-- 任务和指标的界限。

local function status(id, values)
  return evaluate({ year = 2015, observations = { [id] = values } }).indicators[id].status
end

describe("“十二五”规划的指标", function()
  it("“两癌”检查全覆盖即 100%", function()
    assert.equal("unmet", status("two_cancers_coverage", 99.9))
    assert.equal("met", status("two_cancers_coverage", 100))
  end)

  it("出生缺陷较上年降低", function()
    assert.equal("met", status("birth_defects", { [2014] = 85.0, [2015] = 84.9 }))
    assert.equal("unmet", status("birth_defects", { [2014] = 85.0, [2015] = 85.0 }))
  end)

  it("公办幼儿园比例较上年提高", function()
    assert.equal("met", status("public_kindergarten_share", { [2014] = 40.0, [2015] = 40.1 }))
    assert.equal("unmet", status("public_kindergarten_share", { [2014] = 40.0, [2015] = 39.9 }))
  end)

  it("已到 100% 的不再要求提高", function()
    assert.equal("met", status("newborn_screening", { [2014] = 100, [2015] = 100 }))
    assert.equal("unmet", status("newborn_screening", { [2014] = 99.5, [2015] = 99.5 }))
  end)

  it("女代表比例较上届提高，只看市本级", function()
    assert.equal("met", status("congress_female", { [2010] = 24.0, [2015] = 25.0 }))
    assert.equal("unmet", status("congress_female", { [2010] = 24.0, [2015] = 23.0 }))
    local result = evaluate { year = 2015, regions = { ["370303"] = { observations = { congress_female = 25 } } } }
    assert.equal("not_applicable", result.regions["370303"].indicators.congress_female.status)
  end)
end)

describe("2015年工作要点", function()
  -- 15 项任务、8 个由账目推算的指标(配套到位率只看区县)、1 项专账管理。
  it("市本级 23 项，没有填报的都是未完成", function()
    local plan = evaluate({ year = 2015, observations = {} }).plans.work_2015
    assert.equal(23, plan.assessable)
    assert.equal("0.00", plan.printed)
  end)

  it("区县不承担市本级的两项任务", function()
    local result = evaluate { year = 2015, regions = { ["370321"] = { observations = { gender_culture = 1 } } } }
    local county = result.regions["370321"]
    assert.equal(22, county.plans.work_2015.assessable)
    assert.equal(1, county.plans.work_2015.met)
    assert.equal("not_applicable", county.indicators.topic_research.status)
  end)

  it("完成一项，为二十三分之一", function()
    local plan = evaluate({ year = 2015, observations = { relief_account = 1 } }).plans.work_2015
    assert.equal("4.35", plan.printed)
  end)
end)
