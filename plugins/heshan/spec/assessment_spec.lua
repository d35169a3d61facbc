-- 成员单位考核和全市自评。

local function unit_of(facts)
  local observations = {}
  for id, value in pairs(facts) do observations[id .. ".education"] = value end
  return evaluate({ year = 2015, observations = observations }).assessments.unit_monitoring.units.education
end

local function key_unit(changes)
  local facts = {
    planned = 1, person_named = 1, forms_on_time = 3, changes_due = 4, changes_explained = 4,
    reports_on_time = 2, report_parts = 10, unmet_due = 2, unmet_analysed = 2,
  }
  for id, value in pairs(changes or {}) do facts[id] = value end
  return unit_of(facts)
end

describe("成员单位考核", function()
  it("样样做到，100 分", function()
    assert.near(100, key_unit().total, 0.000001)
    assert.equal("优秀", key_unit().grade)
  end)

  it("三张报表迟报一张少 10 分，再退回一次扣 2 分", function()
    assert.near(20, key_unit({ forms_on_time = 2 }).items.forms.score, 0.000001)
    assert.near(18, key_unit({ forms_on_time = 2, returned = 1 }).items.forms.score, 0.000001)
    assert.equal(0, key_unit({ forms_on_time = 2, returned = 30 }).items.forms.score)
  end)

  it("两个独立报告只报一个，得一半；十项内容缺一项，少 1.5 分", function()
    local unit = key_unit { reports_on_time = 1, report_parts = 9 }
    assert.near(10, unit.items.unit_reports.score, 0.000001)
    assert.near(13.5, unit.items.five_parts.score, 0.000001)
    assert.near(88.5, unit.total, 0.000001)
    assert.equal("良好", unit.grade)
  end)

  it("没有未达标指标、没有应说明的变化，分值摊到其余各项", function()
    local unit = key_unit { unmet_due = 0, unmet_analysed = 0, changes_due = 0, changes_explained = 0, forms_on_time = 2 }
    assert.equal("not_applicable", unit.items.warnings.state)
    assert.equal("not_applicable", unit.items.explained.state)
    assert.near(65 * 100 / 75, unit.total, 0.000001)
  end)

  it("变化说明、预警分析按做到的比例计分", function()
    local unit = key_unit { changes_explained = 3, unmet_analysed = 1 }
    assert.near(7.5, unit.items.explained.score, 0.000001)
    assert.near(7.5, unit.items.warnings.score, 0.000001)
  end)

  it("有计划没有专人，得一半", function()
    assert.near(5, key_unit({ person_named = 0 }).items.organised.score, 0.000001)
  end)

  it("只有一个规划有指标的，两张报齐即满分；应报数填 0 不得分", function()
    assert.near(30, key_unit({ forms_due = 2, forms_on_time = 2 }).items.forms.score, 0.000001)
    assert.near(30, key_unit({ forms_due = 1, forms_on_time = 1 }).items.forms.score, 0.000001)
    assert.equal("no_data", key_unit({ forms_due = 0 }).items.forms.state)
  end)

  it("只考核十一个重点单位，统称和收报告的单位不考核", function()
    local units = evaluate({ year = 2015, observations = {} }).assessments.unit_monitoring.units
    local count = 0
    for _ in pairs(units) do count = count + 1 end
    assert.equal(11, count)
    assert.is_not_nil(units.sport)
    for _, id in ipairs { "member_units", "committee_office", "jiangmen_office", "jiangmen_committee" } do
      assert.is_nil(units[id], id)
    end
  end)

  it("没有填报的，不得分", function()
    local unit = unit_of { planned = 1 }
    assert.equal("no_data", unit.items.forms.state)
    assert.near(0, unit.total, 0.000001)
    assert.equal("不合格", unit.grade)
  end)

  it("弄虚作假，一票否决", function()
    assert.equal("fraud", key_unit({ falsified = 1 }).veto)
    assert.equal("不合格", key_unit({ falsified = 1 }).grade)
  end)
end)

describe("全市自评", function()
  local function city(changes)
    local observations = {
      units_due = 30, units_on_time = 30, key_units_reported = 11, city_reports_on_time = 2, report_copies = 2,
      stocktaking = 1, yearly_warning = 1, hard_indicators = 1, hard_measures = 1,
      infant_mortality = 4, maternal_mortality = 10,
    }
    for id, value in pairs(changes or {}) do observations[id] = value end
    return evaluate({ year = 2015, observations = observations }).assessments.city_monitoring
  end

  it("两个规划各14项只达标1项：20/14 × 2 + 60", function()
    assert.near(40 / 14 + 60, city().total, 0.000001)
  end)

  it("十一个重点单位缺一个", function()
    assert.near(15 * 10 / 11, city({ key_units_reported = 10 }).items.key_reports.score, 0.000001)
  end)

  it("总报告少一份得一半，迟一个再减半", function()
    assert.near(7.5, city({ report_copies = 1 }).items.city_reports.score, 0.000001)
    assert.near(3.75, city({ report_copies = 1, city_reports_on_time = 1 }).items.city_reports.score, 0.000001)
    assert.near(15, city({ report_copies = 3 }).items.city_reports.score, 0.000001)
  end)

  it("没有应报的单位，报表不得分", function()
    assert.equal("no_data", city({ units_due = 0 }).items.collection.state)
    assert.near(15, city({ units_due = 1, units_on_time = 1 }).items.collection.score, 0.000001)
    assert.near(12, city({ units_on_time = 24 }).items.collection.score, 0.000001)
  end)

  it("预警四项工作做到三项", function()
    assert.near(11.25, city({ hard_indicators = 0 }).items.warning_work.score, 0.000001)
  end)
end)
