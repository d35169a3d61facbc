-- What a figure was made from, and that a stored run can be computed again to the same bytes.

local support = require "tests.spec.support"

local observations = [[
150802,mortality,2020,16.9,stated,年报,
150802,mortality,2024,11.3,stated,年报,比上年下降
150802,screening,2024,65,reported,,
150802,income_male,2020,50000,,,
150802,income_female,2020,37500,,,
150802,income_male,2024,60000,,,
150802,income_female,2024,48000,,,
150802,late,2024,3,,,
150821,mortality,2024,13,,,
]]
local columns = "region,indicator,year,value,kind,source,note"

local function office()
  local workspace = support.office()
  workspace:observe(observations, columns)
  workspace:expect(0, "evaluate", "--year", 2024)
  return workspace
end

-- The line of a rule or declaration in the small pack.
local function line_of(text)
  local before = support.pack:sub(1, (support.pack:find(text, 1, true)))
  return select(2, before:gsub("\n", "")) + 1
end

local function walk(node, visit, depth)
  visit(node, depth or 0)
  for _, child in ipairs(node.children or {}) do walk(child, visit, (depth or 0) + 1) end
end

-- "2026-11-22T00:30:00.123456Z" as a person here reads it.
local function local_time(text)
  local year, month, day, hour, minute, second = text:match "^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)%.%d+Z$"
  local as_if_here = os.time { year = year, month = month, day = day, hour = hour, min = minute, sec = second }
  local offset = os.difftime(as_if_here, os.time(os.date("!*t", as_if_here)))
  return os.date("%Y-%m-%d %H:%M:%S", as_if_here + math.tointeger(offset))
end

local function find(tree, fits)
  local found
  walk(tree, function(node) if not found and fits(node) then found = node end end)
  return found
end

local function by_id(tree, id)
  return assert(find(tree, function(node) return node.id == id end), "the tree has no " .. id)
end

