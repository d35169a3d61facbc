-- 区县考核和督办预警，得分手工算出。

local facts

local function district()
  return evaluate({ year = 2015, regions = { ["370305"] = { observations = facts } } }).regions["370305"]
end

local function assessed() return district().assessments.districts end

before_each(function()
  facts = {
    projects_planned = 5, projects_registered = 5, projects_reported = 5, projects_done = 5,
    self_check_done = 1, items_checked = 20, items_agreed = 20,
    matching_due = 40, matching_paid = 40,
    screening_carried = 0, screening_income = 80, screening_paid = 80, screening_on_purpose = 80,
    screening_balance = 0, screening_planned = 10000, screening_women = 10000,
    relief_carried = 0, relief_income = 10, relief_paid = 10, relief_on_purpose = 10, relief_balance = 0,
    relief_applied = 12, relief_reviewed = 12, relief_approved = 10, relief_granted = 10,
    relief_account = 1, next_plan_drafted = 1, months_held = 2, contest_held = 1,
    office_staff = 1, office_establishment = 1, office_funds = 1, staff_to_train = 8, staff_trained = 8,
  }
end)

describe("区县考核", function()
  it("样样做到，100 分，优秀", function()
    assert.near(100, assessed().total, 0.000001)
    assert.equal("优秀", assessed().grade)
  end)

  it("五个项目落实三个，被督办一次", function()
    facts.projects_done, facts.supervision_notices = 3, 1
    local result = assessed()
    assert.near(15 * 3 / 5 - 2, result.items.projects_carried.score, 0.000001)
    assert.near(92, result.total, 0.000001)
  end)

  it("检查相符率 18/20", function()
    facts.items_agreed = 18
    assert.near(10 * 0.9, assessed().items.city_check.score, 0.000001)
  end)

  it("账目差 0.5 万元扣一半，差 1 万元不得分", function()
    facts.screening_balance = 0.5
    assert.near(2, assessed().items.cancers_account.score, 0.000001)
    facts.screening_balance = 1
    assert.equal(0, assessed().items.cancers_account.score)
  end)

  it("账目没有报的，不得分", function()
    facts.relief_balance = nil
    assert.equal("no_data", assessed().items.relief_account_balance.state)
    assert.near(96, assessed().total, 0.000001)
  end)

  it("没有专账的，救助的账目、审核、发放都不得分", function()
    facts.relief_account = 0
    assert.equal(0, assessed().items.relief_account_balance.score)
    assert.equal(0, assessed().items.relief_paid_out.score)
    assert.near(90, assessed().total, 0.000001)
  end)

  it("账上没有资金的，平衡不得分", function()
    facts.screening_income, facts.screening_paid, facts.screening_on_purpose = 0, 0, 0
    assert.equal(0, assessed().items.cancers_account.score)
  end)

  it("计划数、应办数报为零的，不得分", function()
    facts.projects_planned, facts.staff_to_train = 0, 0
    facts.matching_due, facts.matching_paid, facts.screening_planned = 0, 0, 0
    local items = assessed().items
    for _, id in ipairs {
      "projects_filed", "projects_notified", "projects_carried", "office_work", "cancers_done",
    } do
      assert.equal("no_data", items[id].state)
    end
    assert.equal(0, items.cancers_matching.score)
    assert.near(100 - 25 - 6 - 16, assessed().total, 0.000001)
  end)

  it("配套按到位的比例，应配套数至少按 1 万元", function()
    facts.matching_paid = 30
    assert.near(6, assessed().items.cancers_matching.score, 0.000001)
    facts.matching_due, facts.matching_paid = 0.1, 0.1
    assert.near(0.8, assessed().items.cancers_matching.score, 0.000001)
  end)

  it("市级没有检查到的，不考核相符率", function()
    facts.items_checked, facts.items_agreed, facts.next_plan_drafted = 0, nil, 0
    assert.equal("not_applicable", assessed().items.city_check.state)
  end)

  it("没有启动规划编制，少 5 分", function()
    facts.next_plan_drafted = 0
    assert.near(95, assessed().total, 0.000001)
  end)

  it("审核和发放各占一半", function()
    facts.relief_granted = 5
    assert.near(3 + 1.5, assessed().items.relief_paid_out.score, 0.000001)
  end)

  it("只开展了一个宣传月，少 3 分", function()
    facts.months_held = 1
    assert.near(97, assessed().total, 0.000001)
  end)

  it("经费没有单列少 3 分，迟报一次扣 1 分", function()
    facts.office_funds, facts.late_submissions = 0, 1
    assert.near(6, assessed().items.office_in_place.score, 0.000001)
    assert.near(5, assessed().items.office_work.score, 0.000001)
  end)

  it("什么都没有报的，零分", function()
    facts = { gender_culture = 1 }
    assert.equal(0, assessed().total)
    assert.equal("不合格", assessed().grade)
  end)

  it("挪用资金、弄虚作假，一票否决", function()
    facts.funds_misused = 1
    assert.equal("misuse", assessed().veto)
    assert.equal("不合格", assessed().grade)
    facts.funds_misused, facts.falsified = 0, 1
    assert.equal("fraud", assessed().veto)
  end)

  it("只考核区县", function()
    assert.is_nil(evaluate({ year = 2015, observations = facts }).assessments.districts)
  end)
end)

describe("督办预警", function()
  local function level(id, subject)
    for _, warning in ipairs(district().warnings) do
      if warning.id == id and (subject == nil or warning.subject == subject) then return warning.level end
    end
  end

  it("实事项目落实二、三、四个，分别红、橙、黄", function()
    for done, wanted in pairs { [2] = "red", [3] = "orange", [4] = "yellow" } do
      facts.projects_done = done
      assert.equal(wanted, level("projects_slow"))
    end
    facts.projects_done = 5
    assert.is_nil(level("projects_slow"))
  end)

  it("没有报落实数的，按没有落实算", function()
    facts.projects_done = nil
    assert.equal("red", level("projects_slow"))
  end)

  it("年度任务不到一半橙色，过半黄色，完成不预警", function()
    facts.office_building = 0.4
    assert.equal("orange", level("task_unfinished", "office_building"))
    facts.office_building = 0.7
    assert.equal("yellow", level("task_unfinished", "office_building"))
    facts.office_building = 1
    assert.is_nil(level("task_unfinished", "office_building"))
    facts.office_building = nil
    assert.equal("orange", level("task_unfinished", "office_building"))
  end)
end)
