-- Sample data: marked wherever it is shown, listed, taken out; and generated, always the same.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local lfs = require "lfs"
local csv = dofile "scripts/samples/csv.lua"

local plugins = support.root .. "/plugins/"

-- Runs the generator of sample data: exit code and what it printed.
local function generate(...)
  local words = { "lua5.4 scripts/samples/generate.lua --biaochi", support.quote(support.binary) }
  for _, word in ipairs { ... } do words[#words + 1] = support.quote(tostring(word)) end
  local pipe = io.popen(table.concat(words, " ") .. " 2>&1", "r")
  local text = pipe:read "a"
  local _, _, code = pipe:close()
  return code or 0, text
end

local columns = "region,indicator,year,value,kind"

describe("sample data", function()
  local workspace

  before_each(function()
    workspace = support.office()
    workspace:observe([[
150800,mortality,2020,16.9,stated
150800,mortality,2024,14.3,stated
150800,screening,2020,50,sample
150800,screening,2024,62.5,sample
150800,income_male,2024,60000,sample
150800,income_female,2024,48000,reported
150802,mortality,2024,10.1,reported
150802,screening,2024,71,sample
150802,late,2024,2,sample
150821,mortality,2024,11.0,reported
]], columns)
  end)

  after_each(function() workspace:remove() end)

  local function evaluate() return workspace:json(0, "evaluate", "--year", 2024)[1] end

  describe("in the results as JSON", function()
    it("is counted for each figure of a region, derived ones too", function()
      local run = evaluate()
      assert.equal(5, run.sample_observations)
      local city = run.regions["150800"]
      assert.equal(3, city.sample_observations)
      local indicators = city.indicators
      assert.is_nil(indicators.mortality.sample_observations)
      assert.is_nil(indicators.mortality.sample_value)
      assert.same({ 2, true }, { indicators.screening.sample_observations, indicators.screening.sample_value })
      assert.same({ 1, true }, { indicators.pay_gap.sample_observations, indicators.pay_gap.sample_value })
      assert.equal(3, city.plans.women.sample_observations)
      assert.equal(3, city.plans.women.domains.health.sample_observations)
      local annual = city.assessments.annual
      assert.same({ 3, 3 }, { annual.sample_observations, annual.items.targets.sample_observations })
      assert.is_nil(annual.items.reporting.sample_observations)
    end)

    it("is told for each region apart", function()
      local regions = evaluate().regions
      assert.equal(1, regions["150802"].assessments.annual.items.reporting.sample_observations)
      assert.is_nil(regions["150821"].plans.women.sample_observations)
      assert.is_nil(regions["150821"].sample_observations)
    end)

    it("marks an earlier year's sample as no sample of the value", function()
      workspace:observe("150821,screening,2020,50,sample\n150821,screening,2024,66,reported\n", columns)
      local screening = evaluate().regions["150821"].indicators.screening
      assert.equal(1, screening.sample_observations)
      assert.is_nil(screening.sample_value)
    end)

    it("is not there any more once a real figure has taken its place, but in the run before", function()
      local before = evaluate()
      workspace:observe("150800,screening,2020,51,reported\n150800,screening,2024,62,reported\n", columns)
      assert.is_nil(evaluate().regions["150800"].indicators.screening.sample_observations)
      local old = workspace:json(0, "explain", "150800", "screening", "--run", before.run)
      assert.equal(2, old.tree.sample_observations)
    end)
  end)

  describe("in tables", function()
    it("has a column of its own, in every table of a run", function()
      local text = workspace:expect(0, "evaluate", "--year", 2024).out
      assert.truthy(text:find("uses sample data, not published figures: 3 observations.", 1, true), text)
      local function cell(title, column, name)
        for _, row in ipairs(support.table(text, title)) do
          if row[column] == name then return row["sample data"] end
        end
      end
      assert.equal("2 values", cell("妇女发展规划", "indicator", "宫颈癌筛查率"))
      assert.equal("", cell("妇女发展规划", "indicator", "孕产妇死亡率") or "")
      assert.equal("3 values", cell("Attainment", "domain", "all"))
      assert.equal("3 values", cell("年度考核", "item", "total"))
      assert.equal("2 values", cell("年度考核: ranking", "code", "150802"))
    end)

    it("has no column where there is none", function()
      workspace:expect(0, "samples", "remove", "--yes")
      local text = workspace:expect(0, "evaluate", "--year", 2024).out
      assert.is_nil(text:find "sample")
    end)

    it("is told in csv and in the summary", function()
      local rows = support.csv(workspace:expect(0, "evaluate", "--year", 2024, "--format", "csv").out)
      local marks = {}
      for _, row in ipairs(rows) do
        if row.region == "150800" then marks[row.indicator] = row.sample_observations .. row.sample_value end
      end
      assert.same({ mortality = "0no", screening = "2yes", pay_gap = "1yes" }, marks)
      local summary = {}
      for _, row in ipairs(workspace:json(0, "evaluate", "--year", 2024, "--summary")) do
        summary[row.region] = row.sample_observations
      end
      assert.same({ ["150800"] = 3, ["150802"] = 2, ["150821"] = 0 }, summary)
    end)
  end)

  it("is marked in explanations, down to the observation", function()
    local tree = workspace:json(0, "explain", "150800", "annual", "--year", 2024).tree
    assert.equal(3, tree.sample_observations)
    local text = workspace:expect(0, "explain", "150800", "annual", "--year", 2024).out
    assert.truthy(text:find "年度考核 %(annual%) = [^\n]*‹rests on 3 sample values›", text)
    assert.truthy(text:find "observation 2024 = 62%.5 [^\n]*‹sample data›", text)
    assert.is_nil(text:find "孕产妇死亡率 [^\n]*sample")
    assert.is_nil(workspace:expect(0, "explain", "150821", "mortality", "--year", 2024).out:find "sample")
  end)

  it("is counted for warnings", function()
    workspace:write_pack("office", (support.pack:gsub('version = "1.0.0"', 'version = "1.1.0"')) .. [[
warning "behind" { on = "indicator", title = "未达标",
  level = function(status) if status == "unmet" then return "red" end end }
]])
    workspace:expect(0, "pack", "activate", "office")
    workspace:expect(0, "evaluate", "--year", 2024)
    local marks = {}
    for _, row in ipairs(workspace:json(0, "warnings")) do marks[row.region .. " " .. row.indicator] = row.sample_observations end
    assert.equal(2, marks["150800 screening"])
    assert.equal(0, marks["150800 mortality"])
  end)

  it("is followed to peers and to the parent where a figure set beside theirs is derived", function()
    workspace:write_pack("office", (support.pack:gsub('version = "1.0.0"', 'version = "1.1.0"')) .. [[
warning "peers" { on = "indicator", title = "同级", only = { "pay_gap" },
  level = function(value, peers_mean) if value and peers_mean then return "blue" end end }
warning "above" { on = "indicator", title = "上级", only = { "pay_gap" },
  level = function(value, parent_value) if value and parent_value then return "red" end end }
]])
    workspace:expect(0, "pack", "activate", "office")
    workspace:observe([[
150802,income_male,2024,50000,reported
150802,income_female,2024,45000,reported
150821,income_male,2024,52000,sample
150821,income_female,2024,45000,sample
]], columns)
    workspace:expect(0, "evaluate", "--year", 2024)
    local marks = {}
    for _, row in ipairs(workspace:json(0, "warnings")) do marks[row.region .. " " .. row.warning] = row.sample_observations end
    -- The other county's two; its own two; of the city's two one, and nothing of the other county's.
    assert.same({ 2, 2 }, { marks["150802 peers"], marks["150821 peers"] })
    assert.same({ 1, 3 }, { marks["150802 above"], marks["150821 above"] })
    local function explained(...) return workspace:json(0, "explain", ...).tree.sample_observations end
    assert.same({ 2, 1 }, { explained("150802", "peers"), explained("150802", "above") })
    assert.truthy(workspace:expect(0, "explain", "150802", "peers").out:find "peers_mean = [^\n]*‹rests on 2 sample values›")
  end)

  it("is said by what analyses results", function()
    evaluate()
    local weights = workspace:json(0, "analyse", "weights", "--runs", 10)[1]
    assert.equal(5, weights.sample_observations)
    assert.truthy(workspace:expect(0, "analyse", "weights", "--runs", 10).out:find "rests on sample data[^\n]*5 observations")
    local csv_run = workspace:expect(0, "analyse", "weights", "--runs", 10, "--format", "csv")
    assert.truthy(csv_run.err:find "rests on sample data")
    local differences = workspace:json(0, "analyse", "differences", "150800", "150821")[1]
    assert.same({ 3, 0 }, { differences.first.sample_observations, differences.second.sample_observations })
    local _, notes = workspace:expect(0, "analyse", "differences", "150800", "150821").out:gsub("rests on sample data", "")
    assert.equal(1, notes)
  end)

  it("is told among the data, region by region and series by series", function()
    local rows = workspace:json(0, "samples", "list")
    assert.equal(4, #rows)
    assert.same({ "150800", "income_male", 2024, 2024, 1 },
      { rows[1].region, rows[1].indicator, rows[1].first_year, rows[1].last_year, rows[1].sample_observations })
    assert.same({ "screening", 2020, 2024, 2 },
      { rows[2].indicator, rows[2].first_year, rows[2].last_year, rows[2].sample_observations })
    assert.equal(2, #workspace:json(0, "samples", "list", "--region", "150802"))
    assert.equal(4, #workspace:json(0, "samples", "list", "--pack", "office"))
    assert.truthy(workspace:expect(0, "samples", "list").out:find "\n5 sample values\n$")
    assert.equal(6, workspace:run("samples", "list", "--pack", "ofice").code)
    assert.equal(6, workspace:run("samples", "list", "--region", "1").code)
  end)

  describe("taken out", function()
    it("is only announced without --yes", function()
      assert.truthy(workspace:expect(0, "samples", "remove").out:find("5 sample values would be removed", 1, true))
      assert.same({ ok = true, removed = 0, restored = 0, left = 5 }, workspace:json(0, "samples", "remove"))
      assert.equal(4, #workspace:json(0, "samples", "list"))
    end)

    it("is gone from the next run, while the run before replays to the same bytes", function()
      local before = evaluate()
      assert.same({ ok = true, removed = 5, restored = 0, left = 0 }, workspace:json(0, "samples", "remove", "--yes"))
      local after = evaluate()
      assert.equal(0, after.sample_observations)
      assert.equal("no_data", after.regions["150800"].indicators.screening.status)
      assert.equal(14.3, after.regions["150800"].indicators.mortality.value)
      assert.equal("yes", workspace:json(0, "replay", before.run)[1].same)
      assert.same({}, workspace:json(0, "samples", "list"))
      assert.truthy(workspace:expect(0, "samples", "remove", "--yes").out:find "no sample data")
    end)

    it("leaves every revision where it was", function()
      workspace:expect(0, "samples", "remove", "--yes")
      assert.equal("10|15", workspace:sql "SELECT SUM(revision = 1) || '|' || COUNT(*) FROM observation")
      assert.equal("5", workspace:sql "SELECT COUNT(*) FROM observation WHERE revision = 2 AND value IS NULL")
    end)

    it("gives way to the real figure whose place it had taken", function()
      workspace:observe("150800,mortality,2024,9.9,sample\n", columns)
      assert.equal(9.9, evaluate().regions["150800"].indicators.mortality.value)
      assert.same({ ok = true, removed = 6, restored = 1, left = 0 }, workspace:json(0, "samples", "remove", "--yes"))
      assert.equal(14.3, evaluate().regions["150800"].indicators.mortality.value)
      assert.equal("stated", workspace:sql [[SELECT kind FROM observation_row WHERE region = '150800'
        AND indicator = 'mortality' AND year = 2024 ORDER BY revision DESC LIMIT 1]])
    end)

    it("is said to have taken a real figure's place when it is imported", function()
      workspace:write("samples.csv", columns .. "\n150800,mortality,2024,9.9,sample\n150802,late,2024,3,sample\n")
      local result = workspace:expect(0, "import", "samples.csv", "--dry-run")
      assert.truthy(result.err:find("sample data would take the place of 1 real figure\n", 1, true), result.err)
      assert.equal(1, workspace:json(0, "import", "samples.csv", "--dry-run").real_replaced_by_samples)
      result = workspace:expect(0, "import", "samples.csv")
      assert.truthy(result.err:find("sample data took the place of 1 real figure; `biaochi samples remove --yes` puts them back",
        1, true), result.err)
      assert.is_nil(workspace:expect(0, "import", "samples.csv").err:find "took the place")
      workspace:write("more.csv", columns .. "\n150800,mortality,2020,8.8,sample\n150821,mortality,2024,9.0,sample\n")
      assert.equal(2, workspace:json(0, "import", "more.csv").real_replaced_by_samples)
    end)

    it("is not said to take a real figure's place where a sample stood or nothing", function()
      workspace:write("samples.csv", columns .. "\n150800,mortality,2024,9.9,sample\n")
      workspace:expect(0, "import", "samples.csv")
      workspace:observe("150821,mortality,2024,withdrawn,reported\n", columns)
      workspace:write("more.csv", columns .. "\n150800,mortality,2024,9.8,sample\n150821,mortality,2024,9,sample\n"
        .. "150821,mortality,2023,9,sample\n")
      local report = workspace:json(0, "import", "more.csv")
      assert.same({ 2, 0 }, { report.revised, report.real_replaced_by_samples })
    end)

    it("is limited to a region or to a pack", function()
      assert.equal(2, workspace:json(0, "samples", "remove", "--region", "150802", "--yes").removed)
      workspace:write_pack("other", [[
pack { id = "other", title = "五原县", region = "150821", version = "1.0.0", api = 1 }
local women = plan "women" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } { indicator "screening" { title = "筛查率", unit = "%", lead = "L", target = at_least(1) } }
]])
      workspace:expect(0, "pack", "activate", "other")
      -- The other pack knows the indicator, but not the city.
      assert.equal(0, workspace:json(0, "samples", "remove", "--pack", "other", "--yes").removed)
      assert.equal(3, workspace:json(0, "samples", "remove", "--pack", "office", "--yes").removed)
    end)
  end)
end)

describe("sample data beside a running server", function()
  it("is only said to be gone when something was removed", function()
    local workspace = support.office()
    workspace:observe("150800,screening,2024,62.5,sample\n", columns)
    local server = served.start(workspace)
    local told = workspace:expect(0, "samples", "remove")
    assert.truthy(told.out:find("nothing was changed", 1, true), told.out)
    assert.is_nil(told.err:find("the running server", 1, true), told.err)
    assert.truthy(workspace:expect(0, "samples", "remove", "--yes").err:find("the running server", 1, true))
    assert.is_nil(workspace:expect(0, "samples", "remove", "--yes").err:find("the running server", 1, true))
    assert.equal(0, server:stop())
    workspace:remove()
  end)
end)

describe("the shipped data", function()
  local function folders()
    local list = {}
    for folder in lfs.dir(plugins) do
      if support.exists(plugins .. folder .. "/pack.lua") then list[#list + 1] = folder end
    end
    table.sort(list)
    return list
  end

  -- The rows of one of a pack's data files; none where there is no such file.
  local function rows_of(folder, name)
    local path = ("%s%s/data/%s.csv"):format(plugins, folder, name)
    return support.exists(path) and csv.read(support.read_file(path)) or {}
  end

  it("calls every figure that is not published a sample", function()
    local looked_at = 0
    for _, folder in ipairs(folders()) do
      for _, name in ipairs { "observations", "published" } do
        for _, row in ipairs(rows_of(folder, name)) do
          local where = ("%s %s: %s %s %s"):format(folder, name, row.region, row.indicator, row.year)
          assert.equal(name == "observations", row.kind == "sample", where)
          assert.truthy(row.source:find "%S", where)
          if name == "published" then assert.truthy(row.kind == "stated" or row.kind == "derived", where) end
          looked_at = looked_at + 1
        end
      end
    end
    assert.is_true(looked_at > 2000)
  end)

  it("makes up nothing that was published", function()
    for _, folder in ipairs(folders()) do
      local published = {}
      local function key(row) return table.concat({ row.region, row.indicator, row.breakdown, row.year }, " ") end
      for _, row in ipairs(rows_of(folder, "published")) do published[key(row)] = true end
      for _, row in ipairs(rows_of(folder, "observations")) do assert.is_nil(published[key(row)], folder .. key(row)) end
    end
  end)

  it("is what the generator makes of each pack with its seed", function()
    local looked_at = 0
    for _, folder in ipairs(folders()) do
      -- The template's few rows are written by hand: it has no region before a pack is made of it.
      if folder ~= "_template" and support.exists(plugins .. folder .. "/data/observations.csv") then
        local code, text = generate("--check", plugins .. folder)
        assert.equal(0, code, text)
        looked_at = looked_at + 1
      end
    end
    assert.is_true(looked_at >= 6)
  end)
end)

describe("the generator of sample data", function()
  local workspace

  before_each(function() workspace = support.workspace() end)
  after_each(function() workspace:remove() end)

  local pack = [[
pack { id = "made", title = "某市", region = "150800", version = "1.0.0", api = 1, covers = "children",
  conventions = { digits = 1, near_percent = 5 } }
unit "health" { title = "卫健委" }
breakdown "young" { title = "低龄", splits = "age" }
breakdown "middle" { title = "中龄", splits = "age" }
breakdown "old" { title = "高龄", splits = "age" }
data "pupils" { title = "学生数", unit = "人", digits = 0, additive = true }
data "aged" { title = "适龄人口", unit = "人", digits = 0 }
data "deaths" { title = "死亡人数", unit = "人", digits = 0 }
data "unused" { title = "没有用处", unit = "人" }
fact "late" { title = "迟报", unit = "次", default = 0, digits = 0 }
fact "planned" { title = "计划", unit = "项", digits = 0 }
fact "done" { title = "完成", unit = "项", digits = 0 }
local women = plan "women" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "all" { title = "全部" } {
  indicator "up" { title = "升", unit = "%", lead = "health", target = at_least(90) },
  indicator "whole" { title = "全", unit = "%", lead = "health", target = at_least(100) },
  indicator "down" { title = "降", unit = "‰", digits = 2, lead = "health", target = at_most(5) },
  indicator "mortality" { title = "死亡率", unit = "1/10万", lead = "health", target = at_most(12),
    counts = "deaths", per = 100000 },
  indicator "beside" { title = "比", unit = "%", lead = "health", target = not_below "up" },
  indicator "between" { title = "间", unit = "女=100", lead = "health", target = within(103, 107) },
  indicator "rising" { title = "渐升", unit = "%", lead = "health", target = rises() },
  indicator "share" { title = "入学率", unit = "%", lead = "health", target = at_least(80),
    formula = function(pupils, aged, pupils_young) return 100 * pupils / aged + 0 * pupils_young end },
  indicator "here" { title = "仅一地", unit = "%", lead = "health", target = at_least(50), applies_to = { "150802" } },
  objective "shown" { title = "建制度", lead = "health", evidence = true },
}
assessment "annual" { title = "考核", of = "children", points = 10, grades = { { 0, "合格" } },
  item "reports" { title = "报送", points = 10, score = function(points, late) return deduct(points, late) end } }
assessment "units" { title = "单位", of = "unit", points = 10, grades = { { 0, "合格" } },
  item "tasks" { title = "任务", points = 10,
    score = function(points, done, planned) return proportion(points, done, planned) end } }
]]

  local function make(hints, published)
    workspace:write_pack("made", pack)
    workspace:write("made/data/regions.csv", support.regions)
    if hints then workspace:write("made/data/sample.lua", hints) end
    if published then workspace:write("made/data/published.csv", published) end
    local code, text = generate(workspace:path "made")
    assert.equal(0, code, text)
    local text_made = support.read_file(workspace:path "made/data/observations.csv")
    local figures = {}
    for _, row in ipairs(csv.read(text_made)) do
      assert.equal("sample", row.kind)
      local key = row.indicator .. (row.breakdown ~= "" and "." .. row.breakdown or "")
      figures[row.region] = figures[row.region] or {}
      figures[row.region][key] = figures[row.region][key] or {}
      figures[row.region][key][tonumber(row.year)] = tonumber(row.value)
    end
    return figures, text_made
  end

  local all_met = "return { outcomes = { met = 1 }, below = 1 }"

  it("gives the same bytes for the same seed, and others for another", function()
    local _, first = make(all_met)
    local _, again = make(all_met)
    assert.equal(first, again)
    assert.equal(0, (generate("--check", workspace:path "made")))
    assert.equal(1, (generate("--check", "--seed", 2, workspace:path "made")))
    assert.equal(2, (generate("--sed", 2, workspace:path "made")))
  end)

  it("changes no other figure when one is left out", function()
    local with = make(all_met)
    local without = make "return { outcomes = { met = 1 }, below = 1, series = { down = { none = true } } }"
    assert.is_nil(without["150800"].down)
    for region, series in pairs(without) do
      for id, values in pairs(series) do assert.same(with[region][id], values) end
    end
  end)

  it("makes data that the pack can be evaluated with, and outcomes that come out as drawn", function()
    for outcome, wanted in pairs { met = "met", near = "near", unmet = "unmet" } do
      workspace:shell "rm -rf data made"
      make(("return { outcomes = { %s = 1 }, below = 1 }"):format(outcome))
      workspace:expect(0, "init")
      workspace:expect(0, "import", "--table", "regions", "made/data/regions.csv")
      workspace:expect(0, "pack", "activate", "made")
      workspace:expect(0, "import", "made/data/observations.csv")
      local run = workspace:json(0, "evaluate")[1]
      assert.equal(2024, run.year)
      for code, region in pairs(run.regions) do
        local indicators = region.indicators
        assert.same({ wanted, wanted }, { indicators.up.status, indicators.down.status }, code)
        local otherwise = outcome == "unmet" and "unmet" or "met"
        if outcome ~= "near" then
          assert.same({ otherwise, otherwise, otherwise, otherwise }, { indicators.whole.status, indicators.between.status,
            indicators.beside.status, indicators.rising.status }, code)
          assert.equal(otherwise, indicators.shown.status)
        end
        assert.is_true(region.sample_observations > 0)
      end
    end
  end)

  it("keeps figures within what they can be", function()
    for region, series in pairs(make()) do
      for _, id in ipairs { "up", "whole", "beside", "rising" } do
        for _, value in pairs(series[id] or {}) do assert.is_true(value >= 0 and value <= 100, region .. id) end
      end
    end
  end)

  it("lets rates follow from their counts, and parts add up to the whole", function()
    local city = make "return { births = { [\"150800\"] = 10000 }, outcomes = { met = 1 } }"["150800"]
    for year, deaths in pairs(city.deaths) do
      local people = math.floor(10000 * (1 - 0.02 * (year - 2024)))
      assert.near(deaths * 100000 / people, city.mortality[year], 0.051)
      assert.equal(math.floor(deaths), deaths)
    end
    for year, pupils in pairs(city.pupils) do
      assert.equal(pupils, city["pupils.young"][year] + city["pupils.middle"][year] + city["pupils.old"][year])
      assert.is_true(city.aged[year] == nil or pupils <= city.aged[year])
    end
    assert.is_nil(city.share)
    assert.is_nil(city.unused)
    assert.is_nil(city.here)
  end)

  it("takes levels and parts from hints", function()
    local city = make([[return { last = 2023, first = 2021, series = {
      up = { 40, 70, noise = 0 }, aged = { 1000, 1000 }, pupils = { of = "aged", share = { 0.5, 0.7 } },
      planned = { 8, 8 }, done = { of = "planned", share = { 0.5, 0.5 } } } }]])["150800"]
    assert.same({ [2021] = 40, [2022] = 55, [2023] = 70 }, city.up)
    assert.same({ [2021] = 500, [2022] = 600, [2023] = 700 }, city.pupils)
    assert.same({ [2023] = 8 }, city["planned.health"])
    assert.same({ [2023] = 4 }, city["done.health"])
  end)

  it("adds and takes off, and reports for whom and for which units it is told", function()
    local figures = make([[return { beside = { "152500" }, series = {
      up = { 50, 60, beside = true }, down = { 9, 7, own = false, below = true },
      aged = { 1000, 1000, below = false }, unused = { 100, 100, below = false },
      pupils = { sum = { "aged", "-unused" }, below = false }, planned = { 1, 1, units = { "nobody" } } } }]])
    assert.is_table(figures["152500"].up)
    assert.is_nil(figures["152500"].down)
    assert.is_nil(figures["150800"].down)
    assert.is_table(figures["150802"].down)
    assert.is_nil(figures["150802"].aged)
    assert.equal(900, figures["150800"].pupils[2024])
    assert.is_nil(figures["150800"]["planned.health"])
  end)

  it("leaves out what was published, unless it is to fill up the other years", function()
    local published = "region,indicator,breakdown,year,value,kind,source,note\n150800,up,,2023,77.7,stated,公报,\n"
    local figures = make(all_met, published)
    assert.is_nil(figures["150800"].up)
    local filled = make("return { series = { up = { 65, 80, fill = true, gaps = 0 } } }", published)["150800"].up
    assert.equal(65, filled[2020])
    assert.near(75, filled[2022], 4)
    assert.is_nil(filled[2023])
  end)

  it("says what is wrong with a pack or its hints", function()
    make()
    workspace:write("made/data/sample.lua", "return {")
    local code, text = generate(workspace:path "made")
    assert.equal(2, code)
    assert.truthy(text:find "sample%.lua:1")
    workspace:write("made/data/sample.lua", "return { seed = os.time() }")
    assert.not_equal(0, (generate(workspace:path "made")))
    workspace:write("made/pack.lua", "pack {")
    assert.equal(2, (generate(workspace:path "made")))
  end)
end)
