-- Every role on every route of the API, in its own region and in another: real accounts, real server.

local json = require "dkjson"
local served = require "tests.spec.served"
local support = require "tests.spec.support"

-- The accounts, each with one role in the city 150800 (the auditor, whose log is of all regions, in the
-- whole workspace), by the letters of the table below.
local roles = {
  { "r", "reporter", "--unit", "health" }, { "o", "office" }, { "a", "analyst" }, { "l", "leader" },
  { "e", "evaluator" }, { "A", "administrator" }, { "S", "security_administrator" }, { "U", "auditor" },
}

-- method, path, who is let through in the own region, and (where it differs from nobody) who also in
-- another. {pack}, {run}, {region} and {city} are the own ones or others; what other names in braces stand
-- for does not exist. A body that is not given is "{}". `once` is for what would end the session: left
-- to session_api_spec.lua. Behind "?" stands what makes another case of the same route.
local business, data, everybody = "roaleA", "roale", "roaleASU"
local figure = "region,indicator,year,value\\n{region},mortality,2024,10.2\\n"
local region = "code,name,parent,level\\n{region},某区,{city},county\\n"
local routes = {
  { "GET", "/healthz", everybody, everybody },
  { "GET", "/readyz", everybody, everybody },
  { "GET", "/metrics", "A", "A" },
  { "GET", "/api/v1/openapi.json", everybody, everybody },
  { "POST", "/api/v1/session", once = true },
  { "GET", "/api/v1/session", everybody, everybody },
  { "DELETE", "/api/v1/session", once = true },
  { "POST", "/api/v1/session/password", everybody, everybody },
  { "GET", "/api/v1/session/sessions", everybody, everybody },
  { "DELETE", "/api/v1/session/sessions", once = true },
  { "DELETE", "/api/v1/session/sessions/{session}", everybody, everybody },
  { "GET", "/api/v1/tokens", "roaleAU", "roaleAU" },
  { "POST", "/api/v1/tokens", "roaleAU", "roaleAU" },
  { "DELETE", "/api/v1/tokens/{token}", "roaleAU", "roaleAU" },
  { "GET", "/api/v1/accounts", "S", "S" },
  { "POST", "/api/v1/accounts", "S", "S" },
  { "GET", "/api/v1/accounts/{account}", "S", "S" },
  { "PUT", "/api/v1/accounts/{account}/title", "S", "S" },
  { "POST", "/api/v1/accounts/{account}/disable", "S", "S" },
  { "POST", "/api/v1/accounts/{account}/enable", "S", "S" },
  { "POST", "/api/v1/accounts/{account}/unlock", "S", "S" },
  { "POST", "/api/v1/accounts/{account}/password", "S", "S" },
  { "POST", "/api/v1/accounts/{account}/grants", "S", "S" },
  { "DELETE", "/api/v1/accounts/{account}/grants/{role}", "S", "S" },
  { "GET", "/api/v1/accounts/{account}/sessions", "S", "S" },
  { "DELETE", "/api/v1/accounts/{account}/sessions", "S", "S" },
  { "DELETE", "/api/v1/accounts/{account}/sessions/{session}", "S", "S" },
  { "GET", "/api/v1/accounts/{account}/tokens", "S", "S" },
  { "DELETE", "/api/v1/accounts/{account}/tokens/{token}", "S", "S" },
  { "GET", "/api/v1/regions", "roaleAS", "roaleAS" },
  { "PUT", "/api/v1/observations", "ro", "",
    body = '{"observations":[{"region":"{region}","indicator":"mortality","year":2024,"value":"10.3"}]}' },
  { "GET", "/api/v1/observations", data, data },
  { "GET", "/api/v1/observations?region={region}", data, "" },
  { "GET", "/api/v1/observations.csv", data, data },
  { "GET", "/api/v1/observations.csv?region={region}", data, "" },
  { "GET", "/api/v1/regions.csv", "roaleAS", "roaleAS" },
  { "POST", "/api/v1/imports/observations", "o", "o", type = "text/csv", body = "region,indicator\\n" },
  { "POST", "/api/v1/imports/observations?dry_run=true", "o", "", type = "text/csv", body = figure },
  { "POST", "/api/v1/imports/regions", "A", "A", type = "text/csv", body = "code\\n" },
  { "POST", "/api/v1/imports/regions?dry_run=true", "A", "", type = "text/csv", body = region },
  { "POST", "/api/v1/regions", "A", "A" },
  { "POST", "/api/v1/regions?dry_run=true", "A", "",
    body = '{"regions":[{"code":"{region}","name":"某区","parent":"{city}","level":"county"}]}' },
  { "GET", "/api/v1/audit", "U", "U" },
  { "GET", "/api/v1/audit/verify", "U", "U" },
  { "GET", "/api/v1/audit/export", "U", "U" },
  { "POST", "/api/v1/refresh", "A", "A" },
  { "GET", "/api/v1/events", business, business },
  { "GET", "/api/v1/packs", business, business },
  { "GET", "/api/v1/packs/{pack}", business, "" },
  { "POST", "/api/v1/packs/{pack}/rollback", "A", "" },
  { "POST", "/api/v1/packs/{pack}/activate", "A", "" },
  { "PUT", "/api/v1/packs/{pack}/year", "o", "", body = '{"year":2024}' },
  { "POST", "/api/v1/packs/{pack}/impact", "oaA", "" },
  { "POST", "/api/v1/candidates", "oaA", "oaA" },
  { "POST", "/api/v1/candidates?activate=true", "A", "A" },
  { "POST", "/api/v1/candidates/{candidate}/activate", "A", "A" },
  { "GET", "/api/v1/candidates/{candidate}/impact", business, business },
  { "GET", "/api/v1/candidates", business, business },
  { "GET", "/api/v1/candidates/{candidate}", business, business },
  { "GET", "/api/v1/packs/{pack}/nodes", business, "" },
  { "GET", "/api/v1/packs/{pack}/description", business, "" },
  { "GET", "/api/v1/packs/{pack}/coverage", business, "" },
  { "GET", "/api/v1/packs/{pack}/versions", business, "" },
  { "GET", "/api/v1/packs/{pack}/activations", business, "" },
  { "GET", "/api/v1/packs/{pack}/difference", business, "" },
  { "POST", "/api/v1/packs/{pack}/nodes", "oaA", "" },
  { "POST", "/api/v1/packs/{pack}/coverage", "oaA", "" },
  { "POST", "/api/v1/packs/{pack}/difference", "oaA", "" },
  { "POST", "/api/v1/packs/{pack}/properties", "oaA", "" },
  { "GET", "/api/v1/packs/{pack}/archive", business, "" },
  { "GET", "/api/v1/packs/{pack}/files", business, "" },
  { "GET", "/api/v1/pack-template?id=new_one", "oaA", "oaA" },
  { "GET", "/api/v1/pack-template?id=new_one&extends={pack}", "oaA", "" },
  { "GET", "/api/v1/results/{pack}/scores", business, "" },
  { "GET", "/api/v1/results/{pack}/scores/{region}", business, "" },
  { "GET", "/api/v1/results/{pack}/regions/{region}", business, "" },
  { "GET", "/api/v1/results/{pack}/summary", business, "" },
  { "GET", "/api/v1/runs", business, business },
  { "POST", "/api/v1/runs?pack={pack}", "oa", "" },
  { "POST", "/api/v1/runs?year=2024", "oa", "oa" }, -- of the own packs
  { "GET", "/api/v1/runs/{run}", business, business },
  { "GET", "/api/v1/runs/{run}/results", business, "" },
  { "GET", "/api/v1/runs/{run}/results?region={region}", business, "" },
  { "GET", "/api/v1/runs/{run}/summary", business, "" },
  { "GET", "/api/v1/runs/{run}/rankings", business, "" },
  { "POST", "/api/v1/runs/{run}/replay", "oae", "" },
  { "GET", "/api/v1/explanations?region={region}&node=mortality", data, "" },
  { "GET", "/api/v1/analyses/weights?pack={pack}&runs=10", "oale", "" },
  { "GET", "/api/v1/analyses/weights?runs=10", "oale", "oale" }, -- of the own packs
  { "GET", "/api/v1/analyses/differences?region={region}&other=150821", "oale", "" },
  { "GET", "/api/v1/analyses/differences?region={region}&other=150100", "", "" },
  { "GET", "/api/v1/analyses/differences?region={region}&from=2023&to=2024", "oale", "" },
  { "GET", "/api/v1/analyses/warnings?pack={pack}", "oale", "" },
  { "GET", "/api/v1/analyses/data?region={region}", "oale", "" },
  { "GET", "/api/v1/analyses/data?pack={pack}", "oale", "" },
  { "GET", "/api/v1/samples?pack={pack}", data, "" },
  { "GET", "/api/v1/samples?region={region}", data, "" },
  { "DELETE", "/api/v1/samples?pack={pack}", "o", "" },
  { "DELETE", "/api/v1/samples?region={region}", "o", "" },
  { "DELETE", "/api/v1/samples", "", "" },
  { "GET", "/api/v1/warnings", business, business },
  { "GET", "/api/v1/warnings/{region}/{warning}", business, "" },
  { "POST", "/api/v1/packs/{pack}/warnings/{region}/{warning}/acknowledgement", "ol", "" },
  { "GET", "/api/v1/packs/{pack}/rounds", business, "" },
  { "POST", "/api/v1/packs/{pack}/rounds", "o", "" },
  { "GET", "/api/v1/packs/{pack}/rounds/{round}", business, "" },
  { "POST", "/api/v1/packs/{pack}/rounds/{round}/advance", "o", "" },
  { "POST", "/api/v1/packs/{pack}/rounds/{round}/withdraw", "o", "" },
  { "POST", "/api/v1/packs/{pack}/retire", "A", "" }, -- last: then there is none
}

