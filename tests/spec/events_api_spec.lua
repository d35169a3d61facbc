-- /api/v1/events through the real server: what is told while it happens, and to whom it comes later.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local json = require "dkjson"

describe("events", function()
  local workspace, server

  before_each(function()
    workspace = support.office()
    workspace:observe "150802,mortality,2023,11\n150802,mortality,2024,13\n150821,mortality,2024,14\n"
    server = served.start(workspace)
  end)

  after_each(function() server:finish() end)

  local function read() return support.exists(workspace:path "events") and support.read_file(workspace:path "events") or "" end

  local function wait_for(pattern)
    server:wait_for(function() return read():find(pattern) end, pattern .. " among the events")
  end

  -- Follows the events from here on, or those after one, into a file.
  local function follow(last)
    os.remove(workspace:path "events")
    os.remove(workspace:path "events.code")
    local header = last and "-H " .. support.quote("Last-Event-ID: " .. last) or ""
    workspace:shell(("(curl -sN --max-time 20 --unix-socket data/biaochi.sock %s http://localhost/api/v1/events >events; "
      .. "echo $? >events.code) >/dev/null 2>&1 &"):format(header))
    wait_for "retry"
  end

  local function offer(text, query)
    return server:ask("POST", "/api/v1/candidates" .. (query or ""),
      { body = json.encode { files = { ["pack.lua"] = text } }, headers = { "Content-Type: application/json" } })
  end

  it("say how far a run is while it goes on", function()
    follow()
    local run = server:json(200, "POST", "/api/v1/runs?year=2023").runs[1]
    assert.is_true(run.ok)
    wait_for "event: progress"
    local last = support.decode(read():match ".*event: progress\ndata: ([^\n]+)")
    assert.same({ pack = "office", done = last.total, total = last.total }, last)
    assert.truthy(last.total > 0)
  end)

  it("name a region where a figure became sample data and no result changed", function()
    follow()
    local figure = { region = "150802", indicator = "mortality", year = 2024, value = "13", kind = "sample" }
    server:json(200, "PUT", "/api/v1/observations", { body = json.encode { observations = { figure } } })
    wait_for "event: results"
    local told = support.decode(read():match "event: results\ndata: ([^\n]+)")
    assert.same({ "office", { "150802" } }, { told.pack, told.regions })
  end)

  it("are not told that too much is waiting when an account has all its streams", function()
    workspace:shell("for i in $(seq 32); do curl -sN --max-time 20 --unix-socket data/biaochi.sock "
      .. "http://localhost/api/v1/events >streams.$i 2>&1 & done >/dev/null 2>&1")
    server:wait_for(function()
      return tonumber(workspace:shell("cat streams.* | grep -c ^retry").out) == 32
    end, "32 streams")
    local answer = server:ask("GET", "/api/v1/events")
    assert.equal(429, answer.status)
    local problem = support.decode(answer.body).error
    assert.same({ "too_many_streams", "this account has 32 event streams open", "close one" },
      { problem.code, problem.message, problem.hint })
  end)

  it("of more than a stream holds are not sent again and again", function()
    follow()
    assert.equal(422, offer(support.pack .. "nonsense()").status)
    wait_for '"over":true'
    local first = read():match "id: (%x+%-%d+)"
    local requests = {}
    for i = 1, 150 do
      requests[i] = 'url = "http://localhost/api/v1/candidates"\nrequest = "POST"\nunix-socket = "data/biaochi.sock"\n'
        .. 'header = "Content-Type: application/json"\n'
        .. 'data = "{\\"files\\":{\\"pack.lua\\":\\"nonsense()\\"}}"\noutput = "/dev/null"\nsilent\n'
    end
    workspace:write("requests", table.concat(requests, "next\n"))
    assert.equal(0, workspace:shell("curl -K requests").code)
    follow(first)
    wait_for "event: reset"
    local last = read():match "id: (%x+%-%d+)"
    assert.falsy(support.exists(workspace:path "events.code"))
    follow(last)
    assert.falsy(read():find "event: reset")
  end)

  it("of very many warnings say that there are, and cut nobody off", function()
    follow()
    local text = support.pack .. [[
for i = 1, 400 do
  warning("high" .. i) { on = "indicator", title = "偏高", only = { "mortality" }, message = "孕产妇死亡率现值 {value}，高于本地区的控制水平",
    level = function(value) if value and value > 12 then return "red" end end }
end
]]
    local answer = offer(text:gsub('"1%.0%.0"', '"1.0.1"'), "?activate=true")
    assert.equal(200, answer.status, answer.body)
    wait_for '"state":"active"'
    assert.truthy(read():find 'event: warnings\ndata: {"pack":"office","steps":null}')
    assert.falsy(support.exists(workspace:path "events.code"))
  end)

  -- A warning went on saying the figure it was raised for.
  it("of warnings, and the list of them, have the figure that was put last", function()
    local text = support.pack .. [[
warning "high" { on = "indicator", title = "偏高", only = { "mortality" }, message = "现值 {value}",
  level = function(value) if value and value > 12 then return value > 14.2 and "red" or "yellow" end end }
]]
    assert.equal(200, offer(text:gsub('"1%.0%.0"', '"1.0.1"'), "?activate=true").status)
    follow()
    server:json(200, "PUT", "/api/v1/observations",
      { body = '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"14.5"}]}' })
    wait_for "现值 14%.5"
    local function list(query) return server:json(200, "GET", "/api/v1/warnings" .. query).warnings end
    local warnings = list "?region=150802"
    assert.same({ 1, "现值 14.5", "raised" }, { #warnings, warnings[1].message, warnings[1].state })
    -- As the command line filters them.
    local counts = { ["?level=yellow"] = 2, ["?level=orange"] = 1, ["?level=red&year=2024"] = 1, ["?year=2023"] = 0 }
    for query, count in pairs(counts) do
      assert.equal(count, #list(query), query)
      local words = { "warnings" }
      for name, value in query:gmatch "(%l+)=(%w+)" do words[#words + 1], words[#words + 2] = "--" .. name, value end
      if count > 0 then assert.equal(count, #workspace:json(0, table.unpack(words)), query) end
    end
    assert.equal("level takes blue, yellow, orange or red, not \"none\"",
      server:json(400, "GET", "/api/v1/warnings?level=none").error.message)
  end)
end)
