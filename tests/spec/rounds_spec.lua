-- Assessment rounds: they stay open by the assessment's id whatever version is active, and what was published
-- stays what it was.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local json = require "dkjson"

local function version(number, change)
  local text = support.pack:gsub('"1%.0%.0"', '"' .. number .. '"')
  return change and text:gsub(change[1], change[2]) or text
end

-- Other points for what was met, and another name of the assessment.
local milder = { "points = 60,", "points = 50," }
local milder_work = { "points = 40, score", "points = 50, score" }
local renamed = { 'assessment "annual"', 'assessment "yearly"' }

local function milder_version(number)
  return (version(number, milder):gsub(milder_work[1], milder_work[2]))
end

-- Scores of a round's figures, by region.
local function scores(round)
  local found = {}
  for _, subject in ipairs(round.figures.ranking.subjects) do found[subject.code] = subject.score end
  return found
end

describe("assessment rounds on the command line", function()
  local workspace

  before_each(function()
    workspace = support.office()
    workspace:observe "150802,mortality,2024,11\n150821,mortality,2024,14\n"
    workspace:expect(0, "evaluate", "--quiet")
  end)
  after_each(function() workspace:remove() end)

  local function show(id) return workspace:json(0, "round", "show", id) end
  local function advance(id, ...) return workspace:json(0, "round", "advance", id, ...) end
  local function problem(code, ...) return workspace:json(code, ...).problems[1] end

  local function activate(text, code)
    workspace:write_pack("office", text)
    return workspace:expect(code or 0, "pack", "activate", "office")
  end

  it("go from self-assessment to published, each step with who and when", function()
    local round = workspace:json(0, "round", "open", "office", "annual", "--year", 2024)
    assert.same({ 1, "office", "annual", 2024, "annual", "self_assessment", "verification" },
      { round.id, round.pack, round.assessment, round.year, round.kind, round.state, round.next })
    assert.equal("verification", advance(1).state)
    assert.equal("review", advance(1, "--to", "review").state)
    assert.equal("round 1 is in review and cannot come to review from there",
      problem(1, "round", "advance", 1, "--to", "review").message)
    round = advance(1)
    assert.same({ "published", 1 }, { round.state, round.run })
    local states = {}
    for i, change in ipairs(show(1).history) do
      states[i] = change.state
      assert.truthy(change.at:find "^%d%d%d%d%-%d%d%-%d%dT")
      assert.truthy(#change.who > 0)
    end
    assert.same({ "self_assessment", "verification", "review", "published" }, states)
    assert.equal("round 1 is over: it was published", problem(1, "round", "advance", 1).message)
    assert.equal("round 1 is over: it was published",
      problem(1, "round", "withdraw", 1, "--reason", "误操作").message)
    local actions = workspace:sql "SELECT group_concat(action, ' ') FROM audit_log WHERE action LIKE 'round.%'"
    assert.equal("round.self_assessment round.verification round.review round.published", actions)
    assert.equal(0, workspace:run("audit", "verify").code)
  end)

  it("are opened once, and of what the active version declares", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    assert.equal("assessment annual of pack office has an open annual round of 2024 already: round 1",
      problem(1, "round", "open", "office", "annual", "--year", 2024).message)
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024, "--kind", "midterm")
    local refused = problem(6, "round", "open", "office", "anual", "--year", 2025)
    assert.equal('the active version of pack office (1.0.0) declares no assessment "anual"', refused.message)
    assert.equal('did you mean "annual"?', refused.hint)
    workspace:expect(6, "round", "open", "ofice", "annual", "--year", 2024)
    workspace:expect(2, "round", "open", "office", "annual")
    local bare = workspace:expect(2, "round", "open", "office", "annual", 2024).err
    assert.truthy(bare:find('"2024" is one argument too many; usage: biaochi round open PACK ASSESSMENT --year YEAR', 1, true))
    workspace:expect(2, "round", "open", "office", "annual", "--year", 2024, "--kind", "yearly")
    assert.equal(2, #workspace:json(0, "round", "list"))
  end)

  it("outlive versions that declare the assessment, and hold up one that does not", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    activate(milder_version "1.1.0")
    local refused = activate(version("1.2.0", renamed), 1)
    assert.truthy(refused.err:find('pack office 1.2.0 declares no assessment "annual", of which rounds are open: '
      .. "1 (annual, 2024); version 1.1.0 declares it in pack.lua:", 1, true), refused.err)
    assert.truthy(refused.err:find("withdraw the rounds first, the newest of which is round 1", 1, true), refused.err)
    workspace:expect(0, "pack", "rollback", "office")
    assert.equal("self_assessment", show(1).state)
    workspace:expect(0, "round", "withdraw", 1, "--reason", "改用新办法")
    activate(version("1.2.0", renamed))
    assert.equal("改用新办法", show(1).history[2].reason)
    -- What it went back to would have to declare what is open now.
    workspace:expect(0, "round", "open", "office", "yearly", "--year", 2024)
    local back = workspace:expect(1, "pack", "rollback", "office")
    assert.truthy(back.err:find('pack office 1.0.0 declares no assessment "yearly"', 1, true), back.err)
    assert.equal("active", support.csv(workspace:expect(0, "pack", "list", "--format", "csv").out)[3].state)
  end)

  it("have the figures of the active version while open, and those published for good", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    assert.same({ ["150802"] = 100, ["150821"] = 40 }, scores(show(1)))
    activate(milder_version "1.1.0")
    local before = show(1)
    assert.equal("the active version of pack office has not been evaluated for 2024", before.problem)
    workspace:expect(0, "evaluate", "--quiet")
    assert.same({ ["150802"] = 100, ["150821"] = 50 }, scores(show(1)))
    for _ = 1, 3 do advance(1) end
    local published = show(1)
    workspace:observe "150821,mortality,2024,11.5\n"
    workspace:expect(0, "evaluate", "--quiet")
    workspace:expect(0, "pack", "rollback", "office")
    workspace:expect(0, "evaluate", "--quiet")
    assert.same({ ["150802"] = 100, ["150821"] = 50 }, scores(show(1)))
    assert.same(published, show(1))
    assert.same({ "1.1.0", 2 }, { published.figures.pack_version, published.run })
  end)

  it("are not published without figures", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2023)
    for _ = 1, 2 do advance(1) end
    local refused = problem(6, "round", "advance", 1)
    assert.equal("round 1 has no figures to publish: the active version of pack office has not been evaluated for 2023",
      refused.message)
    assert.equal("evaluate pack office for 2023 first", refused.hint)
    assert.equal("review", show(1).state)
  end)

  it("are not published without figures that came after the run", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    for _ = 1, 2 do advance(1) end
    workspace:observe "150821,mortality,2025,9\n"
    workspace:expect(0, "evaluate", "--quiet")
    workspace:observe "150821,mortality,2024,11.5\n"
    local refused = problem(1, "round", "advance", 1)
    assert.truthy(refused.message:find("round 1 would be published without figures that came since: run 1 has data "
      .. "version", 1, true), refused.message)
    assert.equal("evaluate pack office for 2024 again first", refused.hint)
    assert.equal("review", show(1).state)
    workspace:expect(0, "evaluate", "--year", 2024, "--quiet")
    assert.same({ "published", 3 }, { advance(1).state, show(1).run })
    assert.same({ ["150802"] = 100, ["150821"] = 100 }, scores(show(1)))
  end)

  it("are published although figures came that have no part in them", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    for _ = 1, 2 do advance(1) end
    workspace:observe "150821,mortality,2025,9\n"
    assert.same({ "published", 1 }, { advance(1).state, show(1).run })
  end)

  it("are opened by a name that is text, however the program was told it", function()
    local open = workspace:command("round", "open", "office", "annual", "--year", 2024, "--format", "json")
    local raw = workspace:shell("BIAOCHI_USER=$(printf 'a\\377\\033b') " .. open)
    assert.equal(0, raw.code, raw.err)
    assert.equal("local:a? b", support.decode(raw.out).opened_by)
    local long = workspace:shell("BIAOCHI_USER=" .. ("王"):rep(60) .. " " .. open .. " --kind final")
    assert.equal("local:" .. ("王"):rep(19), support.decode(long.out).opened_by)
  end)

  it("are found changed behind the program's back when they are published", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    for _ = 1, 3 do advance(1) end
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    assert.equal(0, workspace:run("audit", "verify").code)
    local row = workspace:sql "SELECT id FROM audit_log WHERE action = 'round.published'"
    local published = "Assessment round 1 is not what row " .. row .. " says was published"
    local function told(text, statement, back)
      workspace:sql(statement)
      local found = workspace:expect(1, "audit", "verify")
      assert.truthy((found.out .. found.err):find(text, 1, true), found.out .. found.err)
      workspace:sql(back)
      assert.equal(0, workspace:run("audit", "verify").code)
    end
    told(published, "UPDATE assessment_round SET year = 2023 WHERE id = 1",
      "UPDATE assessment_round SET year = 2024 WHERE id = 1")
    told(published, "UPDATE assessment_round SET state = 'withdrawn' WHERE id = 1",
      "UPDATE assessment_round SET state = 'published' WHERE id = 1")
    told("Assessment round 2 is published, though no row tells of it",
      "UPDATE assessment_round SET state = 'published', run = 1, closed_at_us = 1 WHERE id = 2",
      "UPDATE assessment_round SET state = 'self_assessment', run = NULL, closed_at_us = NULL WHERE id = 2")
  end)

  it("of another year than an impact's are no part of it", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2023)
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    workspace:write_pack("office", milder_version "1.1.0")
    local answer = workspace:json(0, "pack", "diff", "office", "--impact")
    local rounds = answer.impacts[1].rounds
    assert.same({ 1, 2024 }, { #rounds, rounds[1].year })
  end)

  it("are withdrawn for a reason", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    workspace:expect(2, "round", "withdraw", 1)
    assert.equal("a round is withdrawn for a reason, and none was given",
      problem(1, "round", "withdraw", 1, "--reason", " ").message)
    workspace:expect(2, "round", "advance", 1, "--to", "withdrawn")
    assert.equal("withdrawn", workspace:json(0, "round", "withdraw", 1, "--reason", "重复").state)
    assert.equal("a round that was withdrawn has no figures", show(1).problem)
    assert.equal(0, #workspace:json(0, "round", "list", "--open"))
  end)

  it("are printed for people and as csv, in both languages", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024, "--kind", "final")
    local chinese = workspace:expect(0, "round", "list", "--lang", "zh").out
    for _, word in ipairs { "轮次", "终期", "自评" } do assert.truthy(chinese:find(word, 1, true), chinese) end
    local english = workspace:expect(0, "round", "show", 1).out
    for _, word in ipairs { "self-assessment", "History",
      "Figures of the newest run: run 1, version 1.0.0, data version ", "150821" } do
      assert.truthy(english:find(word, 1, true), english)
    end
    local rows = support.csv(workspace:expect(0, "round", "show", 1, "--format", "csv").out)
    assert.same({ "1", "150802", "2", "150821" }, { rows[1].rank, rows[1].code, rows[2].rank, rows[2].code })
    assert.equal("self_assessment", support.csv(workspace:expect(0, "round", "list", "--format", "csv").out)[1].state)
    workspace:expect(6, "round", "show", 2)
    workspace:expect(2, "round", "show", "one")
    workspace:expect(6, "round", "list", "nothing")
  end)
end)

describe("assessment rounds of a server", function()
  local workspace, server

  before_each(function()
    workspace = support.office()
    workspace:observe "150802,mortality,2024,11\n150821,mortality,2024,14\n"
    server = served.start(workspace)
  end)

  after_each(function() server:finish() end)

  local function post(status, path, body)
    return server:json(status, "POST", "/api/v1/packs/office/rounds" .. path,
      { body = json.encode(body or setmetatable({}, { __jsontype = "object" })),
        headers = { "Content-Type: application/json" } })
  end

  local function show(id) return server:json(200, "GET", "/api/v1/packs/office/rounds/" .. id) end

  local function offer(status, text)
    return server:json(status, "POST", "/api/v1/candidates?activate=true",
      { body = json.encode { files = { ["pack.lua"] = text } }, headers = { "Content-Type: application/json" } })
  end

  local function restart()
    assert.equal(0, server:stop())
    server = served.start(workspace)
  end

  it("survive reloads, restarts and rolling back, by id", function()
    post(201, "", { assessment = "annual", year = 2024 })
    assert.equal("verification", post(200, "/1/advance").state)
    offer(200, milder_version "1.1.0")
    local refused = offer(409, version("1.2.0", renamed))
    assert.truthy(refused.error.message:find("of which rounds are open: 1 (annual, 2024)", 1, true), refused.error.message)
    assert.equal("1.1.0", server:json(200, "GET", "/api/v1/packs/office").version)
    -- Commands that read the newest run must not find one of a version that was refused.
    assert.equal(2, #server:json(200, "GET", "/api/v1/runs?pack=office").runs)
    restart()
    assert.equal("1.1.0", server:json(200, "GET", "/api/v1/packs/office").version)
    assert.same({ "verification", "1.1.0" }, { show(1).state, show(1).figures.pack_version })
    server:json(200, "POST", "/api/v1/packs/office/rollback")
    assert.same({ "verification", "1.0.0" }, { show(1).state, show(1).figures.pack_version })
    assert.same({ ["150802"] = 100, ["150821"] = 40 }, scores(show(1)))
    assert.equal(409, server:ask("POST", "/api/v1/packs/office/rounds",
      { body = '{"assessment":"annual","year":2024}', headers = { "Content-Type: application/json" } }).status)
  end)

  it("follow the figures until they are published", function()
    post(201, "", { assessment = "annual", year = 2024, kind = "annual" })
    local function put(value)
      server:json(200, "PUT", "/api/v1/observations", { headers = { "Content-Type: application/json" }, body =
        ('{"observations":[{"region":"150821","indicator":"mortality","year":2024,"value":"%s"}]}'):format(value) })
    end
    put "11.5"
    assert.same({ ["150802"] = 100, ["150821"] = 100 }, scores(show(1)))
    for _, to in ipairs { "verification", "review", "published" } do post(200, "/1/advance", { to = to }) end
    local published = show(1)
    put "14.5"
    offer(200, milder_version "1.1.0")
    assert.same(published, show(1))
    assert.same({ ["150802"] = 100, ["150821"] = 100 }, scores(published))
    assert.equal(50, server:json(200, "GET", "/api/v1/results/office/scores/150821").scores[1].total)
    server:json(200, "POST", "/api/v1/packs/office/rollback")
    restart()
    assert.same(published, show(1))
    post(409, "/1/withdraw", { reason = "误操作" })
    assert.equal("not_found", support.decode(server:ask("GET", "/api/v1/packs/office/rounds/2").body).error.code)
  end)

  it("are published although figures of a later year came since, but not with an outdated run", function()
    local function put(year, value)
      server:json(200, "PUT", "/api/v1/observations", { headers = { "Content-Type: application/json" }, body =
        ('{"observations":[{"region":"150821","indicator":"mortality","year":%d,"value":"%s"}]}'):format(year, value) })
    end
    post(201, "", { assessment = "annual", year = 2024 })
    put(2025, 9)
    for _ = 1, 3 do post(200, "/1/advance") end
    post(201, "", { assessment = "annual", year = 2023 })
    for _ = 1, 2 do post(200, "/2/advance") end
    put(2023, 12.5)
    server:json(200, "POST", "/api/v1/runs?pack=office&year=2023")
    put(2023, 13.5)
    local refused = post(409, "/2/advance").error
    assert.equal("evaluate pack office for 2023 again first", refused.hint)
    server:json(200, "POST", "/api/v1/runs?pack=office&year=2023")
    assert.equal("published", post(200, "/2/advance").state)
  end)

  it("are changed by the command line through it, and events tell of it", function()
    workspace:shell("(curl -sN --max-time 20 --unix-socket data/biaochi.sock http://localhost/api/v1/events >events) "
      .. ">/dev/null 2>&1 &")
    local function events()
      return support.exists(workspace:path "events") and support.read_file(workspace:path "events") or ""
    end
    server:wait_for(function() return events():find "retry" end, "the stream")
    local round = workspace:json(0, "round", "open", "office", "annual", "--year", 2024)
    assert.equal("self_assessment", round.state)
    assert.equal("verification", workspace:json(0, "round", "advance", 1)["state"])
    workspace:expect(1, "round", "open", "office", "annual", "--year", 2024)
    assert.equal("withdrawn", workspace:json(0, "round", "withdraw", 1, "--reason", "改用新办法")["state"])
    server:wait_for(function() return events():find '"withdrawn"' end, "the round's event")
    local states = {}
    for data in events():gmatch "event: round\ndata: ([^\n]+)" do states[#states + 1] = support.decode(data).state end
    assert.same({ "self_assessment", "verification", "withdrawn" }, states)
    local back = workspace:expect(6, "round", "withdraw", 7, "--reason", "没有")
    assert.truthy(back.err:find("there is no assessment round 7", 1, true), back.err)
    assert.equal("local", workspace:sql "SELECT DISTINCT substr(who, 1, 5) FROM assessment_round_change")
    -- They were opened by the user that the server runs as.
    for name, told in pairs { ["赵敏"] = "BIAOCHI_USER=赵敏 ", ["li.hua"] = "BIAOCHI_USER= SUDO_USER=li.hua " } do
      local opened = support.decode(workspace:shell(told
        .. workspace:command("round", "open", "office", "annual", "--year", 2024, "--format", "json")).out)
      assert.equal("local:" .. name, opened.opened_by)
      workspace:expect(0, "round", "withdraw", opened.id, "--reason", "重新开启")
    end
  end)

  it("refuse what is not understood", function()
    post(400, "", { assessment = "annual" })
    post(400, "", { assessment = "annual", year = 2024, kind = "weekly" })
    post(404, "", { assessment = "anual", year = 2024 })
    post(404, "/1/advance")
    post(201, "", { assessment = "annual", year = 2024 })
    post(409, "/1/advance", { to = "published" })
    post(400, "/1/advance", { to = "over" })
    post(422, "/1/advance", { to = "withdrawn" })
    post(400, "/1/withdraw")
    post(422, "/1/withdraw", { reason = "" })
    post(422, "/1/withdraw", { reason = ("很"):rep(501) })
    assert.equal("self_assessment", show(1).state)
  end)
end)
