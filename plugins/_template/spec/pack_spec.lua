-- 评估包的测试：evaluate 给出数据，返回结果；assert 核对结果。运行：biaochi pack test。
-- 数据按“标识 = { [年份] = 值 }”给出；只写一个数的，就是评估年的值。

describe("目标", function()
  it("孕产妇死亡率不高于 12 为达标", function()
    local met = evaluate { year = 2024, observations = { maternal_mortality = 12 } }
    local unmet = evaluate { year = 2024, observations = { maternal_mortality = 12.1 } }
    assert.equal("met", met.indicators.maternal_mortality.status)
    assert.equal("unmet", unmet.indicators.maternal_mortality.status)
  end)

  it("完成率从基期算起", function()
    local result = evaluate {
      year = 2024,
      observations = { maternal_mortality = { [2020] = 16.9, [2024] = 14.3 } },
    }
    assert.near(0.5306, result.indicators.maternal_mortality.progress, 0.0001)
    assert.near(0.4, result.indicators.maternal_mortality.pace, 0.0001)
  end)

  it("收入差距由公式推算，较基期缩小为达标", function()
    local result = evaluate {
      year = 2024,
      observations = {
        income_male = { [2020] = 50000, [2024] = 60000 },
        income_female = { [2020] = 37500, [2024] = 48000 },
      },
    }
    assert.near(20, result.indicators.income_gap.value, 0.000001)
    assert.equal("met", result.indicators.income_gap.status)
  end)

  it("缺一个数，公式就没有结果", function()
    local result = evaluate { year = 2024, observations = { income_male = 60000 } }
    assert.equal("no_data", result.indicators.income_gap.status)
  end)
end)

describe("预警", function()
  it("多年没有进展的，红色", function()
    local result = evaluate {
      year = 2024,
      observations = {
        maternal_mortality = { [2020] = 16, [2021] = 16, [2022] = 16, [2023] = 16, [2024] = 16 },
      },
    }
    assert.equal("off_track", result.warnings[1].id)
    assert.equal("red", result.warnings[1].level)
  end)

  it("已经达标的不预警", function()
    local result = evaluate { year = 2024, observations = { maternal_mortality = 11 } }
    assert.equal(0, #result.warnings)
  end)
end)

describe("年度综合考核", function()
  local observations

  before_each(function()
    -- 四项有三项达标，迟报两次：60 × 3/4 + (40 − 2 × 2) = 81。
    observations = {
      maternal_mortality = 14.3,
      cervical_screening = 72,
      awareness = 1,
      income_male = { [2020] = 50000, [2024] = 60000 },
      income_female = { [2020] = 37500, [2024] = 48000 },
      late_submissions = 2,
    }
  end)

  it("按达标率和迟报次数计分", function()
    local result = evaluate { year = 2024, observations = observations }
    assert.equal("75.00", result.plans.women.printed)
    assert.near(81, result.assessments.annual.total, 0.000001)
    assert.equal("良好", result.assessments.annual.grade)
  end)

  it("迟报再多也只扣完为止", function()
    observations.late_submissions = 30
    local result = evaluate { year = 2024, observations = observations }
    assert.equal(0, result.assessments.annual.items.reporting.score)
  end)

  it("弄虚作假的一票否决", function()
    observations.falsified = 1
    local result = evaluate { year = 2024, observations = observations }
    assert.equal("不合格", result.assessments.annual.grade)
  end)
end)
