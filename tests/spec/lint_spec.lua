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
  empty_plan = { 4, 'plan "women" has neither indicators nor objectives: it has no attainment rate' },
  grade_twice = { 5, 'assessment "annual": grade "合格" is there twice, from 6 and from 3' },
  milestone_digits = { 6, 'indicator "screening": milestone 90.25 has 2 digits behind the point, but is compared '
    .. "with 1, as the figure is printed", "digits = 2, or a rounder number" },
  tolerance = { 6, 'indicator "screening": a tolerance of -3 is below 0: no value can meet it' },
  veto_best = { 8, 'veto "late_often" sets "合格", the best grade of "annual"' },
}

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
