-- Exports: what comes out as CSV goes in again to the same figures, and a stored pack is a ZIP archive that can be
-- checked, tested and activated elsewhere.

local support = require "tests.spec.support"

local columns = "region,indicator,year,value,breakdown,kind,source,note"
local figures = [[
150800,mortality,2020,16.90,,stated,"公报, 2021",
150800,mortality,2024,14.3,,reported,,"said ""well"" and
went on in a second line"
150802,mortality,2024,-1e3,,derived,=1+1,+86 478
150802,screening,2024,71,female,sample,,@home
150802,late,2024,2,,estimated,,－
150821,mortality,2023,11.0,,,,
]]

-- All that is said of each current figure.
local current = [[SELECT region, indicator, breakdown, year, value, value_text, kind, source, note FROM observation_row o
  WHERE revision = (SELECT max(revision) FROM observation_row p WHERE p.region = o.region AND p.indicator = o.indicator
    AND p.breakdown = o.breakdown AND p.year = o.year) ORDER BY region, indicator, breakdown, year]]

describe("export", function()
  local workspace, other

  before_each(function()
    workspace = support.office()
    workspace:observe(figures, columns)
  end)
  after_each(function()
    workspace:remove()
    if other then other:remove() end
    other = nil
  end)

  local function exported(...)
    return support.csv(workspace:expect(0, "export", ...).out)
  end

  local function take_over(file, ...)
    other:write(file, support.read_file(workspace:path(file)))
    return other:json(0, "import", file, ...)
  end

  describe("observations", function()
    it("are imported again to the same figures, kinds, sources and notes", function()
      workspace:observe "150821,mortality,2023,11.2\n150800,mortality,2020,withdrawn\n"
      workspace:expect(0, "export", "observations", "all.csv")
      other = support.office()
      other:observe "150800,mortality,2020,3\n"
      local report = take_over "all.csv"
      assert.same({ 6, 5, 1 }, { report.rows, report.added, report.revised })
      assert.equal(workspace:sql(current), other:sql(current))
      assert.equal(6, take_over("all.csv").unchanged)
    end)

    it("have stable headers and kinds in any language, and no mark", function()
      local text = workspace:expect(0, "export", "observations", "--lang", "zh").out
      assert.equal("region,indicator,breakdown,year,value,kind,source,note\r\n", text:match "^[^\n]*\n")
      assert.equal("150800,mortality,total,2020,16.90,stated,\"公报, 2021\",\r\n", text:match "^[^\n]*\n([^\n]*\n)")
    end)

    it("can be narrowed to a region with those below it, a year, and a pack's", function()
      assert.equal(6, #exported "observations")
      assert.equal(6, #exported("observations", "--region", "150000"))
      assert.equal(2, #exported("observations", "--region", "150802", "--year", "2024", "--pack", "office") - 1)
      assert.equal("150821", exported("observations", "--region", "150821")[1].region)
      assert.equal(0, #exported("observations", "--region", "150821", "--year", "2024"))
      assert.equal(4, #exported("observations", "--year", "2024"))
    end)

    it("of a pack are those it declares", function()
      workspace:write_pack("county", {
        ["pack.lua"] = support.pack:gsub("office", "county"):gsub('region = "150800"', 'region = "150802"')
          :gsub(', covers = "children"', ""):gsub('  indicator "screening"[^\n]*\n', "") })
      workspace:expect(0, "pack", "activate", "county")
      local rows = exported("observations", "--pack", "county")
      assert.equal(2, #rows)
      assert.same({ "late", "mortality" }, { rows[1].indicator, rows[2].indicator })
      assert.equal("150802", rows[1].region)
    end)

    it("with all revisions tell what was entered, by whom and when", function()
      workspace:observe "150821,mortality,2023,11.2\n"
      local rows, header = exported("observations", "--region", "150821", "--all-revisions")
      assert.same({ "revision", "data_version", "entered_at", "entered_by" }, { table.unpack(header, 9) })
      assert.same({ "11.0", "1", "11.2", "2" }, { rows[1].value, rows[1].revision, rows[2].value, rows[2].revision })
      assert.truthy(rows[1].entered_at:find "^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%dZ$")
      assert.truthy(#rows[1].entered_by > 0)
    end)

    it("for Excel hold no formula, and figures stay figures", function()
      local text = workspace:expect(0, "export", "observations", "--for-excel", "--lang", "zh").out
      assert.equal("\u{FEFF}行政区划代码,指标,分组,年份,数值,性质,来源,说明\r\n", text:match "^[^\n]*\n")
      local notes, values = {}, {}
      for _, row in ipairs(support.csv(text)) do
        notes[#notes + 1] = row["来源"] .. "|" .. row["说明"]
        values[#values + 1] = row["数值"]
      end
      assert.same({ "公报, 2021|", '|said "well" and\nwent on in a second line', "|'－", "'=1+1|'+86 478", "|'@home",
        "|" }, notes)
      assert.same({ "16.90", "14.3", "2", "-1e3", "71", "11.0" }, values)
      -- It is still a file that can be imported, in the language it was written in.
      workspace:write("excel.csv", text)
      assert.equal(6, workspace:json(0, "import", "excel.csv").rows)
    end)

    it("go to a file that is there whole or not at all", function()
      workspace:write("old.csv", "old")
      local report = workspace:json(0, "export", "observations", "old.csv")
      assert.same({ true, "old.csv", 6 }, { report.ok, report.file, report.rows })
      assert.equal(6, #support.csv(support.read_file(workspace:path "old.csv")))
      assert.truthy(workspace:expect(0, "export", "observations", "old.csv").err:find("old.csv: 6 rows", 1, true))
      assert.equal("", workspace:shell("ls | grep unfinished").out)
      assert.truthy(workspace:expect(5, "export", "observations", "nowhere/x.csv").err:find("nowhere/x.csv", 1, true))
      local full = workspace:shell(workspace:command("export", "observations") .. " >/dev/full")
      assert.equal(5, full.code)
    end)

    it("may be read in part", function()
      local command = workspace:command("export", "observations")
      assert.equal("0\n", workspace:shell("(" .. command .. "; echo $? >code) | true; cat code").out)
    end)

    it("of what there is not are an error that says so", function()
      assert.truthy(workspace:expect(6, "export", "observations", "--pack", "none").err:find '"none"')
      assert.truthy(workspace:expect(6, "export", "observations", "--region", "150803").err:find("150803", 1, true))
      assert.truthy(workspace:expect(2, "export", "observations", "--format", "json").out:find "FILE")
      assert.truthy(workspace:expect(2, "export").err:find "observations")
      assert.truthy(workspace:expect(6, "export", "observations", "--pack", "none", "--lang", "zh").err:find "没有名为")
    end)
  end)

  describe("regions", function()
    it("are imported again as the same tree", function()
      workspace:expect(0, "export", "regions", "regions.csv")
      other = support.workspace(true)
      assert.equal(4, take_over("regions.csv", "--table", "regions").added)
      local all = "SELECT code, name, parent, level FROM region ORDER BY code"
      assert.equal(workspace:sql(all), other:sql(all))
    end)

    it("can be narrowed", function()
      local rows = exported("regions", "--region", "150800")
      assert.equal(3, #rows)
      assert.same({ "150800", "巴彦淖尔市", "150000", "city" },
        { rows[1].code, rows[1].name, rows[1].parent, rows[1].level })
    end)
  end)

  describe("pack", function()
    local function versions() return workspace:json(0, "pack", "list", "office") end

    it("gives an archive that is activated elsewhere with the same hash", function()
      local report = workspace:json(0, "export", "pack", "office", "office.zip")
      assert.same({ true, "office", "1.0.0", 1 }, { report.ok, report.pack, report.version, report.files })
      other = support.workspace(true)
      other:write("regions.csv", support.regions)
      other:expect(0, "import", "--table", "regions", "regions.csv")
      other:write("office.zip", support.read_file(workspace:path "office.zip"))
      assert.equal(report.hash, other:json(0, "pack", "check", "office.zip").hash)
      other:expect(0, "pack", "test", "office.zip")
      other:expect(0, "pack", "activate", "office.zip")
      assert.equal(versions()[1].hash, other:json(0, "pack", "list")[1].hash)
    end)

    it("gives the active version, or the one whose hash begins so, always with the same bytes", function()
      local first = versions()[1].hash
      workspace:expect(0, "export", "pack", "office", "first.zip")
      workspace:write_pack("office", (support.pack:gsub("1%.0%.0", "1.1.0")))
      workspace:expect(0, "pack", "activate", "office")
      assert.equal("1.1.0", workspace:json(0, "export", "pack", "office", "second.zip").version)
      assert.equal("1.0.0", workspace:json(0, "export", "pack", "office", first:sub(1, 12), "again.zip").version)
      local read = function(name) return support.read_file(workspace:path(name)) end
      assert.is_true(read "first.zip" == read "again.zip")
      assert.is_false(read "first.zip" == read "second.zip")
    end)

    it("leaves out the packs it extends, and says so", function()
      workspace:write_pack("child", [[
pack { id = "child", title = "五原县", region = "150821", version = "2.0.0", api = 1, extends = "office" }
]])
      workspace:expect(0, "pack", "activate", "child")
      local result = workspace:expect(0, "export", "pack", "child", "child.zip")
      assert.truthy(result.err:find("It extends office 1.0.0, which is not in it.", 1, true))
      workspace:expect(0, "pack", "activate", "child.zip")
    end)

    it("there is not, or not so named, is an error", function()
      assert.truthy(workspace:expect(6, "export", "pack", "ofice", "x.zip").err:find 'did you mean "office"')
      assert.truthy(workspace:expect(6, "export", "pack", "office", "0000000", "x.zip").err:find "no version 0000000")
      assert.truthy(workspace:expect(2, "export", "pack", "office", "x.tar").err:find ".zip")
      workspace:write_pack("office", (support.pack:gsub("1%.0%.0", "1.1.0")))
      workspace:expect(0, "pack", "activate", "office")
      assert.truthy(workspace:expect(1, "export", "pack", "office", "", "x.zip").err:find "more of the hash")
    end)
  end)

  it("takes packs as other programs write archives, to a file and as a stream", function()
    workspace:write_pack("shop", (support.pack:gsub('id = "office"', 'id = "shop"')))
    workspace:write("shop/data/说明.txt", "streamed, too short to be packed")
    workspace:write("streamed.py", [[
import sys, zipfile

class Pipe:
    def write(self, piece): return sys.stdout.buffer.write(piece)
    def flush(self): sys.stdout.buffer.flush()

with zipfile.ZipFile(Pipe(), "w", getattr(zipfile, sys.argv[1])) as archive:
    for name in sys.argv[2:]: archive.write(name)
]])
    local made = workspace:shell [[
      zip -qr zip.zip shop
      zip -qr - shop | cat >zip_streamed.zip
      zip -0 -qr - shop | cat >zip_stored.zip
      /usr/bin/python3 -m zipfile -c python.zip shop
      for method in ZIP_DEFLATED ZIP_STORED; do
        /usr/bin/python3 streamed.py $method shop shop/pack.lua shop/data/* | cat >python_$method.zip
      done
    ]]
    assert.same({ 0, "" }, { made.code, made.err })
    local hash = workspace:json(0, "pack", "check", "shop").hash
    for _, name in ipairs { "zip", "zip_streamed", "zip_stored", "python", "python_ZIP_DEFLATED", "python_ZIP_STORED" } do
      assert.equal(hash, workspace:json(0, "pack", "check", name .. ".zip").hash, name)
    end
  end)

  describe("an archive that is no pack", function()
    local function refused(bytes, wanted, ...)
      workspace:write("bad.zip", bytes)
      local before = workspace:sql ".dump"
      local result = workspace:expect(1, "pack", "activate", "bad.zip", ...)
      assert.truthy(result.err:find(wanted, 1, true), result.err)
      assert.is_true(before == workspace:sql ".dump", "the database was changed")
    end

    it("is refused and changes nothing", function()
      refused("not a ZIP", "bad.zip: this is not a ZIP archive")
      refused("not a ZIP", "不是 ZIP 文件", "--lang", "zh")
      workspace:expect(0, "export", "pack", "office", "good.zip")
      local good = support.read_file(workspace:path "good.zip")
      refused(good:sub(1, -10), "cut off")
      refused(good .. "more", "something follows it")
      refused((good:gsub("office/pack%.lua", "../abc/pack.lua")), '".." in its path')
      refused((good:gsub("office/pack%.lua", "office/pack.txt")), "bad.zip: the pack has no file pack.lua")
    end)
  end)
end)
