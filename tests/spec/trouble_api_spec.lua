-- What goes wrong around a server: the answers say so, nothing is half done, and it goes on.

local json = require "dkjson"
local served = require "tests.spec.served"
local support = require "tests.spec.support"

describe("a server in trouble", function()
  local workspace, server

  before_each(function()
    workspace = support.office()
    workspace:observe "150802,mortality,2024,13\n150821,mortality,2024,14\n"
    server = served.start(workspace)
  end)

  after_each(function() server:finish() end)

  local function put(value)
    return server:ask("PUT", "/api/v1/observations", { body =
      ('{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"%s"}]}'):format(value) })
  end

  -- It was a 500, as if the server were broken.
  it("asks to come back while another process has the database", function()
    workspace:shell("mkfifo let_go; (echo 'BEGIN EXCLUSIVE;'; echo '.shell touch locked'; cat let_go; echo 'ROLLBACK;') "
      .. "| sqlite3 data/biaochi.db >/dev/null 2>&1 &")
    server:wait_for(function() return support.exists(workspace:path "locked") end, "the lock")
    local answer = put "9.5"
    assert.same({ 503, "2" }, { answer.status, answer.headers["retry-after"] })
    local problem = support.decode(answer.body).error
    assert.equal("busy", problem.code)
    assert.truthy(#problem.hint > 0)
    assert.equal(200, server:ask("GET", "/api/v1/results/office/scores").status)
    workspace:shell "echo >let_go"
    server:wait_for(function() return put("9.5").status == 200 end, "the database")
  end)

  -- Its points were missing, and nobody was told: not by the log, the list of packs, scores or metrics.
  it("says which rules fail on the figures there are", function()
    local function failed()
      local scores = server:json(200, "GET", "/api/v1/results/office/scores").regions
      local summary = server:json(200, "GET", "/api/v1/results/office/summary").summary
      return { pack = server:json(200, "GET", "/api/v1/packs/office").failed_rules, first = scores[1].failed_rules,
        second = scores[2].failed_rules, rules = summary.failed_rules, regions = summary.failed_regions,
        metric = tonumber(server:ask("GET", "/metrics").body:match 'pack_failed_rules{pack="office"} (%d+)') }
    end
    local function wait_for_log(text)
      server:wait_for(function() return support.read_file(workspace:path "serve.err"):find(text, 1, true) end, text)
    end
    assert.same({ pack = 0, rules = 0, regions = 0, metric = 0 }, failed())
    local text = support.pack:gsub('"1%.0%.0"', '"0.9.0"')
      :gsub("function%(points, late%)", "%0 while late == 7 do end")
    local candidate = server:json(200, "POST", "/api/v1/candidates?activate=true",
      { body = json.encode { files = { ["pack.lua"] = text } }, headers = { "Content-Type: application/json" } })
    assert.same({ true, 0 }, { candidate.good, candidate.failed_rules })
    wait_for_log "; a lower number than 1.0.0 before"
    server:json(200, "PUT", "/api/v1/observations",
      { body = '{"observations":[{"region":"150821","indicator":"late","year":2024,"value":"7"}]}' })
    assert.same({ pack = 1, second = 1, rules = 1, regions = 1, metric = 1 }, failed())
    wait_for_log 'office 0.9.0: item "annual.reporting" failed for region 150821: pack.lua:'
    local failures = server:json(200, "GET", "/api/v1/results/office/regions/150821",
      { headers = { "Accept-Language: zh" } }).result.failures
    assert.match("^pack%.lua:%d+：用时超过限额（200 毫秒）$", failures[1].message)
    assert.match("over_time pack%.lua:%d+: used more than its time %(200 ms%)", workspace:run("evaluate").err)
    candidate = server:json(200, "POST", "/api/v1/candidates?activate=true", { body =
      json.encode { files = { ["pack.lua"] = text .. "-- \n" } }, headers = { "Content-Type: application/json" } })
    assert.same({ true, 1 }, { candidate.good, candidate.failed_rules })
  end)

  -- It answered, and was killed by a signal when it closed the database.
  it("ends well although its files may not grow", function()
    workspace:shell "prlimit --pid $(cat serve.pid) --fsize=1000:1000"
    local answer = put "9.5"
    assert.equal(500, answer.status)
    assert.match("No space is left", answer.body, 1, true)
    assert.equal(200, server:ask("GET", "/api/v1/results/office/scores").status)
  end)

  -- The list was made of all of them, a thousand for each pack.
  it("tells all it keeps of a bad pack's problems when it is asked for that pack alone", function()
    local indicators = {}
    for i = 1, 60 do indicators[i] = ('indicator "i%d" { title = "甲%d" }'):format(i, i) end
    local source = 'pack { id = "many", title = "多", region = "150802", version = "1.0.0", api = 1 }\n'
      .. 'local women = plan "women" { title = "规划", from = 2021, to = 2030, baseline = 2020 }\n'
      .. 'women:domain "health" { title = "健康" } {\n' .. table.concat(indicators, ",\n") .. "}\n"
    local failed = server:json(422, "POST", "/api/v1/candidates", {
      headers = { "Content-Type: application/json" }, body = require("dkjson").encode { files = { ["pack.lua"] = source } } })
    local full = server:json(200, "GET", "/api/v1/candidates/" .. failed.candidate.id)
    local brief = server:json(200, "GET", "/api/v1/candidates").candidates[1]
    assert.same({ full.id, 3 }, { brief.id, #brief.problems })
    assert.equal(100, #full.problems)
    assert.is_true(full.more_problems > 0)
    assert.equal(#full.problems + full.more_problems, #brief.problems + brief.more_problems)
    assert.same(failed.more_problems, full.more_problems)
  end)

  -- They took fifty times their bytes before anybody looked at them.
  it("refuses millions of values before it has read them", function()
    local answer = server:ask("PUT", "/api/v1/observations", { body = "[" .. ("[],"):rep(2500000) .. "[]]" })
    assert.equal(400, answer.status)
    assert.match("more than 250000 values", answer.body, 1, true)
  end)

  -- The home loop parsed and unpacked what was uploaded, and nobody was answered meanwhile.
  it("answers while it reads a large upload", function()
    local names = {}
    for i = 1, 200000 do names[i] = ('"f%d":""'):format(i) end
    workspace:write("large.json", '{"files":{' .. table.concat(names, ",") .. "}}")
    workspace:shell("(curl -s --unix-socket data/biaochi.sock -H 'Content-Type: application/json' --data-binary @large.json "
      .. "-o large.answer -w '%{time_total}' http://localhost/api/v1/candidates >large.new; mv large.new large.time) "
      .. ">/dev/null 2>&1 &")
    local longest = 0
    server:wait_for(function()
      local took = workspace:shell("curl -s --unix-socket data/biaochi.sock -o /dev/null -w '%{time_total}' "
        .. "http://localhost/healthz")
      longest = math.max(longest, tonumber(took.out))
      return support.exists(workspace:path "large.time")
    end, "the upload's answer")
    local whole = tonumber(support.read_file(workspace:path "large.time"))
    assert.truthy(longest < whole / 2, ("%s of %s seconds"):format(longest, whole))
    assert.match('"code":"input"', support.read_file(workspace:path "large.answer"), 1, true)
  end)
end)
