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
local last = { rollBack = 5, retirePack = 5, logOut = 6 }

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
  it("is sound", function()
    local pipe = io.popen "/usr/bin/python3 tests/openapi/validate.py scripts/openapi/openapi.json 2>&1"
    local said = pipe:read "a"
    pipe:close()
    assert.same({}, support.decode(said).violations)
  end)

  it("finds fault with times that are local, or none", function()
    local file = os.tmpname()
    local activation = { pack = "office", action = "activate", version = "1", hash = ("0"):rep(64), who = "wang.lei" }
    for at, faults in pairs { ["2026-11-22T08:30:00.5Z"] = 0, ["2026-11-22 08:30:00"] = 2, ["2026-02-30T08:30:00Z"] = 1 } do
      activation.at = at
      support.write_file(file, "")
      served.record(file, { method = "GET", path = "/api/v1/packs/office/activations", status = 200,
        type = "application/json", body = require("dkjson").encode { pack = "office", activations = { activation } } })
      local pipe = io.popen("/usr/bin/python3 tests/openapi/validate.py scripts/openapi/openapi.json " .. file)
      local said = pipe:read "a"
      pipe:close()
      assert.equal(faults, #support.decode(said).violations, said)
    end
    os.remove(file)
  end)

  it("has the routes of the program, with their parameters, rights and places", function()
    local actions = {}
    for name, text in support.read_file "core/auth/rights.c":gmatch '%[(ACTION_[%u_]+)%] = {"([%l._]+)"' do
      actions[name] = text
    end
    local described, routed = {}, {}
    for _, operation in ipairs(operations) do
      local names = {}
      for _, parameter in ipairs(parameters(operation, "query")) do names[#names + 1] = parameter.name end
      table.sort(names)
      described[operation.method .. " " .. operation.path] =
        ("%s %s %s"):format(operation.about["x-action"], operation.about["x-place"], table.concat(names, " "))
    end
    local pipe = assert(io.popen("cat core/api/*.c", "r"))
    for method, path, action, place in
      pipe:read("a"):gmatch '{"(%u+)",%s+"(/[^"]+)",%s*[%w_]+},%s*[%w_]+,%s*(ACTION_[%u_]+),%s*API_([%u_]+)}' do
      place = place:lower():gsub("_", " ")
      local names = {}
      for name in (path:match "%?(.*)" or ""):gmatch "[^&]+" do names[#names + 1] = name end
      table.sort(names)
      routed[method .. " " .. path:gsub("%?.*", "")] =
        ("%s %s %s"):format(place == "open" and "open" or actions[action], place, table.concat(names, " "))
    end
    pipe:close()
    assert.is_true(#operations > 60)
    assert.same(routed, described)
  end)

  it("and the commands are held against each other, so that neither has what the other lacks unsaid", function()
    local commands, routes, wrong = {}, {}, {}
    local pipe = assert(io.popen("cat core/cli/*.c", "r"))
    for name in pipe:read("a"):gmatch '%.name = "([%l%- ]+)",%s+%.usage' do commands[name] = false end
    pipe:close()
    for _, operation in ipairs(operations) do
      routes[operation.method .. " " .. operation.path:gsub("^/api/v1", "")] = false
    end
    for line in support.read_file "core/api/README.md":match("## Commands and routes\n(.*)"):gmatch "[^\n]+" do
      local first, second = line:match "^| (.-) | (.-) |$"
      if first and not second:find "^why" and not second:find "^routes" then
        local named = 0
        for route in line:gmatch "`(%u+ /[^`]+)`" do
          named = named + 1
          if routes[route] == nil then wrong[#wrong + 1] = route .. " is no route" end
          routes[route] = true
        end
        if first:find "^`" then
          if #second < 20 then wrong[#wrong + 1] = line end
        else
          if commands[first] == nil then wrong[#wrong + 1] = first .. " is no command" end
          if named == 0 and not second:find "^none: %l" then wrong[#wrong + 1] = first .. " has no route, and no reason" end
          commands[first] = true
        end
      end
    end
    for name, known in pairs(commands) do if not known then wrong[#wrong + 1] = name .. " is in no table" end end
    for name, known in pairs(routes) do if not known then wrong[#wrong + 1] = name .. " is in no table" end end
    table.sort(wrong)
    assert.equal("", table.concat(wrong, "\n"))
    assert.truthy(next(commands) and next(routes))
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
    workspace:write_pack("town", [[pack { id = "town", title = "临河区评估", region = "150802", version = "1.0.0",
      api = 1, extends = "office" }
    ]])
    workspace:expect(0, "pack", "activate", "town")
    workspace:write("figures.csv", table.concat(lines, "\n"))
    workspace:expect(0, "import", "figures.csv")
    add_account("zhang.min", "analyst", "--region", "150800")
    add_account("wang.lei", "analyst", "--region", "150800")
    add_account("chen.jing", "analyst", "--region", "150800")
    add_account("sun.li", "analyst", "--region", "150800")
    add_account("he.jun", "analyst", "--region", "150800")
    add_account("auditor", "auditor")
    add_account("security", "security_administrator")
    workspace:sql "UPDATE account SET must_change_password = 0"
    server = served.start(workspace)
    port = support.read_file(workspace:path "serve.err"):match "127%.0%.0%.1:(%d+)"
    stream = workspace:path "stream.body"
    workspace:shell("curl -sN --unix-socket data/biaochi.sock -o stream.body http://localhost/api/v1/events "
      .. ">/dev/null 2>&1 & echo $! >stream.pid")
    for _, name in ipairs { "zhang.min", "wang.lei", "auditor", "security", "sun.li", "he.jun" } do
      sessions[name] = log_in(name)
    end
    local token = make_token(sessions["sun.li"])
    local retired, town
    for _, version in ipairs(support.csv(workspace:expect(0, "pack", "list", "--format", "csv").out)) do
      if version.state == "retired" then retired = version.hash end
      if version.pack == "town" then town = version.hash end
    end
    local candidate
    for _, operation in ipairs(operations) do
      if operation.id == "offerPack" then
        local example = operation.about.requestBody.content["application/json"].example
        candidate = server:json(200, "POST", "/api/v1/candidates", {
          headers = { "Content-Type: application/json" }, body = require("dkjson").encode(example) })
      end
    end
    values = {
      endSession = { account = "sun.li", session = sessions["sun.li"].id },
      revokeToken = { account = "sun.li", token = token.id },
      endOwnSession = { session = log_in("wang.lei").id },
      revokeOwnToken = { token = make_token(sessions["wang.lei"]).id },
      getDifference = { pack = "town" },
      previewDifference = { pack = "town", body = ('{"version":"%s"}'):format(town) },
      previewNodes = { body = ('{"version":"%s"}'):format(retired) },
      previewCoverage = { body = ('{"version":"%s"}'):format(retired) },
      checkProperties = { body = ('{"version":"%s"}'):format(retired) },
      activateVersion = { pack = "town", body = ('{"version":"%s"}'):format(town) },
      retirePack = { pack = "example" }, -- which the candidate is
      previewImpact = { body = ('{"version":"%s"}'):format(retired) },
    }
    for _, operation in ipairs(operations) do
      if operation.path:find("{candidate}", 1, true) then
        values[operation.id] = values[operation.id] or {}
        values[operation.id].candidate = candidate.id
      end
    end
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
    if operation.id == "endOwnSessions" then return sessions["he.jun"] end
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
    -- Those who changed their password and logged out are here again.
    sessions["wang.lei"] = log_in "wang.lei"
    sessions["zhang.min"], sessions["he.jun"] = sessions["wang.lei"], sessions["wang.lei"]
  end)

  it("that gives a tag is not given again what it gave", function()
    local requests, again = {}, {}
    for _, operation in ipairs(operations) do
      if operation.about.responses["304"] then requests[#requests + 1] = request(operation) end
    end
    for i, answer in ipairs(ask_all(requests, true)) do
      again[i] = request(requests[i].operation, { headers = { "If-None-Match: " .. (answer.headers.etag or "none") } })
    end
    assert.is_true(#requests > 5)
    expect(again, ask_all(again, true), 304)
  end)

  it("is refused to nobody and to whoever has no right to it", function()
    local of_nobody, of_others = {}, {}
    for _, operation in ipairs(operations) do
      local right = operation.about["x-action"]
      if right ~= "open" then of_nobody[#of_nobody + 1] = request(operation, { session = false, no_socket = true }) end
      if not ({ open = true, none = true, ["account.own"] = true })[right] then
        local other = (right:find "^audit" or right:find "^tokens") and "security" or "auditor"
        of_others[#of_others + 1] = request(operation, { session = sessions[other] })
      end
    end
    expect(of_nobody, ask_all(of_nobody), 401)
    expect(of_others, ask_all(of_others), 403)
  end)

  it("that changes something is refused to a session without its X-CSRF-Token", function()
    local requests = {}
    for _, operation in ipairs(operations) do
      if operation.method ~= "GET" and operation.about["x-action"] ~= "open" then
        local session = { cookie = sessions["auditor"].cookie, csrf = "x" }
        requests[#requests + 1] = request(operation, { session = session })
      end
    end
    expect(requests, ask_all(requests), 403)
  end)

  it("finds nothing of another name", function()
    local requests = {}
    for _, operation in ipairs(operations) do
      for _, parameter in ipairs(parameters(operation, "path")) do
        if parameter.name ~= "role" then
          requests[#requests + 1] = request(operation, { path = { [parameter.name] = nothing } })
          requests[#requests + 1] = request(operation, { path = { [parameter.name] = "x\u{4E00}" } })
        end
      end
    end
    assert.is_true(#requests > 40)
    expect(requests, ask_all(requests), 404)
  end)

  it("refuses parameters that are not as described", function()
    local requests = {}
    for _, operation in ipairs(operations) do
      for _, parameter in ipairs(parameters(operation, "query")) do
        local schema = resolve(parameter.schema)
        if schema.type ~= "string" or schema.enum then
          requests[#requests + 1] = request(operation, { query = { [parameter.name] = "x" } })
          requests[#requests + 1] = request(operation, { query = { [parameter.name] = "" } })
        end
        if schema.minimum then
          requests[#requests + 1] = request(operation, { query = { [parameter.name] = schema.minimum - 1 } })
        end
      end
    end
    assert.is_true(#requests > 60)
    expect(requests, ask_all(requests), 400)
  end)

  it("refuses a parameter that is not described, and does nothing", function()
    local requests, probes = {}, { ["/healthz"] = true, ["/readyz"] = true, ["/metrics"] = true }
    for _, operation in ipairs(operations) do
      local asked = request(operation)
      if not probes[asked.path] then requests[#requests + 1] = asked end
      asked.path = asked.path .. (asked.path:find("?", 1, true) and "&" or "?") .. "dry-run=true"
    end
    local before = workspace:sql "SELECT count(*) FROM audit_log"
    local answers = ask_all(requests)
    expect(requests, answers, 400)
    for i, answer in ipairs(answers) do
      local error = support.decode(answer.body).error
      assert.same({ "usage", 'there is no parameter "dry-run" here' }, { error.code, error.message }, requests[i].path)
    end
    assert.equal(before, workspace:sql "SELECT count(*) FROM audit_log")
  end)

  it("refuses bodies that are not as described", function()
    local requests = {}
    for _, operation in ipairs(operations) do
      local kinds = operation.about.requestBody and operation.about.requestBody.content or {}
      for _, body in ipairs(kinds["application/json"] and { "{", "[]", "null", '"x"', '{"x":1,"x":2}' } or {}) do
        requests[#requests + 1] = request(operation, { body = body })
      end
    end
    assert.is_true(#requests > 40)
    expect(requests, ask_all(requests), 400, 422)
  end)

  it("refuses a body where it takes none", function()
    local requests = {}
    for _, operation in ipairs(operations) do
      if operation.method ~= "GET" and not operation.about.requestBody then
        requests[#requests + 1] = request(operation, { body = '{"x":1}' })
      end
    end
    assert.is_true(#requests > 10)
    expect(requests, ask_all(requests), 400)
  end)

  it("refuses bodies of another kind", function()
    local requests = {}
    for _, operation in ipairs(operations) do
      local kinds = operation.about.requestBody and operation.about.requestBody.content
      local other = kinds and kinds["text/csv"] and "application/json" or "image/png" -- files come under many names
      if kinds then requests[#requests + 1] = request(operation, { type = other, body = "x" }) end
    end
    assert.is_true(#requests > 15)
    expect(requests, ask_all(requests), 415)
  end)

  -- Every member left out, of another type, or under another name: the example with one thing wrong.
  local function spoilt(schema, example)
    local found, wrong = {}, { string = 5, integer = "x", array = "x", object = "x" }
    local function add(change)
      local copy = {}
      for name, value in pairs(example) do copy[name] = value end
      change(copy)
      found[#found + 1] = require("dkjson").encode(copy)
    end
    add(function(copy) copy.nothing = 1 end)
    for _, name in ipairs(schema.required or {}) do add(function(copy) copy[name] = nil end) end
    for name, member in pairs(schema.properties) do
      local about = resolve(member.anyOf and member.anyOf[1] or member)
      add(function(copy) copy[name] = wrong[type(about.type) == "table" and about.type[1] or about.type] end)
      if about.maxLength then add(function(copy) copy[name] = ("中"):rep(about.maxLength + 1) end) end
      if about.enum then add(function(copy) copy[name] = "nothing" end) end
    end
    return found
  end

  it("refuses members of a body that are not as described", function()
    local requests = {}
    for _, operation in ipairs(operations) do
      local content = operation.about.requestBody and operation.about.requestBody.content["application/json"]
      local schema = content and resolve(content.schema)
      for _, body in ipairs(schema and schema.properties and spoilt(schema, content.example) or {}) do
        requests[#requests + 1] = request(operation, { body = body })
      end
      for _, member in pairs(schema and schema.properties or {}) do
        local items = member.type == "array" and resolve(member.items)
        for name, list in pairs(items and items.properties and content.example or {}) do
          for _, item in ipairs(type(list) == "table" and type(list[1]) == "table" and spoilt(items, list[1]) or {}) do
            local copy = {}
            for key, value in pairs(content.example) do copy[key] = value end
            copy[name] = { support.decode(item) }
            requests[#requests + 1] = request(operation, { body = require("dkjson").encode(copy) })
          end
        end
      end
    end
    assert.is_true(#requests > 60)
    expect(requests, ask_all(requests), 400, 422)
  end)

  it("is open to an API token of the right scope", function()
    local readable, closed = {}, {}
    local reads = { ["regions.read"] = true, ["data.read"] = true, ["results.read"] = true, explain = true, none = true,
      ["warnings.read"] = true, ["rounds.read"] = true, ["packs.read"] = true }
    local bearer = { headers = { "Authorization: Bearer " .. make_token(sessions["wang.lei"]).text }, session = false,
      no_socket = true }
    for _, operation in ipairs(operations) do
      local ways = operation.about.security
      if operation.method == "GET" and reads[operation.about["x-action"]] then
        readable[#readable + 1] = request(operation, bearer)
      elseif ways[1] and not ways[2] then
        closed[#closed + 1] = request(operation, bearer)
      end
    end
    assert.is_true(#readable > 20 and #closed > 10)
    expect(readable, ask_all(readable), 200)
    expect(closed, ask_all(closed), 403, 404)
  end)

  it("takes no other method, and says which it takes", function()
    local requests, options, silent = {}, {}, {}
    for _, operation in ipairs(operations) do
      requests[#requests + 1] = request(operation, { method = "PATCH" })
      options[#options + 1] = request(operation, { method = "OPTIONS" })
    end
    local answers = ask_all(requests)
    expect(requests, answers, 405)
    expect(options, ask_all(options), 204)
    for i, operation in ipairs(operations) do
      if not (answers[i].headers.allow or ""):find(operation.method, 1, true) then
        silent[#silent + 1] = operation.method .. " " .. operation.path
      end
    end
    assert.same({}, silent)
  end)

  it("on packs tells the candidate step by step, also when it fails", function()
    local offer
    for _, operation in ipairs(operations) do
      if operation.id == "offerPack" then offer = operation end
    end
    local broken = request(offer, { body = '{"files":{"pack.lua":"pack {"}}' })
    local later = request(offer, { query = { wait = "false" } })
    local live = request(offer, { query = { activate = "true" } })
    expect({ broken }, ask_all({ broken }), 422)
    expect({ later }, ask_all({ later }, true), 202)
    local answers, reads = ask_all({ live }, true), {}
    expect({ live }, answers, 200)
    local id = support.decode(answers[1].body).id
    for _, operation in ipairs(operations) do
      if operation.path:find "^/api/v1/candidates" and operation.method == "GET" then
        reads[#reads + 1] = request(operation, { path = { candidate = id }, query = { pack = "example" } })
      end
    end
    expect(reads, ask_all(reads, true), 200)
  end)

  it("says what is described, and every operation was seen to do well and to refuse", function()
    local events, unseen = support.read_file(stream), {}
    for _, name in ipairs { "results", "candidate", "pack", "regions", "warnings", "round", "retired" } do
      assert.is_truthy(events:find("event: " .. name .. "\n", 1, true), name)
    end
    exchanges[#exchanges + 1] = { method = "GET", path = "/api/v1/events", status = 200, type = "text/event-stream",
      body = events }
    for _, exchange in ipairs(exchanges) do served.record(workspace:path "exchanges", exchange) end
    local said = support.decode(workspace:shell(("cd %s && /usr/bin/python3 tests/openapi/validate.py %s %s"):format(
      support.quote(support.root), "scripts/openapi/openapi.json", support.quote(workspace:path "exchanges"))).out)
    assert.equal("", table.concat(said.violations, "\n"))
    for _, operation in ipairs(operations) do
      local good, bad = false, operation.about["x-action"] == "open"
      for status in pairs(said.seen[operation.id] or {}) do
        good, bad = good or status < "300", bad or status >= "400"
      end
      if not (good and bad) then unseen[#unseen + 1] = operation.id end
    end
    assert.same({}, unseen)
  end)
end)
