-- 成员单位考核和区县考核，得分手工算出。

describe("成员单位考核", function()
  local function units(observations)
    return evaluate({ year = 2019, observations = observations }).assessments.member_units.units
  end

  local function of_health(changes)
    local facts = {
      yearly_plan_made = 1, task_list = 1, timetable = 1, route_map = 1,
      tasks_due = 5, tasks_done = 5, tasks_in_time = 5,
      reports_due = 2, reports_made = 2, problems_found = 4, problems_solved = 4,
    }
    for id, value in pairs(changes or {}) do facts[id] = value end
    local observations = {}
    for id, value in pairs(facts) do observations[id .. ".health"] = value end
    return units(observations).health
  end

  it("样样做到，100 分，优秀", function()
    assert.near(100, of_health().total, 0.000001)
    assert.equal("优秀", of_health().grade)
  end)

  it("完成与按时分别按比例计分", function()
    local health = of_health { tasks_done = 4, tasks_in_time = 2 }
    assert.near(35 * 4 / 5, health.items.tasks_completed.score, 0.000001)
    assert.near(15 * 2 / 5, health.items.tasks_punctual.score, 0.000001)
    assert.near(100 - 7 - 9, health.total, 0.000001)
    assert.equal("良好", health.grade)
  end)

  it("路线图没有排出，少 5 分", function()
    assert.near(95, of_health({ route_map = 0 }).total, 0.000001)
  end)

  it("迟报一次扣 2 分", function()
    local health = of_health { reports_made = 1, late_submissions = 1 }
    assert.near(15 / 2 - 2, health.items.reports.score, 0.000001)
  end)

  it("问题按解决的比例计分，没有问题的得满分", function()
    assert.near(7.5, of_health({ problems_solved = 3 }).items.problems.score, 0.000001)
    assert.equal(10, units({ ["problems_found.health"] = 0 }).health.items.problems.score)
  end)

  it("没有应完成任务的，分值摊到其余各项", function()
    local health = of_health { tasks_due = 0, route_map = 0 }
    assert.equal("not_applicable", health.items.tasks.state)
    assert.near(45 * 100 / 50, health.total, 0.000001)
  end)

  it("什么都没有填报的，得零分", function()
    local all = units { ["tasks_due.health"] = 5, ["tasks_done.health"] = 5 }
    assert.equal(0, all.education.total)
    assert.equal("不合格", all.education.grade)
  end)

  it("考核点名的二十二个单位和办公室，统称不考核", function()
    local all, count = units {}, 0
    for _ in pairs(all) do count = count + 1 end
    assert.equal(23, count)
    assert.is_not_nil(all.red_cross)
    assert.is_not_nil(all.committee_office)
    assert.is_nil(all.member_units)
    assert.is_nil(all.district_committees)
  end)

  it("弄虚作假的一票否决", function()
    assert.equal("fraud", of_health({ falsified = 1 }).veto)
    assert.equal("不合格", of_health({ falsified = 1 }).grade)
  end)
end)

describe("区县考核", function()
  local function assessed(changes, year)
    local facts = {
      yearly_plan_made = 1, in_general_plan = 1, standing_meetings = 2, practical_things = 10,
      health_services = 1, cancers_and_defects = 1, main_responsibility = 1, committee_functions = 1,
      institution_building = 1, service_teams = 1,
      office_staffed = 1, office_funded = 1, warning_system = 1, reports_due = 1, reports_made = 1,
    }
    for id, value in pairs(changes or {}) do facts[id] = value end
    local result = evaluate { year = year or 2019, regions = { ["610116"] = { observations = facts } } }
    return result.regions["610116"].assessments.districts
  end

  it("样样做到，100 分", function()
    assert.near(100, assessed().total, 0.000001)
    assert.equal("优秀", assessed().grade)
  end)

  it("实事办了 7 件，少 6 分，不在任务中再扣", function()
    local district = assessed { practical_things = 7 }
    assert.near(14, district.items.things.score, 0.000001)
    assert.near(94, district.total, 0.000001)
  end)

  -- 2018、2019、2020 年应完成 1/3、2/3、全部。
  it("任务进展与时间进度相比", function()
    local half = {
      health_services = 0.5, cancers_and_defects = 0.5, main_responsibility = 0.5, committee_functions = 0.5,
      institution_building = 0.5, service_teams = 0.5,
    }
    assert.near(20, assessed(half, 2018).items.district_tasks.score, 0.000001)
    assert.near(15, assessed(half, 2019).items.district_tasks.score, 0.000001)
    assert.near(10, assessed(half, 2020).items.district_tasks.score, 0.000001)
  end)

  it("什么都没有填报的，得零分", function()
    local result = evaluate { year = 2020, regions = { ["610116"] = { observations = { two_cancers_coverage = 90 } } } }
    local district = result.regions["610116"].assessments.districts
    assert.equal(0, district.total)
    assert.equal("不合格", district.grade)
  end)

  it("应交报告数报为零的，不得分", function()
    local district = assessed { reports_due = 0, reports_made = 0 }
    assert.equal("no_data", district.items.district_reports.state)
    assert.near(90, district.total, 0.000001)
  end)

  it("没有提出年度计划，少 5 分", function()
    assert.near(95, assessed({ yearly_plan_made = 0 }).total, 0.000001)
  end)

  it("没有听取过汇报的，该项零分", function()
    assert.equal(0, assessed({ standing_meetings = 0 }).items.meetings.score)
  end)

  it("迟报一次扣 2 分", function()
    assert.near(8, assessed({ late_submissions = 1 }).items.district_reports.score, 0.000001)
  end)

  it("弄虚作假的一票否决", function()
    assert.equal("不合格", assessed({ falsified = 1 }).grade)
  end)
end)
