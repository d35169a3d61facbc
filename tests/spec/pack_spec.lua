-- A pack's way from a folder to the active version and back, and how its errors are told.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

-- A pack of one plan; `inside` stands in its only domain, `below` behind it. The plan is line 2.
local function pack_of(inside, below)
  return support.pack_header .. [[
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "妇女与健康" } {
]] .. inside .. "\n}\n" .. (below or "")
end

local screening = [[indicator "screening" { title = "筛查率", unit = "%", lead = "卫健委", target = at_least(70) },]]

describe("pack new, check, test, activate, list, rollback", function()
  local workspace

  before_each(function()
    workspace = support.workspace(true)
    workspace:write("regions.csv", support.regions)
    workspace:expect(0, "import", "--table", "regions", "regions.csv")
  end)

  after_each(function() workspace:remove() end)

  it("lead from nothing to an evaluated pack", function()
    workspace:expect(0, "pack", "new", "linhe", "--title", "临河区", "--region", "150802")
    workspace:expect(0, "pack", "check", "linhe")
    local tested = workspace:json(0, "pack", "test", "linhe")
    assert.is_true(tested.ok)
    assert.is_true(tested.specs_passed > 0)
    workspace:expect(0, "pack", "activate", "linhe")
    workspace:expect(0, "import", "linhe/data/observations.csv")
    local run = workspace:json(0, "evaluate")[1]
    assert.equal("linhe", run.pack)
    assert.equal(14.3, run.regions["150802"].indicators.maternal_mortality.value)
    local listed = workspace:json(0, "pack", "list")
    assert.same({ 1, "linhe", "active", "临河区", "150802", run.pack_hash },
      { #listed, listed[1].pack, listed[1].state, listed[1].title, listed[1].region, listed[1].hash })
  end)

  it("pack new does not overwrite", function()
    workspace:expect(0, "pack", "new", "linhe")
    workspace:write("linhe/pack.lua", "-- mine")
    local again = workspace:expect(1, "pack", "new", "linhe")
    assert.truthy(again.err:find("linhe is there already", 1, true), again.err)
    assert.equal("-- mine", support.read_file(workspace:path "linhe/pack.lua"))
  end)

  it("pack new makes the folder where --dir says", function()
    workspace:write("packs/readme", "")
    workspace:expect(0, "pack", "new", "linhe", "--dir", "packs")
    assert.is_true(support.exists(workspace:path "packs/linhe/pack.lua"))
  end)

  it("pack new refuses an id that could be no pack's", function()
    for _, id in ipairs { "../out", "Linhe", "lin he", "", "临河" } do
      local result = workspace:run("pack", "new", id)
      assert.is_true(result.code == 1 or result.code == 2, id .. ": " .. result.code)
      assert.truthy(result.err:find "%S")
    end
    assert.is_false(support.exists(workspace:path "../out"))
  end)

  it("pack check and pack test store nothing", function()
    local before = workspace:sql ".dump"
    workspace:write_pack("office", support.pack)
    workspace:expect(0, "pack", "check", "office")
    workspace:expect(0, "pack", "test", "office")
    assert.is_true(before == workspace:sql ".dump", "the database was changed")
  end)

  it("a folder that is not there is 6", function()
    for _, command in ipairs { "check", "test", "activate" } do
      assert.truthy(workspace:expect(6, "pack", command, "none").err:find("none", 1, true))
    end
  end)

  describe("errors", function()
    -- The pack is refused with each of these texts.
    local function refused(pack, ...)
      workspace:write_pack("office", pack)
      local result = workspace:expect(1, "pack", "check", "office")
      for _, wanted in ipairs { ... } do
        assert.truthy(result.err:find(wanted, 1, true), ("no %q in:\n%s"):format(wanted, result.err))
      end
      return result
    end

    it("a syntax error", function()
      refused(pack_of [[indicator "a" { title = "A" unit = "%" },]], "office/pack.lua:4: ", "'}' expected near 'unit'")
    end)

    it("a misspelt name, with the nearest", function()
      refused(pack_of([[indicator "a" { title = "A", unit = "%", lead = "L", target = at_leest(1) },]]),
        "office/pack.lua:4: ", "'at_leest'", "did you mean 'at_least'?")
    end)

    it("a misspelt field, with the nearest", function()
      refused(pack_of [[indicator "a" { title = "A", unitt = "%", lead = "L", target = at_least(1) },]],
        "office/pack.lua:4: ", "'unitt'", "did you mean 'unit'?")
    end)

    it("a missing field", function()
      refused(pack_of [[indicator "a" { title = "A", lead = "L", target = at_least(1) },]],
        "office/pack.lua:4: ", "needs 'unit'")
      refused(pack_of [[indicator "a" { title = "A", unit = "%", target = at_least(1) },]],
        "office/pack.lua:4: ", "needs 'lead'")
      refused(pack_of [[indicator "a" { title = "A", unit = "%", lead = "L" },]], "office/pack.lua:4: ", "target")
    end)

    it("a field of the wrong type", function()
      refused(pack_of [[indicator "a" { title = 5, unit = "%", lead = "L", target = at_least(1) },]],
        "office/pack.lua:4: ", "title")
      refused(pack_of [[indicator "a" { title = "A", unit = "%", lead = "L", target = at_least("七十") },]],
        "office/pack.lua:4: ")
    end)

    it("an input that no one knows, with the nearest", function()
      refused(pack_of(screening .. [[

indicator "half" { title = "H", unit = "%", lead = "L", target = at_least(1),
  formula = function(screning) return screning / 2 end },]]),
        "office/pack.lua:6: unknown input 'screning'", "did you mean 'screening'?")
    end)

    it("a figure to keep that no one knows, with the nearest", function()
      local pack = pack_of(screening)
      refused(pack:gsub('covers = "children"', 'covers = "children", figures = { "gap", "volatilty" }', 1),
        'office/pack.lua:1: `figures` names "volatilty", which is no figure of an indicator',
        'did you mean "volatility"?')
    end)

    it("an input that is known elsewhere only", function()
      refused(pack_of(screening, [[
assessment "annual" { title = "A", of = "region", points = 10, grades = { { 0, "合格" } },
  item "a" { points = 10, score = function(points, reach_year) return points end } }
]]), "office/pack.lua:7: ", "'reach_year'")
    end)

    it("an id used twice, with both places", function()
      refused(pack_of(screening .. "\n" .. screening), "office/pack.lua:5: ", '"screening"', "pack.lua:4")
    end)

    it("points that do not sum", function()
      refused(pack_of(screening, [[
assessment "annual" { title = "A", of = "region", points = 100, grades = { { 0, "合格" } },
  item "a" { points = 60, score = function(points) return points end },
  item "b" { points = 39, score = function(points) return points end } }
]]), "office/pack.lua:6: ", '"annual"', "sum to 99", "100")
    end)

    it("points of items inside an item that do not sum", function()
      refused(pack_of(screening, [[
assessment "annual" { title = "A", of = "region", points = 100, grades = { { 0, "合格" } },
  item "a" { points = 100,
    item "b" { points = 39, score = function(points) return points end } } }
]]), "office/pack.lua:7: ", '"a"', "39", "100")
    end)

    it("grades out of order, and grades that do not begin at 0", function()
      local assessment = [[
assessment "annual" { title = "A", of = "region", points = 100, grades = { %s },
  item "a" { points = 100, score = function(points) return points end } }
]]
      refused(pack_of(screening, assessment:format [[{ 60, "合格" }, { 90, "优秀" }, { 0, "不合格" }]]),
        "office/pack.lua:6: ", "优秀")
      refused(pack_of(screening, assessment:format [[{ 90, "优秀" }, { 60, "合格" }]]), "office/pack.lua:6: ")
    end)

    it("a veto's grade that is none of the assessment's", function()
      refused(pack_of(screening, [[
assessment "annual" { title = "A", of = "region", points = 100, grades = { { 0, "合格" } },
  item "a" { points = 100, score = function(points) return points end },
  veto "v" { when = function(screening) return screening < 0 end, grade = "差" } }
]]), "office/pack.lua:8: ", '"v"', '"annual"')
    end)

    it("formulas in a circle", function()
      refused(pack_of [[
indicator "a" { title = "A", unit = "%", lead = "L", target = at_least(1), formula = function(b) return b end },
indicator "b" { title = "B", unit = "%", lead = "L", target = at_least(1), formula = function(c) return c end },
indicator "c" { title = "C", unit = "%", lead = "L", target = at_least(1), formula = function(a) return a end },]],
        "office/pack.lua:4: ", '"a"', "its own result")
    end)

    it("a formula of itself", function()
      refused(pack_of [[
indicator "a" { title = "A", unit = "%", lead = "L", target = at_least(1), formula = function(a) return a end },]],
        "office/pack.lua:4: ", "its own result")
    end)

    it("a target that speaks of no indicator", function()
      refused(pack_of [[indicator "a" { title = "A", unit = "%", lead = "L", target = not_below("b") },]],
        "office/pack.lua:4: ", '"b"')
    end)

    it("an include that is not there, and one that is itself wrong", function()
      refused(pack_of(screening, [[include "more"]]), "office/pack.lua:6: ", "more")
      refused({ ["pack.lua"] = pack_of(screening, [[include "more"]]), ["more.lua"] = "fact 'x' {\n title = 'X' }" },
        "office/more.lua:1: ", "unit")
    end)

    it("no pack at all", function()
      workspace:write("office/readme.txt", "")
      assert.truthy(workspace:expect(6, "pack", "check", "office").err:find("pack.lua", 1, true))
      refused("local nothing = 1", "office/pack.lua")
    end)

    it("an api that is not spoken", function()
      refused([[pack { id = "office", title = "T", region = "150800", version = "1.0.0", api = 2 }]],
        "office/pack.lua:1: ", "api")
    end)

    it("several, all of them", function()
      local result = refused(pack_of([[
indicator "a" { title = "A", unit = "%", lead = "L", target = at_least(1), formula = function(nothing) return 1 end },
indicator "b" { title = "B", lead = "L", target = at_least(1) },
indicator "b" { title = "B", unit = "%", lead = "L", target = at_least(1) },]], [[
assessment "annual" { title = "A", of = "region", points = 100, grades = { { 0, "合格" } },
  item "a" { points = 60, score = function(points, attainment_womn) return points end } }
]]), "pack.lua:4: ", "pack.lua:5: ", "pack.lua:6: ", "pack.lua:8: ", "pack.lua:9: ")
      assert.truthy(result.err:find "5 problems")
      local report = workspace:json(1, "pack", "check", "office")
      assert.equal(5, #report.problems)
      for _, problem in ipairs(report.problems) do
        assert.truthy(problem.file:find "pack.lua$")
        assert.is_number(problem.line)
      end
    end)

    it("a spec that fails, with its place and both values", function()
      workspace:write_pack("office", { ["pack.lua"] = support.pack, ["spec/office_spec.lua"] = [[
describe("筛查率", function()
  it("达标", function() assert.equal(1, 1) end)
  it("算错了", function()
    assert.equal("unmet", evaluate { year = 2024, observations = { screening = 70 } }.indicators.screening.status)
  end)
end)
]] })
      workspace:expect(0, "pack", "check", "office")
      for _, command in ipairs { "test", "activate" } do
        local result = workspace:expect(1, "pack", command, "office")
        for _, wanted in ipairs { "spec/office_spec.lua:4", "算错了", "unmet", "met" } do
          assert.truthy(result.err:find(wanted, 1, true), ("no %q in:\n%s"):format(wanted, result.err))
        end
      end
      assert.same({}, workspace:json(0, "pack", "list"))
    end)

    it("a spec that does not even load", function()
      workspace:write_pack("office", { ["pack.lua"] = support.pack, ["spec/office_spec.lua"] = "describe(" })
      assert.truthy(workspace:expect(1, "pack", "test", "office").err:find("spec/office_spec.lua:1", 1, true))
    end)
  end)

  describe("activation", function()
    local first = support.pack
    local second = first:gsub('"1.0.0"', '"1.1.0"'):gsub("at_most%(12%)", "at_most(10)")
    local third = first:gsub('"1.0.0"', '"1.2.0"'):gsub("at_most%(12%)", "at_most(8)")

    local function activate(pack)
      workspace:write_pack("office", pack)
      return workspace:expect(0, "pack", "activate", "office")
    end

    local function active()
      local found = {}
      for _, version in ipairs(workspace:json(0, "pack", "list")) do
        if version.state == "active" then found[#found + 1] = version.version end
      end
      return table.concat(found, " ")
    end

    local function target()
      workspace:observe "150802,mortality,2024,11\n"
      return workspace:json(0, "evaluate", "--year", 2024)[1].regions["150802"].indicators.mortality.target
    end

    it("retires what it replaces, and so does a rollback", function()
      local function states()
        local found = {}
        for _, version in ipairs(workspace:json(0, "pack", "list")) do
          found[version.version] = version.state
        end
        return found
      end
      activate(first)
      activate(second)
      assert.same({ ["1.0.0"] = "retired", ["1.1.0"] = "active" }, states())
      workspace:expect(0, "pack", "rollback", "office")
      assert.same({ ["1.0.0"] = "active", ["1.1.0"] = "retired" }, states())
    end)

    it("beside a running server tells programs that it answers with it", function()
      activate(first)
      local server = served.start(workspace)
      workspace:write_pack("office", second)
      local told = workspace:json(0, "pack", "activate", "office")
      local versions = workspace:json(0, "pack", "list")
      for _, version in ipairs(versions) do
        if version.state == "active" then assert.equal(version.hash, told.hash) end
      end
      told.hash = nil
      assert.same({ ok = true, pack = "office", version = "1.1.0", changed = true, by_server = true, followers = {},
        kept = {} }, told)
      local back = workspace:json(0, "pack", "rollback", "office")
      assert.same({ "office", true, true }, { back.pack, back.changed, back.by_server })
      assert.equal(0, server:stop())
    end)

    it("again of what is active changes nothing", function()
      activate(first)
      local before = workspace:sql ".dump"
      assert.truthy(activate(first).err:find "already")
      assert.is_true(before == workspace:sql ".dump", "the database was changed")
      assert.equal(1, #workspace:json(0, "pack", "list", "--history"))
    end)

    it("of a broken pack leaves the active version, which goes on evaluating", function()
      activate(first)
      assert.equal(12, target())
      local before = workspace:sql ".dump"
      for _, broken in ipairs {
        "pack {",
        (second:gsub("points = 60", "points = 61")),
        (second:gsub("late%) return", "lat) return")),
        { ["pack.lua"] = second, ["spec/a_spec.lua"] = [[it("fails", function() assert.is_true(false) end)]] },
      } do
        workspace:write_pack("office", broken)
        workspace:expect(1, "pack", "activate", "office")
      end
      assert.is_true(before == workspace:sql ".dump", "the database was changed")
      assert.equal("1.0.0", active())
      assert.equal(12, target())
    end)

    it("of a newer version is what the next run uses", function()
      activate(first)
      assert.equal(12, target())
      activate(second)
      assert.equal("1.1.0", active())
      assert.equal(10, target())
      assert.equal(2, #workspace:json(0, "pack", "list"))
    end)

    it("needs no folder afterwards", function()
      activate(first)
      workspace:shell "rm -r office"
      assert.equal(12, target())
    end)

    it("rolls back step by step, and says when there is nothing before", function()
      activate(first)
      activate(second)
      activate(third)
      assert.equal(8, target())
      workspace:shell "rm -r office"
      workspace:expect(0, "pack", "rollback", "office")
      assert.equal("1.1.0", active())
      assert.equal(10, target())
      workspace:expect(0, "pack", "rollback", "office")
      assert.equal("1.0.0", active())
      assert.equal(12, target())
      local before = workspace:sql ".dump"
      assert.truthy(workspace:expect(6, "pack", "rollback", "office").err:find("no earlier version", 1, true))
      assert.is_true(before == workspace:sql ".dump", "the database was changed")
    end)

    it("keeps a history of activations and rollbacks", function()
      activate(first)
      activate(second)
      workspace:expect(0, "pack", "rollback", "office")
      local history = {}
      for i, row in ipairs(workspace:json(0, "pack", "list", "office", "--history")) do
        history[i] = row.action .. " " .. row.version
      end
      assert.same({ "activate 1.0.0", "activate 1.1.0", "rollback 1.0.0" }, history)
    end)

    it("of other rules under the same version number is told apart by the hash", function()
      activate(first)
      activate((first:gsub("at_most%(12%)", "at_most(9)")))
      assert.equal(9, target())
      local listed = workspace:json(0, "pack", "list")
      assert.equal(2, #listed)
      assert.equal(listed[1].version, listed[2].version)
      assert.not_equal(listed[1].hash, listed[2].hash)
    end)

    it("is read though a byte order mark stands before it", function()
      workspace:write_pack("marked", { ["pack.lua"] = "\xEF\xBB\xBF" .. first })
      assert.is_true(workspace:json(0, "pack", "check", "marked").ok)
    end)

    it("rollback of a pack that was never there is 6", function()
      workspace:expect(6, "pack", "rollback", "nothing")
    end)
  end)
end)
