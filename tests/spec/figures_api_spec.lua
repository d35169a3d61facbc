-- Figures and regions over the API: imports, exports, pages, and that results follow.

local json = require "dkjson"

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local header = "region,indicator,year,value\n"
local csv_type = { "Content-Type: text/csv" }

-- The tests of one block share a server and what the ones before them stored.
describe("figures over the API", function()
  local workspace, server

  local function serve(pack)
    workspace = support.office(pack)
    server = served.start(workspace)
  end

  local function stop()
    assert.equal(0, server:stop())
    workspace:remove()
  end

  local function import(status, text, query, options)
    options = options or { headers = csv_type }
    options.body = text
    return server:json(status, "POST", "/api/v1/imports/observations" .. (query or ""), options)
  end

  local function stored() return tonumber(workspace:sql "SELECT count(*) FROM observation") end

  describe("imports", function()
    setup(function() serve() end)
    teardown(stop)

    local function score(region)
      return server:json(200, "GET", "/api/v1/results/office/scores/" .. region).scores[1].total
    end

    it("store all rows, and the results follow at once", function()
      import(200, header .. "150802,mortality,2024,14.3\n150802,screening,2024,60\n150802,late,2024,0\n")
      assert.equal(3, stored())
      assert.equal(40, score "150802")
      local again = import(200, header .. "150802,mortality,2024,11.9\n150802,screening,2024,60\n")
      assert.same({ 2, 1, 1, 1, false }, { again.rows, again.changed, again.unchanged, again.packs, again.whole })
      assert.equal(70, score "150802")
    end)

    it("take GB18030, kinds and a name, which the history keeps", function()
      local text = support.encode("行政区划代码,指标,年份,数值\n五原县,孕产妇死亡率,2021,14.3\n", "GB18030")
      import(200, text, "?kind=estimated&name=2021%E5%B9%B4.csv")
      assert.equal("14.3|estimated", workspace:sql "SELECT value_text, kind FROM observation_row WHERE year = 2021")
      assert.equal("2021年.csv", workspace:sql "SELECT what FROM data_change ORDER BY data_version DESC LIMIT 1")
    end)

    it("store nothing when a row is wrong, and say which, in the language asked for", function()
      local before = stored()
      local answer = import(422, header .. "150802,mortality,2022,14.3\n150803,mortality,2022,1\n150802,mortality,2023,x\n")
      assert.equal(2, #answer.problems)
      assert.same({ file = "body", line = 3, column = 1 }, answer.problems[1].where)
      assert.same({ file = "body", line = 4, column = 4 }, answer.problems[2].where)
      assert.same(answer.problems[1], answer.error)
      answer = import(422, header .. "150802,mortality,2023,x\n", "",
        { headers = { "Accept-Language: zh-CN", "Content-Type: text/csv" } })
      assert.equal("数值“x”不是数字", answer.error.message)
      assert.equal(before, stored())
    end)

    it("refuse what is no such file", function()
      local before = stored()
      for _, body in ipairs { "", "\0\1\2", "\xFF\xFE\xFF", "{}", header .. '"open,1', (header:gsub("value", "")) } do
        import(422, body)
      end
      import(415, "{}", "", { headers = { "Content-Type: application/json" } })
      import(415, header, "", { headers = { "Content-Type: multipart/form-data; boundary=x" } })
      import(400, header, "?kind=guess")
      import(400, header, "?dry_run=perhaps")
      import(400, header, "?name=a%1B%5B2J")
      import(400, header, "?name=" .. ("x"):rep(201))
      assert.equal(405, server:ask("GET", "/api/v1/imports/observations").status)
      assert.equal(0, import(200, header).rows)
      assert.equal(before, stored())
    end)

    it("say in a dry run what would change, and change nothing", function()
      local before = stored()
      local answer = import(200, header .. "150802,screening,2024,60\n150802,screening,2023,60\n", "?dry_run=true")
      assert.same({ true, 2, 1, 1 }, { answer.dry_run, answer.rows, answer.changed, answer.unchanged })
      assert.equal(before, stored())
    end)

    it("tell when samples took the place of real figures", function()
      local figures = header .. "150802,mortality,2024,9\n"
      assert.equal(1, import(200, figures, "?kind=sample&dry_run=true").real_replaced_by_samples)
      assert.equal(1, import(200, figures, "?kind=sample").real_replaced_by_samples)
    end)
  end)

  describe("figures that are put", function()
    setup(function()
      serve()
      import(200, header .. "150802,mortality,2024,14.3\n150802,screening,2024,60\n")
    end)
    teardown(stop)

    local function put(status, figures)
      return server:json(status, "PUT", "/api/v1/observations", { body = json.encode { observations = figures } })
    end
    local function figure(more)
      local made = { region = "150802", indicator = "mortality", year = 2024, value = "11.0" }
      for name, value in pairs(more or {}) do made[name] = value end
      return made
    end

    it("are stored with what is said of them, and withdrawn by null", function()
      local answer = put(200, { figure { kind = "stated", source = "公报", note = "两\n行" } })
      assert.same({ 1, 1, false }, { answer.changed, answer.packs, answer.whole })
      assert.equal("11.0|stated|公报|两\n行",
        workspace:sql "SELECT value_text, kind, source, note FROM observation_row WHERE revision = 2")
      assert.equal(0, put(200, { figure { kind = "stated", source = "公报", note = "两\n行" } }).changed)
      put(200, { figure { value = json.null } })
      local listed = server:json(200, "GET", "/api/v1/observations?indicator=mortality").observations[1]
      assert.is_nil(listed.value)
      assert.equal(3, listed.revision)
    end)

    it("are refused when no active pack would look at them", function()
      local before = stored()
      for _, bad in ipairs { { indicator = "mortalty" }, { indicator = "pay_gap" }, { breakdown = "femal" },
        { region = "150803" }, { value = 11 }, { value = "11%" }, { value = "nan" }, { year = "2024" }, { year = 24 },
        { year = os.date("*t").year + 1 },
        { note = "\27[2J" }, { sorce = "x" }, { region = "" } } do
        local answer = put(422, { figure { year = 2020 }, figure(bad) })
        assert.same({ "observations", 2 }, { answer.error.where.file, answer.error.where.line })
        assert.equal(1, #answer.problems)
      end
      assert.truthy(put(422, { figure { indicator = "pay_gap" } }).error.message:find "formula")
      put(422, { figure { kind = "guess" } })
      put(409, { figure(), figure { value = "12" } })
      assert.equal(before, stored())
    end)

    it("are decoded aside in a large body as they are in a small one", function()
      local long = ("说"):rep(30000)
      assert.equal(1, put(200, { figure { year = 2013, note = long } }).changed)
      assert.equal(long, workspace:sql "SELECT note FROM observation_row WHERE year = 2013")
      local before = stored()
      for _, bad in ipairs { { indicator = "mortalty" }, { region = "150803" }, { value = 11 }, { sorce = "x" } } do
        local answer = put(422, { figure { year = 2012, note = long }, figure(bad) })
        assert.same({ "observations", 2, 1 }, { answer.error.where.file, answer.error.where.line, #answer.problems })
      end
      put(409, { figure { note = long }, figure { value = "12" } })
      server:json(400, "PUT", "/api/v1/observations", { body = '{"observations":[' .. long })
      server:json(400, "PUT", "/api/v1/observations", { body = json.encode { observation = long } })
      assert.equal(before, stored())
    end)

    it("are refused when there are none or too many", function()
      put(400, {})
      put(400, "none")
      local many = {}
      for i = 1, 10001 do many[i] = figure { year = 1950 + i % 70 } end
      put(400, many)
      for i = 1, 1000 do many[i].value = "much" end
      local answer = put(422, { table.unpack(many, 1, 1000) })
      assert.same({ 200, 800 }, { #answer.problems, answer.more_problems })
    end)
  end)

  describe("rights", function()
    local password = "Mulberry-17"
    local county, city

    local function add(name, role, region)
      workspace:shell(("printf '%s\\n' | %s"):format(password,
        workspace:command("user", "add", name, "--role", role, "--region", region, "--password-stdin")))
      workspace:sql("UPDATE account SET must_change_password = 0 WHERE name = '" .. name .. "'")
    end

    -- The headers of a request by that account.
    local function log_in(name)
      local answer = server:ask("POST", "/api/v1/session", { headers = { "Content-Type: application/json" },
        body = json.encode { name = name, password = password } })
      assert.equal(200, answer.status, answer.body)
      return { "Cookie: " .. answer.headers["set-cookie"]:match "^[^;]+",
        "X-CSRF-Token: " .. support.decode(answer.body).csrf }
    end

    local function as(who, status, method, path, body)
      local kind = "Content-Type: " .. (body and body:sub(1, 1) == "{" and "application/json" or "text/csv")
      return server:json(status, method, path, { headers = { kind, table.unpack(who) }, body = body })
    end

    setup(function()
      workspace = support.office()
      workspace:observe "150800,mortality,2024,14\n150802,mortality,2024,15\n150821,mortality,2024,16\n"
      add("county", "office", "150802")
      add("city", "administrator", "150800")
      server = served.start(workspace)
      county, city = log_in "county", log_in "city"
    end)
    teardown(stop)

    it("leave out the figures of other regions", function()
      local figures = as(county, 200, "GET", "/api/v1/observations").observations
      assert.same({ 1, "150802" }, { #figures, figures[1].region })
      assert.equal(1, #as(county, 200, "GET", "/api/v1/observations?region=150800").observations)
      as(county, 403, "GET", "/api/v1/observations?region=150821")
      local file = support.csv(server:ask("GET", "/api/v1/observations.csv", { headers = county }).body)
      assert.same({ 1, "150802" }, { #file, file[1].region })
      as(county, 403, "GET", "/api/v1/observations.csv?region=150821")
      as(city, 403, "GET", "/api/v1/observations")
      assert.equal(3, #support.csv(server:ask("GET", "/api/v1/regions.csv", { headers = city }).body))
    end)

    it("keep others' figures from being imported, also among one's own, and from being tried", function()
      local import_path = "/api/v1/imports/observations"
      local own, others = header .. "150802,mortality,2023,1\n", "150821,mortality,2023,1\n"
      assert.equal(1, as(county, 200, "POST", import_path, own).changed)
      local before = stored()
      as(county, 403, "POST", import_path, header .. others)
      as(county, 403, "POST", import_path, own .. others)
      as(county, 403, "POST", import_path .. "?dry_run=true", own .. others)
      as(city, 403, "POST", import_path, own)
      assert.equal(before, stored())
      assert.equal("county", workspace:sql "SELECT who FROM data_change ORDER BY data_version DESC LIMIT 1")
    end)

    it("keep others' figures from being put, also in a large body", function()
      local function body(region, note)
        return json.encode { observations = { { region = "150802", indicator = "mortality", year = 2022, value = "1" },
          { region = region, indicator = "mortality", year = 2023, value = "1", note = note } } }
      end
      local before = stored()
      for _, note in ipairs { "short", ("long"):rep(20000) } do
        as(county, 403, "PUT", "/api/v1/observations", body("150821", note))
        as(city, 403, "PUT", "/api/v1/observations", body("150802", note))
        assert.equal(before, stored())
        as(county, 200, "PUT", "/api/v1/observations", body("150802", note))
        before = stored()
      end
    end)

    it("let regions be put in where there is a right, and nowhere else", function()
      local regions = "code,name,parent,level\n"
      local path = "/api/v1/imports/regions"
      local inside = regions .. "150823001,镇,150823,township\n150823,旗,150800,county\n"
      assert.equal(2, as(city, 200, "POST", path, inside).changed)
      as(city, 403, "POST", path, regions .. "150900,市,150000,city\n")
      as(city, 403, "POST", path, regions .. "160000,省,,province\n")
      as(city, 403, "POST", path, regions .. "160100,市,160000,city\n160000,省,,province\n")
      as(city, 403, "POST", path, regions .. "150823,旗,150000,county\n")
      as(city, 403, "POST", path, regions .. "150000,自治区,,province\n")
      as(county, 403, "POST", path, inside)
      assert.equal("6", workspace:sql "SELECT count(*) FROM region")
      assert.equal("150800", workspace:sql "SELECT parent FROM region WHERE code = '150823'")
    end)
  end)

  describe("files with many rows", function()
    setup(function() serve(support.wide_pack) end)
    teardown(stop)

    it("are stored, and everything is evaluated anew", function()
      local lines = {}
      for _, line in ipairs(support.hundred_thousand_lines()) do
        local year = line:match ",(%d%d%d%d),"
        if not year or year >= "2019" then lines[#lines + 1] = line end
      end
      local text = table.concat(lines, "\n") .. "\n"
      local answer = import(200, text)
      assert.same({ 12000, 12000, true }, { answer.rows, answer.changed, answer.whole })
      local pack = server:json(200, "GET", "/api/v1/packs/office")
      assert.same({ true, 2024, 1 }, { pack.has_results, pack.year, pack.data_version })
      assert.equal(12000, import(200, text).unchanged)
    end)

    it("come compressed to those who take that", function()
      local plain = server:ask("GET", "/api/v1/observations.csv").body
      local answer = server:ask("GET", "/api/v1/observations.csv", { headers = { "Accept-Encoding: gzip" } })
      assert.equal("gzip", answer.headers["content-encoding"])
      assert.equal(12001, select(2, plain:gsub("\n", "")))
      assert.is_true(#answer.body < #plain / 5)
      assert.is_true(workspace:shell("gzip -dc answer.body").out == plain)
    end)
  end)

  describe("exports and pages", function()
    local rows = ""
    for year = 2010, 2016 do
      rows = rows .. ("150802,mortality,%d,%d\n150821,screening,%d,%d\n"):format(year, year, year, year)
    end

    setup(function()
      serve()
      import(200, header .. rows)
    end)
    teardown(stop)

    local function page(query) return server:json(200, "GET", "/api/v1/observations" .. query) end

    it("give every figure once, as it was when the first page was asked for", function()
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
      assert.equal(20, #page("?all_revisions=true").observations)
      assert.equal(14, #page("?as_of=1").observations)
    end)

    it("can be narrowed", function()
      assert.equal(8, #page("?region=150802").observations)
      assert.equal(15, #page("?region=150000").observations)
      assert.equal(7, #page("?indicator=screening").observations)
      assert.equal(2, #page("?year=2016&pack=office").observations)
      local answer = server:ask("GET", "/api/v1/observations.csv?region=150821&year=2012")
      assert.equal(1, #support.csv(answer.body))
    end)

    it("tell of a figure what is known of it", function()
      workspace:observe "150821,mortality,2016,9\n"
      workspace:observe "150821,mortality,2016,withdrawn\n"
      local figure = page("?region=150821&indicator=mortality").observations[1]
      assert.is_nil(figure.value)
      assert.same({ "total", "reported", 2 }, { figure.breakdown, figure.kind, figure.revision })
      assert.truthy(figure.entered_at:find "^%d+%-%d%d%-%d%dT" and #figure.entered_by > 0)
    end)

    it("refuse what they cannot follow", function()
      for query, status in pairs { ["year=20x4"] = 400, ["limit=0"] = 400, ["limit=100000"] = 400, ["after=1"] = 400,
        ["after=1,a,b,c,d,e"] = 400, ["all_revisions=1"] = 400, ["pack=none"] = 404, ["region=150803"] = 404 } do
        local answer = server:json(status, "GET", "/api/v1/observations?" .. query)
        assert.truthy(#answer.error.message > 0)
      end
    end)

    it("are what an import takes back, the same as on the command line", function()
      workspace:write("o.csv", "region,indicator,year,value,breakdown,kind,source,note\n"
        .. '150802,mortality,2024,14.30,,stated,"公报, 2024",=1+1\n150821,screening,2023,60,female,sample,,\n')
      workspace:expect(0, "import", "o.csv")
      local answer = server:ask("GET", "/api/v1/observations.csv")
      assert.equal("text/csv; charset=utf-8", answer.headers["content-type"])
      assert.equal('attachment; filename="observations.csv"', answer.headers["content-disposition"])
      assert.equal(workspace:expect(0, "export", "observations").out, answer.body)
      assert.equal(0, import(200, answer.body).changed)
      local excel = server:ask("GET", "/api/v1/observations.csv?for_excel=true", { headers = { "Accept-Language: zh" } })
      assert.truthy(excel.body:find("^\u{FEFF}行政区划代码,") and excel.body:find("'=1+1", 1, true))
      assert.equal(workspace:expect(0, "export", "regions").out, server:ask("GET", "/api/v1/regions.csv").body)
    end)

    -- A page's rows as the command line's file has them.
    local function as_file(figures)
      local file = {}
      for i, row in ipairs(figures) do
        file[i] = { region = row.region, indicator = row.indicator, breakdown = row.breakdown, year = tostring(row.year),
          value = row.value or "withdrawn", kind = row.kind, source = row.source or "", note = row.note or "",
          revision = tostring(row.revision), data_version = tostring(row.data_version),
          entered_at = row.entered_at:gsub("%.%d+Z$", "Z"), entered_by = row.entered_by }
      end
      return file
    end

    -- Of all revisions those that were current as of the data version.
    local function current(file, as_of)
      local found, last = {}, nil
      for _, row in ipairs(file) do
        local figure = table.concat({ row.region, row.indicator, row.breakdown, row.year }, ",")
        if tonumber(row.data_version) <= as_of then
          found[figure == last and #found or #found + 1] = row
          last = figure
        end
      end
      return found
    end

    it("are those of the command line, of a region with others below it and of one without", function()
      import(200, header .. "150802,mortality,2015,9.50\n150800,mortality,2015,9.1\n150000,mortality,2015,9.2\n")
      local version = page("").data_version
      import(200, header .. "150802,mortality,2015,9.75\n150821,mortality,2015,9.3\n")
      for region, fewest in pairs { ["150802"] = 8, ["150821"] = 8, ["150800"] = 17, ["150000"] = 18 } do
        local file = support.csv(workspace:expect(0, "export", "observations", "--region", region, "--all-revisions").out)
        local query = "?limit=1000&region=" .. region
        assert.is_true(#current(file, math.huge) >= fewest)
        assert.same(file, as_file(page(query .. "&all_revisions=true").observations))
        assert.same(current(file, math.huge), as_file(page(query).observations))
        assert.same(current(file, version), as_file(page(query .. "&as_of=" .. version).observations))
        assert.same(current(file, 1), as_file(page(query .. "&as_of=1").observations))
      end
    end)

    it("are also those of a region that was put below it a moment ago", function()
      server:json(200, "POST", "/api/v1/regions", { body = json.encode { regions = {
        { code = "150821001", name = "隆兴昌镇", parent = "150821", level = "township" } } } })
      import(200, header .. "150821001,mortality,2015,9.4\n")
      local figures = page("?region=150821&indicator=mortality&year=2015").observations
      assert.same({ 2, "150821001" }, { #figures, figures[2].region })
      assert.equal(1, #page("?region=150821001").observations)
    end)
  end)

  describe("regions", function()
    setup(function() serve() end)
    teardown(stop)

    local function put(status, regions)
      return server:json(status, "POST", "/api/v1/regions", { body = json.encode { regions = regions } })
    end

    it("that are wrong are refused, and none is stored", function()
      local good = { code = "150825", name = "乌拉特后旗", parent = "150800", level = "county" }
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

    it("are put in and changed, a parent after its child, and known at once", function()
      local answer = put(200, { { code = "150823001", name = "乌拉山镇", parent = "150823", level = "township" },
        { code = "150823", name = "乌拉特前旗", parent = "150800", level = "county" } })
      assert.same({ 2, 2 }, { answer.rows, answer.changed })
      import(200, header .. "150823001,mortality,2024,9\n")
      assert.equal(1, put(200, { { code = "150823", name = "前旗", parent = "150800", level = "county" } }).changed)
      assert.equal("前旗", workspace:sql "SELECT name FROM region WHERE code = '150823'")
    end)

    it("come as a file too, and are shown", function()
      local answer = server:json(200, "POST", "/api/v1/imports/regions",
        { headers = csv_type, body = "代码,名称,上级,层级\n150824,乌拉特中旗,150800,county\n" })
      assert.equal(1, answer.changed)
      assert.truthy(server:ask("GET", "/api/v1/regions").body:find("150824", 1, true))
    end)

    it("are not sent again until some change, whatever becomes of figures", function()
      local function ask(tag) return server:ask("GET", "/api/v1/regions", { headers = { "If-None-Match: " .. tag } }) end
      local tag = ask("none").headers.etag
      assert.equal(304, ask(tag).status)
      assert.equal(304, ask('"other", W/' .. tag).status)
      assert.equal(200, ask('"x' .. tag:sub(2)).status) -- not this one, only longer
      import(200, header .. "150802,mortality,2024,7.5\n")
      assert.equal(304, ask(tag).status)
      put(200, { { code = "150824", name = "中旗", parent = "150800", level = "county" } })
      local answer = ask(tag)
      assert.equal(200, answer.status)
      assert.truthy(answer.body:find("中旗", 1, true))
      assert.not_equal(tag, answer.headers.etag)
    end)
  end)
end)
