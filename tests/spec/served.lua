-- A server over a workspace of the specs, talked to over its Unix socket with curl.
--
-- With $BIAOCHI_EXCHANGES, a folder, what was asked and answered is written down there, for
-- tests/openapi/validate.py.

local json = require "dkjson"
local system = require "system"
local support = require "tests.spec.support"

local seconds_at_most = 30

local Server = {}
Server.__index = Server

local function wait_for(condition, what)
  local deadline = os.time() + seconds_at_most
  while not condition() do
    if os.time() > deadline then error("waited in vain for " .. what, 3) end
    system.sleep(0.005) -- the processor is for what is waited for
  end
end

-- Starts `biaochi serve` with these options and waits until it answers.
local function start(workspace, ...)
  local self = setmetatable({ workspace = workspace }, Server)
  local words = { support.quote(support.binary), "serve --workspace data" }
  if not (" " .. table.concat({ ... }, " ")):find(" --listen", 1, true) then words[#words + 1] = "--listen 127.0.0.1:0" end
  for _, word in ipairs { ... } do words[#words + 1] = support.quote(word) end
  os.remove(workspace:path "serve.code")
  workspace:shell(("(sh -c 'echo $$ >serve.pid; exec \"$0\" \"$@\"' %s >serve.out 2>serve.err; echo $? >serve.code.new; "
    .. "mv serve.code.new serve.code) >/dev/null 2>&1 &"):format(table.concat(words, " ")))
  wait_for(function()
    if support.exists(workspace:path "serve.code") then
      error("the server ended: " .. support.read_file(workspace:path "serve.err"), 3)
    end
    return support.exists(workspace:path "data/biaochi.sock") and self:ask("GET", "/readyz").status == 200
  end, "the server to be ready")
  return self
end

-- What curl left of an answer: { status, headers (by lower-case name), body }.
local function read_answer(head_path, body_path)
  local head, headers = support.read_file(head_path), {}
  head = head:match "(HTTP/1.1 %d+[^\r]*\r\n.-)\r\n$" and head:gsub("^HTTP/1.1 100.-\r\n\r\n", "") or head
  for name, value in head:gmatch "\r\n([^:\r\n]+): ([^\r\n]*)" do headers[name:lower()] = value end
  return { status = tonumber(head:match "^HTTP/1.1 (%d+)"), headers = headers,
    body = support.exists(body_path) and support.read_file(body_path) or "" }
end

-- Adds a line to the file of that name; see tests/openapi/validate.py for what an exchange is.
local function record(path, exchange)
  local file = assert(io.open(path, "ab"))
  assert(file:write(json.encode(exchange), "\n"))
  assert(file:close())
end

local function record_for_all(workspace, method, path, answer)
  local folder = os.getenv "BIAOCHI_EXCHANGES"
  if not folder or not answer.status or answer.headers["content-encoding"] then return end
  record(folder .. "/" .. workspace.folder:match "[^/]+$" .. ".jsonl",
    { method = method, path = path, status = answer.status, type = answer.headers["content-type"], body = answer.body })
end

-- One request: { status, headers (by lower-case name), body }. `options`: body, headers (lines).
function Server:ask(method, path, options)
  options = options or {}
  local words = { "curl -s --max-time 30 --unix-socket data/biaochi.sock -D answer.head -o answer.body -X", method }
  for _, header in ipairs(options.headers or {}) do words[#words + 1] = "-H " .. support.quote(header) end
  if options.body then
    support.write_file(self.workspace:path "request.body", options.body)
    words[#words + 1] = "--data-binary @request.body"
  end
  words[#words + 1] = support.quote("http://localhost" .. path)
  support.write_file(self.workspace:path "answer.body", "")
  if self.workspace:shell(table.concat(words, " ")).code ~= 0 then return { headers = {} } end
  local answer = read_answer(self.workspace:path "answer.head", self.workspace:path "answer.body")
  record_for_all(self.workspace, method, path, answer)
  return answer
end

-- The same, insisting on the status; gives the body's JSON.
function Server:json(status, method, path, options)
  local answer = self:ask(method, path, options)
  if answer.status ~= status then
    error(("%s, not %d, of %s %s\n%s"):format(answer.status, status, method, path, answer.body), 2)
  end
  return support.decode(answer.body)
end

-- Waits until `condition` holds; for what happens beside the requests.
function Server.wait_for(_, condition, what) wait_for(condition, what) end

-- Ends the server as a service manager does, and gives its exit code.
function Server:stop()
  self.workspace:shell "kill -TERM $(cat serve.pid)"
  wait_for(function() return support.exists(self.workspace:path "serve.code") end, "the server to end")
  return tonumber(support.read_file(self.workspace:path "serve.code"))
end

-- Ends it, insists that it ended well, and removes the workspace.
function Server:finish()
  local code = self:stop()
  local log = support.read_file(self.workspace:path "serve.err")
  self.workspace:remove()
  if code ~= 0 then error(("the server ended with %s:\n%s"):format(code, log), 2) end
end

return { start = start, read_answer = read_answer, record = record }
