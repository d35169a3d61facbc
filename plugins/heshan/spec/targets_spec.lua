-- 目标判定、达标率，和没有报数的口径。

local function evaluated(observations)
  return evaluate { year = 2015, observations = observations }
end

local function status(id, value)
  return evaluated({ [id] = value }).indicators[id].status
end

describe("目标", function()
  -- 目标数、差一点的数、好一点的数；“保持”的各年都同一个数。
  local LIMITS = {
    maternal_mortality = { 15, 15.1, 14.9 }, maternal_management = { 90, 89.9, 90.1 },
    common_disease_screening = { 80, 79.9, 80.1 }, pre_pregnancy_checkup = { 85, 84.9, 85.1 },
    female_upper_secondary = { 95, 94.9, 95.1 }, female_schooling_years = { 10.5, 10.4, 10.6 },
    female_employment_share = { 40, 39.9, 40.1 }, maternity_insurance = { 95, 94.9, 95.1 },
    departments_with_woman = { 60, 59.9, 60.1 }, female_village_committee = { 30, 29.9, 30.1 },
    source_water_quality = { 100, 99.9 }, toilet_ratio = { 1.5, 1.49, 1.51 }, complaints_closed = { 95, 94.9, 95.1 },
    infant_mortality = { 4.5, 4.6, 4.4 }, under_five_mortality = { 6, 6.1, 5.9 }, immunisation = { 95, 94.9, 95.1 },
    student_fitness = { 90, 89.9, 90.1 }, preschool_enrolment = { 90, 89.9, 90.1 },
    compulsory_retention = { 95, 94.9, 95.1 }, upper_secondary_enrolment = { 95, 94.9, 95.1 },
    orphan_allowance = { 100, 99.9 }, child_medical_insurance = { 95, 94.9, 95.1 },
    parent_schools = { 85, 84.9, 85.1 }, air_quality_days = { 90, 89.9, 90.1 },
  }

  it("每个有数的目标：恰好、差一点、好一点", function()
    local count = 0
    for id, values in pairs(LIMITS) do
      count = count + 1
      for i, value in ipairs(values) do
        assert.equal(i == 2 and "unmet" or "met", status(id, { [2014] = value, [2015] = value }), id .. " " .. value)
      end
    end
    -- 28 项中另有 4 项与基期比较。
    assert.equal(24, count)
  end)

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
    assert.equal("met", status("green_space", { [2013] = 14, [2015] = 14.01 }))
    assert.equal("unmet", status("green_space", { [2013] = 14, [2015] = 13.99 }))
    assert.equal("met", status("sex_ratio_at_birth", { [2013] = 112, [2015] = 111.9 }))
    assert.equal("unmet", status("sex_ratio_at_birth", { [2013] = 112, [2015] = 112 }))
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
    -- 组织领导五项，做到两项。
    assert.near(0.4, result.plans.work.domains.organisation.attainment, 0.000001)
  end)
end)
