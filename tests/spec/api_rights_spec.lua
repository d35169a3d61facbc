-- Every role on every route of the API, in its own region and in another: real accounts, real server.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

-- The accounts, each with one role in the city 150800, by the letters of the table below.
local roles = {
  { "r", "reporter", "--unit", "health" }, { "o", "office" }, { "a", "analyst" }, { "l", "leader" },
  { "e", "evaluator" }, { "A", "administrator" }, { "S", "security_administrator" }, { "U", "auditor" },
}

-- method, path, who is let through in the own region, and (where it differs from nobody) who also in
-- another. {pack} and {region} are the own ones or others; what other names in braces stand for does
-- not exist. A body that is not given is "{}". `once` is for what would end the session: left to
-- session_api_spec.lua.
local business, everybody = "roaleA", "roaleASU"
local routes = {
  { "GET", "/healthz", everybody, everybody },
  { "GET", "/readyz", everybody, everybody },
  { "GET", "/metrics", "A", "A" },
  { "POST", "/api/v1/session", once = true },
  { "GET", "/api/v1/session", everybody, everybody },
  { "DELETE", "/api/v1/session", once = true },
  { "POST", "/api/v1/session/password", everybody, everybody },
  { "GET", "/api/v1/session/sessions", everybody, everybody },
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
    body = '{"observations":[{"region":"{region}","indicator":"nothing","year":2024,"value":"x"}]}' },
  { "GET", "/api/v1/events", business, business },
  { "GET", "/api/v1/packs", business, business },
  { "GET", "/api/v1/packs/{pack}", business, "" },
  { "POST", "/api/v1/packs/{pack}/rollback", "A", "" },
  { "GET", "/api/v1/candidates", business, business },
  { "GET", "/api/v1/candidates/{candidate}", business, business },
  { "GET", "/api/v1/results/{pack}/scores", business, "" },
  { "GET", "/api/v1/results/{pack}/scores/{region}", business, "" },
  { "GET", "/api/v1/warnings", business, business },
  { "GET", "/api/v1/warnings/{region}/{warning}", business, "" },
  { "POST", "/api/v1/packs/{pack}/warnings/{region}/{warning}/acknowledgement", "ol", "" },
}

local own = { pack = "office", region = "150802" }
local other = { pack = "capital", region = "150102" }

-- What a name in braces that is neither pack nor region stands for: nothing that there is.
local function fill(text, place)
  return (text:gsub("{(%l+)}", function(name) return place[name] or "999999" end))
end

describe("rights", function()
  local workspace, server
  local sessions = {}

  setup(function()
    workspace = support.office()
    workspace:write("more.csv", "code,name,parent,level\n150100,呼和浩特市,150000,city\n150102,新城区,150100,county\n")
    workspace:expect(0, "import", "--table", "regions", "more.csv")
    workspace:write_pack("capital", (support.pack:gsub('id = "office"', 'id = "capital"'):gsub('"150800"', '"150100"')))
    workspace:expect(0, "pack", "activate", "capital")
    workspace:observe "150802,mortality,2024,10.1\n150102,mortality,2024,11.1\n"
    for _, role in ipairs(roles) do
      workspace:shell(("printf 'Mulberry-17\\n' | %s"):format(workspace:command("user", "add", "user." .. role[2],
        "--role", role[2], "--region", "150800", "--password-stdin", table.unpack(role, 3))))
    end
    workspace:sql "UPDATE account SET must_change_password = 0"
    server = served.start(workspace)
    for _, role in ipairs(roles) do
      local answer = server:ask("POST", "/api/v1/session",
        { body = ('{"name":"user.%s","password":"Mulberry-17"}'):format(role[2]) })
      assert.equal(200, answer.status, answer.body)
      sessions[role[1]] = { token = answer.headers["set-cookie"]:match "^__Host%-biaochi=([^;]+)",
        csrf = support.decode(answer.body).csrf }
    end
  end)

  teardown(function()
    if server then assert.equal(0, server:stop()) end
    local log = support.read_file(workspace:path "serve.err")
    workspace:remove()
    assert.is_nil(log:find("Sanitizer", 1, true), log)
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
          lines[#lines] = lines[#lines] .. ("data = %s\n"):format(("%q"):format(fill(route.body or "{}", place)))
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
    assert.same({ "GET /healthz 200", "GET /readyz 200", "POST /api/v1/session 400" }, open)
  end)

  it("are written down here for every route there is", function()
    local known, missing = {}, {}
    for _, route in ipairs(routes) do known[route[1] .. " " .. route[2]] = true end
    local pipe = assert(io.popen("cat core/api/*.c", "r"))
    local count = 0
    for method, path in pipe:read("a"):gmatch '{"(%u+)",%s+"(/[^"]+)"' do
      count = count + 1
      if not known[method .. " " .. path] then missing[#missing + 1] = method .. " " .. path end
    end
    pipe:close()
    assert.equal("", table.concat(missing, "\n"))
    assert.equal(#routes, count)
  end)

  describe("leave out of lists", function()
    local function json(letter, path)
      return server:json(200, "GET", path, { headers = { "Cookie: __Host-biaochi=" .. sessions[letter].token } })
    end

    it("packs of other regions", function()
      local ids = {}
      for _, pack in ipairs(json("o", "/api/v1/packs").packs) do ids[#ids + 1] = pack.id end
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
        for _, region in ipairs(json(letter, "/api/v1/results/office/scores").regions) do found[#found + 1] = region.region end
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
