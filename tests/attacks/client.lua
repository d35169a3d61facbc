-- A client that sends exactly the bytes it is told to, over TCP or the Unix socket: curl would tidy up what is sent.

local json = require "dkjson"
local socket = require "socket"
local unix = require "socket.unix"

local seconds_at_most = 20

local Connection = {}
Connection.__index = Connection

-- Connects to a server as tests/attacks/attacks.lua has started it. `from` is the client's own address, any
-- of 127.0.0.0/8, by which logins are throttled; "local" means the Unix socket.
local function connect(server, from)
  local handle
  if from == "local" then
    handle = unix()
    assert(handle:connect(server.socket_path))
  else
    handle = assert(socket.tcp4())
    if from then assert(handle:bind(from, 0)) end
    assert(handle:connect("127.0.0.1", server.port))
    assert(handle:setoption("tcp-nodelay", true))
  end
  handle:settimeout(seconds_at_most)
  return setmetatable({ handle = handle, bytes = "" }, Connection)
end

-- Sends what the server takes of the bytes: it may refuse and close before it has read them all.
function Connection:send(bytes)
  self.handle:send(bytes)
  return self
end

-- Says that nothing more is sent.
function Connection:finish()
  self.handle:shutdown "send"
  return self
end

function Connection:close() self.handle:close() end

-- Reads more; false at the end. A server that says nothing for too long is an error.
function Connection:read_more()
  self.handle:settimeout(seconds_at_most)
  local got, problem, part = self.handle:receive(1)
  got = got or part
  if not problem then -- and what has come with it
    self.handle:settimeout(0)
    local all, _, rest = self.handle:receive(1 << 20)
    got = got .. (all or rest or "")
  end
  if problem == "timeout" then error("the server said nothing more after:\n" .. self.bytes:sub(1, 500), 2) end
  self.bytes = self.bytes .. got
  return problem == nil
end

function Connection:wait_for(text)
  while not self.bytes:find(text, 1, true) do
    if not self:read_more() then error(("no %q in:\n%s"):format(text, self.bytes:sub(1, 500)), 2) end
  end
end

-- Everything until the server closes.
function Connection:rest()
  while self:read_more() do end
  self:close()
  return self.bytes
end

local function body_of(bytes, at, headers)
  if headers["transfer-encoding"] ~= "chunked" then
    local length = tonumber(headers["content-length"] or "0")
    return bytes:sub(at, at + length - 1), at + length
  end
  local parts = {}
  while true do
    local size, after = bytes:match("^(%x+)\r\n()", at)
    size = assert(tonumber(size, 16), "a malformed chunk is answered")
    parts[#parts + 1] = bytes:sub(after, after + size - 1)
    at = after + size + 2
    if size == 0 then return table.concat(parts), at end
  end
end

-- The answers in what a server has sent until it closed: each { status, headers, body, json }.
local function answers_in(bytes, is_head)
  local answers, at = {}, 1
  while at <= #bytes do
    local status, head, after = bytes:match("^HTTP/1%.[01] (%d+)[^\r\n]*(.-\r\n)\r\n()", at)
    -- The HTTP library says the head of some of its own answers twice. Who has been told that the connection
    -- ends reads no further.
    local last = answers[#answers]
    if not status and last and last.headers.connection == "close" then break end
    if not status then error("no answer of HTTP/1.1:\n" .. bytes:sub(at, at + 500), 2) end
    local answer = { status = tonumber(status), headers = {} }
    for name, value in head:gmatch "\r\n([^:\r\n]+): ([^\r\n]*)" do answer.headers[name:lower()] = value end
    answer.body, at = "", after
    if not is_head and answer.status ~= 304 and answer.status >= 200 then
      answer.body, at = body_of(bytes, after, answer.headers)
    end
    if (answer.headers["content-type"] or ""):find "^application/json" then
      answer.json = not is_head and answer.status ~= 304 and json.decode(answer.body)
    end
    if answer.status ~= 100 then answers[#answers + 1] = answer end
  end
  return answers
end

-- A request as bytes. `request`: method, path, body, type, headers (lines), who (a session that was
-- logged in, or the text of an API token), host.
local function bytes_of(request)
  local lines = { ("%s %s HTTP/1.1"):format(request.method or "GET", request.path) }
  lines[#lines + 1] = "Host: " .. (request.host or "127.0.0.1")
  lines[#lines + 1] = "Connection: close"
  if type(request.who) == "table" then
    lines[#lines + 1] = "Cookie: biaochi=" .. request.who.token
    if request.who.csrf then lines[#lines + 1] = "X-CSRF-Token: " .. request.who.csrf end
  elseif request.who then
    lines[#lines + 1] = "Authorization: Bearer " .. request.who
  end
  for _, header in ipairs(request.headers or {}) do lines[#lines + 1] = header end
  if request.body then
    lines[#lines + 1] = "Content-Type: " .. (request.type or "application/json")
    lines[#lines + 1] = "Content-Length: " .. #request.body
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n" .. (request.body or "")
end

return { connect = connect, answers_in = answers_in, bytes_of = bytes_of, now = socket.gettime }
