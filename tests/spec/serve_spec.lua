-- How a server begins, reopens its files and ends; what it says where it cannot.

local socket = require "socket"
local system = require "system"
local served = require "tests.spec.served"
local support = require "tests.spec.support"

describe("biaochi serve", function()
  local workspace

  before_each(function() workspace = support.office() end)
  after_each(function() workspace:remove() end)

  -- It was killed by a signal: whoever was told that packs answer was not there yet.
  it("says that its address is taken, and evaluates nothing", function()
    local server = served.start(workspace, "--access-log", "log")
    local port = support.read_file(workspace:path "serve.err"):match "http://127%.0%.0%.1:(%d+)"
    local other = support.workspace(true)
    for _ = 1, 5 do
      local result = other:run("serve", "--listen", "127.0.0.1:" .. port)
      assert.equal(5, result.code, result.err)
      assert.match("cannot listen at 127.0.0.1:" .. port .. ": Address already in use", result.err, 1, true)
      assert.falsy(result.err:find("ready\n", 1, true))
    end
    other:remove()
    assert.equal(0, server:stop())
  end)

  it("says that another server has the workspace, and evaluates nothing", function()
    workspace:observe "150802,mortality,2024,13\n"
    local server = served.start(workspace)
    local result = workspace:run("serve", "--listen", "127.0.0.1:0")
    assert.equal(5, result.code, result.err)
    assert.match("biaochi.sock", result.err, 1, true)
    assert.falsy(result.err:find("ready\n", 1, true) or result.err:find("answers", 1, true))
    assert.equal(200, server:ask("GET", "/readyz").status)
    assert.equal(0, server:stop())
  end)

  it("says what is wrong with a workspace before it takes an address", function()
    local result = workspace:shell(support.quote(support.binary) .. " serve --workspace nowhere --listen 127.0.0.1:0")
    assert.equal(3, result.code)
    assert.match("nowhere", result.err, 1, true)
    assert.falsy(result.err:find("listen", 1, true))
  end)

  -- "18080" was taken for an address, "--queue -1" for no room at all, "--drain 0" for 30 seconds; a name
  -- was another exit code than a number.
  it("takes no option that means nothing", function()
    for _, words in ipairs {
      { "--listen", "18080" }, { "--listen", "localhost:8080" }, { "--listen", "localhost:8080:1" },
      { "--listen", "[]:8080" }, { "--listen", "" },
      { "--listen", "127.0.0.1: 80" }, { "--listen", "127.0.0.1:+80" }, { "--listen", "127.0.0.1:65536" },
      { "--queue", "-1" }, { "--queue", "0" }, { "--queue", "1e3" }, { "--drain", "-1" },
      { "--drain", "99999999999999999" }, { "--password-days", "0" }, { "--password-days", " 5" },
    } do
      local result = workspace:run("serve", table.unpack(words))
      assert.equal(2, result.code, table.concat(words, " ") .. "\n" .. result.err)
      assert.match(words[1], result.err, 1, true)
    end
  end)

  -- A client that has sent half of a request; the server has told it to go on.
  local function hold(err)
    local port = tonumber(err:match "http://127%.0%.0%.1:(%d+)")
    local client = assert(socket.connect("127.0.0.1", port))
    client:settimeout(30)
    assert(client:send "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      and client:send "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n")
    assert.equal("HTTP/1.1 100 Continue", (client:receive "*l"))
    assert.equal("", (client:receive "*l"))
    assert(client:send "{")
    return client
  end

  -- "--drain 0" meant the usual thirty seconds.
  it("waits for half a request, but not with --drain 0", function()
    for _, words in ipairs { { "--drain", "0" }, {} } do
      local server = served.start(workspace, table.unpack(words))
      local client = hold(support.read_file(workspace:path "serve.err"))
      workspace:shell "kill -TERM $(cat serve.pid)"
      if #words == 0 then
        server:wait_for(function() return support.read_file(workspace:path "serve.err"):find("draining", 1, true) end,
          "the drain")
        assert(client:send(("x"):rep(99)))
        assert.equal("HTTP/1.1 400 Bad Request", (client:receive "*l"))
      end
      local began = system.gettime()
      server:wait_for(function() return support.exists(workspace:path "serve.code") end, "the end")
      assert.truthy(system.gettime() - began < 15, "it waited although nothing was to be waited for")
      assert.equal("0", (support.read_file(workspace:path "serve.code"):gsub("%s", "")))
      client:close()
    end
  end)

  -- After the drain every question still in the queue was worked off, though its client had been cut off: it took
  -- 26 seconds to stop with --drain 1, and as long for others to be heard when a client had asked much and left.
  it("does not work out what nobody waits for any more", function()
    local many, query = 30, "/api/v1/analyses/weights?pack=office&runs=3000000"
    workspace:observe "150802,mortality,2024,13\n150821,mortality,2024,14\n"
    local server = served.start(workspace, "--drain", "0")
    local function waiting()
      local body = server:ask("GET", "/metrics").body
      return tonumber(body:match "\nbiaochi_aside_waiting (%d+)") + tonumber(body:match "\nbiaochi_aside_working (%d+)")
    end
    local function ask_much()
      workspace:shell(("for i in $(seq %d); do curl -s --unix-socket data/biaochi.sock -o /dev/null 'http://localhost%s' & "
        .. "echo $!; done >asking.pids"):format(many, query))
      server:wait_for(function() return waiting() > many / 2 end, "the questions")
    end
    local began = system.gettime()
    assert.equal(200, server:ask("GET", query).status)
    local one_takes = system.gettime() - began
    -- Two at a time would take half of `many` times as long.
    local function took_no_longer(what)
      assert.truthy(system.gettime() - began < 2 + one_takes * many / 5, what .. " were worked out")
    end

    ask_much()
    began = system.gettime()
    workspace:shell "kill $(cat asking.pids)"
    server:wait_for(function() return waiting() == 0 end, "the queue to be empty")
    took_no_longer "questions of clients that had left"

    ask_much()
    began = system.gettime()
    assert.equal(0, server:stop())
    took_no_longer "questions of clients that were cut off"
  end)

  -- From the first reopening on lines came in lumps of 4 KiB, and none when it had failed once.
  it("writes each request to the log that SIGHUP reopened, or to the old one", function()
    workspace:shell "mkdir logs"
    local server = served.start(workspace, "--access-log", "logs/access")
    local function lines(path) return #support.lines(support.read_file(workspace:path(path))) end
    local function ask_and_wait(path)
      local before = support.exists(workspace:path(path)) and lines(path) or 0
      assert.equal(200, server:ask("GET", "/healthz").status)
      server:wait_for(function() return support.exists(workspace:path(path)) and lines(path) > before end, path)
    end
    local function reopen(told)
      workspace:shell "kill -HUP $(cat serve.pid)"
      if told then
        server:wait_for(function()
          return support.read_file(workspace:path "serve.err"):find("cannot write the access log", 1, true)
        end, "the problem")
      end
    end
    ask_and_wait "logs/access"
    workspace:shell "mv logs/access logs/first"
    reopen()
    server:wait_for(function() return support.exists(workspace:path "logs/access") end, "the new log")
    ask_and_wait "logs/access"
    workspace:shell "mv logs aside"
    reopen(true)
    ask_and_wait "aside/access"
    workspace:shell "mkdir logs"
    reopen()
    server:wait_for(function() return support.exists(workspace:path "logs/access") end, "the log after the trouble")
    ask_and_wait "logs/access"
    assert.equal(0, server:stop())
  end)

  it("says once that its log cannot be written", function()
    local server = served.start(workspace, "--access-log", "/dev/full")
    -- Balancers add a parameter, lest a cache answer.
    for _, query in ipairs { "", "?t=1", "?nocache" } do
      assert.equal(200, server:ask("GET", "/healthz" .. query).status)
      assert.equal(200, server:ask("GET", "/readyz" .. query).status)
    end
    assert.equal(0, server:stop())
    local _, count = support.read_file(workspace:path "serve.err"):gsub("cannot write the access log /dev/full", "")
    assert.equal(1, count)
  end)

  local function log(name) return support.read_file(workspace:path(name or "serve.err")) end

  -- They had none, or none with a zone; and what a drain cut was called whole.
  it("writes times with their zone, and what became of each answer", function()
    local server = served.start(workspace, "--access-log", "log", "--drain", "0")
    local client = hold(log())
    assert.equal(200, server:ask("GET", "/healthz").status)
    assert.equal(0, server:stop())
    client:close()
    local time = "%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d[+-]%d%d:%d%d "
    for _, line in ipairs(support.lines(log())) do assert.truthy(line:find("^" .. time), line) end
    assert.match("ready", log(), 1, true)
    assert.match("drained; 1 requests were cut off", log(), 1, true)
    local healthz, held = log "log":match '\n?([^\n]*GET /healthz[^\n]*)', log "log":match '[^\n]*POST /api/v1/session[^\n]*'
    assert.truthy(healthz:find("^" .. time .. 'local %S+ "GET /healthz" 200 0 3 %d+%.%d%d%d %d+ whole$'), healthz)
    assert.truthy(held:find " cut$", held)
  end)

  it("restores a backup made while it ran, and takes no cookie of before", function()
    workspace:shell(("printf 'Mulberry-17\\n' | %s"):format(
      workspace:command("user", "add", "li.na", "--role", "office", "--password-stdin")))
    local server = served.start(workspace)
    local answer = server:ask("POST", "/api/v1/session", { body = '{"name":"li.na","password":"Mulberry-17"}' })
    assert.equal(200, answer.status, answer.body)
    local cookie = { headers = { "Cookie: " .. answer.headers["set-cookie"]:match "^[^;]+", "Via: 1.1 a" } }
    assert.equal(200, server:ask("GET", "/api/v1/session", cookie).status)
    workspace:expect(0, "backup", "kept.db")
    assert.match("kept.db is there already", workspace:expect(1, "backup", "kept.db").err, 1, true)
    local busy = workspace:expect(3, "restore", "kept.db")
    assert.match("has the database data/biaochi.db open", busy.err, 1, true)
    workspace:observe "150802,mortality,2024,13\n"
    workspace:shell "kill -KILL $(cat serve.pid)"
    server:wait_for(function() return support.exists(workspace:path "serve.code") end, "the end")
    local restored = workspace:json(0, "restore", "kept.db")
    assert.equal(1, restored.sessions_ended)
    assert.truthy(support.exists(workspace:path(restored.former)))
    assert.equal("0", workspace:sql "SELECT COUNT(*) FROM observation")
    workspace:expect(0, "audit", "verify")
    local row = workspace:json(0, "audit", "list", "--action", "database")[1]
    assert.equal("database.restore", row.action)
    server = served.start(workspace)
    assert.equal(401, server:ask("GET", "/api/v1/session", cookie).status)
    local metrics = server:ask("GET", "/metrics").body
    for _, line in ipairs { 'build_info{version="', "start_time_seconds ", "store_failing 0\n", "store_free_bytes ",
      'store_writes_total{result="failed"} 0\n', 'workers_lost_total{how="died"} 0\n', "logins_failed_total 0\n",
      'candidates_total{result="failed"} 0\n', "lockouts_total 0\n", "logins_throttled_total 0\n" } do
      assert.match("\nbiaochi_" .. line, metrics, 1, true)
    end
    -- As a restore by hand would do it.
    workspace:shell "cp data/biaochi.db other.db && mv other.db data/biaochi.db"
    server:wait_for(function() return log():find("was replaced or removed while the server ran", 1, true) end, "the warning")
    assert.equal(0, server:stop())
  end)

  -- The log was empty, and whoever asked was told where the server's files are.
  it("says once that the disk is full, and no path to strangers", function()
    local server = served.start(workspace)
    local port = log():match "127%.0%.0%.1:(%d+)"
    local function limit(bytes) workspace:shell(("prlimit --pid $(cat serve.pid) --fsize=%s"):format(bytes)) end
    local function log_in()
      workspace:shell(("curl -s -o refused -X POST -H 'Content-Type: application/json' -d '%s' "
        .. "http://127.0.0.1:%s/api/v1/session"):format('{"name":"li.na","password":"wrong"}', port))
      return support.decode(support.read_file(workspace:path "refused")).error
    end
    limit "8000:unlimited"
    for _ = 1, 3 do
      local refusal = log_in()
      assert.equal("store", refusal.code)
      assert.falsy((refusal.message .. refusal.hint):find("biaochi.db", 1, true))
    end
    assert.equal(200, server:ask("GET", "/readyz").status)
    local metrics = server:ask("GET", "/metrics").body
    assert.match("\nbiaochi_store_failing 1\n", metrics, 1, true)
    assert.match('\nbiaochi_faults_total{code="store"} 3\n', metrics, 1, true)
    limit "unlimited"
    assert.equal("unidentified", log_in().code)
    metrics = server:ask("GET", "/metrics").body
    assert.match("\nbiaochi_store_failing 0\n", metrics, 1, true)
    assert.match("\nbiaochi_logins_failed_total 1\n", metrics, 1, true)
    assert.equal(0, server:stop())
    local _, count = log():gsub("No space is left for the database", "")
    assert.equal(1, count)
  end)
end)