local own = { pack = "office", region = "150802", city = "150800" }
local other = { pack = "capital", region = "150102", city = "150100" }

-- What a name in braces that is neither pack nor region stands for: nothing that there is.
local function fill(text, place)
  return (text:gsub("{(%l+)}", function(name) return place[name] or "999999" end))
end

describe("rights", function()
  local workspace, server
  local sessions = {}

  setup(function()
    workspace = support.office()
    workspace:declare_unit()
    workspace:write("more.csv", "code,name,parent,level\n150100,呼和浩特市,150000,city\n150102,新城区,150100,county\n")
    workspace:expect(0, "import", "--table", "regions", "more.csv")
    workspace:write_pack("capital", (support.pack:gsub('id = "office"', 'id = "capital"'):gsub('"150800"', '"150100"')))
    workspace:expect(0, "pack", "activate", "capital")
    workspace:observe "150802,mortality,2024,10.1\n150821,mortality,2024,12.1\n150102,mortality,2024,11.1\n"
    for _, role in ipairs(roles) do
      workspace:shell(("printf 'Mulberry-17\\n' | %s"):format(workspace:command("user", "add", "user." .. role[2],
        "--role", role[2], "--region", role[1] == "U" and "*" or "150800", "--password-stdin",
        table.unpack(role, 3))))
    end
    workspace:sql "UPDATE account SET must_change_password = 0"
    server = served.start(workspace)
    for _, pack in ipairs(server:json(200, "GET", "/api/v1/packs").packs) do
      (pack.id == own.pack and own or other).run = tostring(pack.run)
    end
    for _, role in ipairs(roles) do
      local answer = server:ask("POST", "/api/v1/session",
        { body = ('{"name":"user.%s","password":"Mulberry-17"}'):format(role[2]) })
      assert.equal(200, answer.status, answer.body)
      sessions[role[1]] = { token = answer.headers["set-cookie"]:match "^__Host%-biaochi=([^;]+)",
        csrf = support.decode(answer.body).csrf }
    end
  end)

  teardown(function()
    local code = server and server:stop()
    local log = support.read_file(workspace:path "serve.err")
    workspace:remove()
    assert.equal(0, code, log)
  end)

  -- The statuses of all routes for one session, by one curl: an array beside `routes`.
  local function statuses(session, place)
    local lines = {}
    for _, route in ipairs(routes) do
      if not route.once then
        lines[#lines + 1] = ([[
url = "http://localhost%s"
request = "%s"
header = "Cookie: __Host-biaochi=%s"
header = "X-CSRF-Token: %s"
unix-socket = "data/biaochi.sock"
output = "/dev/null"
max-time = %s
write-out = "%%{http_code}\n"
silent
]]):format(fill(route[2], place), route[1], session.token, session.csrf, route[2]:find "/events$" and "0.3" or "20")
        if route[1] ~= "GET" then
          local body = fill(route.body or "{}", place):gsub('"', '\\"')
          lines[#lines] = lines[#lines] .. ('data = "%s"\nheader = "Content-Type: %s"\n'):format(body,
            route.type or "application/json")
        end
      end
    end
    workspace:write("requests", table.concat(lines, "next\n"))
    local found, codes = {}, workspace:shell("curl -K requests").out:gmatch "%d+"
    for i, route in ipairs(routes) do found[i] = route.once or tonumber(codes()) end
    return found
  end

  local function is_in(letter, letters) return letters:find(letter, 1, true) ~= nil end

  for _, role in ipairs(roles) do
    it("of the role " .. role[2] .. " are those of the table", function()
      local wrong = {}
      for which, place in ipairs { own, other } do
        local found = statuses(sessions[role[1]], place)
        for i, route in ipairs(routes) do
          if not route.once then
            local allowed = is_in(role[1], which == 1 and route[3] or route[4])
            local passed = found[i] ~= 401 and found[i] ~= 403
            if passed ~= allowed or found[i] == 0 or found[i] >= 500 then
              wrong[#wrong + 1] = ("%s %s: %s"):format(route[1], fill(route[2], place), found[i])
            end
          end
        end
      end
      assert.equal("", table.concat(wrong, "\n"))
    end)
  end

  -- Such a grant can be made no more; databases may have it.
  it("of an auditor in one region are not to read what was done in all of them", function()
    workspace:sql("UPDATE account_grant SET region = '150800' WHERE role = 'auditor'; "
      .. "UPDATE counter SET value = value + 1 WHERE name = 'accounts'")
    local headers = { "Cookie: __Host-biaochi=" .. sessions.U.token }
    server:wait_for(function() return server:ask("GET", "/api/v1/audit", { headers = headers }).status == 403 end,
      "the grant to be narrower")
    for _, path in ipairs { "/api/v1/audit/verify", "/api/v1/audit/export" } do
      assert.equal(403, server:ask("GET", path, { headers = headers }).status)
    end
  end)

  it("are none without a login but where the table says so", function()
    local port = support.read_file(workspace:path "serve.err"):match "127%.0%.0%.1:(%d+)"
    local lines = {}
    for _, route in ipairs(routes) do
      lines[#lines + 1] = ('url = "http://127.0.0.1:%s%s"\nrequest = "%s"\noutput = "/dev/null"\nsilent\nmax-time = 20\n'
        .. 'write-out = "%%{http_code}\\n"\n'):format(port, fill(route[2], own), route[1])
    end
    workspace:write("requests", table.concat(lines, "next\n"))
    local codes, open = workspace:shell("curl -K requests").out:gmatch "%d+", {}
    for _, route in ipairs(routes) do
      local code = codes()
      if code ~= "401" then open[#open + 1] = route[1] .. " " .. route[2] .. " " .. code end
    end
    assert.same({ "GET /healthz 200", "GET /readyz 200", "GET /api/v1/openapi.json 200", "POST /api/v1/session 400" }, open)
  end)

  it("are written down here for every route there is", function()
    local known, missing = {}, {}
    for _, route in ipairs(routes) do known[route[1] .. " " .. route[2]:gsub("%?.*", "")] = true end
    local pipe = assert(io.popen("cat core/api/*.c", "r"))
    local count = 0
    for method, path in pipe:read("a"):gmatch '{"(%u+)",%s+"(/[^"?]+)' do
      count = count + 1
      if not known[method .. " " .. path] then missing[#missing + 1] = method .. " " .. path end
    end
    pipe:close()
    assert.equal("", table.concat(missing, "\n"))
    assert.truthy(count > 50)
  end)

  local function ask(letter, method, path, body)
    return server:ask(method, path, { body = body, headers = { "Cookie: __Host-biaochi=" .. sessions[letter].token,
      "X-CSRF-Token: " .. sessions[letter].csrf, "Content-Type: application/json" } })
  end

  it("to activate a pack are asked for where the pack turns out to be", function()
    local function offer(id, code)
      local text = support.pack:gsub('id = "office"', 'id = "' .. id .. '"'):gsub('"150800"', '"' .. code .. '"')
        :gsub('"1%.0%.0"', '"1.0.1"')
      return ask("A", "POST", "/api/v1/candidates?activate=true", json.encode { files = { ["pack.lua"] = text } })
    end
    local answer = offer("capital", "150100")
    assert.equal(403, answer.status, answer.body)
    assert.equal("user.administrator has no right in region 150100: activate packs",
      support.decode(answer.body).error.message)
    assert.equal("1.0.0", server:json(200, "GET", "/api/v1/packs/capital").version)
    answer = offer("office", "150800")
    assert.equal(200, answer.status, answer.body)
    assert.equal("1.0.1", server:json(200, "GET", "/api/v1/packs/office").version)
  end)

  it("show candidates of one's own regions, and one's own that are of none yet, to nobody else", function()
    local function offer(text)
      local answer = server:ask("POST", "/api/v1/candidates?wait=false", { body = json.encode { files = { ["pack.lua"] = text } },
        headers = { "Content-Type: application/json" } })
      local id = support.decode(answer.body).id
      server:wait_for(function() return server:json(200, "GET", "/api/v1/candidates/" .. id).over end, "the candidate's end")
      return id
    end
    local elsewhere = offer((support.pack:gsub('id = "office"', 'id = "capital"'):gsub('"150800"', '"150100"')))
    local broken = offer "nonsense()"
    local here = offer(support.pack)
    local refused = ask("o", "POST", "/api/v1/candidates", '{"files":{"pack.lua":"nonsense()"}}')
    local own_broken = support.decode(refused.body).candidate.id
    local function seen_by(letter)
      local listed, seen = {}, {}
      for _, candidate in ipairs(support.decode(ask(letter, "GET", "/api/v1/candidates").body).candidates) do
        listed[candidate.id] = true
      end
      for i, id in ipairs { elsewhere, broken, here, own_broken } do
        local status = ask(letter, "GET", "/api/v1/candidates/" .. id).status
        assert.equal(listed[id] and 200 or 404, status)
        seen[i] = status == 200
      end
      return seen
    end
    assert.same({ false, false, true, false }, seen_by "l")
    assert.same({ false, false, true, true }, seen_by "o")
  end)

  it("reach regions that are new", function()
    local body = '{"observations":[{"region":"150803","indicator":"mortality","year":2024,"value":"9.9"}]}'
    assert.equal(422, ask("o", "PUT", "/api/v1/observations", body).status)
    assert.equal(200, ask("A", "POST", "/api/v1/regions",
      '{"regions":[{"code":"150803","name":"磴口县","parent":"150800","level":"county"}]}').status)
    server:wait_for(function() return ask("o", "PUT", "/api/v1/observations", body).status == 200 end, "the region")
  end)

  it("end with the session, for streams of events too", function()
    local answer = server:ask("POST", "/api/v1/session",
      { body = '{"name":"user.leader","password":"Mulberry-17"}' })
    local token = answer.headers["set-cookie"]:match "^__Host%-biaochi=([^;]+)"
    workspace:shell(("(curl -sN --max-time 60 --unix-socket data/biaochi.sock -H 'Cookie: __Host-biaochi=%s' "
      .. "http://localhost/api/v1/events >events; echo $? >events.code) >/dev/null 2>&1 &"):format(token))
    server:wait_for(function()
      return support.exists(workspace:path "events") and support.read_file(workspace:path "events"):find "retry"
    end, "the stream")
    assert.equal(200, server:ask("DELETE", "/api/v1/session", { headers = { "Cookie: __Host-biaochi=" .. token,
      "X-CSRF-Token: " .. support.decode(answer.body).csrf } }).status)
    server:wait_for(function() return support.exists(workspace:path "events.code") end, "the stream's end")
    assert.equal("0\n", support.read_file(workspace:path "events.code"))
  end)

  describe("leave out of lists", function()
    local function get(letter, path)
      return server:json(200, "GET", path, { headers = { "Cookie: __Host-biaochi=" .. sessions[letter].token } })
    end

    it("packs of other regions", function()
      local ids = {}
      for _, pack in ipairs(get("o", "/api/v1/packs").packs) do ids[#ids + 1] = pack.id end
      assert.same({ "office" }, ids)
    end)

    it("scores of other regions", function()
      -- Whoever has a county only is shown that county, although the pack is the city's.
      workspace:shell(("printf 'Mulberry-17\\n' | %s"):format(workspace:command("user", "add", "county",
        "--role", "office", "--region", "150802", "--password-stdin")))
      workspace:sql "UPDATE account SET must_change_password = 0; UPDATE counter SET value = value + 1 WHERE name = 'accounts'"
      local answer
      server:wait_for(function()
        answer = server:ask("POST", "/api/v1/session", { body = '{"name":"county","password":"Mulberry-17"}' })
        return answer.status == 200 and not support.decode(answer.body).must_change_password
      end, "the account")
      sessions.c = { token = answer.headers["set-cookie"]:match "^__Host%-biaochi=([^;]+)" }
      local function codes(letter)
        local found = {}
        for _, row in ipairs(get(letter, "/api/v1/results/office/scores").regions) do found[#found + 1] = row.region end
        return found
      end
      assert.same({ "150802" }, codes "c")
      assert.is_true(#codes "o" >= 2)
      local headers = { "Cookie: __Host-biaochi=" .. sessions.c.token }
      assert.equal(403, server:ask("GET", "/api/v1/results/office/scores/150821", { headers = headers }).status)
      -- What one was shown is not taken for what the other would be.
      local tag = server:ask("GET", "/api/v1/results/office/scores", { headers = headers }).headers.etag
      assert.equal(304, server:ask("GET", "/api/v1/results/office/scores",
        { headers = { headers[1], "If-None-Match: " .. tag } }).status)
      assert.equal(200, server:ask("GET", "/api/v1/results/office/scores",
        { headers = { "Cookie: __Host-biaochi=" .. sessions.o.token, "If-None-Match: " .. tag } }).status)
    end)
  end)
end)
