-- biaochi pack check --properties: packs with one planted defect each, the smallest counter-example
-- that is found of it, and that the spec printed for it fails where it is pasted.

local lfs = require "lfs"
local support = require "tests.spec.support"

local packs = support.root .. "/tests/packs/properties/"
local workspace

setup(function() workspace = support.workspace() end)
teardown(function() workspace:remove() end)

local function check(code, name, ...) return workspace:json(code, "pack", "check", packs .. name, "--properties", ...) end

-- Copies the pack, puts the spec beside it, and gives what `pack test` says of it.
local function paste(name, spec)
  local folder = "pasted_" .. name
  workspace:shell("rm -rf " .. folder)
  workspace:write(folder .. "/pack.lua", support.read_file(packs .. name .. "/pack.lua"))
  workspace:write(folder .. "/spec/found_spec.lua", spec)
  return workspace:json(1, "pack", "test", folder)
end

-- What is found in a pack: { property, line, message, spec } in order.
local wanted = {
  bounds = { {
    "bounds", 9, 'item "annual.homes_built" is out of bounds: 12, allowed 0 to 10', [[
it("scores stay within the points", function()
  local result = evaluate { year = 2025, observations = { homes = 6 } }
  assert.same({}, result.failures)
end)
]],
  } },
  monotone = { {
    "monotone", 13, 'item "annual.level" falls although a figure got better: screening 80 → 80.1 gives 80 → 60', [[
it("better is not worse", function()
  local worse = evaluate { year = 2025, observations = { screening = 80 } }
  local better = evaluate { year = 2025, observations = { screening = 80.1 } }
  assert.is_true(worse.assessments.annual.items.level.score <= better.assessments.annual.items.level.score)
end)
]],
  } },
  cliff = { {
    "cliff", 12, 'item "annual.undeclared" jumps by more than 2 points: screening 69.9 → 70 gives 0 → 20', [[
it("a last digit is no cliff", function()
  local before = evaluate { year = 2025, observations = { screening = 69.9 } }
  local after = evaluate { year = 2025, observations = { screening = 70 } }
  assert.near(before.assessments.annual.items.undeclared.score, after.assessments.annual.items.undeclared.score, 2)
end)
]],
  } },
  -- The threshold is no target: it is found by halving.
  hidden_cliff = { {
    "cliff", 9, 'item "annual.running" jumps by more than 4 points: standard 83.46 → 83.47 gives 16.692 → 36.694', [[
it("a last digit is no cliff", function()
  local before = evaluate { year = 2025, observations = {}, regions = { ["150800001"] = { observations = { standard = 83.46 } } } }
  local after = evaluate { year = 2025, observations = {}, regions = { ["150800001"] = { observations = { standard = 83.47 } } } }
  assert.near(before.regions["150800001"].assessments.annual.items.running.score, after.regions["150800001"].assessments.annual.items.running.score, 4)
end)
]],
  } },
  missing = {
    {
      "missing", 14, 'warning "slow" is cleared by leaving a figure out: screening missing → 0', [[
it("missing does not help", function()
  local missing = evaluate { year = 2025, observations = { mortality = 0 } }
  local reported = evaluate { year = 2025, observations = { mortality = 0, screening = 0 } }
  local function raised(result)
    for _, warning in ipairs(result.warnings) do
      if warning.id == "slow" and warning.subject == "women" then return true end
    end
    return false
  end
  assert.is_true(raised(missing) or not raised(reported))
end)
]],
    },
    {
      "missing", 20,
      'item "annual.targets" is higher without a figure than with it: screening missing → 0 gives 30 → 15', [[
it("missing does not help", function()
  local missing = evaluate { year = 2025, observations = { mortality = 0 } }
  local reported = evaluate { year = 2025, observations = { mortality = 0, screening = 0 } }
  assert.is_true(missing.assessments.annual.items.targets.score <= reported.assessments.annual.items.targets.score)
end)
]],
    },
    {
      "missing", 22,
      'item "annual.rectified" is higher without a figure than with it: problems missing → 1 gives 20 → 18', [[
it("missing does not help", function()
  local missing = evaluate { year = 2025, observations = {} }
  local reported = evaluate { year = 2025, observations = { problems = 1 } }
  assert.is_true(missing.assessments.annual.items.rectified.score <= reported.assessments.annual.items.rectified.score)
end)
]],
    },
  },
  rules = {
    {
      "rules", 11, 'indicator "screening" failed (bad_result): gave a number that is not a number (0/0?)', [[
it("no rule fails", function()
  local result = evaluate { year = 2025, observations = { screened_count = 0, women_count = 0 } }
  assert.same({}, result.failures)
end)
]],
    },
    {
      "rules", 17, 'item "annual.visiting" failed (raised): '
        .. "pack.lua:17: attempt to perform arithmetic on a nil value (local 'visits')", [[
it("no rule fails", function()
  local result = evaluate { year = 2025, observations = {} }
  assert.same({}, result.failures)
end)
]],
    },
  },
  veto = {
    {
      "monotone", 15, 'veto "often" strikes although a figure got better: visits 30 → 31', [[
it("better is not worse", function()
  local worse = evaluate { year = 2025, observations = { visits = 30 } }
  local better = evaluate { year = 2025, observations = { visits = 31 } }
  assert.is_nil(better.assessments.annual.veto)
end)
]],
    },
    {
      "missing", 16, 'veto "behind" is cleared by leaving a figure out: screening missing → 0', [[
it("missing does not help", function()
  local missing = evaluate { year = 2025, observations = { mortality = 0 } }
  local reported = evaluate { year = 2025, observations = { mortality = 0, screening = 0 } }
  assert.is_not_nil(missing.assessments.annual.veto)
end)
]],
    },
  },
  -- Of the units that an assessment is about the first stands for all.
  units = {
    {
      "monotone", 11, 'item "units.tasks" falls although a figure got better: tasks_done.health 0 → 1 gives 10 → 9', [[
it("better is not worse", function()
  local worse = evaluate { year = 2025, observations = { ["tasks_done.health"] = 0 } }
  local better = evaluate { year = 2025, observations = { ["tasks_done.health"] = 1 } }
  assert.is_true(worse.assessments.units.units.health.items.tasks.score <= better.assessments.units.units.health.items.tasks.score)
end)
]],
    },
    {
      "monotone", 18,
      'item "education_only.education_tasks" falls although a figure got better: tasks_done.education 0 → 1 gives 5 → 4', [[
it("better is not worse", function()
  local worse = evaluate { year = 2025, observations = { ["tasks_done.education"] = 0 } }
  local better = evaluate { year = 2025, observations = { ["tasks_done.education"] = 1 } }
  assert.is_true(worse.assessments.education_only.units.education.items.education_tasks.score <= better.assessments.education_only.units.education.items.education_tasks.score)
end)
]],
    },
  },
}

