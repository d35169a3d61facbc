-- Runs the attacks on the server of tests/attacks, one file each, against one server, and sees to it that it
-- comes through: declares a spec for each.
--
-- A file gives a table:
--
--   about     what is tried, in a few words
--   requests  list of requests, each with what must come back. A request is
--               raw = BYTES                the bytes on the socket; everything until the server closes is read.
--                                          With `finish` the client says that there is no more to come
--               method, path, body, type, headers, who, from    else: see client.lua; `who` is the role
--                                          of an account that is logged in, or a session
--             and what must come back
--               status                     the first answer's, or a list of those that will do
--               code                       its error's code; its body then has the one shape of errors
--               answers                    how many answers there are (1)
--   attack    function(server), for what a list of requests cannot say; runs after them
--   notes     actions of the audit log that may be written of it, besides none
--   unlogged  true where nothing reaches the access log
--
-- Whatever is tried, afterwards the server is up and ready, says of results and packs, byte for byte,
-- what it said before, and nothing but the notes was written down: the audit log has a row for every change.

local client = require "tests.attacks.client"
local served = require "tests.spec.served"
local support = require "tests.spec.support"

local folder = "tests/attacks"
local password = "Mulberry-17"
local roles = { "reporter", "office", "analyst", "leader", "administrator", "security_administrator", "auditor" }

-- ---- the server, as attacks see it -----------------------------------------------------------

local Server = {}
Server.__index = Server

Server.password = password

function Server:connect(from) return client.connect(self, from) end

-- Sends bytes and gives all answers until the server closes.
function Server:raw(bytes, from, is_head, finish)
  local connection = self:connect(from):send(bytes)
  if finish then connection:finish() end
  return client.answers_in(connection:rest(), is_head)
end

-- Sends a request (see client.lua) and gives its answer.
function Server:ask(request)
  local sent = {}
  for key, value in pairs(request) do sent[key] = value end
  if type(sent.who) == "string" and self.sessions[sent.who] then sent.who = self.sessions[sent.who] end
  return self:raw(client.bytes_of(sent), request.from, request.method == "HEAD")[1]
end

-- The same as whoever owns the workspace, who may do everything.
function Server:owner(method, path, body)
  local answer = self:ask { method = method, path = path, body = body, from = "local" }
  if answer.status ~= 200 then error(("%s of %s: %s"):format(answer.status, path, answer.body), 2) end
  return answer
end

function Server.credentials(name, secret)
  return ('{"name":"%s","password":"%s"}'):format(name, secret or password)
end

-- A session of its own: { token, csrf, json }.
function Server:log_in(name, from)
  local answer = self:ask { method = "POST", path = "/api/v1/session", body = self.credentials(name), from = from }
  if answer.status ~= 200 then error("cannot log in as " .. name .. ": " .. answer.body, 2) end
  local token = answer.headers["set-cookie"]:match "^biaochi=([^;]+)"
  return { token = token, csrf = answer.json.csrf, json = answer.json }
end

