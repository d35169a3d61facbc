-- Results, stored runs, explanations, analyses, what packs say and sample data over the API: the
-- same words and figures as on the command line.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local observations = [[
region,indicator,year,value,kind
150802,mortality,2023,15.1,reported
150802,mortality,2024,14.3,reported
150802,screening,2024,60,reported
150802,late,2024,3,reported
150821,mortality,2024,11.9,reported
150821,screening,2024,72.5,sample
150821,late,2024,0,reported
]]

-- Members that say when something was made, or for whom it was found rather than computed.
local function forget(value, names)
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, member in pairs(value) do
    if not names[key] then copy[key] = forget(member, names) end
  end
  return copy
end

-- Figures to 12 digits: the command line prints 15, the API all there are.
local function rounded(value)
  if type(value) == "number" then return ("%.12g"):format(value) end
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, member in pairs(value) do copy[key] = rounded(member) end
  return copy
end

local function assert_same_figures(wanted, got) assert.same(rounded(wanted), rounded(got)) end

describe("results over the API", function()
  local workspace, server

  setup(function()
    workspace = support.office()
    workspace:write("figures.csv", observations)
    workspace:expect(0, "import", "figures.csv")
    workspace:expect(0, "evaluate", "--year", "2023", "--quiet")
    server = served.start(workspace)
  end)
  teardown(function()
    assert.equal(0, server:stop())
    workspace:remove()
  end)

  local function get(path, options) return server:json(200, "GET", "/api/v1" .. path, options) end
  local function refuse(status, method, path, words, options)
    local answer = server:json(status, method, "/api/v1" .. path, options)
    assert.match(words, answer.error.message .. " " .. tostring(answer.error.hint), 1, true)
    return answer
  end

  describe("what is active", function()
    it("gives a region's results as evaluate prints them", function()
      local run = workspace:json(0, "evaluate", "--region", "150802")[1]
      local got = get "/results/office/regions/150802"
      assert.equal(run.run, got.run)
      assert.equal("临河区", got.name)
      local wanted = forget(run.regions["150802"], { name = true, sample_observations = true, sample_value = true })
      assert_same_figures(wanted, got.result)
    end)

    it("gives scores with places, alone and all at once", function()
      local all = get "/results/office/scores"
      local ranks = {}
      for _, region in ipairs(all.regions) do
        local alone = get("/results/office/scores/" .. region.region)
        assert.same(region.scores, alone.scores)
        ranks[region.region] = region.scores[1].rank
        assert.equal(2, region.scores[1].ranked)
      end
      assert.same({ ["150802"] = 2, ["150821"] = 1 }, ranks)
      local result = get("/results/office/regions/150802").result.assessments.annual
      local score = get("/results/office/scores/150802").scores[1]
      assert.same({ result.total, result.printed, result.grade }, { score.total, score.printed, score.grade })
    end)

    it("sums up what all regions got", function()
      local summary = get("/results/office/summary").summary
      assert.equal(2, summary.regions)
      local plan, annual = summary.plans[1], summary.assessments[1]
      assert.same({ "150821", "150802" }, { plan.best[1].code, plan.worst[1].code })
      assert.same({ "150821", 1 }, { annual.best[1].code, annual.best[1].rank })
      assert.equal(2, annual.assessed)
      local met = 0
      for _, code in ipairs { "150802", "150821" } do
        met = met + get("/results/office/regions/" .. code).result.plans[plan.id].met
      end
      assert.equal(met, plan.met)
    end)

    it("is of the year that the pack is fixed to, on the command line too", function()
      assert.equal("office: 2024, the newest with figures\n", workspace:expect(0, "pack", "year", "office").out)
      assert.equal("office: 2023, fixed\n", workspace:expect(0, "pack", "year", "office", 2023).out)
      local pack = get "/packs/office"
      assert.same({ 2023, true }, { pack.year, pack.year_is_fixed })
      assert.equal(2023, get("/results/office/scores").year)
      assert.equal(2023, get("/explanations?pack=office&region=150802&node=mortality").year)
      assert.equal(2023, workspace:json(0, "evaluate", "--quiet")[1].year)
      refuse(404, "PUT", "/packs/office/year", "nothing reported for 2022",
        { body = '{"year":2022}', type = "application/json" })
      refuse(400, "PUT", "/packs/office/year", "a whole number from 1900 to 2200, or null",
        { body = '{"year":"2024"}', type = "application/json" })
      assert.equal(2023, get("/packs/office").year)
      local newest = server:json(200, "PUT", "/api/v1/packs/office/year",
        { body = '{"year":null}', type = "application/json" })
      assert.same({ pack = "office", year = 2024, year_is_fixed = false }, newest)
      -- A run of another year is nobody's newest results.
      assert.equal(2024, get("/explanations?pack=office&region=150802&node=mortality").year)
      assert.equal(2, tonumber(workspace:sql "SELECT COUNT(*) FROM audit_log WHERE action = 'pack.year'"))
    end)

    it("answers 304 while nothing changed, and 404 for what is not there", function()
      for _, path in ipairs { "/results/office/regions/150802", "/results/office/summary", "/packs/office/nodes" } do
        local tag = server:ask("GET", "/api/v1" .. path).headers.etag
        assert.equal(304, server:ask("GET", "/api/v1" .. path, { headers = { "If-None-Match: " .. tag } }).status)
      end
      refuse(404, "GET", "/results/office/regions/150899", "no results of region 150899")
      refuse(404, "GET", "/results/nothing/summary", "no active pack")
    end)
  end)

  describe("stored runs", function()
    local function runs(query) return get("/runs" .. (query or "")).runs end

    it("are listed as on the command line", function()
      local listed = workspace:json(0, "runs")
      local got = runs()
      assert.equal(#listed, #got)
      for i, run in ipairs(listed) do
        for _, member in ipairs { "run", "pack", "year", "data_version", "regions", "pack_hash", "result_hash" } do
          assert.equal(run[member], got[i][member])
        end
        assert.is_true(got[i].readable)
        assert.match("^20%d%d%-%d%d%-%d%dT[%d:.]+Z$", got[i].finished_at)
      end
      assert.same(got[1], get("/runs/" .. got[1].run))
      assert.equal(#got, #runs "?pack=office")
      local page = get "/runs?limit=1"
      assert.same({ 1, got[1].run, got[1].run }, { #page.runs, page.runs[1].run, page.next_before })
      page = get("/runs?limit=1&before=" .. page.next_before)
      assert.equal(got[2].run, page.runs[1].run)
      assert.same({}, get("/runs?before=1").runs)
      assert.is_nil(get("/runs").next_before)
      refuse(404, "GET", "/runs?pack=offise", 'did you mean "office"?')
      refuse(404, "GET", "/runs/99", "no run 99")
      refuse(404, "GET", "/runs/first", "there is no run first")
    end)

    it("have results, whole, of one region, and page by page", function()
      local run = workspace:json(0, "evaluate")[1]
      local wanted = forget(run, { ok = true, unchanged = true })
      local got = get("/runs/" .. run.run .. "/results")
      assert.is_nil(got.next_after)
      assert_same_figures(wanted, got)
      local one = get("/runs/" .. run.run .. "/results?region=150821")
      assert_same_figures(wanted.regions["150821"], one.regions["150821"])
      assert.is_nil(one.regions["150802"])
      local first = get("/runs/" .. run.run .. "/results?limit=1")
      assert.is_truthy(first.regions["150802"])
      assert.equal("150802", first.next_after)
      local second = get("/runs/" .. run.run .. "/results?limit=1&after=" .. first.next_after)
      assert_same_figures(wanted.regions["150821"], second.regions["150821"])
      assert.is_nil(second.regions["150802"])
      assert.is_nil(second.next_after)
      refuse(400, "GET", "/runs/" .. run.run .. "/results?limit=0", "limit takes a whole number from 1")
      refuse(404, "GET", "/runs/" .. run.run .. "/results?region=15080", "did you mean")
    end)

    it("have a summary and rankings", function()
      local run = workspace:json(0, "evaluate")[1]
      assert.same(workspace:json(0, "evaluate", "--summary"), get("/runs/" .. run.run .. "/summary").summary)
      local ranking = get("/runs/" .. run.run .. "/rankings").rankings[1]
      local codes = {}
      for _, subject in ipairs(ranking.subjects) do codes[#codes + 1] = subject.rank .. " " .. subject.code end
      assert.same({ "1 150821", "2 150802" }, codes)
      assert.equal(run.regions["150821"].assessments.annual.printed, ranking.subjects[1].printed)
    end)

    it("are computed again to the byte", function()
      local run = runs()[1].run
      local replayed = server:json(200, "POST", "/api/v1/runs/" .. run .. "/replay")
      assert.is_true(replayed.same)
      assert.equal(replayed.stored, replayed.replayed)
      refuse(404, "POST", "/runs/99/replay", "no run 99")
    end)

    it("are made for another year, and found when asked for again", function()
      local before = #runs()
      local made = server:json(200, "POST", "/api/v1/runs?year=2023").runs[1]
      assert.same({ true, 2023, true }, { made.ok, made.year, made.unchanged })
      assert.equal(before, #runs())
      refuse(404, "POST", "/runs?year=2035", 'pack "office": nothing reported for 2035')
      refuse(404, "POST", "/runs?region=150000", "no active pack evaluates region 150000")
    end)
  end)

  describe("explanations", function()
    it("are the trees of the command line", function()
      for _, node in ipairs { "annual", "mortality", "annual.reporting" } do
        local wanted = workspace:json(0, "explain", "150802", node)
        assert.same(wanted, get("/explanations?region=150802&node=" .. node))
      end
      local run = workspace:json(0, "runs")[1].run
      assert.same(workspace:json(0, "explain", "150802", "mortality", "--run", run),
        get("/explanations?region=150802&node=mortality&run=" .. run))
    end)

    it("say what is wrong with the question, in the language asked for", function()
      refuse(400, "GET", "/explanations?node=annual", "region must be given")
      refuse(400, "GET", "/explanations?region=150802", "node must be given")
      refuse(400, "GET", "/explanations?region=150802&node=annual&year=20", "year takes a whole number")
      local wanted = support.decode(workspace:expect(6, "explain", "150802", "mortalty", "--format", "json").out)
      local got = refuse(404, "GET", "/explanations?region=150802&node=mortalty", "mortality")
      assert.equal(wanted.problems[1].message, got.error.message)
      assert.match("缺少参数 node", server:json(400, "GET", "/api/v1/explanations?region=150802",
        { headers = { "Accept-Language: zh-CN" } }).error.message, 1, true)
    end)
  end)

  describe("what a pack says", function()
    it("is listed node by node, and of one kind with its fields", function()
      local nodes = get("/packs/office/nodes").nodes
      local kinds = {}
      for _, node in ipairs(nodes) do kinds[node.kind] = (kinds[node.kind] or 0) + 1 end
      assert.same({ 1, 1, 2 }, { kinds.pack, kinds.assessment, kinds.item })
      local items = get "/packs/office/nodes?kind=item"
      assert.equal(2, #items.nodes)
      assert.same(workspace:json(0, "pack", "show", "office", "--kind", "item"), items.declarations)
      refuse(404, "GET", "/packs/office/nodes?kind=itme", 'did you mean "item"?')
    end)

    it("is there as a whole", function()
      local description = workspace:json(0, "pack", "show", "office")
      assert.same(description, get("/packs/office/description").description)
    end)

    it("covers a document, where it has one", function()
      refuse(404, "GET", "/packs/office/coverage", "declares no document")
    end)
  end)

  describe("analyses", function()
    local function analyses(path) return get("/analyses/" .. path).analyses end

    it("are those of the command line", function()
      assert_same_figures(workspace:json(0, "analyse", "weights", "--runs", "50", "--seed", "3"),
        analyses "weights?runs=50&seed=3")
      assert_same_figures(workspace:json(0, "analyse", "weights", "--runs", "50", "--dirichlet"),
        analyses "weights?runs=50&spread=any")
      assert_same_figures(workspace:json(0, "analyse", "differences", "150802", "150821"),
        analyses "differences?region=150802&other=150821")
      assert_same_figures(workspace:json(0, "analyse", "data"), analyses "data")
      assert_same_figures(workspace:json(0, "analyse", "data", "--region", "150802"), analyses "data?region=150802")
    end)

    it("say what is wrong with the question", function()
      for _, case in ipairs {
        { 400, "weights?runs=0", "runs takes a whole number from 1" },
        { 400, "weights?spread=2", "spread is above 0" },
        { 404, "weights?assessment=anual", 'did you mean "annual"?' },
        { 404, "weights?pack=offise", 'did you mean "office"?' },
        { 400, "differences?region=150802", "give another region as other" },
        { 400, "differences?region=150802&other=150802", "give another region as other" },
        { 400, "differences?region=150802&from=2023", "give another region as other" },
        { 400, "differences?region=150802&other=150821&from=2023&to=2024", "give another region as other" },
        { 404, "differences?region=150802&other=150829", "region 150829 is not in the workspace" },
        { 400, "warnings?horizon=51", "horizon takes a whole number from 1 to 50" },
        { 400, "warnings?from=2024&to=2020", "from 2024 is after to 2020" },
        { 404, "warnings", "no warning" },
        { 404, "data?region=1", "region 1 is not in the workspace" },
      } do
        refuse(case[1], "GET", "/analyses/" .. case[2], case[3])
      end
    end)

    it("of two years of a region are its change from the first to the second", function()
      local wanted = support.decode(workspace:expect(0, "analyse", "differences", "150802", "--years", "2023,2024",
        "--format", "json").out)
      assert_same_figures(wanted, analyses "differences?region=150802&from=2023&to=2024")
    end)
  end)

  describe("a caller with a right in one county", function()
    local headers

    local function log_in(name, region)
      workspace:shell(("printf 'Mulberry-17\\n' | %s"):format(workspace:command("user", "add", name, "--role", "office",
        "--region", region, "--password-stdin")))
      workspace:sql "UPDATE account SET must_change_password = 0"
      local answer
      server:wait_for(function()
        answer = server:ask("POST", "/api/v1/session", { body = ('{"name":"%s","password":"Mulberry-17"}'):format(name) })
        return answer.status == 200
      end, "the account to be known")
      return { "Cookie: " .. answer.headers["set-cookie"]:match "^[^;]+",
        "X-CSRF-Token: " .. support.decode(answer.body).csrf }
    end

    setup(function() headers = log_in("county", "150821") end)

    local function mine(path) return get(path, { headers = headers }) end
    local function refused(method, path) refuse(403, method, path, "no right", { headers = headers }) end
    local function codes(list, key)
      local found = {}
      for _, row in ipairs(list) do found[#found + 1] = row[key] end
      return found
    end

    it("is told of that county's results alone, with its place among all", function()
      local run = mine("/runs").runs[1].run
      local results = mine("/runs/" .. run .. "/results")
      assert.is_truthy(results.regions["150821"])
      assert.is_nil(results.regions["150802"])
      assert.same({}, results.silent_regions)
      assert.same({ "150821" }, codes(mine("/runs/" .. run .. "/summary").summary, "region"))
      assert.same({ "150821" }, codes(mine("/runs/" .. run .. "/rankings").rankings[1].subjects, "code"))
      assert.same({ "150821" }, codes(mine("/results/office/scores").regions, "region"))
      assert.equal(2, mine("/results/office/scores").regions[1].scores[1].ranked)
      assert.equal(1, mine("/results/office/summary").summary.regions)
      refused("GET", "/runs/" .. run .. "/results?region=150802")
      refused("GET", "/results/office/regions/150802")
    end)

    it("may not ask what concerns others", function()
      local run = mine("/runs").runs[1].run
      assert.is_truthy(mine "/explanations?region=150821&node=annual")
      assert.same({ "office" }, codes(mine("/analyses/data?region=150821").analyses, "pack"))
      for _, case in ipairs {
        { "GET", "/explanations?region=150802&node=annual" }, { "POST", "/runs/" .. run .. "/replay" },
        { "POST", "/runs" }, { "GET", "/analyses/weights" }, { "GET", "/analyses/data" }, { "GET", "/samples" },
        { "GET", "/analyses/differences?region=150821&other=150802" }, { "GET", "/analyses/warnings?pack=office" },
        { "DELETE", "/samples" }, { "DELETE", "/samples?pack=office&dry_run=true" },
      } do
        refused(case[1], case[2])
      end
    end)
  end)

  -- Last, because it changes the figures.
  describe("sample data", function()
    it("is listed, and taken out when that is asked for; the results follow at once", function()
      local listed = get "/samples"
      assert.same(workspace:json(0, "samples", "list"), listed.samples)
      assert.equal(1, listed.sample_observations)
      assert.equal(0, get("/samples?region=150802").sample_observations)
      refuse(404, "GET", "/samples?pack=nothing", "no active pack")

      local would = server:json(200, "DELETE", "/api/v1/samples?dry_run=true")
      assert.same({ 0, 1 }, { would.removed, would.left })
      local before = get "/results/office/scores/150821"
      local done = server:json(200, "DELETE", "/api/v1/samples?region=150821")
      assert.same({ 1, 0, 0 }, { done.removed, done.restored, done.left })
      assert.equal(0, get("/samples").sample_observations)
      local after = get "/results/office/scores/150821"
      assert.is_true(after.run > before.run)
      assert.equal("no_data", get("/results/office/regions/150821").result.indicators.screening.status)
      assert.same({ 0, 0 }, (function()
        local again = server:json(200, "DELETE", "/api/v1/samples")
        return { again.removed, again.left }
      end)())
    end)
  end)
end)

-- All of them were made, and sent, by the loop.
describe("warnings", function()
  local workspace, server

  setup(function()
    workspace = support.office(support.pack .. [[
warning "off_track" { on = "indicator", title = "未达标", message = "{value}",
  level = function(status) if status then return "red" end end }
]])
    workspace:write("figures.csv", observations)
    workspace:expect(0, "import", "figures.csv")
    workspace:expect(0, "user", "add", "chen", "--role", "analyst", "--region", "150821")
    server = served.start(workspace)
  end)
  teardown(function()
    assert.equal(0, server:stop())
    workspace:remove()
  end)

  -- Walks all pages of one, and gives what one page of all should be.
  local function walk(headers)
    local rows, pages, after = {}, 0, nil
    repeat
      local path = "/api/v1/warnings?limit=1" .. (after and "&after=" .. after or "")
      local page = server:json(200, "GET", path, { headers = headers })
      rows[#rows + 1], pages, after = page.warnings[1], pages + 1, page.next_after
    until not after
    assert.equal(#rows, pages)
    return rows
  end

  it("come in pages, by region and number", function()
    local whole = server:json(200, "GET", "/api/v1/warnings")
    assert.is_nil(whole.next_after)
    assert.is_true(#whole.warnings >= 4)
    local first = whole.warnings[1]
    assert.same({ "未达标", "临河区", "150802" }, { first.title, first.name, first.region })
    assert.same(whole.warnings, walk())
    for _, after in ipairs { "150802", ",", "150802,x", "150802,0" } do
      assert.equal(400, server:ask("GET", "/api/v1/warnings?after=" .. after).status, after)
    end
    assert.equal(400, server:ask("GET", "/api/v1/warnings?limit=1001").status)
    local cut = server:json(400, "GET", "/api/v1/warnings?limit=x" .. ("%E6%A0%87"):rep(400)).error.message
    assert.is_nil(cut:find("\u{fffd}", 1, true))
    assert.truthy(cut:match "标$")
  end)

  it("fill pages with those of the caller's regions alone", function()
    local made = workspace:expect(0, "user", "token", "add", "chen", "--name", "a", "--scopes", "read", "--format", "json")
    local headers = { "Authorization: Bearer " .. made.out:match '"(bc_[^"]+)"' }
    server:wait_for(function() return server:ask("GET", "/api/v1/warnings", { headers = headers }).status == 200 end, "the token")
    local own = walk(headers)
    assert.is_true(#own >= 2)
    for _, warning in ipairs(own) do assert.equal("150821", warning.region) end
  end)
end)

describe("a warning's acknowledgement", function()
  local workspace, server
  local path = "/api/v1/packs/office/warnings/150802/1/acknowledgement"

  setup(function()
    workspace = support.office(support.pack .. [[
warning "off_track" { on = "indicator", title = "未达标", message = "{value}",
  level = function(status) if status == "unmet" then return "red" end end }
]])
    workspace:write("figures.csv", observations)
    workspace:expect(0, "import", "figures.csv")
    server = served.start(workspace)
  end)
  teardown(function()
    assert.equal(0, server:stop())
    workspace:remove()
  end)

  local function body_of(note) return { body = require("dkjson").encode { note = note } } end

  it("with a note of any size or with control characters is refused", function()
    for _, note in ipairs { ("说"):rep(2001), "\u{9B}2J", "\u{202E}悉知已", "\27[2J" } do
      local answer = server:json(400, "POST", path, body_of(note))
      assert.truthy(answer.error.message:find("2000", 1, true))
    end
    assert.same({}, server:json(200, "GET", "/api/v1/audit?action=warning.acknowledged").rows)
  end)

  -- The loop decodes the body.
  it("may be as long as its longest note with all characters escaped, and no longer", function()
    local function ask(text) return server:ask("POST", path, { body = text }) end
    local missing = path:gsub("/1/", "/999/")
    local longest = '{"note":"' .. ("\\ud83d\\ude00"):rep(2000) .. '"}'
    assert.equal(404, server:ask("POST", missing, { body = longest }).status)
    assert.equal(413, ask('{"note":"' .. (" "):rep(40000) .. '"}').status)
    assert.equal(413, server:ask("POST", "/api/v1/packs/office/rounds", { body = "[" .. ("[],"):rep(10000) .. "[]]" }).status)
  end)

  it("has a note of some lines", function()
    server:json(200, "POST", path, body_of("已知悉。\n" .. ("说"):rep(1990)))
    local rows = server:json(200, "GET", "/api/v1/audit?action=warning.acknowledged").rows
    assert.equal(1, #rows)
    assert.truthy(rows[1].detail:find("已知悉", 1, true))
  end)
end)
