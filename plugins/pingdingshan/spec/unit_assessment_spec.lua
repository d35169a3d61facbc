-- 成员单位年度考核，和督导整改预警。

local function units(observations)
  return evaluate({ year = 2015, observations = observations }).assessments.member_units.units
end

local function of_health(changes)
  local observations = {
    ["yearly_plan.health"] = 1,
    ["tasks_total.health"] = 10, ["tasks_done.health"] = 10,
    ["indicators_due.health"] = 20, ["indicators_reported.health"] = 20,
    ["problems_found.health"] = 2, ["problems_rectified.health"] = 2,
    ["publicity_planned.health"] = 5, ["publicity_held.health"] = 6,
    ["innovations.health"] = 2,
  }
  for id, value in pairs(changes or {}) do observations[id .. ".health"] = value end
  return units(observations).health
end

describe("成员单位考核", function()
  it("样样做到，100 分", function()
    assert.near(100, of_health().total, 0.000001)
    assert.equal("优秀", of_health().grade)
  end)

  it("任务按完成比例计分", function()
    assert.near(32, of_health({ tasks_done = 8 }).items.tasks.score, 0.000001)
  end)

  it("报送先按比例，再扣迟报、退回", function()
    local health = of_health { indicators_reported = 18, late_submissions = 2, returned = 1 }
    assert.near(20 * 18 / 20 - 5, health.items.reporting.score, 0.000001)
  end)

  it("没有应报指标的单位不考核报送", function()
    local health = of_health { indicators_due = 0, tasks_done = 8 }
    assert.equal("not_applicable", health.items.reporting.state)
    assert.near(72 * 100 / 80, health.total, 0.000001)
  end)

  it("没有任务、没有宣传计划的，分值摊到其余各项", function()
    local health = of_health { tasks_total = 0, publicity_planned = 0, yearly_plan = 0 }
    assert.equal("not_applicable", health.items.tasks.state)
    assert.equal("not_applicable", health.items.publicity.state)
    assert.near(35 * 100 / 50, health.total, 0.000001)
  end)

  it("各单位只看自己的数", function()
    local all = units {
      ["tasks_total.health"] = 10, ["tasks_done.health"] = 10,
      ["tasks_total.education"] = 10, ["tasks_done.education"] = 5,
    }
    assert.equal(40, all.health.items.tasks.score)
    assert.equal(20, all.education.items.tasks.score)
    assert.equal("no_data", all.justice.items.tasks.state)
  end)

  it("弄虚作假的一票否决", function()
    assert.equal("不合格", of_health({ falsified = 1 }).grade)
  end)
end)

describe("督导整改预警", function()
  local function level(found, rectified)
    local result = evaluate {
      year = 2015,
      regions = {
        ["410422"] = { observations = { problems_found = found, problems_rectified = rectified } },
      },
    }
    local warning = result.regions["410422"].warnings[1]
    return warning and warning.level, warning and warning.message
  end

  it("整改率不足六成红色，不足八成橙色，未到十成黄色", function()
    assert.equal("red", (level(10, 5)))
    assert.equal("orange", (level(10, 7)))
    assert.equal("yellow", (level(10, 9)))
    assert.is_nil((level(10, 10)))
  end)

  it("提示语写明个数", function()
    local _, message = level(10, 7)
    assert.is_not_nil(message:find("10", 1, true))
    assert.is_not_nil(message:find("7", 1, true))
  end)

  it("没有报整改数的按没有整改算，没有发现问题的不预警", function()
    assert.equal("red", (level(10, nil)))
    assert.is_nil((level(0, nil)))
    assert.is_nil((level(nil, nil)))
  end)
end)

describe("到期和趋势预警", function()
  local function level(id, year, values)
    local result = evaluate { year = year, observations = { maternal_management = values } }
    for _, warning in ipairs(result.warnings) do
      if warning.id == id and warning.subject == "maternal_management" then return warning.level end
    end
  end

  it("终期未达到、没有数据的，都是红色", function()
    assert.equal("red", level("not_reached", 2020, 84.9))
    assert.equal("red", level("not_reached", 2020, nil))
    assert.is_nil(level("not_reached", 2020, 85))
    assert.is_nil(level("not_reached", 2019, 84.9))
  end)

  local function rising(change)
    local values = {}
    for year = 2010, 2015 do values[year] = 70 + change * (year - 2010) end
    return values
  end

  -- 2010 年 70,目标 85:每年 1 个百分点，2025 年才到；每年 1.3,2021 年底到。
  it("按趋势晚于终期橙色，晚两年以上或到不了红色", function()
    assert.equal("red", level("off_track", 2015, rising(-1)))
    assert.equal("red", level("off_track", 2015, rising(1)))
    assert.equal("orange", level("off_track", 2015, rising(1.3)))
    assert.is_nil(level("off_track", 2015, rising(1.6)))
  end)

  -- 77.4 距基期 7.4,不到应走的一半；近年加快，按趋势 2019 年底到 85。
  it("能按期达标但落后于时间进度，黄色", function()
    local values = { [2010] = 70, [2011] = 70, [2012] = 71, [2013] = 73, [2014] = 75, [2015] = 77.4 }
    assert.equal("yellow", level("off_track", 2015, values))
  end)

  it("不足三年的数、已到终期的，不看趋势", function()
    assert.is_nil(level("off_track", 2015, { [2014] = 80, [2015] = 82 }))
    assert.is_nil(level("off_track", 2020, { [2018] = 80, [2019] = 81, [2020] = 82 }))
  end)
end)
