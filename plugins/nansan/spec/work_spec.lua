-- 八项工作：以佐证判定，按比例计分；慰问按人数。

local function village(observations) return evaluate { year = 2016, observations = observations } end

-- 全部工作都有佐证。
local ALL = {
  "plenary_spirit", "outlook", "core_work", "cadres", "learning", "listening", "issues", "examples",
  "systems", "management", "cooperation", "projects",
  "procedure_of_creation", "four_creations", "post_village_pairs", "arts_team", "demonstration_village",
  "womens_day_activity", "mothers_day_activity", "childrens_day_activity", "festival_brand", "outstanding_women",
  "civilised_families", "safe_families", "virtue_files", "double_qualified", "parent_schools",
  "education_mechanism", "good_parents", "law_publicity", "equality_policy",
  "petitions", "stations", "rights_network",
  "able_women", "disabled_mothers", "poor_mothers_rights", "spring_buds", "vulnerable_children", "new_residents",
}

local function done(changes)
  local observations = { poor_women_visited = 100 }
  for _, id in ipairs(ALL) do observations[id] = 1 end
  for id, value in pairs(changes or {}) do observations[id] = value end
  return village(observations)
end

local function level(result, id, subject)
  for _, warning in ipairs(result.warnings) do
    if warning.id == id and warning.subject == subject then return warning.level end
  end
end

describe("年度工作考核", function()
  it("样样做到，100 分，没有预警", function()
    local result = done()
    assert.near(100, result.assessments.yearly_work.total, 0.000001)
    assert.equal("优秀", result.assessments.yearly_work.grade)
    assert.equal("100.0", result.plans.work.printed)
    assert.equal(0, #result.warnings)
  end)

  it("什么都没有填报，0 分", function()
    local assessed = village({}).assessments.yearly_work
    assert.near(0, assessed.total, 0.000001)
    assert.equal("不合格", assessed.grade)
  end)

  it("五个节日项目少一个，10 分得 8 分", function()
    local assessed = done({ mothers_day_activity = 0 }).assessments.yearly_work
    assert.near(8, assessed.items.festivals.score, 0.000001)
    assert.near(98, assessed.total, 0.000001)
  end)

  it("维权三项缺一项，14 分得三分之二", function()
    assert.near(28 / 3, done({ stations = 0 }).assessments.yearly_work.items.rights.score, 0.000001)
  end)

  it("慰问 60 名：6 分得 3.6 分，其余六项不再扣", function()
    local assessed = done({ poor_women_visited = 60 }).assessments.yearly_work
    assert.near(3.6, assessed.items.visits.score, 0.000001)
    assert.near(10, assessed.items.help.score, 0.000001)
    assert.near(97.6, assessed.total, 0.000001)
  end)

  it("慰问以外六项缺两项、一项没有填报，10 分得 5 分", function()
    local observations = { poor_women_visited = 100, able_women = 1, spring_buds = 1, new_residents = 1 }
    observations.disabled_mothers, observations.poor_mothers_rights = 0, 0
    local items = village(observations).assessments.yearly_work.items
    assert.near(5, items.help.score, 0.000001)
    assert.near(6, items.visits.score, 0.000001)
  end)

  it("重大案件处置不力，一票否决", function()
    local assessed = done({ serious_rights_case = 1 }).assessments.yearly_work
    assert.equal("serious_case", assessed.veto)
    assert.equal("不合格", assessed.grade)
  end)
end)

describe("百名慰问", function()
  it("满 100 名为达标，99 名不达标", function()
    assert.equal("met", done({ poor_women_visited = 120 }).indicators.poor_women_visited.status)
    assert.equal("unmet", done({ poor_women_visited = 99 }).indicators.poor_women_visited.status)
  end)

  it("不足五成红色，不足八成橙色，不足十成黄色，没有报数红色", function()
    assert.equal("red", level(done { poor_women_visited = 49 }, "visits_short", "poor_women_visited"))
    assert.equal("orange", level(done { poor_women_visited = 50 }, "visits_short", "poor_women_visited"))
    assert.equal("yellow", level(done { poor_women_visited = 80 }, "visits_short", "poor_women_visited"))
    assert.is_nil(level(done(), "visits_short", "poor_women_visited"))
    assert.equal("red", level(village {}, "visits_short", "poor_women_visited"))
  end)
end)

describe("工作未落实", function()
  it("报了没有做到的橙色，没有报的黄色", function()
    assert.equal("orange", level(done { petitions = 0 }, "undone", "petitions"))
    assert.equal("yellow", level(village { petitions = 1 }, "undone", "stations"))
  end)

  it("慰问人数不由本项提示", function()
    assert.is_nil(level(done { poor_women_visited = 10 }, "undone", "poor_women_visited"))
  end)
end)
