-- A run that builds on another, as following a change leaves one, is shown like any other.

local support = require "tests.spec.support"

local pack = support.pack .. [[
warning "high" { on = "indicator", title = "偏高", only = { "mortality" }, message = "现值 {value}",
  level = function(value) if value and value > 12 then return "red" end end }
]]

describe("a run that builds on another", function()
  local workspace, whole

  -- What the commands print of the newest run.
  local function look()
    local shown = {}
    for name, words in pairs {
      warnings = { "warnings" },
      item = { "explain", "150802", "annual" },
      other_region = { "explain", "150821", "mortality" },
    } do shown[name] = workspace:expect(0, table.unpack(words)).out end
    local run = workspace:json(0, "evaluate")[1]
    shown.run, shown.hash, shown.unchanged, shown.regions = run.run, run.result_hash, run.unchanged, run.regions
    return shown
  end

  before_each(function()
    workspace = support.office(pack)
    workspace:observe "150800,mortality,2024,11\n150802,mortality,2024,13\n150821,mortality,2024,14\n"
    workspace:expect(0, "evaluate", "--quiet")
    workspace:observe "150802,mortality,2024,15.5\n"
    workspace:expect(0, "evaluate", "--quiet")
    whole = look()
    -- Only what came out otherwise is kept of the second run.
    workspace:sql([[
DELETE FROM result WHERE run = 2 AND payload = (SELECT b.payload FROM result b WHERE b.run = 1 AND b.region = result.region);
PRAGMA foreign_keys = OFF;
UPDATE result SET base = 1 WHERE run = 2;
UPDATE run SET base = 1, conventions = NULL WHERE id = 2;]])
    assert.equal("1", workspace:sql "SELECT COUNT(*) FROM result WHERE run = 2")
  end)

  after_each(function() workspace:remove() end)

  it("says the same as a whole one", function() assert.same(whole, look()) end)

  it("is listed with all its regions", function()
    local runs = workspace:json(0, "runs")
    assert.same({ 2, 3, whole.hash }, { runs[1].run, runs[1].regions, runs[1].result_hash })
  end)

  it("is replayed to the same bytes, and so is the one it builds on", function()
    for run = 1, 2 do assert.equal("yes", workspace:json(0, "replay", run)[1].same) end
  end)

  it("is not replayed to what somebody put in its place", function()
    workspace:sql "UPDATE result SET payload = (SELECT payload FROM result WHERE run = 1 LIMIT 1) WHERE run = 2"
    assert.equal("NO", workspace:json(1, "replay", 2)[1].same)
    assert.equal("yes", workspace:json(0, "replay", 1)[1].same)
  end)
end)
