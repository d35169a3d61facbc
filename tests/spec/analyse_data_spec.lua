-- What `biaochi analyse data` finds in figures that were made to be found, and what it leaves alone.

local support = require "tests.spec.support"

local pack = [[
pack { id = "quality", title = "某市", region = "150800", version = "1.0.0", api = 1, covers = "children" }
breakdown "age_low" { title = "低龄", splits = "age" }
breakdown "age_high" { title = "高龄", splits = "age" }
data "pupils" { title = "学生数", unit = "人", digits = 0, additive = true }
data "deaths" { title = "死亡人数", unit = "人", digits = 0 }
data "hidden" { title = "人口", unit = "人", digits = 0 }
fact "visits" { title = "督导次数", unit = "次", digits = 0 }
local women = plan "women" { title = "妇女发展规划", from = 2011, to = 2030, baseline = 2010 }
women:domain "health" { title = "妇女与健康" } {
  indicator "screening" { title = "筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70) },
  indicator "mortality" { title = "死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12),
    counts = "deaths", per = 100000 },
  objective "awareness" { title = "意识", lead = "卫健委", evidence = true },
}
]]

local counties = {}
for i = 1, 12 do counties[i] = ("1508%02d"):format(i) end

local function regions()
  local lines = { "code,name,parent,level", "150000,内蒙古自治区,,province", "150800,巴彦淖尔市,150000,city" }
  for i, code in ipairs(counties) do lines[#lines + 1] = ("%s,县%d,150800,county"):format(code, i) end
  return table.concat(lines, "\n") .. "\n"
end

describe("analyse data", function()
  local workspace

  before_each(function()
    workspace = support.workspace()
    workspace:expect(0, "init")
    workspace:write("regions.csv", regions())
    workspace:expect(0, "import", "--table", "regions", "regions.csv")
    workspace:write_pack("quality", pack)
    workspace:expect(0, "pack", "activate", "quality")
  end)

  after_each(function() workspace:remove() end)

  local function observe(lines)
    workspace:observe(table.concat(lines, "\n") .. "\n", "region,indicator,breakdown,year,value,kind")
  end

  -- The one pack's report.
  local function examine(...) return workspace:json(0, "analyse", "data", ...)[1] end

  local function found(report, kind)
    local list = {}
    for _, finding in ipairs(report.findings) do
      if finding.kind == kind then list[#list + 1] = finding end
    end
    return list
  end

  -- Figures of all counties in a year: `value(i)` of the i-th.
  local function of_counties(lines, indicator, year, value, breakdown)
    for i, code in ipairs(counties) do
      lines[#lines + 1] = ("%s,%s,%s,%d,%s,"):format(code, indicator, breakdown or "", year, value(i))
    end
    return lines
  end

  it("finds nothing in figures that are as they should be", function()
    local lines = {}
    for year = 2015, 2024 do
      of_counties(lines, "screening", year, function(i) return ("%.1f"):format(60 + 0.7 * i + 0.9 * (year - 2015)) end)
    end
    observe(lines)
    local report = examine()
    assert.same({}, report.findings)
    assert.equal(120, report.observations)
    assert.same({ found = 0, checked = 120 }, report.counts.outlier_peers)
    assert.same({ found = 0, checked = 108 }, report.counts.change_series)
  end)

  it("finds a region far from its peers, with the figures why", function()
    observe(of_counties({}, "screening", 2024, function(i) return i == 5 and "16.4" or ("%.1f"):format(61 + 0.3 * i) end))
    local report = examine()
    local far = found(report, "outlier_peers")
    assert.equal(1, #far)
    assert.same({ "150805", "screening", 2024, 16.4, "serious" },
      { far[1].region, far[1].indicator, far[1].year, far[1].value, far[1].severity })
    -- The twelve's median is 62.95, that of their deviations from it 1.05.
    local z = tonumber(far[1].why:match "robust z (%-?[%d.]+)")
    assert.near((16.4 - 62.95) / (1.05 * 1.4826), z, 0.05)
    assert.truthy(far[1].advice:find "%S")
  end)

  it("does not compare the sizes of regions as if they were rates", function()
    -- Each county twice the one before it: the logarithms are evenly spread.
    observe(of_counties({}, "hidden", 2024, function(i) return ("%d"):format(1000 * 2 ^ i) end))
    assert.same({}, examine().findings)
  end)

  it("finds a year off a region's own trend and the changes around it", function()
    local lines = {}
    for year = 2012, 2024 do
      lines[#lines + 1] = ("150801,screening,,%d,%s,"):format(year, year == 2018 and "81.2"
        or ("%.1f"):format(50 + 1.1 * (year - 2012) + (year % 3) * 0.2))
    end
    observe(lines)
    local report = examine()
    local off = found(report, "outlier_series")
    assert.same({ 1, 2018, 81.2 }, { #off, off[1].year, off[1].value })
    local years = {}
    for _, change in ipairs(found(report, "change_series")) do years[#years + 1] = change.year end
    assert.same({ 2018, 2019 }, years)
  end)

  it("finds heaped last digits by indicator and by region, and says which", function()
    local lines = {}
    for year = 2015, 2024 do
      of_counties(lines, "screening", year, function(i)
        local tenth = 10 * (40 + 2.3 * i + (year - 2015)) // 1 + (i * year) % 7
        if i <= 9 then tenth = tenth - tenth % 5 end -- nine of twelve set theirs to ,0 and ,5
        return ("%.1f"):format(tenth / 10)
      end)
    end
    observe(lines)
    local heaped = found(examine(), "digit_heaping")
    assert.equal(1, #heaped)
    assert.is_nil(heaped[1].region)
    assert.same({ "screening", "serious" }, { heaped[1].indicator, heaped[1].severity })
    assert.truthy(heaped[1].why:find("9 degrees of freedom, 120 values", 1, true), heaped[1].why)
    assert.truthy(heaped[1].why:find "digit 0 in %d+ %%, digit 5 in %d+ %%")
    assert.is_nil(heaped[1].why:find "digit 3")
  end)

  it("does not take dropped zeros for digits that are missing, nor short figures for heaped ones", function()
    local lines = {}
    for year = 2015, 2024 do
      of_counties(lines, "screening", year, function(i)
        local tenth = 400 + (i * 37 + (year - 2015) * 53) % 200
        local text = ("%.1f"):format(tenth / 10)
        return (text:gsub("%.0$", ""))
      end)
      of_counties(lines, "hidden", year, function(i) return ("%d"):format(10 * (1 + (i + year) % 9)) end)
    end
    observe(lines)
    local report = examine()
    assert.same({}, found(report, "digit_heaping"))
    assert.equal(1, report.counts.digit_heaping.checked)
  end)

  it("does not take full coverage, which many reach, for a heaped digit", function()
    local lines = {}
    for year = 2015, 2024 do
      of_counties(lines, "screening", year, function(i)
        return i <= 4 and "100.0" or ("%.1f"):format(80 + ((i * 37 + (year - 2015) * 53) % 180) / 10)
      end)
    end
    observe(lines)
    local report = examine()
    assert.same({}, found(report, "digit_heaping"))
    assert.equal(1, report.counts.digit_heaping.checked)
  end)

  it("is not blind to all regions because one typed no decimals", function()
    observe(of_counties({}, "screening", 2024, function(i) return i == 5 and "64" or ("%.1f"):format(61 + 0.1 * i) end))
    local far = found(examine(), "outlier_peers")
    assert.same({ 1, "150805" }, { #far, far[1] and far[1].region })
  end)

  it("finds the same figure in years on end", function()
    observe {
      "150801,screening,,2019,63.4,", "150801,screening,,2020,63.4,", "150801,screening,,2021,63.4,",
      "150801,screening,,2022,64.1,",
      "150802,screening,,2019,100,", "150802,screening,,2020,100,", "150802,screening,,2021,100,", -- everybody
      "150803,screening,,2019,61.1,", "150803,screening,,2021,61.1,", "150803,screening,,2022,61.1,", -- a gap
      "150804,visits,,2019,4,", "150804,visits,,2020,4,", "150804,visits,,2021,4,", -- work, not a measure
    }
    local repeated = found(examine(), "repeated_years")
    assert.equal(1, #repeated)
    assert.same({ "150801", 2019, 2021, "doubtful" },
      { repeated[1].region, repeated[1].first_year, repeated[1].year, repeated[1].severity })
    assert.equal(1, #found(examine("--year", 2020), "repeated_years"))
    assert.equal(0, #found(examine("--year", 2022), "repeated_years"))
  end)

  it("finds the same figure in more regions than chance puts there", function()
    observe(of_counties({}, "screening", 2024, function(i) return i % 2 == 0 and "58.7" or ("%.1f"):format(40 + 3.1 * i) end))
    local repeated = found(examine(), "repeated_regions")
    assert.equal(1, #repeated)
    assert.same({ "screening", 58.7 }, { repeated[1].indicator, repeated[1].value })
    assert.truthy(repeated[1].why:find("58.7 in 6 of 12 regions", 1, true), repeated[1].why)
    assert.equal(1, #found(examine("--region", "150804"), "repeated_regions"))
  end)

  it("finds parts that do not add up, of any split, and only beyond rounding", function()
    observe {
      "150801,pupils,,2024,1000,", "150801,pupils,female,2024,480,", "150801,pupils,male,2024,540,",
      "150801,pupils,urban,2024,600,", "150801,pupils,rural,2024,400,",
      "150801,pupils,age_low,2024,700,", "150801,pupils,age_high,2024,301,",
      "150802,pupils,,2024,1000,", "150802,pupils,age_low,2024,300,", "150802,pupils,age_high,2024,650,",
      "150803,pupils,,2024,1000,", "150803,pupils,female,2024,1002,", -- a part alone, above the whole
      "150804,pupils,,2024,1000,", "150804,pupils,female,2024,470,", -- a part alone, below it
    }
    local sums = found(examine(), "parts_sum")
    local by_region = {}
    for _, finding in ipairs(sums) do by_region[finding.region] = finding end
    assert.equal(3, #sums)
    assert.truthy(by_region["150801"].why:find("女 480, 男 540, together 1020, but the whole is 1000", 1, true),
      by_region["150801"].why)
    assert.equal("serious", by_region["150801"].severity)
    assert.truthy(by_region["150802"].why:find("together 950", 1, true))
    assert.equal("doubtful", by_region["150803"].severity)
  end)

  it("finds a rate outside of its parts, but takes no sum for one", function()
    observe {
      "150801,screening,,2024,72.0,", "150801,screening,urban,2024,70.1,", "150801,screening,rural,2024,65.3,",
      "150802,screening,,2024,68.0,", "150802,screening,urban,2024,70.1,", "150802,screening,rural,2024,65.3,",
      "150803,deaths,,2024,30,", "150803,deaths,urban,2024,10,", "150803,deaths,rural,2024,20,",
    }
    local report = examine()
    local outside = found(report, "parts_range")
    assert.same({ 1, "150801" }, { #outside, outside[1].region })
    assert.truthy(outside[1].why:find("城市 70.1, 农村 65.3, but the whole is 72.0", 1, true), outside[1].why)
    assert.equal(2, report.counts.parts_range.checked)
  end)

  it("finds rates of few events whose target lies within chance", function()
    observe {
      -- 2 of 10,000: 0.242 to 7.225 by chance, 2.4 to 72.2 as a rate.
      "150801,mortality,,2024,20.0,", "150801,deaths,,2024,2,",
      -- 200 of 1,000,000: 17.3 to 23.0.
      "150802,mortality,,2024,20.0,", "150802,deaths,,2024,200,",
      -- None of 10,000, as the year before says how many: up to 36.9.
      "150803,mortality,,2023,10.0,", "150803,deaths,,2023,1,", "150803,mortality,,2024,0,", "150803,deaths,,2024,0,",
    }
    local report = examine()
    local few = found(report, "small_count")
    assert.equal(2, #few)
    assert.truthy(few[1].why:find("20.0 from 2 events: by chance 2.4 to 72.2 (95 %), and the target 12.0 lies within", 1, true),
      few[1].why)
    assert.truthy(few[2].why:find("0 from 0 events: by chance 0.0 to 36.9", 1, true), few[2].why)
    assert.equal(3, report.counts.small_count.checked)
  end)

  it("limits findings to a region and a year, and still compares with the others", function()
    local lines = of_counties({}, "screening", 2023, function(i) return ("%.1f"):format(60 + 0.3 * i) end)
    of_counties(lines, "screening", 2024, function(i) return i == 5 and "16.4" or ("%.1f"):format(61 + 0.3 * i) end)
    observe(lines)
    assert.equal(2, #examine("--region", "150805").findings) -- the figure and its change
    assert.equal(0, #examine("--region", "150804").findings)
    assert.equal(0, #examine("--year", 2023).findings)
    assert.equal(2, #examine("--year", 2024, "--pack", "quality").findings)
    -- What was found is of what was asked for, not of all that was compared.
    local whole, one = examine(), examine("--region", "150805", "--year", 2024)
    assert.same({ { found = 1, checked = 24 }, { found = 1, checked = 1 } },
      { whole.counts.outlier_peers, one.counts.outlier_peers })
    assert.same({ 12, 1 }, { whole.counts.change_peers.checked, one.counts.change_peers.checked })
    assert.same({ 24, 1 }, { whole.counts.repeated_years.checked, one.counts.repeated_years.checked })
    assert.equal(6, workspace:run("analyse", "data", "--region", "999999").code)
    assert.equal(6, workspace:run("analyse", "data", "--pack", "qality").code)
    assert.equal(2, workspace:run("analyse", "data", "--year", "MMXX").code)
  end)

  it("prints a table that ends with the counts, csv of the same findings, and both languages", function()
    observe(of_counties({}, "screening", 2024, function(i) return i == 5 and "16.4" or ("%.1f"):format(61 + 0.3 * i) end))
    local text = workspace:expect(0, "analyse", "data").out
    local lines = support.lines(text)
    assert.equal("某市 · pack quality 1.0.0 · 12 observations", lines[1])
    assert.truthy(text:find("县5", 1, true))
    assert.truthy(lines[#lines]:find("^far from peers 1 of 12; ", 1), lines[#lines])
    assert.truthy(workspace:expect(0, "analyse", "data", "--lang", "zh").out:find "偏离同级 1/12")
    local rows = support.csv(workspace:expect(0, "analyse", "data", "--format", "csv").out)
    assert.equal(1, #rows)
    assert.same({ "quality", "outlier_peers", "150805", "2024", "16.4" },
      { rows[1].pack, rows[1].kind, rows[1].region, rows[1].year, rows[1].value })
  end)

  it("says which findings rest on sample data", function()
    local lines = of_counties({}, "screening", 2024, function(i) return ("%.1f"):format(61 + 0.3 * i) end)
    lines[5] = "150805,screening,,2024,16.4,sample"
    observe(lines)
    assert.equal(1, found(examine(), "outlier_peers")[1].sample_observations)
    assert.truthy(workspace:expect(0, "analyse", "data").out:find "sample\n")
  end)

  it("derives the rate where it is derived", function()
    workspace:write_pack("quality", (pack:gsub('counts = "deaths", per = 100000', [[
counts = "deaths", among = "hidden", per = 100000,
      formula = function(deaths, hidden) return 100000 * deaths / hidden end]]):gsub("1%.0%.0", "1.1.0")))
    workspace:expect(0, "pack", "activate", "quality")
    observe { "150801,hidden,,2024,10000,", "150801,deaths,,2024,2," }
    local few = found(examine(), "small_count")
    assert.same({ 1, "mortality", 20 }, { #few, few[1].indicator, few[1].value })
    assert.truthy(few[1].why:find("20.0 from 2 events: by chance 2.4 to 72.2", 1, true), few[1].why)
  end)
end)