-- Its access log from line `first` on.
function Server:log_lines(first)
  local lines = support.lines(support.read_file(self.workspace:path "access.log"))
  return table.move(lines, first or 1, #lines, 1, {})
end

function Server:wait_for(condition, what) self.process:wait_for(condition, what) end

-- The most memory the server has ever held, in MiB.
function Server:peak_mib()
  local pid = support.read_file(self.workspace:path "serve.pid"):match "%d+"
  return tonumber(support.read_file("/proc/" .. pid .. "/status"):match "VmHWM:%s*(%d+)") // 1024
end

local function start()
  local workspace = support.office()
  workspace:observe "150802,mortality,2024,14.3\n150821,mortality,2024,11.2\n"
  workspace:declare_unit()
  for _, role in ipairs(roles) do
    local where = role == "auditor" and "" or " --region 150800" -- there is one audit log
    local unit = role == "reporter" and " --unit health" or ""
    local added = workspace:shell(("printf '%s\\n' | %s"):format(password, workspace:command("user", "add",
      "user." .. role, "--role", role, "--password-stdin") .. where .. unit))
    assert.equal(0, added.code, added.err)
  end
  workspace:sql "UPDATE account SET must_change_password = 0"
  local self = setmetatable({ workspace = workspace, sessions = {} }, Server)
  self.process = served.start(workspace, "--access-log", "access.log", "--queue", "32")
  self.port = tonumber(support.read_file(workspace:path "serve.err"):match "127%.0%.0%.1:(%d+)")
  self.socket_path = workspace:path "data/biaochi.sock"
  for i, role in ipairs(roles) do self.sessions[role] = self:log_in("user." .. role, "127.0.1." .. i) end
  return self
end

-- ---- what must hold --------------------------------------------------------------------------

-- What the server says of what there is, and the audit log's rows by their ids.
local function state_of(server)
  local rows = server:owner("GET", "/api/v1/audit?limit=1000").json.rows
  return {
    said = {
      server:owner("GET", "/api/v1/results/office/scores").body,
      server:owner("GET", "/api/v1/results/office/regions/150802").body,
      server:owner("GET", "/api/v1/packs/office").body,
      server:owner("GET", "/api/v1/observations").body,
      server:owner("GET", "/api/v1/regions").body,
    },
    rows = rows,
  }
end

local function check_notes(before, after, allowed)
  local known, may = {}, {}
  for _, row in ipairs(before) do known[row.id] = row.hash end
  for _, action in ipairs(allowed or {}) do may[action] = true end
  for _, row in ipairs(after) do
    if known[row.id] then
      assert.equal(known[row.id], row.hash)
    elseif not may[row.action] then
      error(("the audit log says that %s: %s %s was done"):format(row.who, row.action, row.subject or ""))
    end
  end
end

-- Errors have one shape: { error = { code, message, where, hint }, problems }.
local function check_shape(answer)
  local body = answer.json
  assert(body, "no JSON: " .. answer.body)
  local problem = body.error
  assert(problem and problem.code and problem.message and #problem.message > 0, answer.body)
  assert(type(body.problems) == "table" and #body.problems >= 1, answer.body)
  assert(utf8.len(answer.body), "no UTF-8")
end

-- What says no is kept by no cache, and taken for nothing else.
local function check_headers(answer)
  assert.equal("no-store", answer.headers["cache-control"])
  assert.equal("nosniff", answer.headers["x-content-type-options"])
  assert.truthy(answer.headers["content-language"], answer.body)
end

local function shortened(text) return #text > 300 and text:sub(1, 300) .. "…" or text end

local function is_among(status, wanted)
  if type(wanted) == "number" then return status == wanted end
  for _, each in ipairs(wanted) do
    if each == status then return true end
  end
  return false
end

local function check_request(server, request)
  local sent = shortened(request.raw or ("%s %s %s"):format(request.method or "GET", request.path, request.body or ""))
  local answers
  if request.raw then
    answers = server:raw(request.raw, request.from, request.raw:find "^HEAD ", request.finish)
  else
    answers = { server:ask(request) }
  end
  local answer = answers[1] or { status = 0, body = "" }
  if not is_among(answer.status, request.status) then
    error(("%d came of:\n%s\n%s"):format(answer.status, sent, shortened(answer.body)), 2)
  end
  assert.equal(request.answers or 1, #answers, sent)
  if request.code then
    check_shape(answer)
    check_headers(answer)
    assert.equal(request.code, answer.json.error.code, sent)
  end
end

local function run(server, attack)
  local before = state_of(server)
  local first_line = #server:log_lines() + 1
  for _, request in ipairs(attack.requests or {}) do check_request(server, request) end
  if attack.attack then attack.attack(server) end
  assert.equal(200, server:ask({ path = "/readyz" }).status)
  local after = state_of(server)
  assert.same(before.said, after.said)
  check_notes(before.rows, after.rows, attack.notes)
  if attack.unlogged then return end
  local wanted = math.max(1, #(attack.requests or {}))
  server:wait_for(function()
    local count = 0
    for _, line in ipairs(server:log_lines(first_line)) do
      if not line:find('"GET /readyz"', 1, true) and not line:find(" local ", 1, true) then count = count + 1 end
    end
    return count >= wanted
  end, "the access log to tell of it")
end

-- ---- the suite -------------------------------------------------------------------------------

return function()
  describe("the server withstands", function()
    local server

    setup(function() server = start() end)

    teardown(function()
      if not server then return end
      local code = server.process:stop()
      local log = support.read_file(server.workspace:path "serve.err")
      local verified = server.workspace:run("audit", "verify")
      server.workspace:remove()
      assert.equal(0, code, log)
      assert.equal(0, verified.code, verified.err)
      assert.is_nil(log:find "ERROR: AddressSanitizer" or log:find "runtime error", log)
    end)

    local listing = assert(io.popen("ls " .. folder, "r"))
    for name in listing:lines() do
      local title = name:match "^(.+)%.lua$"
      if title and title ~= "attacks" and title ~= "client" then
        local attack = assert(loadfile(folder .. "/" .. name, "t", _ENV))()
        it(title .. ": " .. attack.about, function() run(server, attack) end)
      end
    end
    listing:close()
  end)
end
