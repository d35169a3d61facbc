-- 38 项重点工作和它们的预警。

local function find(result, id, subject)
  for _, warning in ipairs(result.warnings) do
    if warning.id == id and warning.subject == subject then return warning end
  end
end

describe("38 项重点工作", function()
  it("连同三个指标共 41 项，没有填报的都是未完成", function()
    local plan = evaluate({ year = 2020, observations = {} }).plans.key_work
    assert.equal(41, plan.assessable)
    assert.equal(0, plan.met)
    assert.equal("0.00", plan.printed)
  end)

  it("完成一项，为四十一分之一", function()
    local plan = evaluate({ year = 2018, observations = { school_districts = 1 } }).plans.key_work
    assert.equal(1, plan.met)
    assert.equal("2.44", plan.printed)
  end)

  it("办理中的不算完成", function()
    local result = evaluate { year = 2019, observations = { vocational_education = 0.9 } }
    assert.equal("unmet", result.indicators.vocational_education.status)
  end)

  it("各区县只承担写到它们的六项任务和两个指标", function()
    local result = evaluate {
      year = 2020, regions = { ["610122"] = { observations = { main_responsibility = 1 } } },
    }
    local county = result.regions["610122"]
    assert.equal("met", county.indicators.main_responsibility.status)
    assert.equal("not_applicable", county.indicators.crime_prevention.status)
    assert.equal(8, county.plans.key_work.assessable)
  end)
end)

describe("任务滞后预警", function()
  local function level(year, value)
    local warning = find(evaluate { year = year, observations = { legal_protection = value } },
      "task_late", "legal_protection")
    return warning and warning.level
  end

  -- 2018、2019、2020 年的时间进度为 1/3、2/3、1。
  it("到期未完成，红色", function()
    assert.equal("red", level(2020, 0.9))
    assert.is_nil(level(2020, 1))
  end)

  it("落后一半以上橙色，四分之一以上黄色", function()
    assert.equal("orange", level(2019, 0.1))
    assert.equal("yellow", level(2019, 0.4))
    assert.is_nil(level(2019, 0.6))
  end)

  it("没有填报的按没有进展算", function()
    assert.equal("yellow", level(2018, nil))
    assert.equal("orange", level(2019, nil))
    assert.equal("red", level(2020, nil))
  end)
end)

describe("其他预警", function()
  it("整体滞后", function()
    assert.equal("orange", find(evaluate { year = 2018, observations = {} }, "work_behind", "key_work").level)
    assert.equal("red", find(evaluate { year = 2019, observations = {} }, "work_behind", "key_work").level)
  end)

  it("有一件案件未立案即红色", function()
    local result = evaluate { year = 2019, observations = { cases_filed = 98.5, cases_investigated = 100 } }
    assert.equal("red", find(result, "cases_open", "cases_filed").level)
    assert.is_nil(find(result, "cases_open", "cases_investigated"))
  end)

  it("案件没有填报的，2018年起橙色", function()
    assert.equal("orange", find(evaluate { year = 2018, observations = {} }, "cases_open", "cases_filed").level)
    assert.is_nil(find(evaluate { year = 2017, observations = {} }, "cases_open", "cases_filed"))
  end)

  -- 三年由 80 到 84,每年 2 个百分点，2021 年以后才到 95。
  it("按趋势晚于终期，橙色；到期未达，红色", function()
    local enrolment = { [2017] = 80, [2018] = 82, [2019] = 84 }
    local result = evaluate { year = 2019, observations = { disabled_enrolment = enrolment } }
    assert.equal("orange", find(result, "off_track", "disabled_enrolment").level)
    enrolment[2020] = 94
    result = evaluate { year = 2020, observations = { disabled_enrolment = enrolment } }
    assert.equal("red", find(result, "off_track", "disabled_enrolment").level)
  end)

  it("到期没有填报的，同未达到", function()
    assert.is_nil(find(evaluate { year = 2019, observations = {} }, "off_track", "disabled_enrolment"))
    local result = evaluate { year = 2020, observations = {} }
    assert.equal("red", find(result, "off_track", "disabled_enrolment").level)
  end)

  it("达到的不预警", function()
    local result = evaluate { year = 2020, observations = { disabled_enrolment = 95 } }
    assert.is_nil(find(result, "off_track", "disabled_enrolment"))
  end)
end)
