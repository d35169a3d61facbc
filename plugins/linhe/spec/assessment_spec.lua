-- 年度评估：手算核对。

local DOMAINS = { "health", "education", "economy", "decision", "security", "family", "environment", "law" }

-- 完成率恰为 6/10 的核心指标：基期、2026 年值。时间进度为 6/10。
local ON_PACE = {
  maternal_management = { 88, 91 },            -- 目标 93
  maternal_mortality = { 17, 14 },             -- 目标 12
  cervical_screening = { 40, 58 },             -- 目标 70
  cervical_treatment = { 80, 86 },             -- 目标 90
  compulsory_retention = { 91, 94 },           -- 目标 96
  upper_secondary_enrolment = { 85, 91 },      -- 目标 95
  female_village_committee = { 20, 26 },       -- 目标 30
  female_village_heads = { 5, 8 },             -- 目标 10
  female_pension = { 85, 91 },                 -- 目标 95
  rural_tap_water = { 81, 87 },                -- 目标 91
}

local facts

local function assessed()
  return evaluate({ year = 2026, observations = facts }).assessments.annual
end

local function report_progress(except)
  for id, values in pairs(ON_PACE) do
    if id ~= except then facts[id] = { [2020] = values[1], [2026] = values[2] } end
  end
end

local function finish_measures(count)
  for _, domain in ipairs(DOMAINS) do
    for _, node in ipairs(include("measures/" .. domain)) do
      if count > 0 and node.kind == "task" then
        facts[node.id], count = 1, count - 1
      end
    end
  end
end

-- 八个领域的佐证类目标共 99 项。
local function prove_objectives()
  local count = 0
  for _, domain in ipairs(DOMAINS) do
    for _, node in ipairs(include("goals/" .. domain)) do
      if node.kind == "objective" then
        facts[node.id], count = 1, count + 1
      end
    end
  end
  return count
end

before_each(function()
  facts = {
    unit_reports_due = 30, unit_reports_received = 30, supervisions = 1, meetings = 1,
    practical_projects_done = 1, funds_budgeted = 1,
  }
end)

describe("年度评估", function()
  it("达标率：194 项达标 99 项，得 40 × 99/194 分", function()
    assert.equal(99, prove_objectives())
    assert.near(40 * 99 / 194, assessed().items.targets.score, 0.000001)
  end)

  it("进度：十项都恰好赶上得满分，一项落后少 2 分，一项缺报也少 2 分", function()
    report_progress()
    assert.near(20, assessed().items.pace.score, 0.000001)
    facts.rural_tap_water[2026] = 86.9
    assert.near(18, assessed().items.pace.score, 0.000001)
    facts.rural_tap_water = nil
    assert.near(18, assessed().items.pace.score, 0.000001)
  end)

  it("孕产妇死亡率一项缺报，其余照评", function()
    report_progress "maternal_mortality"
    assert.near(18, assessed().items.pace.score, 0.000001)
  end)

  it("措施：96 项任务和 12 个指标中落实 81 项，得 15 分", function()
    finish_measures(81)
    assert.near(15, assessed().items.measures.score, 0.000001)
  end)

  it("报送：迟报一次、退回两次扣 4 分，扣完为止", function()
    facts.natural_delivery = 1
    assert.near(5, assessed().items.submission.score, 0.000001)
    facts.late_submissions, facts.returned = 1, 2
    assert.near(1, assessed().items.submission.score, 0.000001)
    facts.late_submissions = 9
    assert.near(0, assessed().items.submission.score, 0.000001)
  end)

  it("一项数据都没有报的，报送不得分", function()
    assert.equal("no_data", assessed().items.submission.state)
  end)

  it("成员单位年度报告按提交比例计分", function()
    facts.unit_reports_received = 24
    assert.near(4, assessed().items.unit_reports.score, 0.000001)
    facts.unit_reports_due = 0
    assert.equal("no_data", assessed().items.unit_reports.state)
  end)

  it("组织实施四项，缺哪项不得哪项的分", function()
    facts.funds_budgeted, facts.supervisions, facts.meetings, facts.practical_projects_done = 0, nil, 3, 2
    local items = assessed().items
    assert.equal(0, items.funds.score)
    assert.equal("no_data", items.supervision_held.state)
    assert.equal(2, items.meeting_held.score)
    assert.equal(2, items.projects.score)
  end)

  it("总分：佐证全有、进度全赶上、措施落实 108 项中的 75 项", function()
    prove_objectives()
    report_progress()
    finish_measures(75)
    local annual = assessed()
    -- 十项核心指标都未达标：40 × 99/194 + 20 + 20 × 75/108 + 10 + 10 = 74.3012…
    assert.near(20.412371 + 20 + 13.888889 + 10 + 10, annual.total, 0.000001)
    assert.equal("74.30", annual.printed)
    assert.equal("合格", annual.grade)
    finish_measures(96)
    -- 措施改为 20 × 96/108 = 17.7777…,合计 78.1901…
    assert.equal("78.19", assessed().printed)
    assert.equal("良好", assessed().grade)
  end)

  it("什么都没有报，0 分，不合格", function()
    facts = {}
    assert.equal(0, assessed().total)
    assert.equal("不合格", assessed().grade)
  end)

  it("数据弄虚作假，一票否决", function()
    facts.falsified = 1
    assert.equal("fraud", assessed().veto)
    assert.equal("不合格", assessed().grade)
  end)
end)
