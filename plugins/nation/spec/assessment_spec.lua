-- 年度综合评价。

local function core_series()
  return {
    maternal_mortality = { [2020] = 16.9, [2023] = 15.1, [2024] = 14.3 },
    infant_mortality = { [2020] = 5.4, [2023] = 4.5, [2024] = 4.0 },
    under_five_mortality = { [2020] = 7.5, [2023] = 6.2, [2024] = 5.6 },
    preschool_enrolment = { [2020] = 85.2, [2023] = 91.1, [2024] = 92.0 },
    compulsory_retention = { [2020] = 95.2, [2023] = 95.7, [2024] = 95.9 },
  }
end

local function items(observations)
  return evaluate({ year = 2024, observations = observations }).assessments.annual.items
end

describe("年度综合评价", function()
  it("核心指标都不落后于时间进度的，进度得满分", function()
    assert.equal(20, items(core_series()).pace.score)
  end)

  it("缺一项核心指标，少得五分之一", function()
    local observations = core_series()
    observations.compulsory_retention = nil
    assert.equal(16, items(observations).pace.score)
  end)

  it("一项死亡率反弹，扣三分之一", function()
    local observations = core_series()
    observations.infant_mortality[2024] = 4.6
    assert.near(10 * 2 / 3, items(observations).no_reversal.score, 0.000001)
  end)

  it("缺数据不计入公布的达标率，计分时算未达标", function()
    local result = evaluate { year = 2024, observations = { infant_mortality = 4.0 } }
    local annual, plans = result.assessments.annual, result.plans
    assert.equal("100.00", plans.children.printed)
    assert.near(25 / (1 + plans.children.no_data), annual.items.targets_children.score, 0.000001)
    assert.equal("no_data", annual.items.targets_women.state)
    local absent = plans.women.no_data + plans.children.no_data
    assert.near(10 / (1 + absent), annual.items.completeness.score, 0.000001)
  end)

  it("迟报一次扣 2 分，退回一次扣 1 分", function()
    local observations = core_series()
    observations.late_submissions, observations.returned = 2, 3
    assert.equal(3, items(observations).reporting.score)
  end)

  it("什么都没有报的，得零分", function()
    local result = evaluate { year = 2024, observations = {} }
    assert.equal(0, result.assessments.annual.total)
    assert.equal("不合格", result.assessments.annual.grade)
  end)

  it("弄虚作假的一票否决", function()
    local observations = core_series()
    observations.falsified = 1
    local annual = evaluate({ year = 2024, observations = observations }).assessments.annual
    assert.equal("fraud", annual.veto)
    assert.equal("不合格", annual.grade)
  end)

  it("各省各自评价", function()
    local result = evaluate {
      year = 2024,
      regions = {
        ["620000"] = { observations = core_series() },
        ["150000"] = { observations = {} },
      },
    }
    assert.equal(20, result.regions["620000"].assessments.annual.items.pace.score)
    assert.equal("no_data", result.regions["150000"].assessments.annual.items.pace.state)
  end)
end)
