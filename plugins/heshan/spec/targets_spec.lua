-- 目标判定、达标率,和没有报数的口径。

local function evaluated(observations)
  return evaluate { year = 2015, observations = observations }
end

local function status(id, value)
  return evaluated({ [id] = value }).indicators[id].status
end

describe("目标", function()
  it("不高于：等于目标为达标，高出一点为未达标", function()
    assert.equal("met", status("maternal_mortality", 15))
    assert.equal("met", status("maternal_mortality", 8.2))
    assert.equal("unmet", status("maternal_mortality", 15.1))
  end)

  it("不低于：等于目标为达标，低一点为未达标", function()
    assert.equal("met", status("preschool_enrolment", 90))
    assert.equal("unmet", status("preschool_enrolment", 89.9))
  end)

  it("保持：本年达到而规划期内有一年不到，为基本达标；本年不到，为未达标", function()
    assert.equal("met", status("immunisation", { [2014] = 95, [2015] = 97 }))
    assert.equal("near", status("immunisation", { [2014] = 94.9, [2015] = 97 }))
    assert.equal("unmet", status("immunisation", { [2014] = 96, [2015] = 94.9 }))
  end)

  it("较基期提高、下降", function()
    assert.equal("met", status("female_exercise", { [2013] = 30, [2015] = 30.1 }))
    assert.equal("unmet", status("female_exercise", { [2013] = 30, [2015] = 30 }))
    assert.equal("met", status("birth_defects", { [2013] = 120, [2015] = 119.9 }))
    assert.equal("unmet", status("birth_defects", { [2013] = 120, [2015] = 121 }))
  end)
end)

describe("达标率", function()
  it("没有报数的按未达标计：妇女规划14项达标2项", function()
    local women = evaluated({ maternal_mortality = 10, maternity_insurance = 95, complaints_closed = 90 }).plans.women
    assert.equal(2, women.met)
    assert.equal(11, women.no_data)
    assert.equal("14.29", women.printed)
  end)

  it("两个规划各14项", function()
    local plans = evaluated({}).plans
    assert.equal(14, plans.women.assessable)
    assert.equal(14, plans.children.assessable)
  end)
end)

describe("组织工作", function()
  it("有佐证即为做到", function()
    local result = evaluated { work_plan = 1, resources = 1, coordination = 0 }
    assert.equal("met", result.indicators.work_plan.status)
    assert.equal("unmet", result.indicators.coordination.status)
    -- 组织领导四项,做到两项。
    assert.near(0.5, result.plans.work.domains.organisation.attainment, 0.000001)
  end)
end)