describe("pack check --properties", function()
  for name, findings in pairs(wanted) do
    it("shows the smallest data in which it does not hold: " .. name, function()
      local report = check(1, name)
      local found = {}
      for i, example in ipairs(report.counter_examples) do
        found[i] = { example.property, example.line, example.message, example.spec }
        assert.equal("pack.lua", example.file)
      end
      assert.same(findings, found)
      assert.is_false(report.ok)
    end)

    it("prints specs that fail where they are pasted: " .. name, function()
      local specs = {}
      for i, finding in ipairs(findings) do specs[i] = finding[4] end
      local problems = paste(name, table.concat(specs, "\n")).problems
      assert.equal(#findings, #problems)
      for _, problem in ipairs(problems) do
        assert.equal("spec/found_spec.lua", problem.file)
        -- An assertion, not an error of the spec.
        assert.truthy(problem.message:find "expected ", problem.message)
      end
    end)
  end

  -- Schemes such as 7 : 3 above the mean and 3 : 7 below it mean it so.
  it("takes a fall that is declared, says why it was, and still finds the others", function()
    local report = check(1, "may_fall")
    assert.equal(1, #report.counter_examples)
    assert.same({ "monotone", 21, 'item "annual.undeclared" falls although a figure got better: mortality 12 → 11.9 gives 32 → 30' },
      { report.counter_examples[1].property, report.counter_examples[1].line, report.counter_examples[1].message })
    assert.same({ { assessment = "annual", item = "declared", file = "pack.lua", line = 18, why = "超过八成后改按进步计分" } },
      report.may_fall)
    local told = workspace:expect(1, "pack", "check", packs .. "may_fall", "--properties").out
    assert.truthy(told:find('/pack.lua:18: item "annual.declared" may score less for a better figure, as declared: '
      .. "超过八成后改按进步计分", 1, true), told)
  end)

  it("says what an author can do about each kind of finding", function()
    for name, hint in pairs {
      cliff = "declare it on the item: cliff = 20 or more;", hidden_cliff = "cliff = 20.01 or more;",
      monotone = 'may_fall = "…"', missing = "let the rule name the figures it depends on", peers = 'may_fall = "…"',
    } do
      local example = check(1, name).counter_examples[1]
      assert.truthy(example.hint:find(hint, 1, true), example.hint)
      local told = workspace:expect(1, "pack", "check", packs .. name, "--properties").out
      assert.truthy(told:find("\n  " .. example.hint .. "\n    it(", 1, true), told)
    end
    assert.truthy(check(1, "missing").counter_examples[2].hint:find("nil or 0", 1, true))
  end)

  -- A region compares itself with others: they are part of the counter-example.
  it("keeps the peers that it takes", function()
    local report = check(1, "peers")
    assert.equal(1, #report.counter_examples)
    local example = report.counter_examples[1]
    assert.equal("monotone", example.property)
    assert.equal(12, example.line)
    local _, regions = example.spec:match("worse = [^\n]+"):gsub('%["15080000%d"%]', "")
    assert.is_true(regions >= 2)
    local problems = paste("peers", example.spec).problems
    assert.equal(1, #problems)
    assert.truthy(problems[1].message:find "expected true, got false", problems[1].message)
  end)

  -- Each call of such a rule takes as long as thousands of others: the first to be found ends the check.
  it("stops where a rule does not end", function()
    for _, name in ipairs { "endless", "endless_units" } do
      local report = check(1, name)
      assert.equal(1, #report.counter_examples)
      local example = report.counter_examples[1]
      assert.same({ "rules", name == "endless" and 8 or 9 }, { example.property, example.line })
      assert.truthy(example.message:find("over_time", 1, true), example.message)
      assert.truthy(example.spec:find("evaluate { year = 2025, observations = {} }", 1, true), example.spec)
    end
  end)

  it("finds nothing in a pack that has all kinds of parts and no defect", function()
    for seed = 1, 3 do
      local report = check(0, "clean", "--seed", seed)
      assert.same({ true, {} }, { report.ok, report.counter_examples })
      for _, counts in pairs(report.properties) do assert.is_true(counts.checked > 100) end
      assert.same({ "planned.health" }, report.without_better)
    end
  end)

  it("finds nothing in the packs of this repository", function()
    for name in lfs.dir(support.root .. "/plugins") do
      local folder = support.root .. "/plugins/" .. name
      if not name:match "^[_.]" and support.exists(folder .. "/pack.lua") then
        local report = check(0, "../../../plugins/" .. name, "--cases", 3)
        assert.is_true(report.situations > 300, name)
      end
    end
    workspace:expect(0, "pack", "new", "linhe", "--region", "150802")
    workspace:expect(0, "pack", "check", "linhe", "--properties")
  end)

  it("gives the same report for the same seed, on one processor as on all, and another for another", function()
    local function command(seed) return workspace:command("pack", "check", packs .. "peers", "--properties", "--seed", seed) end
    local first, again = workspace:shell(command(7)), workspace:shell("taskset -c 0 " .. command(7))
    assert.equal(1, first.code)
    assert.equal(first.out, again.out)
    assert.are_not.equal(first.out, workspace:shell(command(8)).out)
  end)

  it("tries as many situations as it is asked to", function()
    local few, many = check(1, "cliff", "--cases", 10), check(1, "cliff", "--cases", 40)
    assert.same({ 10, 40 }, { few.cases, many.cases })
    assert.is_true(few.situations < many.situations)
  end)

  it("prints the place, the sentence and the spec for people", function()
    local result = workspace:expect(1, "pack", "check", packs .. "monotone", "--properties")
    assert.truthy(result.out:find("monotone/pack.lua:13: item \"annual.level\" falls", 1, true), result.out)
    assert.truthy(result.out:find("\n    it(\"better is not worse\", function()\n      local worse", 1, true), result.out)
    local chinese = workspace:shell("BIAOCHI_LANG=zh " .. workspace:command("pack", "check", packs .. "monotone", "--properties"))
    assert.truthy(chinese.out:find("考核项 \"annual.level\" 在数据变好时下降", 1, true), chinese.out)
  end)

  it("prints the table alone as CSV", function()
    local rows = support.csv(workspace:expect(1, "pack", "check", packs .. "monotone", "--properties", "--format", "csv").out)
    assert.equal(6, #rows)
    assert.equal("1", rows[3].problems)
  end)

  it("refuses numbers that are none, and options without --properties", function()
    for _, words in ipairs {
      { "--properties", "--cases", "0" }, { "--properties", "--cases", "many" }, { "--properties", "--seed", "-1" },
      { "--properties", "--seed", "1.5" }, { "--seed", "1" }, { "--cases", "5" },
    } do
      local result = workspace:run("pack", "check", packs .. "cliff", table.unpack(words))
      assert.equal(2, result.code, table.concat(words, " "))
      assert.truthy(result.err:find "%-%-", result.err)
    end
  end)

  it("checks nothing of a pack that does not load", function()
    workspace:write_pack("broken", "pack { }")
    local result = workspace:expect(1, "pack", "check", "broken", "--properties")
    assert.equal("", result.out)
    assert.truthy(result.err:find("broken/pack.lua:1", 1, true), result.err)
  end)
end)
