-- /api/v1/audit over the server's own socket: rows page by page, verification, export.

local support = require "tests.spec.support"

local workspace, server

-- Waits for a condition of the shell, ten seconds at most.
local function wait_for(condition)
  local result = workspace:shell(("for i in $(seq 200); do if %s; then exit 0; fi; sleep 0.05; done; exit 1"):format(condition))
  assert(result.code == 0, "never came true: " .. condition)
end

local curl = "curl -s --max-time 20 --unix-socket data/biaochi.sock "

-- The status and the body of an answer; `more` are further words for curl.
local function get(path, more)
  local result = workspace:shell(curl .. (more or "") .. " -w '\\n%{http_code}' " .. support.quote("http://host" .. path))
  local body, status = result.out:match "^(.*)\n(%d+)$"
  return tonumber(status), body
end

local function json(path, more)
  local status, body = get(path, more)
  assert.equal(200, status, body)
  return support.decode(body)
end

local function actions(path)
  local answer, words = json(path), {}
  for i, row in ipairs(answer.rows) do words[i] = row.action end
  return words, answer
end

setup(function()
  workspace = support.office()
  workspace:observe "150800,mortality,2020,16.9\n150800,mortality,2024,14.3\n"
  server = workspace:shell(("setsid %s >serve.log 2>&1 & echo $!"):format(
    workspace:command("serve", "--listen", "127.0.0.1:0"))).out:match "%d+"
  wait_for(curl .. "-f http://host/readyz >/dev/null")
end)

teardown(function()
  workspace:shell("kill -TERM " .. server)
  wait_for("! kill -0 " .. server .. " 2>/dev/null")
  local log = support.read_file(workspace:path "serve.log")
  workspace:remove()
  assert.is_nil(log:find("Sanitizer", 1, true), log)
end)

describe("GET /api/v1/audit", function()
  it("says on whose behalf the server did what", function()
    local body = [[{ "observations": [{ "region": "150800", "indicator": "mortality", "year": 2023, "value": "15.1" }],
      "what": "entry form" }]]
    local answer = json("/api/v1/observations", "-X PUT -H 'Content-Type: application/json' -d " .. support.quote(body))
    assert.equal(1, answer.changed)
    local row = json("/api/v1/audit?action=observations&limit=1").rows[1]
    assert.equal("cli", row.means)
    assert.truthy(row.who:find "^local:[%w_-]+$", row.who)
    assert.equal("entry form", support.decode(row.detail).what)
    local own = json("/api/v1/audit?who=serve").rows
    assert.truthy(#own > 0)
    for _, each in ipairs(own) do assert.equal("system", each.means) end
  end)

  it("goes from page to page", function()
    local newest = json("/api/v1/audit?limit=1").rows[1].id
    local seen, before = 0, nil
    repeat
      local answer = json("/api/v1/audit?limit=3" .. (before and "&before=" .. before or ""))
      for i, row in ipairs(answer.rows) do assert.equal(newest - seen - i + 1, row.id) end
      seen, before = seen + #answer.rows, answer.before
    until not before
    assert.equal(newest, seen)
  end)

  it("takes who, what and when", function()
    assert.same({ "pack.activate" }, (actions "/api/v1/audit?action=pack.activate&subject=office"))
    assert.same({ "log.begin" }, (actions "/api/v1/audit?who=biaochi"))
    assert.same({}, (actions "/api/v1/audit?until=2026-01-01T00:00:00Z"))
    assert.same({ "log.begin" }, (actions "/api/v1/audit?since=2026-01-01&before=2"))
  end)

  it("refuses what it cannot read", function()
    for _, query in ipairs { "since=yesterday", "until=2026-02-30", "limit=0", "limit=1001", "before=x", "before=1" } do
      local status, body = get("/api/v1/audit?" .. query)
      assert.equal(400, status)
      assert.equal("usage", support.decode(body).error.code)
    end
  end)

  it("cannot be changed", function()
    for _, method in ipairs { "POST", "PUT", "DELETE", "PATCH" } do
      for _, path in ipairs { "/api/v1/audit", "/api/v1/audit/verify", "/api/v1/audit/export" } do
        assert.equal(405, (get(path, "-X " .. method)))
      end
    end
    assert.equal(404, (get("/api/v1/audit/1", "-X DELETE")))
  end)
end)

describe("GET /api/v1/audit/verify", function()
  it("finds the log of a server whole, and a noted head in it", function()
    local report = json "/api/v1/audit/verify"
    assert.is_true(report.ok)
    local noted = ("%s@%d"):format(report.head.hash, report.head.id)
    assert.is_true(json("/api/v1/audit/verify?expect=" .. noted).ok)
    local other = json("/api/v1/audit/verify?expect=" .. noted:gsub("@%d+", "@1"))
    assert.same({ false, "expected", 1 }, { other.ok, other.findings[1].what, other.findings[1].id })
    assert.equal(400, (get "/api/v1/audit/verify?expect=12345"))
    local chinese = json("/api/v1/audit/verify?expect=" .. noted:gsub("@%d+", "@1"), "-H 'Accept-Language: zh-CN'")
    assert.truthy(chinese.findings[1].message:find("截断", 1, true))
  end)
end)

describe("GET /api/v1/audit/export", function()
  it("gives lines that can be verified elsewhere, and is logged", function()
    local parts, from = {}, 1
    repeat
      local status, body = get(("/api/v1/audit/export?from=%d&limit=4"):format(from))
      assert.equal(200, status)
      parts[#parts + 1] = body
      local lines = support.lines(body)
      from = from + #lines
    until #lines < 4
    workspace:write("log.jsonl", table.concat(parts))
    assert.equal(from - 1, workspace:json(0, "audit", "verify", "--file", "log.jsonl").rows)
    local row = json("/api/v1/audit?action=audit.export&limit=1").rows[1]
    assert.equal("api", row.subject)
    assert.equal(from - 1, support.decode(row.detail).head_id)
    assert.equal(400, (get "/api/v1/audit/export?limit=10001"))
    assert.equal(400, (get "/api/v1/audit/export?from=0"))
  end)
end)
