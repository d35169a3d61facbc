-- The API and its description are the same: every operation is asked of a real server, well and badly,
-- and all that was said is held against scripts/openapi/openapi.json by tests/openapi/validate.py.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local document = support.decode(support.read_file "scripts/openapi/openapi.json")
local nothing = "999999" -- the name of nothing there is

local pack = support.pack .. [[
warning "off_track" { on = "indicator", title = "预计达标困难", message = "{value}",
  level = function(status) if status == "unmet" then return "red" end end }
document "plan" { title = "规划" } { clause "g1" { at = "前言", title = "回顾", background = "说明形势，没有提出任务" } }
]]

-- ---- operations ------------------------------------------------------------------------------

-- Posts and puts first, so that there is something to get; what takes away comes last.
local ranks = { post = 1, put = 2, get = 3, delete = 4 }
local last = { rollBack = 5, logOut = 6 }

local operations = {}
for path, methods in pairs(document.paths) do
  for method, operation in pairs(methods) do
    operations[#operations + 1] = { id = operation.operationId, method = method:upper(), path = path, about = operation,
      rank = last[operation.operationId] or ranks[method] }
  end
end
table.sort(operations, function(one, other)
  if one.rank ~= other.rank then return one.rank < other.rank end
  return one.path < other.path
end)