describe("explain", function()
  local workspace

  setup(function() workspace = office() end)
  teardown(function() workspace:remove() end)

  local function explain(item, ...)
    return workspace:json(0, "explain", "150802", item, "--year", 2024, ...)
  end

  it("goes from the assessment by item and rule down to the observations", function()
    local annual = explain("annual").tree
    assert.equal("annual", annual.id)
    local targets = by_id(annual, "targets")
    assert.same({ "pack.lua", line_of "attainment_women, 1)" }, { targets.rule.file, targets.rule.line })
    local rate = assert(find(targets, function(node) return node.title == "attainment_women" end))
    local plan = by_id(rate, "women")
    local gap = by_id(plan, "pay_gap")
    assert.same({ "pack.lua", line_of "formula =" }, { gap.rule.file, gap.rule.line })
    local observed = {}
    walk(gap, function(node)
      if node.observation then
        observed[#observed + 1] = node.observation.indicator .. " " .. math.tointeger(node.observation.value)
      end
    end)
    table.sort(observed)
    assert.same({ "income_female 48000", "income_male 60000" }, observed)
  end)

  it("tells an observation's revision, data version, kind, source, note and who entered it", function()
    local node = find(explain("mortality").tree, function(candidate)
      return candidate.observation and candidate.observation.year == 2024
    end)
    local observation = node.observation
    local who = workspace:sql "SELECT who FROM data_change WHERE data_version = 1"
    assert.same({ 1, 1, "stated", "年报", "比上年下降", who, "150802", "mortality", 11.3 }, {
      observation.revision, observation.data_version, observation.kind, observation.source, observation.note,
      observation.entered_by, observation.region, observation.indicator, observation.value,
    })
  end)

  it("says where an indicator is declared", function()
    local declared = explain("mortality").tree.declared
    assert.same({ "pack.lua", line_of 'indicator "mortality"' }, { declared.file, declared.line })
  end)

  it("says when a fact's default was used", function()
    local other = workspace:json(0, "explain", "150821", "annual.reporting", "--year", 2024)
    local late = assert(find(other.tree, function(node) return node.title == "late" end))
    assert.equal("0", late.value)
    assert.truthy(find(late, function(node) return node.title:find("default", 1, true) end))
  end)

  local items = { "annual", "annual.targets", "reporting", "women", "women.health", "mortality", "pay_gap", "income_male" }
  for _, item in ipairs(items) do
    it("has the same tree as text and as JSON: " .. item, function()
      local explained = explain(item)
      local text = workspace:expect(0, "explain", "150802", item, "--year", 2024).out
      local lines = support.lines(text)
      local first = 1
      while lines[first] ~= "" do first = first + 1 end
      local at = first
      walk(explained.tree, function(node, depth)
        at = at + 1
        local line = assert(lines[at], "the text ends before the tree")
        local branches = line:gsub("├─ ", "\1"):gsub("└─ ", "\1"):gsub("│  ", "\1"):gsub("   ", "\1"):match "^\1*"
        assert.equal(depth, #branches, line)
        local wanted = { node.title, node.detail }
        wanted[#wanted + 1] = node.id and "(" .. node.id .. ")"
        wanted[#wanted + 1] = node.value and "= " .. node.value
        if node.rule then wanted[#wanted + 1] = ("office/%s:%d"):format(node.rule.file, node.rule.line) end
        if node.observation then
          local observation = node.observation
          wanted[#wanted + 1] = ("revision %d, data version %d, %s, entered by %s %s"):format(observation.revision,
            observation.data_version, observation.kind, observation.entered_by, local_time(observation.entered_at))
          wanted[#wanted + 1] = observation.source
          wanted[#wanted + 1] = observation.note
        end
        for _, part in pairs(wanted) do
          assert.truthy(line:find(part, 1, true), ("no %q in: %s"):format(part, line))
        end
      end)
      assert.equal(#lines, at)
    end)
  end

  it("gives the values that evaluate gave", function()
    local run = workspace:json(0, "evaluate", "--year", 2024)[1]
    local region = run.regions["150802"]
    local explained = explain "annual"
    assert.equal(region.assessments.annual.printed, explained.tree.value)
    assert.equal(region.assessments.annual.grade, explained.tree.detail)
    assert.equal(run.run, explained.run)
    for id, item in pairs(region.assessments.annual.items) do
      local shown = by_id(explained.tree, id).value:match "^([%d.]+) / "
      assert.near(item.score, tonumber(shown), 0.005, id)
    end
    for id, figures in pairs(region.indicators) do
      local node = by_id(explained.tree, id)
      assert.near(figures.value, tonumber(node.value:match "^[%d.]+"), 0.05, id)
      assert.truthy(node.detail:find(figures.status, 1, true))
    end
    assert.truthy(by_id(explained.tree, "women").value:find(region.plans.women.printed, 1, true))
  end)

  it("of an unknown item suggests one, with exit code 6", function()
    local result = workspace:expect(6, "explain", "150802", "mortalty", "--year", 2024)
    assert.truthy(result.err:find('did you mean "mortality"?', 1, true), result.err)
  end)

  it("of an unknown region says so, with exit code 6", function()
    assert.truthy(workspace:expect(6, "explain", "159999", "mortality").err:find("159999", 1, true))
  end)

  it("of a run that is not there says so, with exit code 6", function()
    assert.truthy(workspace:expect(6, "explain", "150802", "mortality", "--run", 99).err:find("99", 1, true))
  end)

  it("names the run's pack hash, conventions and data version", function()
    local run = workspace:json(0, "evaluate", "--year", 2024)[1]
    local explained = explain "mortality"
    assert.equal(64, #explained.pack_hash)
    assert.same({ run.pack_hash, run.std_hash, run.data_version, run.conventions },
      { explained.pack_hash, explained.std_hash, explained.data_version, explained.conventions })
  end)
end)

describe("explain of a stored run", function()
  local workspace

  after_each(function() workspace:remove() end)

  it("shows the observations as they were then", function()
    workspace = office()
    workspace:observe "150802,mortality,2024,10.8\n"
    workspace:expect(0, "evaluate", "--year", 2024)
    local function value(...)
      return workspace:json(0, "explain", "150802", "mortality", ...).tree.value:match "^[%d.]+"
    end
    assert.equal("11.3", value("--run", 1))
    assert.equal("10.8", value("--run", 2))
    assert.equal("10.8", value("--year", 2024))
    local newest = workspace:json(0, "explain", "150802", "mortality", "--run", 2).tree
    local observation = find(newest, function(node) return node.observation and node.observation.year == 2024 end).observation
    assert.same({ 2, 2 }, { observation.revision, observation.data_version })
  end)

  it("shows a unit's assessment", function()
    workspace = support.office(support.pack .. [[
unit "health" { title = "卫健委" }
unit "labour" { title = "人社局" }
assessment "members" { title = "成员单位考核", of = "unit", points = 10, grades = { { 0, "合格" } },
  item "punctual" { points = 10, score = function(points, late) return deduct(points, late) end } }
]])
    workspace:observe("150800,late,health,2024,4\n150800,mortality,total,2024,9\n", "region,indicator,breakdown,year,value")
    workspace:expect(0, "evaluate", "--year", 2024)
    local health = workspace:json(0, "explain", "150800", "members", "--unit", "health", "--year", 2024).tree
    assert.equal("6.00", health.value)
    assert.equal("10.00", workspace:json(0, "explain", "150800", "members", "--unit", "labour").tree.value)
    assert.truthy(workspace:expect(6, "explain", "150800", "members", "--unit", "nobody").err:find("nobody", 1, true))
  end)
end)

describe("replay", function()
  local workspace

  before_each(function() workspace = office() end)
  after_each(function() workspace:remove() end)

  local function replays(run)
    local replayed = workspace:json(0, "replay", run)[1]
    assert.equal("yes", replayed.same)
    assert.equal(replayed.stored, replayed.replayed)
    return replayed.replayed
  end

  it("gives the bytes of the run, twice the same", function()
    local run = workspace:json(0, "evaluate", "--year", 2024)[1]
    assert.equal(run.result_hash, replays(1))
    assert.equal(run.result_hash, replays(1))
  end)

  it("stores no run and changes nothing", function()
    local before = workspace:sql ".dump"
    replays(1)
    assert.is_true(before == workspace:sql ".dump", "the database was changed")
  end)

  it("gives them still after newer data, packs, regions and a rollback", function()
    local first = replays(1)
    workspace:observe("150802,mortality,2024,10\n150802,screening,2024,withdrawn\n150821,screening,2024,90\n")
    assert.equal(first, replays(1))

    workspace:write_pack("office", (support.pack:gsub('"1.0.0"', '"2.0.0"'):gsub("at_most%(12%)", "at_most(9)")))
    workspace:expect(0, "pack", "activate", "office")
    assert.equal(first, replays(1))

    workspace:write("more.csv", "code,name,parent,level\n150822,磴口县,150800,county\n150802,临河新区,150800,county\n")
    workspace:expect(0, "import", "--table", "regions", "more.csv")
    workspace:observe "150822,mortality,2024,8\n"
    local second = workspace:json(0, "evaluate", "--year", 2024)[1]
    assert.not_equal(first, second.result_hash)
    assert.equal("unmet", second.regions["150802"].indicators.mortality.status)
    assert.equal("met", second.regions["150822"].indicators.mortality.status)
    assert.equal(first, replays(1))
    assert.equal(second.result_hash, replays(2))

    workspace:expect(0, "pack", "rollback", "office")
    local third = workspace:json(0, "evaluate", "--year", 2024)[1]
    assert.equal("met", third.regions["150802"].indicators.mortality.status)
    assert.equal(first, replays(1))
    assert.equal(second.result_hash, replays(2))
    assert.equal(third.result_hash, replays(3))
  end)

  it("gives them still after a region moved under another parent", function()
    workspace:write("more.csv", "code,name,parent,level\n150600,鄂尔多斯市,150000,city\n150821,五原县,150600,county\n")
    workspace:expect(0, "import", "--table", "regions", "more.csv")
    replays(1)
  end)

  it("says no, with exit code 1, when a stored result was tampered with", function()
    local doubled = ("<d"):pack(11.3):gsub(".", function(byte) return ("%02X"):format(byte:byte()) end)
    local changed = ("<d"):pack(11.2):gsub(".", function(byte) return ("%02X"):format(byte:byte()) end)
    local rows = workspace:sql(([[UPDATE result SET payload = CAST(substr(payload, 1, instr(payload, x'%s') - 1) || x'%s'
      || substr(payload, instr(payload, x'%s') + 8) AS BLOB) WHERE instr(payload, x'%s'); SELECT changes()]]):format(
      doubled, changed, doubled, doubled))
    assert.equal("1", rows)
    local result = workspace:expect(1, "replay", 1)
    assert.truthy(result.out:find("NO", 1, true) or result.err:find "%S")
    assert.equal("no", workspace:json(1, "replay", 1)[1].same:lower())
  end)

  it("says no when a stored result is gone", function()
    workspace:sql "DELETE FROM result WHERE region = (SELECT number FROM region WHERE code = '150802')"
    workspace:expect(1, "replay", 1)
  end)

  it("says no when an observation was overwritten", function()
    workspace:sql "UPDATE observation SET value = 10.1, value_text = '10.1' WHERE value_text = '11.3'"
    workspace:expect(1, "replay", 1)
  end)

  it("refuses a pack whose stored bytes were tampered with", function()
    workspace:sql [[UPDATE blob SET bytes = CAST(replace(CAST(bytes AS TEXT), 'at_most(12)', 'at_most(19)') AS BLOB)
      WHERE kind = 'pack']]
    for _, words in ipairs { { "replay", 1 }, { "explain", "150802", "annual", "--year", 2024 } } do
      local result = workspace:expect(3, table.unpack(words))
      assert.truthy(result.err:find "hash" or result.err:find "damaged" or result.err:find "changed", result.err)
    end
    workspace:observe "150802,mortality,2024,10\n"
    workspace:expect(3, "evaluate", "--year", 2024)
  end)

  it("of no run says so, with exit code 6", function()
    assert.truthy(workspace:expect(6, "replay", 7).err:find("7", 1, true))
  end)

  it("a run is listed with its pack, hashes, data version and year", function()
    local run = workspace:json(0, "evaluate", "--year", 2024)[1]
    local listed = workspace:json(0, "runs")
    assert.equal(1, #listed)
    assert.same({ run.run, "office", 2024, 1, run.pack_hash, run.result_hash },
      { listed[1].run, listed[1].pack, listed[1].year, listed[1].data_version, listed[1].pack_hash, listed[1].result_hash })
  end)
end)
