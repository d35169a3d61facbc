-- Mistakes once made in the command line: one test for each, named after what went wrong.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local counties = "150802,mortality,2024,13\n150821,mortality,2024,9\n"

-- Indicators beyond their target, behind their baseline, and on the way.
local moving_pack = support.pack_header .. [[
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "all" { title = "全部" } {
  indicator "ahead" { title = "超前", unit = "%", lead = "L", digits = 1, target = at_least(80) },
  indicator "backward" { title = "倒退", unit = "%", lead = "L", digits = 1, target = at_least(80) },
  indicator "slow" { title = "缓慢", unit = "%", lead = "L", digits = 1, forecast = "ols", target = at_least(80) },
}
]]

-- A rule that does not stop once more than 50 reports were late.
local endless_pack = support.pack:gsub("return deduct%(", "while late > 50 do end return deduct(")

describe("the command line", function()
  local workspace

  after_each(function() workspace:remove() end)

  -- Finding 24.
  describe("evaluate, where the pack's own region reported nothing,", function()
    before_each(function()
      workspace = support.office()
      workspace:observe(counties)
    end)

    it("printed nothing at all, with exit code 0", function()
      local result = workspace:expect(0, "evaluate", "--year", 2024)
      assert.truthy(result.out:find("巴彦淖尔市 (150800) · 2024", 1, true), result.out)
      assert.truthy(result.out:find("巴彦淖尔市 reported nothing for 2024", 1, true), result.out)
      assert.truthy(result.out:find("not evaluated: 1 region (巴彦淖尔市)", 1, true), result.out)
      local places = support.table(result.out, "年度考核: ranking")
      assert.same({ "150821", "150802" }, { places[1].code, places[2].code })
    end)

    it("did not find the newest year, which only counties reported", function()
      workspace:observe "150800,mortality,2022,11\n"
      assert.equal(2024, workspace:json(0, "evaluate")[1].year)
    end)

    it("took the newest year from a withdrawn figure, or from a region the pack does not evaluate", function()
      workspace:observe "150802,mortality,2025,12\n150000,mortality,2026,12\n"
      workspace:observe "150802,mortality,2025,withdrawn\n"
      assert.equal(2024, workspace:json(0, "evaluate")[1].year)
    end)

    it("said nothing of sample data behind the ranking", function()
      workspace:observe("150802,screening,2024,50,sample\n", "region,indicator,year,value,kind")
      local result = workspace:expect(0, "evaluate", "--year", 2024)
      assert.truthy(result.out:find("sample data, not published figures: 1 observation.", 1, true), result.out)
    end)
  end)

  it("evaluate counted the warnings of one region only", function()
    workspace = support.office(support.pack .. [[
warning "high" { on = "indicator", title = "偏高", level = function(value) if value and value > 12 then return "red" end end }
]])
    workspace:observe "150800,mortality,2024,11\n150802,mortality,2024,13\n150821,mortality,2024,14\n"
    local result = workspace:expect(0, "evaluate", "--year", 2024)
    assert.truthy(result.out:find("2 warnings in 2 regions", 1, true), result.out)
  end)

  it("evaluate --region of no region gave an empty answer as json and csv", function()
    workspace = support.office()
    workspace:observe(counties)
    for _, format in ipairs { "table", "json", "csv" } do
      local result = workspace:expect(6, "evaluate", "--region", "159999", "--format", format)
      assert.truthy((result.out .. result.err):find("159999", 1, true))
    end
    assert.equal("", workspace:sql "SELECT id FROM run")
  end)

  it("evaluate --region of a region no pack evaluates was taken for granted", function()
    workspace = support.office()
    workspace:observe(counties)
    assert.truthy(workspace:expect(6, "evaluate", "--region", "150000").err:find("no active pack evaluates", 1, true))
  end)

  it("evaluate --region carried every region in json and csv", function()
    workspace = support.office()
    workspace:observe(counties)
    local run = workspace:json(0, "evaluate", "--region", "150802")[1]
    assert.equal("150802", next(run.regions))
    assert.is_nil(next(run.regions, "150802"))
    assert.same({}, run.silent_regions)
    for _, row in ipairs((support.csv(workspace:expect(0, "evaluate", "--region", "150802", "--format", "csv").out))) do
      assert.equal("150802", row.region)
    end
  end)

  it("evaluate left out failing rules of other regions, and of json and csv", function()
    workspace = support.office((support.pack:gsub("return deduct", "if late > 50 then error 'too late' end return deduct")))
    workspace:observe(counties .. "150821,late,2024,51\n")
    for _, format in ipairs { "table", "json", "csv" } do
      local result = workspace:expect(1, "evaluate", "--region", "150802", "--format", format)
      assert.truthy(result.err:find("pack.lua:%d+.*region 150821: .*too late"), result.err)
    end
  end)

  -- Finding 25.
  it("evaluate stored an empty run of a year nobody reported", function()
    workspace = support.office()
    workspace:observe(counties)
    local beyond = workspace:expect(6, "evaluate", "--year", 2035).err
    assert.truthy(beyond:find("nothing reported for 2035", 1, true), beyond)
    assert.truthy(beyond:find("2035 lies outside every plan of the pack (2021–2030)", 1, true), beyond)
    local within = workspace:expect(6, "evaluate", "--year", 2023).err
    assert.truthy(within:find("nothing reported for 2023", 1, true), within)
    assert.is_nil(within:find("outside every plan", 1, true))
    assert.same({}, workspace:json(0, "runs"))
  end)

  -- Finding 26.
  it("evaluate four times at once stored four runs of the same", function()
    workspace = support.office(support.wide_pack)
    workspace:observe "150802,figure1,2024,13\n150821,figure2,2024,9\n"
    local one = workspace:command("evaluate", "--year", 2024, "--format", "json")
    local result = workspace:shell(("for i in 1 2 3 4; do %s >out$i & done; wait"):format(one))
    assert.equal("", result.err)
    assert.equal("1", workspace:sql "SELECT count(*) FROM run")
    local stored = 0
    for i = 1, 4 do
      local run = support.decode(support.read_file(workspace:path("out" .. i)))[1]
      assert.equal(1, run.run)
      stored = stored + (run.unchanged and 0 or 1)
    end
    assert.equal(1, stored)
  end)

  it("evaluate found a run again whose rules had run over their budget", function()
    workspace = support.office(endless_pack)
    workspace:observe(counties .. "150802,late,2024,51\n")
    local result = workspace:expect(1, "evaluate", "--year", 2024)
    assert.truthy(result.out:find("some rules ran over their budget; this run may not replay", 1, true), result.out)
    local again = workspace:json(1, "evaluate", "--year", 2024)[1]
    assert.same({ 2, false, true }, { again.run, again.unchanged, again.over_budget })
    assert.equal("over_time", again.regions["150802"].failures[1].outcome)
  end)

  -- Finding 27.
  it("evaluate --format json wrote two documents when one pack failed", function()
    workspace = support.office()
    workspace:write_pack("other", (support.pack:gsub('id = "office"', 'id = "other"'):gsub('"mortality"', '"deaths"')))
    workspace:expect(0, "pack", "activate", "other")
    workspace:observe(counties)
    local entries = {}
    for _, entry in ipairs(workspace:json(6, "evaluate", "--year", 2024)) do entries[entry.pack] = entry end
    assert.is_true(entries.office.ok)
    assert.is_false(entries.other.ok)
    assert.equal('pack "other": nothing reported for 2024', entries.other.problems[1].message)
  end)

  -- Finding 28.
  describe("asked for what is not there,", function()
    before_each(function()
      workspace = support.office()
      workspace:write_pack("other", (support.pack:gsub('id = "office"', 'id = "other"')))
      workspace:expect(0, "pack", "activate", "other")
      workspace:observe(counties)
      workspace:expect(0, "evaluate", "--year", 2024)
    end)

    it("pack list PACK listed every pack", function()
      local versions = workspace:json(0, "pack", "list", "other")
      assert.same({ 1, "other" }, { #versions, versions[1].pack })
    end)

    for _, command in ipairs { "pack list offic", "pack list offic --history", "runs offic", "pack rollback offic" } do
      it(command .. " did not say that there is no such pack", function()
        local result = workspace:shell(support.quote(support.binary) .. " " .. command .. " --workspace data")
        assert.equal(6, result.code)
        assert.equal("", result.out)
        assert.truthy(result.err:find('no active pack is called "offic"', 1, true), result.err)
        assert.truthy(result.err:find('did you mean "office"?', 1, true), result.err)
      end)
    end

    it("warnings of an unknown region were none", function()
      assert.truthy(workspace:expect(6, "warnings", "--region", "159999").err:find("159999", 1, true))
      assert.truthy(workspace:expect(6, "warnings", "--region", "150000").err:find("150000", 1, true))
      workspace:expect(0, "warnings", "--region", "150800")
    end)

    it("warnings of a year without a run were none", function()
      local result = workspace:expect(6, "warnings", "--year", 2019)
      assert.truthy(result.err:find("was not evaluated for 2019", 1, true), result.err)
    end)
  end)

  -- Finding 29a.
  for _, command in ipairs { "evaluate", "warnings" } do
    it(command .. " took years that are none", function()
      workspace = support.office()
      for _, year in ipairs { "1899", "2201", "0", "-5", "20240" } do
        local result = workspace:expect(2, command, "--year", year)
        assert.truthy(result.err:find("--year takes a year from 1900 to 2200", 1, true), result.err)
      end
    end)
  end

  -- Finding 30.
  describe("asked for help", function()
    before_each(function() workspace = support.workspace() end)

    it("did not know `help`", function()
      assert.equal(workspace:expect(0, "--help").out, workspace:expect(0, "help").out)
    end)

    it("did not know `help COMMAND`", function()
      assert.truthy(workspace:expect(0, "help", "evaluate").out:find "^biaochi evaluate ")
      assert.truthy(workspace:expect(0, "help", "pack", "list").out:find "^biaochi pack list ")
      assert.truthy(workspace:expect(2, "help", "evalute").err:find("biaochi evaluate", 1, true))
    end)

    it("did not know `pack --help`", function()
      local result = workspace:expect(0, "pack", "--help")
      assert.truthy(result.out:find("\n  pack activate  ", 1, true))
      assert.is_nil(result.out:find("\n  evaluate  ", 1, true))
      assert.equal(result.out, workspace:expect(0, "help", "pack").out)
    end)

    it("did not know --version", function()
      assert.truthy(workspace:expect(0, "--version").out:find "^biaochi %d+%.%d+%.%d+ ")
    end)
  end)

  it("worker started by a person said nothing a person understands", function()
    workspace = support.workspace()
    local result = workspace:shell(support.quote(support.binary) .. " worker 3<&-")
    assert.equal(2, result.code)
    assert.same({ 1, "" }, { #support.lines(result.err), result.out })
    assert.truthy(result.err:find("started by the program itself only", 1, true), result.err)
  end)

  it("said “1 problems”, “1 rows”, “1 warnings”", function()
    workspace = support.office(support.pack .. [[
warning "high" { on = "indicator", title = "偏高", level = function(value) if value and value > 12 then return "red" end end }
]])
    workspace:write("bad.csv", "region,indicator,year,value\n150802,mortality,2024,x\n")
    assert.truthy(workspace:expect(1, "import", "bad.csv").err:find("1 row read, 0 good, 1 problem: nothing", 1, true))
    assert.truthy(workspace:observe("150802,mortality,2024,13\n").err:find("1 row: 1 added", 1, true))
    assert.truthy(workspace:expect(0, "evaluate").out:find("1 warning in 1 region;", 1, true))
    workspace:write_pack("broken", "pack {")
    assert.truthy(workspace:expect(1, "pack", "check", "broken").err:find("1 problem; the rules in force", 1, true))
  end)

  describe("in the tables", function()
    before_each(function()
      workspace = support.office(moving_pack)
      workspace:observe [[
150800,ahead,2020,70
150800,ahead,2024,95
150800,backward,2020,70
150800,backward,2024,60
150800,slow,2020,60.00
150800,slow,2021,61.99
150800,slow,2022,63.98
150800,slow,2023,65.97
150800,slow,2024,67.96
]]
    end)

    local function rows(workspace_of)
      local by_title = {}
      local out = workspace_of:expect(0, "evaluate", "--year", 2024).out
      for _, row in ipairs(support.table(out:sub((out:find "\n妇女发展规划\nindicator") + 1), "妇女发展规划")) do
        by_title[row.indicator] = row
      end
      return by_title
    end

    -- Finding 31.
    it("progress was above 100 and below 0, and json must keep it so", function()
      local shown = rows(workspace)
      assert.same({ "100.00", "0.00" }, { shown["超前"]["progress %"], shown["倒退"]["progress %"] })
      local exact = workspace:json(0, "evaluate", "--year", 2024)[1].regions["150800"].indicators
      assert.same({ 2.5, -1 }, { exact.ahead.progress, exact.backward.progress })
    end)

    -- Finding 33.
    it("a year reached was printed earlier than it is", function()
      local exact = workspace:json(0, "evaluate", "--year", 2024)[1].regions["150800"].indicators.slow.reach_year
      assert.is_true(exact * 10 % 1 > 0.01, "the example must fall between two tenths: " .. exact)
      assert.equal(("%.1f"):format(math.ceil(exact * 10) / 10), rows(workspace)["缓慢"].reached)
    end)
  end)

  -- Finding 34.
  it("wrote half-width marks into Chinese texts, and blanks after full-width ones", function()
    workspace = support.office()
    workspace:observe "150800,mortality,2024,11\n"
    local texts = {}
    local commands = { "evaluate", "pack check office", "pack test office", "import observed.csv", "import --help",
      "evaluate --help", "warnings --year 5", "nothing", "pack list nothing", "evaluate --year 2035" }
    for _, command in ipairs(commands) do
      local result = workspace:shell(("%s %s --workspace data --lang zh"):format(support.quote(support.binary), command))
      texts[#texts + 1] = result.out .. result.err
    end
    local han = "[\xE4-\xE9][\x80-\xBF][\x80-\xBF]"
    for line in table.concat(texts):gmatch "[^\n]+" do
      assert.is_nil(line:find(han .. "[,:;?(!]"), line)
      assert.is_nil(line:find("[,:;?)!]" .. han), line)
      for _, mark in ipairs { "，", "：", "；", "（", "）", "？" } do assert.is_nil(line:find(mark .. " ", 1, true), line) end
    end
    assert.truthy(texts[1]:find("巴彦淖尔市（150800）· 2024 年", 1, true), texts[1])
    assert.truthy(texts[4]:find("observed.csv：共 1 行，", 1, true), texts[4])
  end)

  it("evaluate showed no progress of regions", function()
    workspace = support.office((support.pack:gsub("return deduct%(",
      "for _ = 1, 1000000 do late = late + 0 end return deduct(")))
    local lines = { "code,name,parent,level" }
    local observed = {}
    for i = 1, 60 do
      lines[#lines + 1] = ("1509%02d,县%d,150800,county"):format(i, i)
      observed[i] = ("1509%02d,mortality,2024,%d\n"):format(i, i)
    end
    workspace:write("more.csv", table.concat(lines, "\n") .. "\n")
    workspace:expect(0, "import", "--table", "regions", "more.csv")
    workspace:observe(table.concat(observed))
    local result = workspace:shell("script -qec " .. support.quote(workspace:command("evaluate", "--year", 2024)) .. " /dev/null")
    assert.equal(0, result.code, result.out)
    local shown, before = 0, -1
    for done, total in result.out:gmatch "%d+%%  (%d+)/(%d+)" do
      shown = shown + 1
      assert.is_true(tonumber(done) > before and tonumber(done) <= tonumber(total), "it went back")
      before = tonumber(done)
    end
    assert.is_true(shown > 0, "no progress was shown")
  end)

  it("serve named an IPv6 address in a way that no browser opens", function()
    if not support.exists "/proc/net/if_inet6" then return pending "this machine has no IPv6" end
    workspace = support.workspace(true)
    local server = served.start(workspace, "--listen", "[::1]:0")
    assert.equal(0, server:stop())
    assert.truthy(support.read_file(workspace:path "serve.err"):find "serving http://%[::1%]:%d+\n")
  end)

  it("whatever ran workers was killed where standard output had been closed", function()
    workspace = support.office()
    workspace:observe(counties)
    for _, redirections in ipairs { ">&-", ">&- 2>&-", "<&- >&- 2>&-" } do
      assert.equal(0, workspace:shell(workspace:command("evaluate", "--year", 2024) .. " " .. redirections).code)
    end
    assert.equal("1", workspace:sql "SELECT count(*) FROM run")
  end)
end)