local function parameters(operation, where)
  local found = {}
  for _, parameter in ipairs(operation.about.parameters or {}) do
    if parameter["in"] == where then found[#found + 1] = parameter end
  end
  return found
end

local function resolve(schema)
  local name = schema["$ref"] and schema["$ref"]:match "[^/]+$"
  return name and document.components.schemas[name] or schema
end

local function escape(value)
  return (tostring(value):gsub("[^%w._~-]", function(byte) return ("%%%02X"):format(byte:byte()) end))
end

describe("the description of the API", function()
  it("is made from its parts, and sound", function()
    assert.is_true(os.execute "lua5.4 scripts/openapi/generate.lua --check")
    local pipe = io.popen "/usr/bin/python3 tests/openapi/validate.py scripts/openapi/openapi.json 2>&1"
    local said = pipe:read "a"
    pipe:close()
    assert.same({}, support.decode(said).violations)
  end)

  it("has the routes of the program, with their rights and places", function()
    local actions = {}
    for name, text in support.read_file "core/auth/rights.c":gmatch '%[(ACTION_[%u_]+)%] = {"([%l._]+)"' do
      actions[name] = text
    end
    local described, routed = {}, {}
    for _, operation in ipairs(operations) do
      described[operation.method .. " " .. operation.path] =
        operation.about["x-action"] .. " " .. operation.about["x-place"]
    end
    local pipe = assert(io.popen("cat core/api/*.c", "r"))
    for method, path, action, place in
      pipe:read("a"):gmatch '{"(%u+)",%s+"(/[^"]+)",%s*[%w_]+},%s*[%w_]+,%s*(ACTION_[%u_]+),%s*API_([%u_]+)}' do
      place = place:lower():gsub("_", " ")
      routed[method .. " " .. path] = (place == "open" and "open" or actions[action]) .. " " .. place
    end
    pipe:close()
    assert.is_true(#operations > 60)
    assert.same(routed, described)
  end)
end)

-- ---- the walk --------------------------------------------------------------------------------

describe("every operation of the API", function()
  local workspace, server, port, stream
  local sessions, exchanges = {}, {}
  local values = {} -- of parameters of paths, by operation

  local function add_account(name, role, ...)
    workspace:shell(("printf 'Mulberry-17\\n' | %s"):format(workspace:command("user", "add", name, "--role", role,
      "--password-stdin", ...)))
  end

  local function log_in(name)
    local answer = server:ask("POST", "/api/v1/session", { body = ('{"name":"%s","password":"Mulberry-17"}'):format(name) })
    assert.equal(200, answer.status, answer.body)
    local self = support.decode(answer.body)
    return { cookie = answer.headers["set-cookie"]:match "^__Host%-biaochi=([^;]+)", csrf = self.csrf,
      id = self.session.id }
  end

  local function make_token(session)
    return server:json(201, "POST", "/api/v1/tokens", { body = '{"name":"x","scopes":["read"]}',
      headers = { "Cookie: __Host-biaochi=" .. session.cookie, "X-CSRF-Token: " .. session.csrf } })
  end

  setup(function()
    workspace = support.office((pack:gsub('"1.0.0"', '"0.9.0"')))
    workspace:write_pack("office", pack)
    workspace:expect(0, "pack", "activate", "office")
    local lines = { "region,indicator,year,value,kind" }
    for year = 2020, 2024 do
      lines[#lines + 1] = ("150802,mortality,%d,%d.5,reported"):format(year, 2036 - year)
      lines[#lines + 1] = ("150821,mortality,%d,%d.5,reported"):format(year, 2030 - year)
    end
    lines[#lines + 1] = "150821,screening,2024,80,sample\n"
    workspace:write("figures.csv", table.concat(lines, "\n"))
    workspace:expect(0, "import", "figures.csv")
    add_account("zhang.min", "analyst", "--region", "150800")
    add_account("wang.lei", "analyst", "--region", "150800")
    add_account("chen.jing", "analyst", "--region", "150800")
    add_account("sun.li", "analyst", "--region", "150800")
    add_account("auditor", "auditor")
    add_account("security", "security_administrator")
    workspace:sql "UPDATE account SET must_change_password = 0"
    server = served.start(workspace)
    port = support.read_file(workspace:path "serve.err"):match "127%.0%.0%.1:(%d+)"
    stream = workspace:path "stream.body"
    workspace:shell "curl -sN --unix-socket data/biaochi.sock -o stream.body http://localhost/api/v1/events >/dev/null 2>&1 & echo $! >stream.pid"
    for _, name in ipairs { "zhang.min", "wang.lei", "auditor", "security", "sun.li" } do sessions[name] = log_in(name) end
    local token = make_token(sessions["sun.li"])
    local retired
    for _, version in ipairs(support.csv(workspace:expect(0, "pack", "list", "--format", "csv").out)) do
      if version.state == "retired" then retired = version.hash end
    end
    values = {
      endSession = { account = "sun.li", session = sessions["sun.li"].id },
      revokeToken = { account = "sun.li", token = token.id },
      endOwnSession = { session = log_in("wang.lei").id },
      revokeOwnToken = { token = make_token(sessions["wang.lei"]).id },
      previewImpact = { body = ('{"version":"%s"}'):format(retired) },
    }
  end)

  teardown(function()
    if stream then workspace:shell "kill $(cat stream.pid)" end
    local code = server and server:stop()
    local log = support.exists(workspace:path "serve.err") and support.read_file(workspace:path "serve.err") or ""
    workspace:remove()
    assert.equal(0, code)
    assert.is_nil(log:find("Sanitizer", 1, true), log)
  end)

  -- Who asks usually: a person's own things need his session, the rest is the local administrator's.
  local function asker(operation)
    if operation.id == "changePassword" then return sessions["zhang.min"] end
    local own = operation.path:find "^/api/v1/tokens" or operation.path:find "^/api/v1/session"
    return own and operation.id ~= "logIn" and sessions["wang.lei"] or nil
  end

  -- A good request of the operation, from the document's examples. `change` alters it: path (values by
  -- name), query (texts by name), body, type, session (false: none), headers.
  local function request(operation, change)
    change = change or {}
    local own = values[operation.id] or {}
    local path = operation.path:gsub("{(%l+)}", function(name)
      for _, parameter in ipairs(parameters(operation, "path")) do
        if parameter.name == name then
          local usual = name == "account" and "chen.jing" or parameter.example
          return escape((change.path or {})[name] or own[name] or usual)
        end
      end
    end)
    local query, headers = {}, { table.unpack(change.headers or {}) }
    for _, parameter in ipairs(parameters(operation, "query")) do
      local value = (change.query or {})[parameter.name]
      if value == nil then value = parameter.example end
      if value ~= nil then query[#query + 1] = parameter.name .. "=" .. escape(value) end
    end
    local kinds = operation.about.requestBody and operation.about.requestBody.content or {}
    local kind = kinds["application/json"] and "application/json" or next(kinds)
    local body = change.body
    if kind and not body then
      body = own.body or kinds[kind].example
      if kind == "application/json" and not own.body then body = require("dkjson").encode(body) end
    end
    if body then headers[#headers + 1] = "Content-Type: " .. (change.type or kind or "application/json") end
    local session = change.session
    if session == nil then session = asker(operation) end
    if session then
      headers[#headers + 1] = "Cookie: __Host-biaochi=" .. session.cookie
      headers[#headers + 1] = "X-CSRF-Token: " .. session.csrf
    end
    return { operation = operation, method = change.method or operation.method, headers = headers, body = body,
      path = path .. (#query > 0 and "?" .. table.concat(query, "&") or ""), type = body and (change.type or kind),
      no_socket = change.no_socket }
  end

  local function curl_lines(i, wanted)
    local lines = { ("url = \"%s%s\""):format(wanted.no_socket and "http://127.0.0.1:" .. port or "http://localhost",
      wanted.path), ("request = \"%s\""):format(wanted.method), "silent",
      ("max-time = %s"):format(wanted.operation.id == "streamEvents" and "0.3" or "20"),
      ("output = \"answer.%d\""):format(i), ("dump-header = \"head.%d\""):format(i) }
    if not wanted.no_socket then lines[#lines + 1] = 'unix-socket = "data/biaochi.sock"' end
    for _, header in ipairs(wanted.headers) do lines[#lines + 1] = ("header = \"%s\""):format(header:gsub('"', '\\"')) end
    if wanted.body then
      workspace:write("body." .. i, wanted.body)
      lines[#lines + 1] = ("data-binary = \"@body.%d\""):format(i)
    end
    return table.concat(lines, "\n")
  end

  -- Asks all of them by one curl; the answers beside the requests. `good`: they are as described.
  local function ask_all(requests, good)
    local lines = {}
    for i, wanted in ipairs(requests) do lines[i] = curl_lines(i, wanted) end
    workspace:write("requests", table.concat(lines, "\nnext\n"))
    workspace:shell "rm -f answer.* head.*; curl -K requests"
    local answers = {}
    for i, wanted in ipairs(requests) do
      local answer = served.read_answer(workspace:path("head." .. i), workspace:path("answer." .. i))
      answers[i] = answer
      exchanges[#exchanges + 1] = { method = wanted.method, path = wanted.path, request_type = wanted.type,
        request_body = good and wanted.body or nil, good = good, status = answer.status,
        type = answer.headers["content-type"], body = answer.body }
    end
    return answers
  end

  -- Names what was not answered with one of the statuses.
  local function expect(requests, answers, ...)
    local wrong = {}
    for i, wanted in ipairs(requests) do
      local fits = false
      for _, status in ipairs { ... } do fits = fits or answers[i].status == status end
      if not fits then
        wrong[#wrong + 1] = ("%s %s: %s %s"):format(wanted.method, wanted.path, answers[i].status,
          answers[i].body:sub(1, 300))
      end
    end
    assert.equal("", table.concat(wrong, "\n"))
  end

  it("asked well gives what is described", function()
    local requests = {}
    for i, operation in ipairs(operations) do requests[i] = request(operation) end
    expect(requests, ask_all(requests, true), 200, 201, 202)
  end)
end)
