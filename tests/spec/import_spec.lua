-- Importing CSV: what is accepted, what is refused and how it is said, and that it is all or nothing.

local support = require "tests.spec.support"

local header = "region,indicator,year,value\n"

describe("import", function()
  local workspace

  before_each(function() workspace = support.office() end)
  after_each(function() workspace:remove() end)

  local function import(text, ...)
    workspace:write("o.csv", text)
    return workspace:run("import", "o.csv", ...)
  end

  local function stored()
    return workspace:sql [[SELECT region, indicator, breakdown, year, revision, value_text FROM observation_row
      ORDER BY region, indicator, breakdown, year, revision]]
  end

  -- Refused with these texts in its report, and nothing of the file was stored.
  local function refused(text, ...)
    local before = workspace:sql ".dump"
    local result = import(text)
    assert.equal(1, result.code, result.err)
    assert.equal("", result.out)
    for _, wanted in ipairs { ... } do
      assert.truthy(result.err:find(wanted, 1, true), ("no %q in:\n%s"):format(wanted, result.err))
    end
    assert.is_true(before == workspace:sql ".dump", "the database was changed")
    return result
  end

  local function accepted(text, ...)
    local result = import(text, ...)
    assert.equal(0, result.code, result.err)
    return result
  end

  -- Each of 4,342 rows was told that its indicator is unknown.
  it("says once that no pack is active", function()
    workspace:remove()
    workspace = support.workspace(true)
    local result = refused(header .. "150802,mortality,2024,1\n150802,income,2024,1\n", "no pack is active")
    local _, count = result.err:gsub("no pack is active", "")
    assert.equal(1, count)
    assert.falsy(result.err:find("unknown indicator", 1, true))
  end)

  describe("encodings", function()
    local chinese = "行政区划代码,指标,年份,数值,说明\n临河区,孕产妇死亡率,2024,14.3,比上年下降\n"
    local wanted = "150802|mortality|total|2024|1|14.3"

    it("takes UTF-8 without a mark", function()
      accepted(chinese)
      assert.equal(wanted, stored())
    end)

    it("takes UTF-8 with a byte order mark", function()
      accepted("\u{FEFF}" .. chinese)
      assert.equal(wanted, stored())
    end)

    it("takes GB18030", function()
      accepted(support.encode(chinese, "GB18030"))
      assert.equal(wanted, stored())
      assert.equal("比上年下降", workspace:sql "SELECT note FROM observation")
    end)

    it("takes GB18030's four-byte characters", function()
      local note = "地名㙍、𠮷、𣲗"
      local encoded = support.encode(chinese:gsub("比上年下降", note), "GB18030")
      assert.truthy(encoded:find "[\x81-\xFE][\x30-\x39][\x81-\xFE][\x30-\x39]")
      accepted(encoded)
      assert.equal(note, workspace:sql "SELECT note FROM observation")
    end)

    it("takes lines that end with CRLF", function()
      accepted((chinese:gsub("\n", "\r\n")))
      assert.equal(wanted, stored())
    end)

    it("refuses a file in two encodings, naming the line", function()
      refused(chinese .. support.encode("临河区,孕产妇死亡率,2023,15.1,下降\n", "GB18030"),
        "o.csv:3:", "mixes two encodings", "GB18030", "UTF-8")
    end)

    it("refuses UTF-16 and says how to save the file", function()
      for _, encoding in ipairs { "UTF-16LE", "UTF-16BE" } do
        refused(support.encode("\u{FEFF}" .. chinese, encoding), "UTF-16", "CSV UTF-8")
      end
    end)

    it("refuses bytes that are in no encoding", function()
      refused(header .. "150802,mortality,2024,1\n\xFF\xFE\xFF,mortality,2023,2\n", "o.csv:3:")
    end)
  end)

  describe("columns", function()
    it("come in any order, with optional ones left out or given", function()
      accepted "value,source,year,kind,breakdown,indicator,note,region\n50.5,年报,2024,stated,female,screening,无,150802\n"
      assert.equal("50.5|stated|年报|无|female",
        workspace:sql "SELECT value_text, kind, source, note, breakdown FROM observation_row")
    end)

    it("may have English or Chinese names, also side by side", function()
      accepted "年份,region,数值,indicator\n2024,150802,14.3,mortality\n"
      assert.equal("150802|mortality|total|2024|1|14.3", stored())
    end)

    it("may leave region and indicator to be given by id or by name", function()
      accepted(header .. "150802,孕产妇死亡率,2023,15\n临河区,mortality,2024,14\n")
      assert.equal("150802|mortality|total|2023|1|15\n150802|mortality|total|2024|1|14", stored())
    end)

    it("that are unknown are named, with the nearest name", function()
      refused("region,indicatr,year,value\n150802,mortality,2024,1\n", 'o.csv:1:2: unknown column "indicatr"', '"indicator"')
    end)

    it("that are wrong are told before the rows are looked at", function()
      refused('region,indicatr,year,value\n150802,"never closed\n', 'o.csv:1:2: unknown column "indicatr"')
    end)

    it("that are missing are named", function()
      refused("region,indicator,year\n150802,mortality,2024\n", 'o.csv:1: the column "value"', "missing")
    end)

    it("that are there twice are named, also when one is Chinese", function()
      refused("region,indicator,year,value,year\n150802,mortality,2024,1,2024\n", "o.csv:1:5:", "twice")
      refused("region,indicator,year,value,年份\n150802,mortality,2024,1,2024\n", "o.csv:1:5:", "twice")
    end)

    it("must not be more than the header has", function()
      refused(header .. "150802,mortality,2024,1,234\n", "o.csv:2:5:", "5 fields, the header 4")
    end)

    it("must not end before a value that is needed", function()
      refused(header .. "150802,mortality,2024\n", "o.csv:2")
    end)
  end)

  describe("rows", function()
    it("with an unknown region are refused with the nearest", function()
      refused(header .. "150812,mortality,2024,1\n", 'o.csv:2:1: unknown region "150812"', "Did you mean")
      refused(header .. "临河县,mortality,2024,1\n", 'o.csv:2:1: unknown region "临河县"', "临河区")
    end)

    it("with an unknown indicator are refused with the nearest", function()
      refused(header .. "150802,mortalty,2024,1\n", 'o.csv:2:2: unknown indicator "mortalty"', '"mortality"')
    end)

    it("with a figure that a formula gives are refused, and not as unknown", function()
      local result = refused(header .. "150802,pay_gap,2024,20\n", "o.csv:2:2:", "pay_gap")
      assert.is_nil(result.err:find("unknown indicator", 1, true), result.err)
    end)

    it("with an unknown breakdown are refused with the nearest", function()
      refused("region,indicator,breakdown,year,value\n150802,mortality,femal,2024,1\n",
        'o.csv:2:3: unknown breakdown "femal"', '"female"')
    end)

    it("with an unknown kind are refused with those there are", function()
      refused("region,indicator,year,value,kind\n150802,mortality,2024,1,guess\n",
        'o.csv:2:5: unknown kind "guess"', "estimated")
    end)

    it("with a year that is none are refused", function()
      refused(header .. "150802,mortality,20x4,1\n", 'o.csv:2:3: the year "20x4"')
      refused(header .. "150802,mortality,24,1\n", "o.csv:2:3: the year 24")
      refused(header .. "150802,mortality,2024年,1\n", "o.csv:2:3: the year")
    end)

    it("with text in a number are refused", function()
      refused(header .. "150802,mortality,2024,约14\n", 'o.csv:2:4: the value "约14" is not a number')
      refused(header .. "150802,mortality,2024,14.3%\n", "o.csv:2:4:", "percentage")
      refused(header .. '150802,mortality,2024,"1,430"\n', "o.csv:2:4:", "without separators", "nothing was imported")
      refused(header .. "150802,mortality,2024,14。3\n", "o.csv:2:4:")
    end)

    it("with what stands for no number in other programs are refused", function()
      for _, text in ipairs { "nan", "inf", "-Infinity", "1e999", "0x10", "" } do
        refused(header .. "150802,mortality,2024," .. text .. "\n", "o.csv:2:4:")
      end
    end)

    it("that say the same twice are refused, with both lines", function()
      refused(header .. "150802,mortality,2024,1\n150802,mortality,2023,1\n临河区,孕产妇死亡率,2024,1\n",
        "o.csv:4: the same region, indicator, breakdown and year as in line 2")
    end)

    it("with a quote left open are refused where it opens", function()
      refused(header .. '150802,mortality,2024,"1\n150821,mortality,2024,1\n', "o.csv:2:23:", "quot")
    end)

    it("are all reported, each with row, column and reason, also as JSON", function()
      workspace:write("o.csv", header .. "1508,mortality,2024,1\n150802,mortality,2024,x\n150821,mortality,2024,1\n")
      local report = workspace:json(1, "import", "o.csv")
      assert.is_false(report.ok)
      assert.equal(2, #report.problems)
      assert.same({ "o.csv", 2, 1 }, { report.problems[1].file, report.problems[1].line, report.problems[1].column })
      assert.same({ "o.csv", 3, 4 }, { report.problems[2].file, report.problems[2].line, report.problems[2].column })
      assert.equal('the value "x" is not a number', report.problems[2].message)
      assert.equal("", stored())
    end)

    it("with hundreds of problems are reported up to a bound, which says how many are left", function()
      local lines = { header }
      for i = 1, 3000 do lines[#lines + 1] = ("150802,nothing%d,2024,1\n"):format(i) end
      workspace:write("o.csv", table.concat(lines))
      local report = workspace:json(1, "import", "o.csv")
      assert.is_true(#report.problems < 3000)
      assert.equal(3000, #report.problems + report.more_problems)
    end)
  end)

  describe("files without rows", function()
    it("an empty file is refused", function() refused("", "the file is empty") end)
    it("a mark alone is refused", function() refused("\u{FEFF}", "the file is empty") end)

    it("a header alone imports nothing and is no error", function()
      workspace:write("o.csv", header)
      local report = workspace:json(0, "import", "o.csv")
      assert.same({ 0, 0 }, { report.rows, report.added })
    end)

    it("a file that is not there is 6, what the system cannot read is 5", function()
      assert.truthy(workspace:expect(6, "import", "none.csv").err:find("none.csv: ", 1, true))
      assert.truthy(workspace:expect(5, "import", ".").err:find ".: ")
    end)
  end)

  describe("revisions", function()
    it("the same value again is unchanged", function()
      accepted(header .. "150802,mortality,2024,14.3\n")
      local report = workspace:json(0, "import", "o.csv")
      assert.same({ 1, 0, 0, 1 }, { report.rows, report.added, report.revised, report.unchanged })
      assert.equal("1", workspace:sql "SELECT max(data_version) FROM data_change")
    end)

    it("a changed value is a revision beside the first", function()
      accepted(header .. "150802,mortality,2024,14.3\n150802,mortality,2023,15.1\n")
      workspace:write("o.csv", header .. "150802,mortality,2024,14.5\n150802,mortality,2023,15.1\n")
      local report = workspace:json(0, "import", "o.csv")
      assert.same({ 0, 1, 1 }, { report.added, report.revised, report.unchanged })
      assert.equal("150802|mortality|total|2023|1|15.1\n150802|mortality|total|2024|1|14.3\n"
        .. "150802|mortality|total|2024|2|14.5", stored())
    end)

    it("the run before a revision still replays", function()
      accepted(header .. "150802,mortality,2024,11.9\n")
      workspace:expect(0, "evaluate", "--year", 2024)
      accepted(header .. "150802,mortality,2024,12.1\n")
      local newer = workspace:json(0, "evaluate", "--year", 2024)[1]
      assert.equal("unmet", newer.regions["150802"].indicators.mortality.status)
      local replayed = workspace:json(0, "replay", 1)[1]
      assert.same({ "yes", 1 }, { replayed.same, replayed.data_version })
    end)

    it("a withdrawn value is no longer used, and its revisions stay", function()
      accepted(header .. "150802,mortality,2024,11.9\n150802,screening,2024,80\n")
      accepted(header .. "临河区,孕产妇死亡率,2024,撤回\n")
      local indicators = workspace:json(0, "evaluate", "--year", 2024)[1].regions["150802"].indicators
      assert.equal("no_data", indicators.mortality.status)
      assert.equal("met", indicators.screening.status)
      assert.equal("150802|mortality|total|2024|1|11.9\n150802|mortality|total|2024|2|\n"
        .. "150802|screening|total|2024|1|80", stored())
    end)

    it("a withdrawn value can be entered again", function()
      for _, value in ipairs { "11.9", "withdrawn", "11.9" } do
        accepted(header .. "150802,mortality,2024," .. value .. "\n")
      end
      assert.equal("3", workspace:sql "SELECT count(*) FROM observation")
    end)

    it("keeps the value as it was typed", function()
      accepted(header .. "150802,mortality,2024,14.30\n")
      assert.equal("14.30", workspace:sql "SELECT value_text FROM observation")
    end)
  end)

  describe("--dry-run", function()
    it("counts and stores nothing", function()
      local before = workspace:sql ".dump"
      workspace:write("o.csv", header .. "150802,mortality,2024,14.3\n150821,mortality,2024,14.4\n")
      local report = workspace:json(0, "import", "o.csv", "--dry-run")
      assert.same({ true, true, 2, 2 }, { report.ok, report.dry_run, report.rows, report.added })
      assert.truthy(accepted(header .. "150802,mortality,2024,14.3\n", "--dry-run").err:find "nothing was stored")
      assert.is_true(before == workspace:sql ".dump", "the database was changed")
    end)

    it("tells what would be revised and what is unchanged", function()
      accepted(header .. "150802,mortality,2023,15\n150802,mortality,2024,14\n")
      workspace:write("o.csv", header .. "150802,mortality,2023,15\n150802,mortality,2024,13\n150821,mortality,2024,1\n")
      local report = workspace:json(0, "import", "o.csv", "--dry-run")
      assert.same({ 1, 1, 1 }, { report.added, report.revised, report.unchanged })
    end)

    it("finds the same problems", function()
      workspace:write("o.csv", header .. "150802,mortality,2024,x\n")
      assert.equal(1, #workspace:json(1, "import", "o.csv", "--dry-run").problems)
    end)
  end)

  it("--kind is the kind of rows that give none", function()
    accepted("region,indicator,year,value,kind\n150802,mortality,2023,1,\n150802,mortality,2024,2,公布\n",
      "--kind", "estimated")
    assert.equal("estimated\nstated", workspace:sql "SELECT kind FROM observation_row ORDER BY year")
  end)

  describe("of regions", function()
    local function import_regions(text)
      workspace:write("r.csv", text)
      return workspace:run("import", "--table", "regions", "r.csv")
    end

    it("takes parents that come after their children", function()
      local result = import_regions "代码,名称,上级,层级\n150823001,乌拉山镇,150823,township\n150823,乌拉特前旗,150800,county\n"
      assert.equal(0, result.code, result.err)
      assert.equal("150823", workspace:sql "SELECT parent FROM region WHERE code = '150823001'")
    end)

    it("refuses a parent that is nowhere, a level there is not, and a code twice", function()
      local result = import_regions [[
code,name,parent,level
150824,甲,1508,county
150825,乙,150800,countty
150826,丙,150800,county
150826,丁,150800,county
]]
      assert.equal(1, result.code)
      for _, wanted in ipairs { "r.csv:2:3:", "r.csv:3:4:", "r.csv:5:" } do
        assert.truthy(result.err:find(wanted, 1, true), result.err)
      end
      assert.equal("4", workspace:sql "SELECT count(*) FROM region")
    end)

    it("refuses a name that steers the terminal", function()
      local result = import_regions "code,name,parent,level\n150824,\27]0;pwned\7临河\27[2J区,150800,county\n"
      assert.equal(1, result.code)
      assert.truthy(result.err:find("r.csv:2:2: the name holds control characters", 1, true), result.err)
      assert.is_nil(result.err:find "[\7\27]")
      assert.equal("4", workspace:sql "SELECT count(*) FROM region")
    end)

    it("an older version took are printed plain", function()
      accepted(header .. "150802,mortality,2024,14\n")
      workspace:sql "UPDATE region SET name = char(27) || '[2J临' || char(8238) || '河区' WHERE code = '150802'"
      for _, command in ipairs { { "evaluate", "--region", "150802" }, { "explain", "150802", "mortality" } } do
        local printed = workspace:expect(0, table.unpack(command)).out
        assert.truthy(printed:find(" [2J临   河区", 1, true), printed)
        assert.is_nil(printed:find "\27" or printed:find "\u{202E}")
      end
      workspace:sql "UPDATE region SET name = '临河区' WHERE code = '150802'"
    end)

    it("refuses a region among its own ancestors", function()
      local result = import_regions "code,name,parent,level\n150824,甲,150825,county\n150825,乙,150824,county\n"
      assert.equal(1, result.code, result.err)
      assert.equal("4", workspace:sql "SELECT count(*) FROM region")
    end)
  end)
end)

describe("an import of 100,000 rows", function()
  local workspace, lines

  setup(function()
    workspace = support.office(support.wide_pack)
    lines = support.hundred_thousand_lines()
  end)

  teardown(function() workspace:remove() end)

  it("with one bad row imports none, and names the row and the column", function()
    assert.equal(100001, #lines)
    local good = lines[77777]
    lines[77777] = good:gsub("[^,]*$", "七十七")
    workspace:write("big.csv", table.concat(lines, "\n") .. "\n")
    lines[77777] = good
    local report = workspace:json(1, "import", "big.csv")
    assert.equal(1, #report.problems)
    assert.same({ 77777, 4 }, { report.problems[1].line, report.problems[1].column })
    assert.truthy(report.problems[1].message:find("七十七", 1, true))
    assert.equal("0|0", workspace:sql "SELECT (SELECT count(*) FROM observation), (SELECT count(*) FROM data_change)")
  end)

  it("without it imports them all", function()
    workspace:write("big.csv", table.concat(lines, "\n") .. "\n")
    assert.equal(100000, workspace:json(0, "import", "big.csv").added)
    assert.equal("100000", workspace:sql "SELECT count(*) FROM observation")
  end)
end)
