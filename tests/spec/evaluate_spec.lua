-- What evaluate makes of packs and data: statuses, rates, formulas, warnings, assessments, failures.

local support = require "tests.spec.support"

-- The small region's pack with other conventions, indicators and what stands below.
local function pack_of(conventions, indicators, below)
  return ([[
pack { id = "office", title = "巴彦淖尔市", region = "150800", version = "1.0.0", api = 1, covers = "children",
  conventions = { %s } }
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "all" { title = "全部" } {
%s
}
%s]]):format(conventions, indicators, below or "")
end

local three_rates = [[
indicator "first" { title = "一", unit = "%", lead = "L", digits = 1, target = at_least(80) },
indicator "second" { title = "二", unit = "%", lead = "L", digits = 1, target = at_least(80) },
indicator "third" { title = "三", unit = "%", lead = "L", digits = 1, target = at_least(80) },]]

describe("evaluate", function()
  local workspace

  after_each(function() workspace:remove() end)

  local function evaluate_region(code, region, ...)
    return workspace:json(code, "evaluate", ...)[1].regions[region or "150802"]
  end

  describe("rates by the conventions", function()
    local observations = "150802,first,2024,80\n150802,second,2024,76\n"

    local function plan_of(conventions, lines)
      workspace = support.office(pack_of(conventions, three_rates))
      workspace:observe(lines or observations)
      return evaluate_region(0, nil, "--year", 2024).plans.women
    end

    it("leave out what has no data, and near-met is a status of its own", function()
      local plan = plan_of "near_percent = 5"
      assert.same({ 1, 1, 0, 1, 2, "50.00" },
        { plan.met, plan.near, plan.unmet, plan.no_data, plan.assessable, plan.printed })
    end)

    it("near_counts: near-met counts as met", function()
      assert.equal("100.00", plan_of("near_percent = 5, near_counts = true").printed)
    end)

    it("near-met ends at the tolerance", function()
      local plan = plan_of("near_percent = 5", "150802,first,2024,76.0\n150802,second,2024,75.9\n")
      assert.same({ 1, 1 }, { plan.near, plan.unmet })
    end)

    it("no_data unmet: what has no data is in the denominator", function()
      local plan = plan_of 'no_data = "unmet"'
      assert.same({ 3, "33.33" }, { plan.assessable, plan.printed })
    end)

    it("rounding half_up", function()
      assert.equal("66.67", plan_of('no_data = "unmet", near_percent = 5, near_counts = true').printed)
    end)

    it("rounding truncate", function()
      local conventions = 'no_data = "unmet", near_percent = 5, near_counts = true, rounding = "truncate"'
      assert.equal("66.66", plan_of(conventions).printed)
    end)

    it("digits", function()
      assert.equal("66.7", plan_of('no_data = "unmet", near_percent = 5, near_counts = true, digits = 1').printed)
    end)

    it("compare what is printed with the target", function()
      assert.equal(1, plan_of("", "150802,first,2024,79.95\n150802,second,2024,79.94\n").met)
    end)
  end)

  describe("statuses by kinds of target", function()
    it("are those of the kind", function()
      workspace = support.office(pack_of("", [[
indicator "least" { title = "A", unit = "%", lead = "L", target = at_least(80) },
indicator "most" { title = "B", unit = "%", lead = "L", target = at_most(80) },
indicator "over" { title = "C", unit = "%", lead = "L", target = above(80) },
indicator "under" { title = "D", unit = "%", lead = "L", target = below(80) },
indicator "about" { title = "E", unit = "%", lead = "L", target = around(80, 2) },
indicator "between" { title = "F", unit = "%", lead = "L", target = within(70, 80) },
indicator "rising" { title = "G", unit = "%", lead = "L", target = rises() },
indicator "falling" { title = "H", unit = "%", lead = "L", target = falls() },
indicator "more_than_least" { title = "I", unit = "%", lead = "L", target = not_below("least") },
objective "shown" { title = "J", lead = "L", evidence = true },
indicator "silent" { title = "K", unit = "%", lead = "L", target = at_least(1) },]]))
      local lines = {}
      for _, id in ipairs { "least", "most", "over", "under", "about", "between", "rising", "falling", "more_than_least" } do
        lines[#lines + 1] = ("150802,%s,2023,79\n150802,%s,2024,80\n"):format(id, id)
      end
      workspace:observe(table.concat(lines) .. "150802,shown,2024,1\n")
      local statuses = {}
      for id, figures in pairs(evaluate_region(0, nil, "--year", 2024).indicators) do statuses[id] = figures.status end
      assert.same({
        least = "met", most = "met", over = "unmet", under = "unmet", about = "met", between = "met", rising = "met",
        falling = "unmet", more_than_least = "met", shown = "met", silent = "no_data",
      }, statuses)
    end)
  end)

  describe("figures that are kept", function()
    -- The figures of the one indicator, by name in order.
    local function kept(figures, below)
      local pack = pack_of("", [[indicator "rate" { title = "率", unit = "%", lead = "L", target = at_least(70) },]], below)
      workspace = support.office((pack:gsub('covers = "children"', '%0' .. figures, 1)))
      workspace:observe [[
150802,rate,2020,50
150802,rate,2021,53
150802,rate,2022,54
150802,rate,2023,60
150802,rate,2024,62
]]
      local names = {}
      for name in pairs(evaluate_region(0, nil, "--year", 2024).indicators.rate) do names[#names + 1] = name end
      table.sort(names)
      return table.concat(names, " ")
    end

    it("are the usual ones where the pack says nothing", function()
      assert.equal("forecast on_track pace progress reach_year status statuses target value", kept "")
    end)

    it("are those that the pack names", function()
      assert.equal("gap on_track pace peers_rank progress status statuses target value",
        kept ', figures = { "gap", "peers_rank" }')
    end)

    it("are none but what everybody looks at", function()
      assert.equal("on_track pace progress status statuses target value", kept ", figures = {}")
    end)

    it("are also those that rules and messages name", function()
      assert.equal("change on_track pace progress status statuses target value volatility",
        kept(", figures = {}", [[
warning "shaky" { on = "indicator", title = "波动", message = "较上年 {change}",
  level = function(volatility) if volatility > 10 then return "red" end end }
]]))
    end)
  end)

  describe("derived indicators", function()
    before_each(function()
      -- Declared against the order of their formulas.
      workspace = support.office(pack_of("", [[
indicator "tenth" { title = "C", unit = "%", lead = "L", target = at_most(1),
  formula = function(pay_gap) return pay_gap / 10 end },
indicator "pay_gap" { title = "B", unit = "%", lead = "L", target = at_most(10),
  formula = function(income_male, income_female) return 100 * (income_male - income_female) / income_male end },]], [[
data "income_male" { title = "男性收入", unit = "元" }
data "income_female" { title = "女性收入", unit = "元" }
]]))
    end)

    it("follow one another in the order of what they need", function()
      workspace:observe "150802,income_male,2024,60000\n150802,income_female,2024,48000\n"
      local indicators = evaluate_region(0, nil, "--year", 2024).indicators
      assert.same({ 20, 2, "unmet" }, { indicators.pay_gap.value, indicators.tenth.value, indicators.tenth.status })
    end)

    it("have no data where one input has none", function()
      workspace:observe "150802,income_male,2024,60000\n150802,income_female,2023,1\n"
      local indicators = evaluate_region(0, nil, "--year", 2024).indicators
      assert.same({ "no_data", "no_data" }, { indicators.pay_gap.status, indicators.tenth.status })
    end)

    it("that divide by zero give no figure, and the rule is named", function()
      workspace:observe [[
150802,income_male,2024,0
150802,income_female,2024,0
150821,income_male,2024,10
150821,income_female,2024,9
]]
      local run = workspace:json(1, "evaluate", "--year", 2024)[1]
      local failure = run.regions["150802"].failures[1]
      assert.same({ "pack.lua", 8 }, { failure.file, failure.line })
      assert.is_nil(run.regions["150802"].indicators.pay_gap.value)
      assert.equal(10, run.regions["150821"].indicators.pay_gap.value)
    end)
  end)

  describe("warnings", function()
    before_each(function()
      workspace = support.office(pack_of("", three_rates, [[
warning "behind" { on = "indicator", title = "落后", only = { "first" }, hold = 2,
  level = function(value, target)
    if value and value < target - 10 then return "red" end
    if value and value < target then return "yellow" end
  end,
  message = "现值 {value},目标 {target}" }
]]))
    end)

    it("are raised once they have held for so many years, with the figures in their message", function()
      workspace:observe "150802,first,2023,70\n150802,first,2024,77.5\n150802,second,2024,1\n"
      workspace:expect(0, "evaluate", "--year", 2024)
      local raised = workspace:json(0, "warnings")
      assert.equal(1, #raised)
      assert.same({ "yellow", "150802", 2024, "一", "落后", "behind", "first", "L" }, { raised[1].level, raised[1].region,
        raised[1].year, raised[1].subject, raised[1].title, raised[1].warning, raised[1].indicator, raised[1].lead })
      assert.truthy(raised[1].message:find "^现值 77.5,目标 80")
    end)

    it("are not raised in the first year, nor when a year between was good", function()
      workspace:observe "150802,first,2024,70\n150821,first,2022,70\n150821,first,2023,81\n150821,first,2024,70\n"
      workspace:expect(0, "evaluate", "--year", 2024)
      assert.same({}, workspace:json(0, "warnings"))
    end)

    it("are listed by level, region and year", function()
      workspace:observe [[
150802,first,2023,70
150802,first,2024,77
150821,first,2023,60
150821,first,2024,60
]]
      workspace:expect(0, "evaluate", "--year", 2024)
      local function codes(...)
        local found = {}
        for i, raised in ipairs(workspace:json(0, "warnings", ...)) do found[i] = raised.region end
        return table.concat(found, " ")
      end
      assert.equal("150821 150802", codes())
      assert.equal("150821", codes("--level", "orange"))
      assert.equal("150821 150802", codes("--level", "yellow"))
      assert.equal("150802", codes("--region", "150802"))
      assert.equal("", codes("--region", "150800"))
      workspace:expect(0, "evaluate", "--year", 2023)
      assert.equal("", codes("--year", 2023))
      assert.equal("150821 150802", codes("--year", 2024))
    end)
  end)

  describe("assessments", function()
    local items = [[
fact "late" { title = "迟报", unit = "次", default = 0 }
fact "town" { title = "有街道", unit = "个", default = 1 }
fact "falsified" { title = "弄虚作假", unit = "起", default = 0 }
assessment "annual" { title = "考核", of = "region", points = 100,
  grades = { { 90, "优秀" }, { 60, "合格" }, { 0, "不合格" } },
  item "targets" { points = 50,
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
  item "streets" { points = 20, applies = function(town) return town > 0 end, score = function(points) return points / 2 end },
  item "reporting" { points = 30, score = function(points, late)
    if late > 50 then return points - nil end
    return deduct(points, late) end },
  veto "fraud" { title = "弄虚作假", when = function(falsified) return falsified > 0 end, grade = "不合格" },
}
]]
    local met = "150800,first,2024,90\n150802,first,2024,90\n150821,first,2024,90\n"

    before_each(function() workspace = support.office(pack_of("", three_rates, items)) end)

    local function annual(code, lines, region)
      workspace:observe(met .. lines)
      return evaluate_region(code, region, "--year", 2024).assessments.annual
    end

    it("add up what the items earned, and the grade fits", function()
      local result = annual(0, "150802,late,2024,4\n")
      assert.same({ 50, 10, 26 }, { result.items.targets.score, result.items.streets.score, result.items.reporting.score })
      assert.same({ 86, "86.00", 100, "合格" }, { result.total, result.printed, result.maximum, result.grade })
    end)

    it("deduct to zero and no further", function()
      assert.equal(0, annual(0, "150802,late,2024,40\n").items.reporting.score)
    end)

    it("spread the points of an item that does not apply over the others", function()
      local result = annual(0, "150802,town,2024,0\n150802,late,2024,4\n")
      assert.equal("not_applicable", result.items.streets.state)
      assert.near(62.5, result.items.targets.points, 1e-9)
      assert.near(37.5, result.items.reporting.points, 1e-9)
      assert.near(100, result.maximum, 1e-9)
      assert.is_true(result.total > 60 and result.total <= 100)
    end)

    it("a veto sets the grade and leaves the score", function()
      local result = annual(0, "150802,falsified,2024,1\n")
      assert.same({ "不合格", "fraud", 90 }, { result.grade, result.veto, result.total })
      assert.equal("优秀", evaluate_region(0, "150821", "--year", 2024).assessments.annual.grade)
    end)

    describe("with a rule that fails", function()
      local result

      before_each(function()
        workspace:observe(met .. "150802,late,2024,51\n")
        result = workspace:run("evaluate", "--year", 2024)
      end)

      it("name pack, file, line, region and what was raised, and exit with 1", function()
        assert.equal(1, result.code)
        local told = result.out .. result.err
        local parts = { "office", "pack.lua:17", "pack.lua:18", "150802", "reporting", "arithmetic on a nil value" }
        for _, wanted in ipairs(parts) do
          assert.truthy(told:find(wanted, 1, true), ("no %q in:\n%s"):format(wanted, told))
        end
      end)

      it("let every other result stand", function()
        local run = workspace:json(1, "evaluate", "--year", 2024)[1]
        assert.equal(90, run.regions["150821"].assessments.annual.total)
        assert.same({}, run.regions["150821"].failures)
        local failed = run.regions["150802"]
        assert.equal("met", failed.indicators.first.status)
        assert.equal("100.00", failed.plans.women.printed)
        local scored = failed.assessments.annual.items
        assert.same({ 50, "scored", "failed" }, { scored.targets.score, scored.targets.state, scored.reporting.state })
        assert.same({ "pack.lua", 17 }, { failed.failures[1].file, failed.failures[1].line })
      end)

      it("fail again when the run is found, not computed", function()
        local again = workspace:json(1, "evaluate", "--year", 2024)[1]
        assert.is_true(again.unchanged)
        assert.equal(1, #again.regions["150802"].failures)
      end)
    end)
  end)

  describe("options", function()
    before_each(function()
      workspace = support.office()
      workspace:observe [[
150800,mortality,2023,14
150800,mortality,2024,11
150802,mortality,2024,13
150821,mortality,2024,9
]]
    end)

    it("no year: the newest with data", function() assert.equal(2024, workspace:json(0, "evaluate")[1].year) end)

    it("--year", function()
      local run = workspace:json(0, "evaluate", "--year", 2023)[1]
      assert.same({ 2023, 14 }, { run.year, run.regions["150800"].indicators.mortality.value })
    end)

    it("--region shows that region in the tables", function()
      local result = workspace:expect(0, "evaluate", "--region", "150802")
      assert.truthy(result.out:find "^临河区 %(150802%)")
      local rows = support.table(result.out:sub((result.out:find "\n妇女发展规划\nindicator") + 1), "妇女发展规划")
      assert.same({ "孕产妇死亡率", "13.0", "unmet" }, { rows[1].indicator, rows[1].value, rows[1].status })
    end)

    it("--region of no region is said, with exit code 6", function()
      local result = workspace:expect(6, "evaluate", "--region", "159999")
      assert.truthy(result.err:find("159999", 1, true))
    end)

    it("--pack evaluates that one alone", function()
      workspace:write_pack("other", (support.pack:gsub('id = "office"', 'id = "other"')))
      workspace:expect(0, "pack", "activate", "other")
      assert.equal(2, #workspace:json(0, "evaluate"))
      local runs = workspace:json(0, "evaluate", "--pack", "other")
      assert.same({ 1, "other" }, { #runs, runs[1].pack })
    end)

    it("--pack of no active pack is said, with exit code 6", function()
      assert.truthy(workspace:expect(6, "evaluate", "--pack", "offic").err:find("offic", 1, true))
    end)

    it("--format csv has a row for every region and indicator, and reads back", function()
      local rows, names = support.csv(workspace:expect(0, "evaluate", "--format", "csv").out)
      assert.equal("pack", names[1])
      local values = {}
      for _, row in ipairs(rows) do
        if row.indicator == "mortality" then values[row.region] = row.value .. " " .. row.status end
      end
      assert.same({ ["150800"] = "11 met", ["150802"] = "13 unmet", ["150821"] = "9 met" }, values)
    end)

    it("the same again is the same run; new data is a new one", function()
      local first = workspace:json(0, "evaluate")[1]
      local again = workspace:json(0, "evaluate")[1]
      assert.same({ first.run, true, first.result_hash }, { again.run, again.unchanged, again.result_hash })
      workspace:observe "150800,mortality,2024,10\n"
      local newer = workspace:json(0, "evaluate")[1]
      assert.not_equal(first.run, newer.run)
      assert.not_equal(first.result_hash, newer.result_hash)
      assert.equal(2, #workspace:json(0, "runs"))
    end)
  end)

  describe("--quiet", function()
    before_each(function()
      workspace = support.office()
      workspace:observe "150802,mortality,2024,13\n"
    end)

    it("names the run and keeps its results", function()
      local result = workspace:expect(0, "evaluate", "--quiet")
      assert.equal("pack office, 2024: run 1\n", result.out)
      assert.equal("", result.err)
      assert.equal("pack office, 2024: run 1 (unchanged)\n", workspace:expect(0, "evaluate", "--quiet").out)
      assert.equal(13, evaluate_region(0).indicators.mortality.value)
    end)

    it("in csv has a row a run", function()
      for _, unchanged in ipairs { "no", "yes" } do
        local rows = support.csv(workspace:expect(0, "evaluate", "--quiet", "--format", "csv").out)
        local hash = workspace:json(0, "runs")[1].result_hash
        assert.same({ { pack = "office", run = "1", year = "2024", result_hash = hash, unchanged = unchanged } }, rows)
      end
    end)

    it("in json tells the run, its hash and what it took", function()
      local run = workspace:json(0, "evaluate", "--quiet")[1]
      assert.same({ true, "office", 1, 2024, false }, { run.ok, run.pack, run.run, run.year, run.unchanged })
      assert.equal(workspace:json(0, "runs")[1].result_hash, run.result_hash)
      assert.is_nil(run.regions)
      for _, name in ipairs { "read_ms", "evaluate_ms", "hash_ms", "write_ms" } do
        assert.is_true(run.timings[name] > 0, name)
      end
      local again = workspace:json(0, "evaluate", "--quiet")[1]
      assert.same({ true, 0, run.result_hash }, { again.unchanged, again.timings.write_ms, again.result_hash })
    end)

    -- It said nothing and exited with 0.
    it("says that a rule failed, as it does with results", function()
      workspace:write_pack("office", (support.pack:gsub("proportion%(points", "fail(points")))
      workspace:expect(0, "pack", "activate", "office")
      local quiet = workspace:expect(1, "evaluate", "--quiet")
      assert.equal("pack office: 1 rule call failed; evaluate without --quiet to see which\n", quiet.err)
      assert.truthy(quiet.out:find "^pack office, 2024: run %d+\n$")
      workspace:expect(1, "evaluate")
    end)

    it("tells what could not be evaluated", function()
      assert.truthy(workspace:expect(6, "evaluate", "--quiet", "--year", 2020).err:find("nothing reported for 2020", 1, true))
      assert.is_false(workspace:json(6, "evaluate", "--quiet", "--year", 2020)[1].ok)
    end)
  end)

  describe("--from-revisions", function()
    it("gives the same result hash as the columns", function()
      workspace = support.office()
      workspace:observe "150800,mortality,2023,14\n150802,mortality,2024,13\n150821,screening,2024,71.5\n"
      workspace:observe "150802,mortality,2024,12.5\n150802,late,2024,3\n"
      local columns = workspace:json(0, "evaluate", "--quiet")[1]
      workspace:sql "DELETE FROM result; DELETE FROM run"
      local revisions = workspace:json(0, "evaluate", "--quiet", "--from-revisions")[1]
      assert.is_false(revisions.unchanged)
      assert.equal(columns.result_hash, revisions.result_hash)
      assert.is_true(workspace:json(0, "evaluate", "--quiet")[1].unchanged)
    end)

    it("does not look at columns at all", function()
      workspace = support.office()
      workspace:observe "150802,mortality,2024,13\n"
      local before = workspace:json(0, "evaluate", "--quiet")[1]
      workspace:sql "DELETE FROM result; DELETE FROM run; DELETE FROM observation_columns"
      local after = workspace:json(0, "evaluate", "--quiet", "--from-revisions")[1]
      assert.same({ false, before.result_hash }, { after.unchanged, after.result_hash })
    end)
  end)

  it("interrupted while it evaluates, says so and keeps nothing", function()
    local slow = [[score = function(points, late)
      local sum = 0
      for i = 1, 2000000 do sum = sum + i end
      return deduct(points, 2 * late) end]]
    local pack = support.pack:gsub("score = function%(points, late%) return deduct%(points, 2 %* late%) end", slow)
    workspace = support.office((pack:gsub('covers = "children"', 'covers = "subtree"')))
    -- Regions go to workers by hundreds; the first answers come while most are still to be done.
    local regions, lines = { "code,name,parent,level" }, {}
    for i = 1, 1200 do
      regions[#regions + 1] = ("15%06d,县%d,150800,county"):format(i, i)
      lines[#lines + 1] = ("15%06d,mortality,2024,13"):format(i)
    end
    workspace:write("more.csv", table.concat(regions, "\n") .. "\n")
    workspace:expect(0, "import", "--table", "regions", "more.csv")
    workspace:observe(table.concat(lines, "\n") .. "\n")
    local result = workspace:shell(("%s & evaluating=$!; sleep 0.5; kill -INT $evaluating; wait $evaluating")
      :format("trap - INT; env " .. workspace:command("evaluate", "--quiet")))
    assert.truthy(result.err:find("the evaluation was cancelled; nothing was kept", 1, true), result.err)
    assert.equal("", result.out)
    assert.equal(5, result.code)
    assert.same({}, workspace:json(0, "runs"))
    assert.equal("0", workspace:sql "SELECT COUNT(*) FROM result")
  end)

  describe("runs of another engine", function()
    before_each(function()
      workspace = support.office(pack_of("", three_rates, [[
warning "low" { on = "indicator", title = "偏低", level = function(value) if value and value < 80 then return "red" end end }
]]))
      workspace:observe "150802,first,2024,70\n"
      workspace:expect(0, "evaluate", "--quiet")
      assert.equal(1, #workspace:json(0, "warnings"))
      workspace:sql "UPDATE run SET engine_version = 1"
    end)

    it("are not shown as an empty list of warnings", function()
      local result = workspace:run "warnings"
      assert.equal(1, result.code)
      for _, wanted in ipairs { "run 1", "engine 1", "evaluate again" } do
        assert.truthy(result.err:find(wanted, 1, true), result.err)
      end
    end)

    it("are told apart in the list of runs, with what to do", function()
      local result = workspace:expect(0, "runs", "--format", "csv")
      assert.equal("1", support.csv(result.out)[1].engine_version)
      assert.truthy(result.err:find("evaluate again", 1, true), result.err)
    end)

    it("are computed anew by the next evaluation", function()
      assert.is_false(workspace:json(0, "evaluate", "--quiet")[1].unchanged)
      assert.equal(1, #workspace:json(0, "warnings"))
    end)

    it("are passed over beside others, not in silence", function()
      workspace:write_pack("other", (support.pack:gsub('id = "office"', 'id = "other"')))
      workspace:expect(0, "pack", "activate", "other")
      workspace:observe "150802,mortality,2024,13\n"
      workspace:expect(0, "evaluate", "--quiet", "--pack", "other")
      assert.truthy(workspace:expect(0, "warnings").err:find("engine 1", 1, true))
    end)
  end)

  describe("where the pack's own region has no data but another has", function()
    before_each(function()
      local failing = "if late > 50 then error 'too late' end return deduct"
      workspace = support.office((support.pack:gsub("return deduct", failing)))
    end)

    it("does not print nothing at all", function()
      workspace:observe "150802,mortality,2024,13\n"
      local result = workspace:run("evaluate", "--year", 2024)
      assert.truthy((result.out .. result.err):find("巴彦淖尔市", 1, true), "nothing is said of the pack's region")
    end)

    it("names the rule that failed elsewhere", function()
      workspace:observe "150802,mortality,2024,13\n150802,late,2024,51\n"
      local result = workspace:expect(1, "evaluate", "--year", 2024)
      assert.truthy((result.out .. result.err):find("too late", 1, true), "the failure is not named")
    end)

    it("says of a region without data that there is none, not that no pack evaluates it", function()
      workspace:observe "150802,mortality,2024,13\n"
      local result = workspace:run("evaluate", "--year", 2024, "--region", "150821")
      local told = result.out .. result.err
      assert.truthy(told:find("150821", 1, true) or told:find("五原县", 1, true))
      assert.is_nil(told:find("no active pack evaluates", 1, true))
    end)

    it("says of a region that is none that there is none, also when a rule failed", function()
      workspace:observe "150802,mortality,2024,13\n150802,late,2024,51\n"
      local result = workspace:run("evaluate", "--year", 2024, "--region", "159999")
      assert.truthy((result.out .. result.err):find("159999", 1, true), "nothing is said of the region")
    end)
  end)

  it("says what to do when no pack is active", function()
    workspace = support.workspace(true)
    assert.truthy(workspace:expect(6, "evaluate").err:find("activate one", 1, true))
  end)

  it("says what to do when there is no data", function()
    workspace = support.office()
    local result = workspace:run("evaluate")
    assert.truthy((result.out .. result.err):find "%S")
    assert.equal(6, result.code)
  end)
end)
