-- biaochi bench: what it prints, that every way finds the same, and that the limit, which the others
-- are compared with, finds what an evaluation of the same nation finds.

local support = require "tests.spec.support"

local small = { "bench", "--regions", "30", "--indicators", "10", "--rounds", "1" }

local function with(...)
  local words = { table.unpack(small) }
  for _, word in ipairs { ... } do words[#words + 1] = word end
  return table.unpack(words)
end

-- Rows of a plain CSV file, by header name; nothing between two commas is nil.
local function read_rows(path)
  local lines, rows, names = support.lines(support.read_file(path)), {}, {}
  for name in lines[1]:gmatch "[^,]+" do names[#names + 1] = name end
  for i = 2, #lines do
    local row, at = {}, 0
    for field in (lines[i] .. ","):gmatch "([^,]*)," do
      at = at + 1
      row[names[at]] = field ~= "" and field or nil
    end
    rows[#rows + 1] = row
  end
  return rows
end

describe("bench", function()
  local workspace

  before_each(function() workspace = support.workspace() end)
  after_each(function() workspace:remove() end)

  it("prints one object with the medians of every way, null where not measured", function()
    local result = workspace:expect(0, with("--format", "json"))
    local report = support.decode(result.out)
    assert.is_true(report.agree)
    assert.is_true(report.limit > 0)
    assert.is_true(report.peak_mb > 0)
    assert.equal(300, report.rows)
    for _, key in ipairs { "warm", "cold_rows", "cold_snapshot", "incremental", "limit", "duckdb_memory",
      "duckdb_file_wide", "duckdb_file_long", "numpy", "pandas", "pandas_cold", "postgres", "postgres_long" } do
      assert.truthy(result.out:find('\n  "' .. key .. '": ', 1, true), key)
    end
    local limit = report.contenders.limit
    assert.equal("measured", limit.outcome)
    assert.equal(report.limit, limit.median_ms)
    assert.equal(1, #limit.ms)
    assert.truthy(limit.checksum:match "^%x+$")
    for _, phase in ipairs { "judging", "forecasting", "volatility", "warning", "scoring" } do
      assert.is_number(limit.phases[phase], phase)
    end
  end)

  it("measures the evaluation's own ways when none is named", function()
    local report = support.decode(workspace:expect(0, with("--format", "json")).out)
    for _, name in ipairs { "warm", "cold_snapshot", "cold_rows", "incremental" } do
      local contender = report.contenders[name]
      assert.equal("measured", contender.outcome, name)
      assert.is_true(contender.agrees, name)
      assert.equal(report[name], contender.median_ms)
    end
    assert.is_nil(report.pandas)
    assert.is_nil(report.contenders.incremental.rows_per_second)
    assert.is_number(report.contenders.warm.rows_per_second)
    assert.is_true(math.abs(report.ratios["warm/limit"] - report.warm / report.limit) < 0.1 + report.warm / 100)
    assert.is_nil(report.ratios["pandas/warm"])
  end)

  it("says where a cold run's time and memory went", function()
    local report = support.decode(workspace:expect(0, with("--against", "cold", "--format", "json")).out)
    local peak = 0
    for _, name in ipairs { "cold_snapshot", "cold_rows" } do
      local contender = report.contenders[name]
      for _, phase in ipairs { "read", "evaluate", "write", "rest" } do
        assert.is_true(contender.phases[phase] > 0, name .. " " .. phase)
      end
      assert.is_number(contender.phases.hash)
      assert.is_true(contender.peak_mb > 1, name)
      peak = math.max(peak, contender.peak_mb)
    end
    assert.equal(peak, report.peak_mb)
  end)

  it("finds the same with any number of workers, and something else from another seed", function()
    local function checksum(...)
      return support.decode(workspace:expect(0, with("--format", "json", ...)).out).contenders.limit.checksum
    end
    local found = checksum("--workers", "1")
    assert.equal(found, checksum("--workers", "7"))
    assert.not_equal(found, checksum("--seed", "2"))
  end)

  it("prints a table for people in both languages, and CSV", function()
    local english = workspace:expect(0, with "--lang=en").out
    assert.truthy(english:find("30 regions × 10 indicators × 10 years, 300 results", 1, true))
    assert.truthy(english:find("All results are the same to the last bit.", 1, true))
    assert.truthy(english:find("Ratios: warm/limit × %d+%.%d%."), english)
    assert.truthy(english:find("[µm]s a change"), english)
    local chinese = workspace:expect(0, with "--lang=zh").out
    assert.truthy(chinese:find("30 个行政区划 × 10 项指标 × 10 年，300 个结果", 1, true))
    assert.truthy(chinese:find("全部结果逐位相同。", 1, true))
    assert.truthy(chinese:find("用时之比：warm/limit × %d+%.%d。"), chinese)
    local rows = support.csv(workspace:expect(0, with("--format", "csv")).out)
    assert.equal("limit", rows[1].contender)
    assert.is_true(tonumber(rows[1].median_ms) > 0)
  end)

  it("says what is not installed, and that alone is no failure", function()
    local command = "PATH=/nowhere " .. workspace:command(with("--against", "duckdb,pandas,postgres", "--format", "json"))
    local result = workspace:shell(command)
    assert.equal(0, result.code, result.err)
    local report = support.decode(result.out)
    assert.is_true(report.agree)
    assert.is_nil(report.duckdb_memory)
    assert.equal("not_installed", report.contenders.duckdb_memory.outcome)
    assert.equal("the program node is missing", report.contenders.duckdb_memory.reason)
  end)

  it("finds the same in every other engine that is installed", function()
    local command = ("NODE_PATH=%s/node_modules "):format(support.quote(support.root)) ..
      workspace:command(with("--against", "--format", "json"))
    local result = workspace:shell(command)
    assert.equal(0, result.code, result.err .. result.out)
    for name, contender in pairs(support.decode(result.out).contenders) do
      assert.is_true(contender.agrees or contender.outcome == "not_installed", name)
    end
  end)

  -- In these nations there is a series whose mean is nothing but binary noise: its volatility is beyond what
  -- an evaluation holds for a figure. Of one such series the target is met, of the other not.
  it("finds the same where a volatility is beyond all figures", function()
    for _, seed in ipairs { "561", "1882" } do
      local command = ("NODE_PATH=%s/node_modules "):format(support.quote(support.root)) ..
        workspace:command("bench", "--regions", "40", "--indicators", "8", "--seed", seed, "--rounds", "1",
          "--against", "warm,duckdb,pandas,postgres", "--format", "json")
      local result = workspace:shell(command)
      assert.equal(0, result.code, result.err .. result.out)
      assert.is_true(support.decode(result.out).contenders.warm.agrees)
    end
  end)

  it("leaves nothing behind", function()
    workspace:shell "mkdir tmp"
    local result = workspace:shell("TMPDIR=$PWD/tmp " .. workspace:command(with("--against", "pandas")))
    assert.equal(0, result.code, result.err)
    assert.equal("", workspace:shell("ls tmp").out)
  end)

  it("shows how times grow with the regions", function()
    local function growth(format)
      return workspace:expect(0, "bench", "--growth", "10,20", "--indicators", "8", "--years", "5", "--rounds", "1",
        "--format", format).out
    end
    local report = support.decode(growth "json")
    assert.is_true(report.ok)
    assert.equal(2, #report.growth)
    for at, regions in ipairs { 10, 20 } do
      assert.equal(regions, report.growth[at].regions)
      assert.equal(regions * 8, report.growth[at].rows)
      for _, name in ipairs { "warm", "cold_snapshot", "incremental" } do
        assert.is_true(report.growth[at][name] > 0, name)
      end
    end
    local rows = support.csv(growth "csv")
    assert.equal("limit", rows[1].contender)
    assert.equal("10", rows[1].regions)
    assert.equal("1", rows[1].ms_ratio)
    assert.equal("2", rows[2].regions_ratio)
  end)

  it("refuses lists of sizes that do not grow", function()
    for _, list in ipairs { "20,10", "10,10", "0", "10;20", "x" } do
      assert.truthy(workspace:expect(2, "bench", "--growth", list).err:find("--growth", 1, true), list)
    end
    workspace:expect(2, "bench", "--growth", "10", "--regions", "5")
  end)

  it("reports workers that cannot run as failures of what needs them", function()
    for _, worker in ipairs { "/bin/false", "/no/such/program" } do
      local result = workspace:expect(1, with("--worker", worker, "--format", "json"))
      local report = support.decode(result.out)
      assert.is_false(report.agree)
      for _, name in ipairs { "warm", "cold_snapshot", "cold_rows", "incremental" } do
        assert.equal("failed", report.contenders[name].outcome, name)
      end
      assert.equal("measured", report.contenders.limit.outcome)
    end
  end)

  it("ends in order where it cannot write", function()
    workspace:shell "touch file"
    assert.equal(5, workspace:shell("TMPDIR=$PWD/missing " .. workspace:command(with())).code)
    assert.equal(5, workspace:shell("TMPDIR=$PWD/file " .. workspace:command(with())).code)
    workspace:expect(5, with("--export", "file/folder"))
  end)

  it("refuses sizes that make no nation, and what it cannot compare with", function()
    for _, words in ipairs { { "--regions", "-1" }, { "--indicators", "7" }, { "--years", "11" }, { "--rounds", "-1" },
      { "--workers", "1000" }, { "--regions", "100000", "--indicators", "1000" } } do
      local result = workspace:expect(2, "bench", table.unpack(words))
      assert.truthy(result.err:find(words[1]:sub(3), 1, true), result.err)
    end
    local result = workspace:expect(2, "bench", "--against", "duckbd")
    assert.truthy(result.err:find("did you mean duckdb?", 1, true), result.err)
  end)
end)

describe("the limit of bench", function()
  local workspace, evaluated, figures, scores, codes

  setup(function()
    workspace = support.workspace(true)
    workspace:expect(0, "bench", "--regions", "40", "--indicators", "12", "--seed", "3", "--rounds", "1",
      "--export", "nation")
    workspace:expect(0, "import", "--table", "regions", "nation/regions.csv")
    workspace:expect(0, "pack", "activate", "nation/pack")
    workspace:expect(0, "import", "nation/observations.csv")
    evaluated = workspace:json(0, "evaluate")[1]
    figures = read_rows(workspace:path "nation/figures.csv")
    scores = read_rows(workspace:path "nation/scores.csv")
    codes = {}
    for _, row in ipairs(read_rows(workspace:path "nation/regions.csv")) do
      if row.level == "county" then codes[#codes + 1] = row.code end
    end
  end)
  teardown(function() workspace:remove() end)

  local function region_of(row) return evaluated.regions[codes[row.region + 1]] end
  local function indicator_of(row) return ("i%03d"):format(row.indicator + 1) end

  it("judges, forecasts and measures as the evaluation does", function()
    local statuses = { [0] = "met", "near", "unmet", "no_data" }
    local seen = {}
    assert.equal(40 * 12, #figures)
    for _, row in ipairs(figures) do
      local found = region_of(row).indicators[indicator_of(row)]
      local place = codes[row.region + 1] .. " " .. indicator_of(row)
      assert.equal(statuses[tonumber(row.status)], found.status, place)
      seen[found.status] = true
      for _, metric in ipairs { "progress", "forecast", "forecast_final", "volatility" } do
        -- The JSON of a run has 15 digits.
        local wanted = row[metric] and ("%.15g"):format(row[metric])
        assert.equal(wanted, found[metric] and ("%.15g"):format(found[metric]), place .. " " .. metric)
      end
    end
    for _, status in pairs(statuses) do assert.is_true(seen[status], status .. " was never met with") end
  end)

  it("warns as the pack's rule does", function()
    local numbers = { blue = 1, yellow = 2, orange = 3, red = 4 }
    local levels, seen = {}, {}
    for code, region in pairs(evaluated.regions) do
      for _, warning in ipairs(region.warnings) do levels[code .. warning.subject] = numbers[warning.level] end
    end
    for _, row in ipairs(figures) do
      local place = codes[row.region + 1] .. indicator_of(row)
      assert.equal(tonumber(row.level), levels[place] or 0, place)
      seen[tonumber(row.level)] = true
    end
    for _, level in ipairs { 0, 2, 3, 4 } do assert.is_true(seen[level], "level " .. level .. " was never given") end
  end)

  it("scores as the pack's assessment does, and ranks by what is printed", function()
    assert.equal(40, #scores)
    for _, row in ipairs(scores) do
      local annual = region_of(row).assessments.annual
      assert.equal(annual.printed, ("%.2f"):format(row.score), codes[row.region + 1])
      local better = 0
      for _, other in ipairs(scores) do
        if tonumber(region_of(other).assessments.annual.printed) > tonumber(annual.printed) then better = better + 1 end
      end
      assert.equal(1 + better, tonumber(row.rank), codes[row.region + 1])
    end
  end)
end)
