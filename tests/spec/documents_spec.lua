-- A pack against its source document: pack coverage, pack show, and the errors of what they read.

local support = require "tests.spec.support"

local documents = support.root .. "/tests/packs/api/documents"

local workspace
before_each(function() workspace = support.workspace() end)
after_each(function() workspace:remove() end)

-- The pack of tests/packs/api with one text replaced.
local function changed(from, to)
  local text = support.read_file(documents .. "/pack.lua")
  local first, last = text:find(from, 1, true)
  assert(first, from .. " is not in the pack")
  workspace:write("changed/pack.lua", text:sub(1, first - 1) .. to .. text:sub(last + 1))
  return "changed"
end

describe("pack coverage", function()
  it("lists each clause with what carries it and ends with the count", function()
    local got = workspace:expect(0, "pack", "coverage", documents)
    assert.equal("6 of 6 clauses carried", got.out:match "([^\n]*)\n$")
    local rows = workspace:json(0, "pack", "coverage", documents)
    assert.equal(7, #rows)
    assert.same({ "intro", "background" }, { rows[1].clause, rows[1].state })
    assert.same({ "g2", "carried", "plan women, indicator trained, task hotline" },
      { rows[3].clause, rows[3].state, rows[3].carried_by })
  end)

  it("names the figure that nothing holds", function()
    local got = workspace:expect(1, "pack", "coverage", changed('states = { "6万人"', 'states = { "7万人"'))
    assert.equal("5 of 6 clauses carried", got.out:match "([^\n]*)\n$")
    local rows = workspace:json(1, "pack", "coverage", "changed")
    assert.same({ "incomplete", "7万人" }, { rows[3].state, rows[3].missing })
  end)

  it("names the clause that nothing carries", function()
    local folder = changed('clause "r2"', 'clause "r0" { at = "三", title = "另一条" },\n  clause "r2"')
    local rows = workspace:json(1, "pack", "coverage", folder)
    assert.same({ "r0", "missing" }, { rows[7].clause, rows[7].state })
  end)

  it("says what to do in a pack without a document", function()
    workspace:expect(0, "pack", "new", "plain")
    local got = workspace:expect(1, "pack", "coverage", "plain")
    assert.truthy(got.err:find("declares no document", 1, true), got.err)
  end)

  it("names the pack to look at where the document is inherited", function()
    workspace:write("child/pack.lua", 'pack { id = "child", title = "县", region = "150802", version = "1.0.0", api = 1, '
      .. 'extends = "documents" }\n')
    assert.equal(0, workspace:shell(("cp -r '%s' documents"):format(documents)).code)
    local got = workspace:expect(1, "pack", "coverage", "child")
    assert.truthy(got.err:find('it extends "documents"', 1, true), got.err)
  end)
end)

describe("pack show", function()
  it("lists what is declared, of all kinds or of one", function()
    local rows = workspace:json(0, "pack", "show", documents, "--kind", "task")
    assert.equal(1, #rows)
    assert.same({ "hotline", "health", { "statistics" }, "2020", { "m1", "g2" } },
      { rows[1].id, rows[1].lead, rows[1].units, rows[1].due, rows[1].source })
    local whole = workspace:json(0, "pack", "show", documents)
    assert.equal(6, #whole.matters)
    local table_text = workspace:expect(0, "pack", "show", documents).out
    for _, text in ipairs { "ratio(1, 3)", "at_most(12)", "pack.lua:24", "一、1；一、2", "times: 1; 2" } do
      assert.truthy(table_text:find(text, 1, true), text)
    end
  end)

  -- The document names units, not ids.
  it("names units by their titles in tables", function()
    local text = workspace:expect(0, "pack", "show", documents, "--kind", "task").out
    assert.truthy(text:find("lead: 卫生健康委", 1, true) and text:find("units: 统计局", 1, true), text)
    local group = workspace:expect(0, "pack", "show", documents, "--kind", "group").out
    assert.truthy(group:find("members: 卫生健康委; 街道", 1, true), group)
  end)

  it("names the nearest kind when it knows none of that name", function()
    local got = workspace:expect(6, "pack", "show", documents, "--kind", "tasks")
    assert.truthy(got.err:find('did you mean "task"?', 1, true), got.err)
  end)
end)

describe("names in matters", function()
  local mistakes = {
    { 'source = "r2"', 'source = "r3"', "'source' names \"r3\", which is no clause of a document" },
    { 'by = { "health" }, to', 'by = { "helth" }, to', "'by' names \"helth\", which is no unit", "health" },
    { 'lead = "statistics", members', 'lead = "statistic", members', "'lead' names \"statistic\"", "statistics" },
    { 'rows = { "mortality"', 'rows = { "mortalty"', "'rows' names \"mortalty\"", "mortality" },
    { 'due = "05-19", year = 2015, plan = "women"', 'due = "05-19", year = 2015, plan = "woman"',
      "'plan' names \"woman\"", "women" },
    { 'due = "05-19"', 'due = "5-19"', "'due' must be a date" },
    { 'due = "2015-05-25"', 'due = "2015-13-25"', "'due' must be a date" },
    { 'due = "06-01"', 'due = "06-31"', "'due' must be a date" },
    { 'every = "year"', 'every = "yearly"', "'every' must be one of", "year" },
    { 'times = { 1, 2 }', 'times = { 1.5 }', "'times' must be an array of whole numbers" },
    { 'steps = { "拨付" }', 'steps = "拨付"', "'steps' must be an array of texts" },
    { 'procedure "aid"', 'procedur "aid"', "unknown name 'procedur'", "procedure" },
    { 'report "unit_report"', 'event "hearing"', 'event' },
    { 'of = "region", points', 'of = "unit", only = { "helth" }, points', "'only' names \"helth\"", "health" },
    { 'of = "region", points', 'of = "region", only = { "health" }, points', 'with of = "unit"' },
    { 'members = { "health", "街道" }', 'members = { "helth", "街道" }', "'members' names \"helth\", which is no unit", "health" },
    { 'by = { "health" }, to', 'by = { "health", "health" }, to', "'by' names \"health\" twice" },
    { 'source = { "m1", "g2" }', 'source = { "m1", "m1" }', "'source' names \"m1\" twice" },
    { 'from = 2018, to = 2020, due', 'from = 2021, to = 2020, due', "'from' 2021 is later than 'to' 2020" },
    { 'from = 2018, to = 2020, indicators', 'from = 2021, to = 2020, indicators', "'from' 2021 is later than 'to' 2020" },
    { 'clause "r2" {', 'clause "r1" {', 'clause "r1" is declared twice' },
  }

  for _, mistake in ipairs(mistakes) do
    it("are told with their place: " .. mistake[2], function()
      local got = workspace:expect(1, "pack", "check", changed(mistake[1], mistake[2]))
      assert.truthy(got.err:find(mistake[3], 1, true), got.err)
      assert.truthy(got.err:find("pack.lua:%d+"), got.err)
      if mistake[4] then assert.truthy(got.err:find(mistake[4], 1, true), got.err) end
    end)
  end

  it("an open document is told", function()
    workspace:write("open/pack.lua", support.pack_header .. 'document "d" { title = "规划" }\n')
    local got = workspace:expect(1, "pack", "check", "open")
    assert.truthy(got.err:find('document "d" lists no clauses', 1, true), got.err)
  end)
end)
