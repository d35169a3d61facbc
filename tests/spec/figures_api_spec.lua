-- Figures and regions over the API: imports, exports, pages, and that results follow.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local header = "region,indicator,year,value\n"
local csv_type = { "Content-Type: text/csv" }

describe("figures over the API", function()
  local workspace, server

  local function serve(pack)
    workspace = support.office(pack)
    server = served.start(workspace)
  end

  after_each(function()
    assert.equal(0, server:stop())
    assert.equal("", workspace:shell("grep -v 'no observations of any region' serve.err").out)
    workspace:remove()
  end)

  local function import(status, text, query, options)
    options = options or { headers = csv_type }
    options.body = text
    return server:json(status, "POST", "/api/v1/imports/observations" .. (query or ""), options)
  end

  local function score(region)
    local answer = server:json(200, "GET", "/api/v1/results/office/scores/" .. region)
    return answer.scores[1].total
  end

  local function stored() return workspace:sql "SELECT count(*) FROM observation" end

  describe("imports", function()
    it("store all rows, and the results follow at once", function()
      serve()
      import(200, header .. "150802,mortality,2024,14.3\n150802,screening,2024,60\n150802,late,2024,0\n")
      assert.equal("3", stored())
      assert.equal(40, score "150802")
      local again = import(200, header .. "150802,mortality,2024,11.9\n150802,screening,2024,60\n")
      assert.same({ 2, 1, 1, 1, false }, { again.rows, again.changed, again.unchanged, again.packs, again.whole })
      assert.equal(70, score "150802")
    end)

    it("take GB18030, kinds and a name, which the history keeps", function()
      serve()
      local text = support.encode("行政区划代码,指标,年份,数值\n临河区,孕产妇死亡率,2024,14.3\n", "GB18030")
      import(200, text, "?kind=estimated&name=2024%E5%B9%B4.csv")
      assert.equal("14.3|estimated", workspace:sql "SELECT value_text, kind FROM observation_row")
      assert.equal("2024年.csv", workspace:sql "SELECT what FROM data_change")
    end)

    it("store nothing when a row is wrong, and say which, in the language asked for", function()
      serve()
      local answer = import(422, header .. "150802,mortality,2024,14.3\n150803,mortality,2024,1\n150802,mortality,2023,x\n")
      assert.equal(2, #answer.problems)
      assert.same({ file = "body", line = 3, column = 1 }, answer.problems[1].where)
      assert.same({ file = "body", line = 4, column = 4 }, answer.problems[2].where)
      assert.same(answer.problems[1], answer.error)
      answer = import(422, header .. "150802,mortality,2023,x\n", "",
        { headers = { "Accept-Language: zh-CN", "Content-Type: text/csv" } })
      assert.equal("数值“x”不是数字", answer.error.message)
      assert.equal("0", stored())
    end)

    it("refuse what is no such file", function()
      serve()
      for _, body in ipairs { "", "\0\1\2", "\xFF\xFE\xFF", "{}", 'region,indicator,year,value\n"open,1', header:gsub("value", "") } do
        import(422, body)
      end
      import(400, "{}", "", { headers = { "Content-Type: application/json" } })
      import(400, header, "", { headers = { "Content-Type: multipart/form-data; boundary=x" } })
      import(400, header, "?kind=guess")
      import(400, header, "?dry_run=perhaps")
      assert.equal(405, server:ask("GET", "/api/v1/imports/observations").status)
      assert.equal(0, import(200, header).rows)
      assert.equal("0", stored())
    end)

    it("say in a dry run what would change, and change nothing", function()
      serve()
      import(200, header .. "150802,mortality,2024,14.3\n")
      local answer = import(200, header .. "150802,mortality,2024,14.3\n150802,screening,2024,60\n", "?dry_run=true")
      assert.same({ true, 2, 1, 1 }, { answer.dry_run, answer.rows, answer.changed, answer.unchanged })
      assert.equal("1", stored())
    end)

    it("tell when samples took the place of real figures", function()
      serve()
      import(200, header .. "150802,mortality,2024,14.3\n")
      assert.equal(1, import(200, header .. "150802,mortality,2024,9\n", "?kind=sample").real_replaced_by_samples)
    end)

    it("of many rows are followed by evaluating everything anew", function()
      serve(support.wide_pack)
      local lines = support.hundred_thousand_lines()
      local answer = import(200, table.concat(lines, "\n", 1, 12001) .. "\n")
      assert.same({ 12000, 12000, true }, { answer.rows, answer.changed, answer.whole })
      assert.equal(12000, import(200, table.concat(lines, "\n", 1, 12001) .. "\n").unchanged)
      assert.equal("2050", server:json(200, "GET", "/api/v1/packs/office").year .. "")
    end)
  end)

  describe("exports", function()
    it("are what an import takes back", function()
      serve()
      workspace:write("o.csv", "region,indicator,year,value,breakdown,kind,source,note\n"
        .. '150802,mortality,2024,14.30,,stated,"公报, 2024",=1+1\n150821,screening,2023,60,female,sample,,\n')
      workspace:expect(0, "import", "o.csv")
      local answer = server:ask("GET", "/api/v1/observations.csv")
      assert.equal("text/csv; charset=utf-8", answer.headers["content-type"])
      assert.equal('attachment; filename="observations.csv"', answer.headers["content-disposition"])
      assert.equal(workspace:expect(0, "export", "observations").out, answer.body)
      assert.equal(2, import(200, answer.body).unchanged)
      local excel = server:ask("GET", "/api/v1/observations.csv?for_excel=true", { headers = { "Accept-Language: zh" } })
      assert.truthy(excel.body:find("^\u{FEFF}行政区划代码,") and excel.body:find("'=1+1", 1, true))
      assert.equal(1, #support.csv(server:ask("GET", "/api/v1/observations.csv?region=150821").body))
      assert.equal(workspace:expect(0, "export", "regions").out, server:ask("GET", "/api/v1/regions.csv").body)
    end)

    it("come compressed to those who take that", function()
      serve(support.wide_pack)
      workspace:write("o.csv", table.concat(support.hundred_thousand_lines(), "\n", 1, 2001) .. "\n")
      workspace:expect(0, "import", "o.csv")
      local plain = server:ask("GET", "/api/v1/observations.csv").body
      local answer = server:ask("GET", "/api/v1/observations.csv", { headers = { "Accept-Encoding: gzip" } })
      assert.equal("gzip", answer.headers["content-encoding"])
      assert.is_true(#answer.body < #plain / 5)
      assert.is_true(workspace:shell("gzip -dc answer.body").out == plain)
    end)
  end)

  describe("pages", function()
    local rows = ""
    for year = 2010, 2016 do rows = rows .. ("150802,mortality,%d,%d\n150821,screening,%d,%d\n"):format(year, year, year, year) end

    local function page(query) return server:json(200, "GET", "/api/v1/observations" .. query) end

    it("give every figure once, as it was when the first was asked for", function()
      serve()
      import(200, header .. rows)
      local found, query = {}, "?limit=5"
      repeat
        local answer = page(query)
        assert.equal(1, answer.data_version)
        for _, row in ipairs(answer.observations) do
          found[#found + 1] = row.region .. " " .. row.year .. " " .. row.value
        end
        import(200, header .. ("150821,screening,2016,%d\n150802,late,2000,%d\n"):format(#found, #found))
        query = "?limit=5&after=" .. tostring(answer.next)
      until answer.next == nil
      assert.equal(14, #found)
      assert.same({ "150802 2010 2010", "150821 2016 2016" }, { found[1], found[14] })
      assert.equal(15, #page("").observations)
      assert.equal(18, #page("?all_revisions=true").observations)
    end)

    it("can be narrowed", function()
      serve()
      import(200, header .. rows)
      workspace:observe "150821,mortality,2016,withdrawn\n"
      assert.equal(7, #page("?region=150802").observations)
      assert.equal(15, #page("?region=150000").observations)
      assert.equal(7, #page("?indicator=screening").observations)
      assert.equal(3, #page("?year=2016&pack=office").observations)
      local withdrawn = page("?region=150821&indicator=mortality").observations[1]
      assert.is_nil(withdrawn.value)
      assert.same({ "total", "reported", 1, 2 }, { withdrawn.breakdown, withdrawn.kind, withdrawn.revision, withdrawn.data_version })
      assert.truthy(withdrawn.entered_at:find "^%d+%-%d%d%-%d%dT")
      assert.equal(14, #page("?as_of=1").observations)
    end)

    it("refuse what they cannot follow", function()
      serve()
      for query, status in pairs { ["year=20x4"] = 400, ["limit=0"] = 400, ["limit=100000"] = 400, ["after=1"] = 400,
        ["after=1,a,b,c,d,e"] = 400, ["all_revisions=1"] = 400, ["pack=none"] = 404, ["region=150803"] = 404 } do
        local answer = server:json(status, "GET", "/api/v1/observations?" .. query)
        assert.truthy(#answer.error.message > 0)
      end
    end)
  end)

  describe("regions", function()
    local function put(status, regions)
      return server:json(status, "POST", "/api/v1/regions", { body = require "dkjson".encode { regions = regions } })
    end

    it("are put in and changed, a parent after its child, and known at once", function()
      serve()
      local answer = put(200, { { code = "150823001", name = "乌拉山镇", parent = "150823", level = "township" },
        { code = "150823", name = "乌拉特前旗", parent = "150800", level = "county" } })
      assert.same({ 2, 2 }, { answer.rows, answer.changed })
      import(200, header .. "150823001,mortality,2024,9\n")
      assert.equal(1, put(200, { { code = "150823", name = "前旗", parent = "150800", level = "county" } }).changed)
      assert.equal("前旗", workspace:sql "SELECT name FROM region WHERE code = '150823'")
    end)

    it("come as a file too", function()
      serve()
      local answer = server:json(200, "POST", "/api/v1/imports/regions",
        { headers = csv_type, body = "代码,名称,上级,层级\n150823,乌拉特前旗,150800,county\n" })
      assert.equal(1, answer.changed)
      server:wait_for(function()
        return server:ask("GET", "/api/v1/regions").body:find("150823", 1, true)
      end, "the region to be shown")
    end)

    it("that are wrong are refused, and none is stored", function()
      serve()
      local good = { code = "150823", name = "乌拉特前旗", parent = "150800", level = "county" }
      for _, bad in ipairs { { code = "150824", name = "甲", parent = "1508", level = "county" },
        { code = "15 0824", name = "甲", parent = "150800", level = "county" },
        { code = "150824", name = "", parent = "150800", level = "county" },
        { code = "150824", name = "\27[2J", parent = "150800", level = "county" },
        { code = "150824", name = "甲", parent = "150800", level = "town" },
        { code = "150824", name = "甲", parent = "150824", level = "county" },
        { code = "150824", name = 5, parent = "150800", level = "county" },
        { code = "150824", name = "甲", parent = "150800", level = "county", area = 1 } } do
        local answer = put(422, { good, bad })
        assert.same({ "regions", 2 }, { answer.error.where.file, answer.error.where.line })
      end
      put(409, { good, good })
      put(400, {})
      server:json(400, "POST", "/api/v1/regions", { body = "not JSON" })
      server:json(400, "POST", "/api/v1/regions", { body = "[]" })
      assert.equal("4", workspace:sql "SELECT count(*) FROM region")
    end)
  end)
end)
