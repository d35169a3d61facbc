local function series(from, values)
  local years = {}
  for i, value in ipairs(values) do years[from + i - 1] = value end
  return years
end

local function judged(id, years, year)
  return evaluate { year = year or 2024, observations = { [id] = years } }.indicators[id]
end

local function message_of(result, id)
  for _, raised in ipairs(result.warnings) do
    if raised.id == id then return raised.message end
  end
end

describe("an unmet indicator is not said to be there already", function()
  it("when it stands on the line of a strict target", function()
    local strict = judged("strict", series(2020, { 4, 3.5, 3, 2.5, 2 }))
    assert.equal("unmet", strict.status)
    assert.near(0.01, strict.gap, 1e-9)
    assert.is_true(strict.progress < 1)
    assert.is_true(strict.reach_year > 2024)
  end)

  it("when only one of two targets is met", function()
    local both = judged("both", series(2020, { 67, 64, 61, 58, 55 }))
    assert.equal("unmet", both.status)
    assert.near(5, both.gap, 1e-9)
    assert.near(2025 + 2 / 3, both.reach_year, 1e-6)
  end)

  it("when the number is reached but the rise is not", function()
    local mixed = judged("number_and_rise", series(2020, { 64, 63, 62, 61, 60 }))
    assert.equal("unmet", mixed.status)
    assert.is_nil(mixed.reach_year)
    assert.is_nil(mixed.gap)
    assert.equal(50, mixed.target)
  end)

  it("and does not count as met because it is expected to be", function()
    local result = evaluate { year = 2024, observations = { number_and_rise = series(2020, { 64, 63, 62, 61, 60 }) } }
    assert.equal(0, result.plans.main.met)
    assert.equal(1, result.plans.main.unmet)
  end)
end)

it("a band is forecast to be reached from the side the value is on", function()
  local band = judged("band", series(2020, { 50, 49.5, 49, 48.5, 48 }))
  assert.equal("unmet", band.status)
  assert.near(1, band.gap, 1e-9)
  assert.near(2026, band.reach_year, 1e-6)
end)

it("a year is held against its own milestone, not against a later one", function()
  assert.equal("met", judged("kept", series(2021, { 61, 62, 62, 66 })).status)
  assert.equal("near", judged("kept", series(2021, { 59, 62, 62, 66 })).status)
end)

it("what is met as printed has no gap and full progress", function()
  local edge = judged("at_the_edge", { [2020] = 20, [2024] = 12.009 })
  assert.equal("met", edge.status)
  assert.equal(0, edge.gap)
  assert.equal(0, edge.required_change)
  assert.equal(1, edge.progress)
end)

it("a message prints a figure as its table does, its status in words and a year never too early", function()
  local result = evaluate {
    year = 2024,
    observations = { at_the_edge = { [2020] = 20, [2024] = 12.009 }, strict = series(2020, { 4, 3.5, 3, 2.5, 2.04 }) },
  }
  assert.equal("2.04 未达标 差 0.05 到 2025", message_of(result, "note"))
  for _, raised in ipairs(result.warnings) do
    if raised.subject == "at_the_edge" then assert.equal("12.00 达标 差 0.00 到 2024", raised.message) end
  end
end)

it("a formula may use its own breakdowns", function()
  local result = evaluate { year = 2024, observations = { ["whole.female"] = 60, ["whole.male"] = 50 } }
  assert.equal(55, result.indicators.whole.value)
end)

describe("places among peers", function()
  local function place(id, value, others)
    local regions = {}
    for i, other in ipairs(others) do regions[("1508%02d"):format(20 + i)] = { observations = { [id] = other } } end
    regions["150899"] = { observations = { [id] = value } }
    return message_of(evaluate { year = 2024, observations = {}, regions = regions }.regions["150899"], "place")
  end

  it("go by nearness where a target is around a value", function()
    assert.equal("1", place("band", 45, { 60, 30 }))
    assert.equal("3", place("band", 60, { 45, 44 }))
  end)

  it("go by size where a gap is to narrow", function()
    assert.equal("1", place("narrowing", 2, { -8, 5 }))
    assert.equal("3", place("narrowing", -8, { 2, 5 }))
  end)
end)

describe("points", function()
  local function assessed() return evaluate { year = 2024, observations = { strict = 1 } }.assessments end

  it("that are spread lose no hundredth to truncation", function()
    assert.equal("100.00", assessed().spread.printed)
    assert.equal(100, assessed().spread.maximum)
  end)

  it("lose no hundredth to the noise of binary", function() assert.equal("14.40", assessed().noise.printed) end)

  it("of which none applies give no grade", function()
    assert.is_nil(assessed().nothing.grade)
    assert.equal(0, assessed().nothing.maximum)
  end)
end)

it("a unit answers for what it did, not for the whole region", function()
  local units = evaluate { year = 2024, observations = { late = 4, ["late.first"] = 1 } }.assessments.members.units
  assert.equal(9, units.first.total)
  assert.equal(10, units.second.total)
end)

it("a misspelt word in evaluate is not passed over", function()
  assert.has_error(function() evaluate { year = 2024, observation = {} } end, "observations")
  assert.has_error(function() evaluate { year = 2024, observations = { ["strict.femal"] = 1 } } end, "female")
  assert.has_error(function() evaluate { year = 2024, observations = { strikt = 1 } } end, "strict")
end)

it("a forecast stays within what the series can be", function()
  local falling = judged("strict", series(2020, { 9, 7, 5, 3, 1 }))
  assert.equal(0, falling.forecast)
  local rising = judged("band", series(2020, { 80, 85, 90, 95, 99 }))
  assert.equal(100, rising.forecast)
end)
