-- What `pack check` finds in schemes that load but cannot be meant so: one bad pack a mistake.

local lfs = require "lfs"
local support = require "tests.spec.support"

local packs = support.root .. "/tests/packs/lints/"

-- By pack: the line, the message, and what to do about it where that is not in the message.
local wanted = {
  always_met = { 6, 'indicator "screening": any value meets its target: at least 80 or at most 90',
    "both are meant: all_of(…), or within(low, high)" },
  better = { 4, "fact \"late\": 'better' must be one of higher, lower" },
  circle = { 9, 'the formula of "first" needs its own result', "first → second → first" },
  cliff_beyond = { 7, 'item "reporting": cliff = 12 is not within its points, 0 to 10' },
  cliff_on_holder = { 7, 'item "group" holds other items: `cliff` stands on those that are scored' },
  contradiction = { 6,
    'indicator "screening": no value can meet all parts of its target: it would have to be at least 90 and at most 80',
    "one of the two is meant: any_of(…), or another number" },
  contradiction_below = { 6,
    'indicator "screening": no value can meet all parts of its target: it would have to be at least 80.1 and at most 80',
    "one of the two is meant: any_of(…), or another number" },
  digits = { 6, 'indicator "screening": target 95.75 has 2 digits behind the point, but is compared with 1, '
    .. "as the figure is printed", "digits = 2, or a rounder number" },
  directions = { 6,
    'indicator "screening": its targets "own" (at_least) and "province" (at_most) pull in opposite directions' },
  grade_twice = { 5, 'assessment "annual": grade "合格" is there twice, from 6 and from 3' },
  may_fall_empty = { 7, 'item "reporting": \'may_fall\' must be a text' },
  may_fall_on_holder = { 7, 'item "group" holds other items: `may_fall` stands on those that are scored' },
  milestone_digits = { 6, 'indicator "screening": milestone 90.25 has 2 digits behind the point, but is compared '
    .. "with 1, as the figure is printed", "digits = 2, or a rounder number" },
  tolerance = { 6, 'indicator "screening": a tolerance of -3 is below 0: no value can meet it' },
  veto_best = { 8, 'veto "late_often" sets "合格", the best grade of "annual"' },
}

-- A plan in preparation, and one that packs which extend this one fill, were refused.
describe("pack check accepts", function()
  local workspace

  setup(function() workspace = support.workspace() end)
  teardown(function() workspace:remove() end)

  local parent = [[
pack { id = "parent", title = "上级", region = "000000", version = "1.0.0", api = 1 }
plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
assessment "annual" {
  title = "年度考核", of = "region", points = 10, grades = { { 0, "合格" } }, plan = "women",
  item "rate" { points = 10, cliff = 10, score = function(points, attainment) return proportion(points, attainment, 1) end },
}
]]

  it("a plan that is filled later", function()
    workspace:write_pack("parent", parent)
    workspace:write("parent/spec/empty_spec.lua", [[
it("has no rate", function()
  local result = evaluate { year = 2025, observations = {} }
  assert.same({}, result.failures)
  assert.same({ 0, 0 }, { result.plans.women.met, result.plans.women.assessable })
  assert.is_nil(result.plans.women.attainment)
end)
]])
    assert.same({}, workspace:json(0, "pack", "check", "parent").problems or {})
    assert.equal(1, workspace:json(0, "pack", "test", "parent").specs_passed)
    assert.is_true(workspace:json(0, "pack", "check", "parent", "--properties").ok)
  end)

  it("a plan of the parent that the child fills", function()
    workspace:write_pack("parent", parent)
    workspace:write_pack("child", [[
pack { id = "child", extends = "parent", title = "下级", region = "150800", version = "1.0.0", api = 1 }
local women = override.plan "women" {}
women:domain "health" { title = "健康" } {
  indicator "screening" { title = "筛查率", unit = "%", lead = "卫健委", target = at_least(70) },
}
]])
    workspace:write("child/spec/filled_spec.lua", [[
it("has a rate", function()
  assert.equal("100.00", evaluate { year = 2025, observations = { screening = 70 } }.plans.women.printed)
end)
]])
    assert.equal(1, workspace:json(0, "pack", "test", "child").specs_passed)
  end)
end)

describe("pack check refuses", function()
  local workspace

  setup(function() workspace = support.workspace() end)
  teardown(function() workspace:remove() end)

  for name in lfs.dir(packs) do
    if name:sub(1, 1) ~= "." then
      it(name, function()
        local problems = workspace:json(1, "pack", "check", packs .. name).problems
        assert.equal(1, #problems)
        local expected = wanted[name]
        assert(expected, name .. " is expected nowhere")
        local line, message, hint = table.unpack(expected)
        local found = problems[1]
        assert.same({ "pack.lua", line, message, hint }, { found.file, found.line, found.message, found.hint })
        local told = workspace:shell("BIAOCHI_LANG=zh " .. workspace:command("pack", "check", packs .. name)).err
        assert.truthy(told:find("/pack.lua:" .. line .. ": ", 1, true), told)
        assert.is_nil(told:find(message, 1, true))
      end)
    end
  end

  it("every mistake that is expected here", function()
    for name in pairs(wanted) do assert.is_true(support.exists(packs .. name), name) end
  end)
end)
