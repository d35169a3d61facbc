-- What the API answers to what is wrong or odd: it says so, with its name, and changes nothing.

local json = require "dkjson"

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local function keys(object)
  local found = {}
  for key in pairs(object) do found[#found + 1] = key end
  table.sort(found)
  return found
end

describe("the API refuses", function()
  local workspace, server

  local warning = [[
warning "off_track" { on = "indicator", title = "预计达标困难", message = "{value}",
  level = function(status) if status == "unmet" then return "red" end end }
]]

  setup(function()
    workspace = support.office(support.pack .. warning)
    workspace:observe "150802,mortality,2024,14.3\n150802,screening,2024,60\n150821,mortality,2024,9\n"
    server = served.start(workspace)
  end)

  teardown(function() server:finish() end)

  -- Asks and gives the first problem; `said` must stand in its message.
  local function refused(status, said, method, path, body, options)
    options = options or {}
    options.body = type(body) == "table" and json.encode(body) or body
    local answer = server:json(status, method, "/api/v1" .. path, options)
    assert.truthy(answer.error.message:find(said, 1, true), answer.error.message)
    return answer.error
  end

  local function in_chinese(...) return { headers = { "Accept-Language: zh", ... } } end

  local function put(status, figures)
    return server:json(status, "PUT", "/api/v1/observations", { body = json.encode { observations = figures } })
  end

  local function figure(more)
    local made = { region = "150802", indicator = "mortality", year = 2024, value = "11.0" }
    for name, value in pairs(more or {}) do made[name] = value end
    return made
  end

  describe("bodies", function()
    it("with a member that it does not know, and names those it does", function()
      refused(400, 'unknown member "account" in the body; its members are name, password', "POST", "/session",
        { account = "a" })
      refused(400, "请求体中有未知的成员“state”；可用的成员：to", "POST", "/packs/office/rounds/1/advance", { state = "x" },
        in_chinese())
    end)

    it("without a member that must be there", function()
      refused(400, '"name" is missing', "POST", "/session", "{}")
      refused(400, '"name" must be a text', "POST", "/session", { name = 1 })
      refused(400, '"year" is missing', "POST", "/packs/office/rounds", { assessment = "annual" })
      refused(400, '"observations" is missing', "PUT", "/observations", { what = "x" })
      refused(400, "缺少“regions”", "POST", "/regions", "{}", in_chinese())
    end)

    it("that are not there, unless none of their members must be", function()
      refused(400, "the body is missing", "PUT", "/observations")
      refused(404, "has no assessment round 9", "POST", "/packs/office/rounds/9/advance")
    end)

    it("that are no JSON, and says where in the language asked for", function()
      local problem = refused(400, "请求体不是 JSON：内容不完整（第 1 行第 1 列）", "PUT", "/observations", "{", in_chinese())
      assert.same({ line = 1, column = 1 }, problem.where)
      refused(400, "a member is there twice (line 1, column 16)", "POST", "/session", '{"name":1,"name":2}')
    end)

    it("of another kind", function()
      for _, kind in ipairs { "application/xml", "text/plain", "text/csv; charset=utf-8", "application/jsonp" } do
        local problem = refused(415, "must be JSON", "PUT", "/observations", "{}", { headers = { "Content-Type: " .. kind } })
        assert.equal("media_type", problem.code)
      end
      for _, kind in ipairs { "application/json; charset=utf-8", "Application/JSON", "application/x-www-form-urlencoded" } do
        refused(400, "is missing", "PUT", "/observations", "{}", { headers = { "Content-Type: " .. kind } })
      end
    end)

    it("where it takes none", function()
      local problem = refused(400, "this path takes no body", "POST", "/runs", { pack = "office" })
      assert.truthy(problem.hint:find "query")
      refused(400, "this path takes no body", "POST", "/refresh", { x = 1 })
      server:json(200, "POST", "/api/v1/refresh", { body = "{}" })
    end)

    it("of packs, and each message has its subject", function()
      local function offer(files) return refused(422, "", "POST", "/candidates", json.encode { files = files },
        { headers = { "Content-Type: application/json" } }) end
      local problem = offer(setmetatable({}, { __jsontype = "object" }))
      assert.equal("the pack has no file pack.lua", problem.message)
      assert.truthy(problem.hint:find("made for a new pack", 1, true))
      assert.equal("the file must be a text", offer { ["pack.lua"] = 1 }.message)
      assert.truthy(offer { ["a b.lua"] = "" }.message:find "^the file has a name")
    end)
  end)

  describe("figures", function()
    it("and says what was sent and what was probably meant", function()
      local function told(more) return put(422, { figure(more) }).error end
      local problem = told { indicator = "mortalty" }
      assert.equal('observation 1: unknown indicator "mortalty"', problem.message)
      assert.equal('did you mean "mortality"?', problem.hint)
      assert.equal('did you mean "screening"?', told { indicator = "宫颈癌筛查率" }.hint)
      assert.truthy(told { indicator = "qqqqqqqq" }.hint:find("/nodes", 1, true))
      assert.equal("observation 1: region 150803 is not in the workspace", told { region = "150803" }.message)
      assert.truthy(#told { region = "150803" }.hint > 0)
      assert.equal('observation 1: unknown breakdown "femal"', told { breakdown = "femal" }.message)
      assert.equal('observation 1: unknown kind "guess"', told { kind = "guess" }.message)
      assert.equal("observation 1: year must be a number, like 2024 without quotation marks", told { year = "2024" }.message)
      assert.truthy(told { year = 24 }.message:find "^observation 1: year must lie between %d+ and %d+$")
      assert.equal('did you mean "source"?', told { sorce = "x" }.hint)
      local missing = figure()
      missing.year, missing.value = nil, nil
      local answer = put(422, { missing })
      assert.same({ "observation 1: value is missing", "observation 1: year is missing" },
        { answer.problems[1].message, answer.problems[2].message })
      assert.equal("observation 1: an observation must be an object", put(422, { 1 }).error.message)
    end)

    -- A revision with nothing in it was stored, and every pack evaluated as a whole.
    it("that are withdrawn and never were: nothing changes", function()
      local before = workspace:sql "SELECT count(*) FROM observation"
      local answer = put(200, { figure { year = 2011, value = json.null },
        figure { indicator = "income_male", value = json.null } })
      assert.same({ 0, 0, 0, false }, { answer.changed, answer.packs, answer.regions, answer.whole })
      assert.equal(before, workspace:sql "SELECT count(*) FROM observation")
    end)

    it("with blanks around: they are left out", function()
      put(200, { figure { year = 2019, value = " 15.0 " } })
      assert.equal("15.0", workspace:sql "SELECT value_text FROM observation_row WHERE year = 2019")
      assert.equal(0, put(200, { figure { year = 2019, value = "15.0" } }).changed)
    end)

    -- The number of regions whose results changed was 0 where all were evaluated anew, and all regions
    -- where nothing changed.
    it("nothing of what it counts as changed and is not", function()
      assert.same({ 1, 1 }, { put(200, { figure { value = "11.5" } }).packs, put(200, { figure { value = "11.6" } }).regions })
      local again = put(200, { figure { value = "11.6" } })
      assert.same({ 0, 0, 0 }, { again.changed, again.packs, again.regions })
      local noted = put(200, { figure { value = "11.6", note = "核对" } })
      assert.same({ 1, 0, 0 }, { noted.changed, noted.packs, noted.regions })
      local newer = put(200, { figure { year = 2025, value = "9" } })
      assert.same({ true, 1, 2 }, { newer.whole, newer.packs, newer.regions })
      put(200, { figure { year = 2025, value = json.null } })
    end)
  end)

  describe("names that it does not know", function()
    local function unknown(status, said, path, hint)
      local problem = refused(status, said, "GET", path)
      if hint then assert.truthy(problem.hint:find(hint, 1, true), problem.hint) end
    end

    it("of packs, in one wording with the nearest", function()
      for _, path in ipairs { "/packs/offic", "/results/offic/scores", "/candidates?pack=offic", "/warnings?pack=offic",
        "/observations?pack=offic", "/samples?pack=offic", "/runs?pack=offic", "/analyses/data?pack=offic",
        "/explanations?pack=offic&region=150802&node=mortality" } do
        unknown(404, 'no active pack is called "offic"', path, 'did you mean "office"?')
      end
      refused(404, "没有名为“offic”的已激活评估包", "POST", "/runs?pack=offic", nil, in_chinese())
    end)

    it("of versions", function()
      unknown(404, 'pack "office" has no version abc', "/packs/office/files?version=abc", "hash")
    end)

    it("of regions and indicators", function()
      unknown(404, "region 150803 is not in the workspace", "/warnings?region=150803", "did you mean 150")
      unknown(404, "region 150803 is not in the workspace", "/observations?region=150803", "did you mean 150")
      unknown(404, "region nosuch is not in the workspace", "/samples?region=nosuch", "by their codes")
      unknown(404, 'unknown indicator "mortalty"', "/observations?indicator=mortalty", 'did you mean "mortality"?')
      unknown(404, 'unknown indicator "qqqqqqqq"', "/observations.csv?indicator=qqqqqqqq", "/nodes")
    end)

    it("of pages of a run", function()
      local run = server:json(200, "POST", "/api/v1/runs").runs[1].run
      unknown(400, 'next_after, not "zzz"', ("/runs/%d/results?after=zzz"):format(run))
      assert.same({ "150821" }, keys(server:json(200, "GET",
        ("/api/v1/runs/%d/results?after=150802"):format(run)).regions))
    end)

    it("of data versions that are still to come", function()
      local newest = server:json(200, "GET", "/api/v1/observations").data_version
      unknown(404, ("there is no data version %d yet: the newest is %d"):format(newest + 1, newest),
        "/observations?as_of=" .. newest + 1)
      unknown(404, "no data version", "/observations.csv?as_of=" .. newest + 1)
      unknown(404, "no data version", ("/observations?after=%d,150802,mortality,total,2024,1"):format(newest + 1))
      server:json(200, "GET", "/api/v1/observations?as_of=" .. newest)
    end)

    it("of parameters that would have no effect", function()
      for _, path in ipairs { "/regions.csv?year=2024", "/regions.csv?as_of=1", "/runs/1/summary?limit=1",
        "/runs/1/rankings?limit=1" } do
        unknown(400, "there is no parameter", path)
      end
      assert.equal(200, server:ask("GET", "/readyz?probe=1").status)
    end)
  end)

  -- It was this region alone in some queries, and those in it too in others.
  it("no query a region's subtree that gives it to others", function()
    local run = server:json(200, "POST", "/api/v1/runs").runs[1].run
    local function regions_of(rows)
      local seen = {}
      for _, row in ipairs(rows) do seen[row.region or row.code] = true end
      return keys(seen)
    end
    local function get(path) return server:json(200, "GET", "/api/v1" .. path) end
    workspace:observe("150821,screening,2020,50,sample\n", "region,indicator,year,value,kind")
    local both = { "150802", "150821" }
    assert.same(both, regions_of(get("/observations?region=150800").observations))
    assert.same(both, keys(get(("/runs/%d/results?region=150800"):format(run)).regions))
    assert.same(both, regions_of(get(("/runs/%d/summary?region=150800"):format(run)).summary))
    assert.same(both, regions_of(get(("/runs/%d/rankings?region=150800"):format(run)).rankings[1].subjects))
    assert.same({ "150821" }, regions_of(get(("/runs/%d/rankings?region=150821"):format(run)).rankings[1].subjects))
    assert.same({ "150802" }, keys(get(("/runs/%d/results?region=150802"):format(run)).regions))
    assert.same({ "150802" }, regions_of(get("/warnings?region=150800").warnings))
    assert.same({}, regions_of(get("/warnings?region=150821").warnings))
    assert.same({ "150821" }, regions_of(get("/samples?region=150800").samples))
    assert.same({}, regions_of(get("/samples?region=150802").samples))
  end)

  it("ways to show who one is that it does not take, and names the one it does", function()
    local function basic(path) return refused(401, "", "GET", path, nil, { headers = { "Authorization: Basic YTpi" } }) end
    local problem = basic "/packs"
    assert.truthy(problem.message:find("Bearer", 1, true))
    assert.truthy(problem.hint:find("/session", 1, true))
  end)

  it("what a token may not, and says with which scope it could", function()
    workspace:shell("printf 'Mulberry-17\\n' | "
      .. workspace:command("user", "add", "ana", "--role", "office", "--region", "150800", "--password-stdin"))
    local err = workspace:expect(1, "user", "token", "add", "ana", "--name", "x", "--scopes", "read,audit").err
    assert.truthy(err:find("by the roles of ana a token could have: read,data,evaluate,packs", 1, true), err)
    local made = workspace:json(0, "user", "token", "add", "ana", "--name", "x", "--scopes", "read")[1]
    local bearer = { headers = { "Authorization: Bearer " .. made.text } }
    local function hint(method, path) return refused(403, "this token may not", method, path, nil, bearer).hint end
    server:wait_for(function() return server:ask("GET", "/api/v1/packs", bearer).status == 200 end, "the token")
    assert.equal('use a token with the scope "evaluate"', hint("POST", "/runs"))
    assert.equal("no token may: log in with name and password", hint("GET", "/session/sessions"))
    assert.truthy(hint("POST", "/packs/office/rollback"):find "no role for it")
  end)

  it("nothing in a language that it does not name", function()
    server:ask("POST", "/api/v1/candidates", { body = json.encode { files = { ["pack.lua"] = "x" } },
      headers = { "Content-Type: application/json", "Accept-Language: zh" } })
    local candidate = server:json(200, "GET", "/api/v1/candidates").candidates[1]
    assert.equal("zh", candidate.language)
  end)

  it("what no pack could be evaluated for, and does not say that it went well", function()
    refused(404, 'pack "office": nothing reported for 1990', "POST", "/runs?year=1990")
    assert.is_true(server:json(200, "POST", "/api/v1/runs?year=2024").runs[1].ok)
  end)

  it("rounds of years that are in no plan", function()
    local function open(status, year, kind)
      local body = json.encode { assessment = "annual", year = year, kind = kind }
      return server:json(status, "POST", "/api/v1/packs/office/rounds", { body = body })
    end
    local problem = open(422, 2150).error
    assert.equal("2150 is in no plan of pack office: women from 2021 to 2030", problem.message)
    open(422, 2031)
    open(201, 2031, "final")
    open(422, 2032, "final")
    open(201, 2024)
    assert.equal("next comes verification",
      refused(409, "cannot come to", "POST", "/packs/office/rounds/2/advance", { to = "published" }).hint)
  end)

  -- It took one of them, without a word.
  it("to explain by one of several packs, and names them", function()
    workspace:write_pack("town", [[pack { id = "town", title = "临河区评估", region = "150802", version = "1.0.0", api = 1,
      extends = "office" }
    ]])
    workspace:expect(0, "pack", "activate", "town")
    server:json(200, "POST", "/api/v1/refresh")
    local several = 'several active packs have "mortality" for region 150802: office, town'
    local path = "/explanations?region=150802&node=mortality&year=2024"
    assert.truthy(refused(409, several, "GET", path).hint:find("which pack is meant", 1, true))
    assert.equal("town", server:json(200, "GET", "/api/v1" .. path .. "&pack=town").pack)
    assert.equal("office", server:json(200, "GET", "/api/v1/explanations?region=150821&node=mortality&year=2024").pack)
    assert.truthy(workspace:expect(1, "explain", "150802", "mortality", "--year", 2024).err:find(several, 1, true))
    workspace:expect(0, "explain", "150802", "mortality", "--year", 2024, "--pack", "office")
  end)
end)
