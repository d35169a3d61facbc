-- 县(市、区)目标管理责任书年终综合考核。

local facts

local function county_result()
  return evaluate({ year = 2015, regions = { ["410481"] = { observations = facts } } }).regions["410481"]
end

local function assessed() return county_result().assessments.responsibility_letter end

before_each(function()
  facts = {}
  -- 市本级的样例值，未达标的五项改为达标。
  for id, values in pairs(include "spec/city_values") do facts[id] = values end
  local changes = {
    female_schooling_years = 11.2, female_village_heads = 10, community_elderly_services = 90,
    childrens_homes = 90, student_poor_eyesight = { [2010] = 42.7, [2015] = 42.6 },
    letter_signed = 1, letter_broken_down = 1, in_development_plan = 1,
    office_staff = 1, office_establishment = 1, office_funds = 1, office_separate = 1,
    homes_planned = 2, homes_built = 2, homes_standard = 100,
    problems_found = 5, problems_rectified = 5,
    publicity_planned = 20, publicity_held = 20, staff_to_train = 30, staff_trained = 30,
    demonstrations = 2,
  }
  for id, value in pairs(changes) do facts[id] = value end
end)

describe("目标管理责任书考核", function()
  it("样样做到，100 分，优秀", function()
    local county = assessed()
    assert.near(100, county.total, 0.000001)
    assert.equal("优秀", county.grade)
  end)

  it("四到位，一处不到位少 4 分", function()
    facts.office_separate = 0
    local county = assessed()
    assert.near(12, county.items.four_in_place.score, 0.000001)
    assert.near(96, county.total, 0.000001)
  end)

  it("报送先按有数的指标计分，什么都不报的得零分", function()
    facts.maternal_mortality = nil
    local county = county_result()
    local due = county.plans.women.assessable + county.plans.children.assessable + 1
    local items = county.assessments.responsibility_letter.items
    assert.near(15 * (due - 1) / due, items.monitoring.score, 0.000001)
    facts = {}
    assert.equal(0, assessed().items.monitoring.score)
    assert.equal(0, assessed().total)
  end)

  it("计划数报为零的不得分", function()
    facts.publicity_planned, facts.staff_to_train = 0, 0
    local items = assessed().items
    assert.equal("no_data", items.publicity_events.state)
    assert.equal("no_data", items.training.state)
    assert.near(88, assessed().total, 0.000001)
  end)

  it("督导问题按整改率计分", function()
    facts.problems_rectified = 3
    assert.near(12 * 3 / 5, assessed().items.rectification.score, 0.000001)
  end)

  it("没有发现问题的，整改得满分", function()
    facts.problems_found, facts.problems_rectified = 0, nil
    assert.equal(12, assessed().items.rectification.score)
  end)

  it("没有填报整改情况的，不得分", function()
    facts.problems_found, facts.problems_rectified = nil, nil
    assert.equal("no_data", assessed().items.rectification.state)
    assert.near(88, assessed().total, 0.000001)
  end)

  it("亲情家园：建设六成，运行四成", function()
    facts.homes_built, facts.homes_standard = 1, 80
    assert.near(0.6 * 5 + 0.4 * 8, assessed().items.homes.score, 0.000001)
  end)

  it("没有建设任务的不考核亲情家园，分值摊到其余各项", function()
    facts.homes_planned, facts.homes_built, facts.homes_standard = 0, nil, nil
    facts.office_separate = 0
    local county = assessed()
    assert.equal("not_applicable", county.items.homes.state)
    assert.near(86 * 100 / 90, county.total, 0.000001)
  end)

  it("迟报、退回扣完为止", function()
    facts.late_submissions, facts.returned = 2, 1
    assert.equal(10, assessed().items.monitoring.score)
    facts.late_submissions = 20
    assert.equal(0, assessed().items.monitoring.score)
  end)

  it("两个规划各半，按达标指标的比例计分", function()
    facts.maternal_mortality = 25
    local county = county_result()
    local applicable = county.plans.women.assessable
    local items = county.assessments.responsibility_letter.items
    assert.near(10 * (applicable - 1) / applicable, items.targets_women.score, 0.000001)
    assert.equal(10, items.targets_children.score)
  end)

  it("缺数据的算未达标，一项都没有报的不得分", function()
    local unmet, missing = {}, {}
    for id, value in pairs(facts) do unmet[id], missing[id] = value, value end
    unmet.maternal_mortality, missing.maternal_mortality = 25, nil
    facts = unmet
    local wanted = assessed().items.targets_women.score
    facts = missing
    assert.near(wanted, assessed().items.targets_women.score, 0.000001)
    facts = {}
    assert.equal("no_data", assessed().items.targets_women.state)
  end)

  it("典型再多也只加 5 分", function()
    facts.demonstrations = 6
    assert.equal(5, assessed().items.demonstration.score)
  end)

  it("重大案件处置不力，一票否决", function()
    facts.grave_cases = 1
    local county = assessed()
    assert.equal("grave_case", county.veto)
    assert.equal("不合格", county.grade)
  end)

  it("只考核县（市、区），不考核市本级", function()
    local result = evaluate { year = 2015, observations = facts }
    assert.is_nil(result.assessments.responsibility_letter)
  end)
end)
