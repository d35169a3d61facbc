-- What analyses say of results, held against figures computed by hand and in closed form.

local support = require "tests.spec.support"

local pack = support.read_file "tests/packs/analyse/pack.lua"

-- The screening rates that the back-tests are about; targets: 50 in 2020, 70 in 2022.
local rates = {
  ["150802"] = { 30, 45, 49, 60, 65 },
  ["150821"] = { 45, 50, 55, 65, 75 },
  ["150822"] = { 60, 47, 52, 60, 72 },
}

local function rate_lines(last_year)
  local lines = {}
  for region, values in pairs(rates) do
    for i, value in ipairs(values) do
      if 2017 + i <= (last_year or 2022) then
        lines[#lines + 1] = ("%s,rate,%d,%g\n"):format(region, 2017 + i, value)
      end
    end
  end
  return table.concat(lines)
end

local scores = [[
150802,first_share,2022,1
150802,second_share,2022,0.4
150821,first_share,2022,0.5
150821,second_share,2022,0.8
150802,later,2022,95
150821,later,2022,92
150802,reports,2022,8
150802,trained,2022,5
150802,has_school,2022,1
150802,falsified,2022,1
150821,reports,2022,5
150821,has_school,2022,0
150802,later,2021,80
150802,reports,2021,6
150802,trained,2021,5
150802,has_school,2021,1
]]

local function by_id(list, key)
  local found = {}
  for _, row in ipairs(list) do found[row[key or "id"]] = row end
  return found
end

local function billionths(points) return math.floor(points * 1e9 + 0.5) end

describe("analyse", function()
  local workspace

  before_each(function()
    workspace = support.office(pack)
    workspace:write("more.csv", "code,name,parent,level\n150822,磴口县,150800,county\n")
    workspace:expect(0, "import", "--table", "regions", "more.csv")
  end)

  after_each(function() workspace:remove() end)

  local function fill()
    workspace:observe(rate_lines() .. scores)
    workspace:expect(0, "evaluate", "--quiet", "--year", 2021)
    workspace:expect(0, "evaluate", "--quiet", "--year", 2022)
  end

  describe("weights", function()
    local function weigh(...) return workspace:json(0, "analyse", "weights", "--assessment", "trial", ...)[1] end

    before_each(fill)

    -- 五原县 passes 临河区 where 0.5·w₁ < 0.4·w₂. With both points even within ±20 % that is one tenth
    -- of the draws; five standard errors are 0.015.
    it("finds the share of draws in which places change", function()
      local got = weigh()
      assert.near(0.1, got.any_changed, 0.015)
      assert.equal(got.any_changed, got.first_changed)
      assert.same({ 10000, 1, 0.2, "spread", "trial", 2022 },
        { got.runs, got.seed, got.spread, got.method, got.assessment, got.year })
      local subjects = by_id(got.subjects, "code")
      assert.same({ 70, 1, 1, 2, 1, 2 }, {
        subjects["150802"].score, subjects["150802"].rank, subjects["150802"].rank_low,
        subjects["150802"].rank_high, subjects["150802"].rank_best, subjects["150802"].rank_worst })
      assert.equal(got.any_changed, subjects["150802"].changed)
      -- Without data there are no points under any weights.
      assert.same({ 0, 3, 3, 3, 0 }, { subjects["150822"].score, subjects["150822"].rank,
        subjects["150822"].rank_best, subjects["150822"].rank_worst, subjects["150822"].changed })
    end)

    it("draws any split of the points on request", function()
      local got = weigh("--dirichlet")
      assert.near(4 / 9, got.first_changed, 0.025)
      assert.equal("dirichlet", got.method)
    end)

    it("a smaller spread than the lead allows changes nothing", function()
      -- 0.5·(1 − s) = 0.4·(1 + s) at s = 1/9.
      assert.equal(0, weigh("--spread", "0.11").any_changed)
      assert.is_true(weigh("--spread", "0.13").any_changed > 0)
    end)

    it("lists items by influence", function()
      local got = weigh()
      assert.equal(2, #got.items)
      assert.near(got.items[1].influence, got.items[2].influence, 1e-9)
      assert.is_true(got.items[1].points_least > 39 and got.items[1].points_most < 61)
    end)

    it("gives the same bytes for a seed and others for another", function()
      local function bytes(seed)
        return workspace:expect(0, "analyse", "weights", "--runs", 500, "--seed", seed, "--format", "csv").out
      end
      assert.equal(bytes(7), bytes(7))
      assert.not_equal(bytes(7), bytes(8))
    end)

    it("takes every assessment that gives places, and csv has every kind of row", function()
      local rows = support.csv(workspace:expect(0, "analyse", "weights", "--runs", 10, "--format", "csv").out)
      local kinds = {}
      for _, row in ipairs(rows) do
        local key = row.assessment .. " " .. row.kind
        kinds[key] = (kinds[key] or 0) + 1
      end
      assert.same({ ["trial all"] = 1, ["trial subject"] = 3, ["trial item"] = 2,
        ["yearly all"] = 1, ["yearly subject"] = 3, ["yearly item"] = 3 }, kinds)
    end)

    it("says in words what was done", function()
      local out = workspace:expect(0, "analyse", "weights", "--assessment", "trial", "--seed", 5).out
      assert.match("10000 draws, seed 5: each item's points within ±20 %", out, 1, true)
      assert.match("150802 +临河区 +70.00 +1–2 +1–2", out)
      out = workspace:expect(0, "analyse", "weights", "--assessment", "trial", "--lang", "zh").out
      assert.match("抽样 10000 次，种子 1：各项分值在 ±20% 内均匀浮动", out, 1, true)
      assert.match("有名次变动的抽样占", out, 1, true)
    end)

    it("stores nothing", function()
      weigh()
      assert.equal("2", workspace:sql "SELECT count(*) FROM run")
    end)

    it("refuses what it cannot do", function()
      for _, case in ipairs {
        { 2, "--spread is above 0", "--spread", "0" }, { 2, "--spread is above 0", "--spread", "1.5" },
        { 2, "--spread is above 0", "--spread", "much" }, { 2, "--runs is a whole number", "--runs", "0" },
        { 2, "--runs is a whole number", "--runs", "-3" }, { 2, "--seed is a whole number", "--seed", "x" },
        { 2, "exclude each other", "--dirichlet", "--spread", "0.1" },
        { 6, 'did you mean "trial"?', "--assessment", "trail" }, { 6, 'did you mean "analyse"?', "--pack", "analyze" },
        { 6, "evaluate 2019 first", "--year", "2019" },
        { 6, "0 assessed, two are needed", "--assessment", "units" },
      } do
        local result = workspace:expect(case[1], "analyse", "weights", table.unpack(case, 3))
        assert.match(case[2], result.err, 1, true)
        assert.equal("", result.out)
      end
    end)
  end)

  describe("differences", function()
    local function differ(...)
      return workspace:json(0, "analyse", "differences", ...)[1]
    end

    local function assert_sums(got)
      local leaves, tops, held = 0, 0, {}
      for _, item in ipairs(got.items) do
        local contribution = billionths(item.contribution)
        assert.equal(contribution, billionths(item.from_scoring) + billionths(item.from_points))
        if item.leaf then leaves = leaves + contribution end
        if item.parent then
          held[item.parent] = (held[item.parent] or 0) + contribution
        else
          tops = tops + contribution
        end
      end
      for id, sum in pairs(held) do assert.equal(billionths(by_id(got.items)[id].contribution), sum) end
      assert.equal(billionths(got.difference), leaves)
      assert.equal(billionths(got.difference), tops)
      assert.equal(billionths(got.difference), billionths(got.first.exact) - billionths(got.second.exact))
    end

    before_each(fill)

    -- 临河区: 16 + 20 + 20 = 56. 五原县, whose 40 points of training go to the others: (10 + 40)·100/60.
    it("of two regions are made of items, points spread over others included", function()
      local got = differ("150802", "150821", "--year", 2022, "--assessment", "yearly")
      assert_sums(got)
      assert.same({ 56, 83.333333333, -27.333333333 }, { got.first.exact, got.second.exact, got.difference })
      local items = by_id(got.items)
      assert.same({ -46.666666666, -20 }, { items.targets.contribution, items.targets.from_points })
      assert.same({ 20, 0, 20 },
        { items.training.contribution, items.training.from_scoring, items.training.from_points })
      assert.same({ -0.666666667, 8, -8.666666667 },
        { items.reporting.contribution, items.reporting.from_scoring, items.reporting.from_points })
      assert.same({ "not_applicable", 0 }, { items.training.second.state, items.training.second.points })
      assert.near(33.333333333, items.reporting.second.points, 1e-12)
    end)

    it("stand by size, items below what holds them", function()
      local ids = {}
      for _, item in ipairs(differ("150802", "150821", "--year", 2022, "--assessment", "yearly").items) do
        ids[#ids + 1] = ("%s%s"):format((" "):rep(item.depth), item.id)
      end
      assert.same({ "targets", "work", " training", " reporting" }, ids)
    end)

    it("tell a veto beside the score, which it does not change", function()
      local got = differ("150802", "150821", "--year", 2022, "--assessment", "yearly")
      assert.same({ "不合格", "弄虚作假", "合格" }, { got.first.grade, got.first.veto, got.second.grade })
      assert.is_nil(got.second.veto)
    end)

    it("name the inputs that differ", function()
      local items = by_id(differ("150802", "150821", "--year", 2022, "--assessment", "yearly").items)
      local function inputs(id)
        local found = {}
        for _, input in ipairs(items[id].inputs) do
          found[input.name] = (input.first or "-") .. " " .. (input.second or "-")
        end
        return found
      end
      assert.same({ attainment = "0.5 1" }, inputs "targets")
      assert.same({ reports = "8 5" }, inputs "reporting")
      -- Where the item does not apply its score was not asked for.
      assert.same({ has_school = "1 0", points = "40 -", trained = "5 -" }, inputs "training")
    end)

    it("name the indicators that stood otherwise, where rules count them", function()
      local got = differ("150802", "150821", "--year", 2022, "--assessment", "yearly")
      assert.same({ { id = "rate", title = "筛查率", plan = "women", first = { status = "unmet", value = 65 },
        second = { status = "met", value = 75 } } }, got.indicators)
      assert.same({}, differ("150802", "150821", "--year", 2022, "--assessment", "trial").indicators)
    end)

    -- 12 + 20 + 0 = 32 in 2021.
    it("of two years are what the second has more than the first", function()
      local got = differ("150802", "--years", "2021,2022", "--assessment", "yearly")
      assert_sums(got)
      assert.same({ 2022, 2021, 56, 32, 24 },
        { got.first.year, got.second.year, got.first.exact, got.second.exact, got.difference })
      local items = by_id(got.items)
      assert.same({ 20, 4, 0, 4 }, { items.targets.contribution, items.reporting.contribution,
        items.training.contribution, items.work.contribution })
      assert.same({ { name = "reports", first = "8", second = "6" } }, items.reporting.inputs)
      assert.same({}, items.training.inputs)
      local back = differ("150802", "--years", "2022,2021", "--assessment", "yearly")
      assert.equal(-24, back.difference)
    end)

    it("between versions of a pack match items by id", function()
      local changed = pack:gsub('version = "1.0.0"', 'version = "1.1.0"')
        :gsub('"报告", points = 20', '"报告", points = 10')
        :gsub('item "targets" {', 'item "extra" { title = "加分", points = 10, score = function(points) return points end },\n  %0')
        :gsub('title = "工作", points = 60', 'title = "工作", points = 50')
      workspace:write_pack("office", changed)
      workspace:expect(0, "pack", "activate", "office")
      workspace:expect(0, "evaluate", "--quiet", "--year", 2022)
      local got = differ("150802", "--years", "2021,2022", "--assessment", "yearly")
      assert_sums(got)
      assert.is_false(got.same_pack)
      local items = by_id(got.items)
      -- 8 + 20 + 10 + 20 against 32.
      assert.equal(26, got.difference)
      assert.same({ 10, 0, 10 }, { items.extra.contribution, items.extra.from_scoring, items.extra.from_points })
      assert.is_nil(items.extra.second)
      -- Shares 0.8 and 0.6, points 10 and 20: 0.2·15 and −10·0.7.
      assert.same({ -4, 3, -7 },
        { items.reporting.contribution, items.reporting.from_scoring, items.reporting.from_points })
    end)

    it("take every assessment of both, and tables and csv say the same", function()
      local rows = support.csv(workspace:expect(0, "analyse", "differences", "150802", "150821", "--format", "csv").out)
      local found = {}
      for _, row in ipairs(rows) do found[row.assessment .. "." .. row.item] = row end
      assert.equal("25", found["trial.first"].contribution)
      assert.equal("-20", found["trial.second"].contribution)
      assert.equal("reports: 8 | 5", found["yearly.reporting"].inputs)
      assert.equal("work", found["yearly.reporting"].parent)
      assert.same({ "indicator", "status: unmet | met" }, { found["yearly.rate"].kind, found["yearly.rate"].inputs })
      local out = workspace:expect(0, "analyse", "differences", "150802", "150821").out
      local table_rows = by_id((support.table(out, "Contributions, the largest first")))
      assert.same({ "50.00 / 50", "25.00 / 50", "+25" },
        { table_rows.first["临河区"], table_rows.first["五原县"], table_rows.first.contribution })
      assert.match("by veto: 弄虚作假", out, 1, true)
    end)

    it("of units are asked for by unit", function()
      workspace:observe("150800,reports,health,2021,3\n150800,reports,health,2022,5\n",
        "region,indicator,breakdown,year,value")
      workspace:expect(0, "evaluate", "--quiet", "--year", 2021)
      workspace:expect(0, "evaluate", "--quiet", "--year", 2022)
      local got = differ("150800", "--years", "2021,2022", "--unit", "卫健委")
      assert.same({ "units", 2 }, { got.assessment, got.difference })
      assert.same({ { name = "reports", first = "5", second = "3" } }, got.items[1].inputs)
    end)

    it("refuse what cannot be compared", function()
      for _, case in ipairs {
        { 6, "did you mean 150802 (临河区)?", "150802X", "150821" },
        { 6, "did you mean 150802 (临河区)?", "150821", "临河" },
        { 2, "--years compares one region", "150802", "150821", "--years", "2021,2022" },
        { 2, "name a second region, or two years", "150802" }, { 2, "the two regions are the same", "150802", "150802" },
        { 2, "--years is two years", "150802", "--years", "2021" },
        { 2, "--years is two years", "150802", "--years", "2021,2021" },
        { 2, "exclude each other", "150802", "--years", "2021,2022", "--year", "2022" },
        { 6, "was not evaluated for 2019", "150802", "--years", "2019,2022" },
        { 6, "has no results of region 150800 for 2022", "150800", "150802" },
        { 6, 'did you mean "health"?', "150802", "150821", "--unit", "helth", "--assessment", "units" },
        { 6, "assesses units, not regions", "150802", "150821", "--assessment", "units" },
        { 6, 'did you mean "yearly"?', "150802", "150821", "--assessment", "yearli" },
      } do
        local result = workspace:expect(case[1], "analyse", "differences", table.unpack(case, 3))
        assert.match(case[2], result.err, 1, true)
        assert.equal("", result.out)
      end
    end)
  end)

  describe("warnings", function()
    local function test_of(id, ...)
      return by_id(workspace:json(0, "analyse", "warnings", ...), "warning")[id]
    end

    local function cases(counts)
      return { counts.hits, counts.misses, counts.false_alarms, counts.silences }
    end

    it("are held against the year in which the indicator is due", function()
      workspace:observe(rate_lines())
      local low = test_of "low"
      assert.same({ 2018, 2022, 2022 }, { low.from, low.to, low.newest_year })
      -- 临河区 is below 50 in 2020 and below 70 in 2022; the others are met both times.
      assert.same({ 2, 2, 2, 6 }, cases(low.all))
      assert.same({ 0.5, 0.5, 2, 1, 2, 2 }, { low.all.precision, low.all.recall, low.all.events,
        low.all.warned_events, low.all.lead_years, low.all.due_years })
      assert.same({ 1, 3, 0, 8 }, cases(low.levels.red))
      assert.same({ 2, 2, 2, 6 }, cases(low.levels.yellow))
      assert.is_nil(low.levels.orange)
      assert.same({ 2, 2, 2, 6 }, cases(low.indicators.rate))
      assert.is_nil(low.indicators.later)
      assert.equal("few_years", low.all.verdict)
    end)

    it("are held against a later year with a horizon", function()
      workspace:observe(rate_lines())
      local low = test_of("low", "--horizon", 1)
      assert.same({ 4, 6, 0, 2 }, cases(low.all))
      assert.same({ 1, 0.4, 10, 4, 1, 4, 3 }, { low.all.precision, low.all.recall, low.all.events,
        low.all.warned_events, low.all.lead_years, low.all.due_years, low.all.pending })
      assert.equal("fair", low.all.verdict)
    end)

    it("know nothing of later years", function()
      workspace:observe(rate_lines())
      local known = test_of "known"
      assert.same({ 2, 2, 4, 4 }, cases(known.all))
      assert.equal(2, known.all.lead_years)
    end)

    it("are judged from one year to another on request", function()
      workspace:observe(rate_lines())
      local low = test_of("low", "--from", 2019, "--to", 2020)
      assert.same({ 2019, 2020 }, { low.from, low.to })
      assert.same({ 1, 1, 1, 3 }, cases(low.all))
      assert.equal(1, low.all.lead_years)
    end)

    it("store nothing and need no run", function()
      workspace:observe(rate_lines())
      test_of "low"
      assert.equal("0", workspace:sql "SELECT count(*) FROM run")
    end)

    it("on plans are left out, and said to be", function()
      workspace:observe(rate_lines())
      assert.match("1 warning on plans or the region left out",
        workspace:expect(0, "analyse", "warnings").err, 1, true)
      assert.match("not judged on indicators",
        workspace:expect(2, "analyse", "warnings", "--warning", "behind").err, 1, true)
    end)

    it("say when there is too little to go by", function()
      workspace:observe(rate_lines())
      local out = workspace:expect(0, "analyse", "warnings", "--warning", "low").out
      assert.match("Note: too few years to judge (2 due years, 2 events", out, 1, true)
      local rows = support.table(out, "By level")
      assert.same({ "any level", "12", "50.0", "too few years to judge" },
        { rows[1].of, rows[1].cases, rows[1]["precision %"], rows[1].note })
      assert.match("年份太少，不足为据", workspace:expect(0, "analyse", "warnings", "--lang", "zh").out, 1, true)
    end)

    it("whose rule fails say so", function()
      local failing = pack:gsub('if value and value < 40 then return "red" end', 'if value then return value.nothing end')
      workspace:write_pack("office", (failing:gsub('version = "1.0.0"', 'version = "1.1.0"')))
      workspace:expect(0, "pack", "activate", "office")
      workspace:observe(rate_lines())
      local low = test_of "low"
      assert.same({ 0, 4, 0, 8 }, cases(low.all))
      assert.equal(15, low.failures)
      assert.match("15 calls of its rule failed", workspace:expect(0, "analyse", "warnings", "--warning", "low").out, 1, true)
    end)

    it("say when nothing fell due yet", function()
      workspace:observe(rate_lines(2019))
      local result = workspace:expect(6, "analyse", "warnings", "--warning", "low")
      assert.match("nothing fell due by 2019; 6 cases are not yet due", result.err, 1, true)
      assert.match("a horizon of 1", result.err, 1, true)
    end)

    it("as csv have a row for all, each level and each indicator", function()
      workspace:observe(rate_lines())
      local rows = support.csv(workspace:expect(0, "analyse", "warnings", "--warning", "low", "--format", "csv").out)
      local words = {}
      for _, row in ipairs(rows) do words[#words + 1] = table.concat({ row.kind, row.id, row.hits, row.lead_years }, " ") end
      assert.same({ "all  2 2", "level yellow 2 2", "level red 1 ", "indicator rate 2 2" }, words)
    end)

    it("refuse what cannot be tested", function()
      workspace:observe(rate_lines())
      for _, case in ipairs {
        { 6, 'did you mean "known"?', "--warning", "knwon" }, { 2, "--horizon is a number of years", "--horizon", "60" },
        { 2, "--horizon is a number of years", "--horizon", "-1" }, { 2, "is after --to", "--from", "2022", "--to", "2020" },
        { 6, "the newest data are of 2022", "--from", "2030" },
      } do
        local result = workspace:expect(case[1], "analyse", "warnings", table.unpack(case, 3))
        assert.match(case[2], result.err, 1, true)
        assert.equal("", result.out)
      end
    end)
  end)

  describe("of sample data", function()
    local function sampled(lines) return (lines:gsub("\n", ",sample\n")) end

    before_each(function()
      workspace:observe(sampled(rate_lines() .. scores), "region,indicator,year,value,kind")
      workspace:expect(0, "evaluate", "--quiet", "--year", 2022)
    end)

    it("say so in tables", function()
      for _, words in ipairs { { "weights" }, { "warnings" }, { "differences", "150802", "150821" } } do
        assert.match("rests on sample data", workspace:expect(0, "analyse", table.unpack(words)).out, 1, true)
      end
      local rows = support.table(workspace:expect(0, "analyse", "weights", "--assessment", "trial").out, "Places")
      assert.same({ "150802", "2 values" }, { rows[1].code, rows[1]["sample data"] })
    end)

    it("count what each score rests on, and nothing else of the region", function()
      local subjects = by_id(workspace:json(0, "analyse", "weights", "--assessment", "trial")[1].subjects, "code")
      assert.same({ 2, 0 }, { subjects["150802"].sample_observations, subjects["150822"].sample_observations })
      local got = workspace:json(0, "analyse", "differences", "150802", "150822", "--assessment", "trial")[1]
      assert.same({ 2, 0 }, { got.first.sample_observations, got.second.sample_observations })
      assert.is_true(workspace:json(0, "analyse", "warnings")[1].sample_observations >= 15)
    end)

    it("carry the count into csv files, where a note would be lost", function()
      local function rows(...) return support.csv(workspace:expect(0, "analyse", ...).out) end
      for _, row in ipairs(rows("weights", "--assessment", "trial", "--format", "csv")) do
        assert.equal(row.id == "150802" and "2" or row.id == "150822" and "0" or row.sample_observations,
          row.sample_observations)
        assert.truthy(tonumber(row.sample_observations), row.kind)
      end
      local difference = rows("differences", "150802", "150822", "--assessment", "trial", "--format", "csv")[1]
      assert.same({ "2", "0" }, { difference.first_samples, difference.second_samples })
      assert.is_true(tonumber(rows("warnings", "--format", "csv")[1].sample_observations) >= 15)
    end)

    it("say nothing where there is none", function()
      workspace:observe(rate_lines() .. scores)
      workspace:expect(0, "evaluate", "--quiet", "--year", 2022)
      for _, words in ipairs { { "weights" }, { "warnings" }, { "differences", "150802", "150821" } } do
        assert.not_match("sample", workspace:expect(0, "analyse", table.unpack(words)).out, 1, true)
      end
    end)
  end)

  it("names its subcommands", function()
    assert.match("analyse needs a subcommand: weights, differences, warnings",
      workspace:expect(2, "analyse").err, 1, true)
  end)
end)
