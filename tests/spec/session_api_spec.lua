-- /api/v1/session, /accounts and /tokens through the real server: who one is, and stays.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local password, other_password = "Mulberry-17", "Elderberry-18"

describe("the server", function()
  local workspace, server

  -- Makes an account whose password need not be changed any more.
  local function add(name, role, ...)
    workspace:shell(("printf '%s\\n' | %s"):format(password,
      workspace:command("user", "add", name, "--role", role, "--password-stdin", ...)))
    workspace:sql("UPDATE account SET must_change_password = 0 WHERE name = '" .. name .. "'; "
      .. "UPDATE counter SET value = value + 1 WHERE name = 'accounts'")
  end

  -- A request with a session's cookie and CSRF token, or an API token's text.
  local function ask(method, path, who, body, ...)
    local headers = { ... }
    if type(who) == "table" then
      headers[#headers + 1] = "Cookie: __Host-biaochi=" .. who.token
      if who.csrf then headers[#headers + 1] = "X-CSRF-Token: " .. who.csrf end
    elseif who then
      headers[#headers + 1] = "Authorization: Bearer " .. who
    end
    return server:ask(method, path, { body = body, headers = headers })
  end

  local function expect(status, method, path, who, body, ...)
    local answer = ask(method, path, who, body, ...)
    if answer.status ~= status then
      error(("%s, not %d, of %s %s\n%s"):format(answer.status, status, method, path, answer.body), 2)
    end
    return support.decode(answer.body), answer
  end

  local function refused(status, method, path, who, body, ...)
    return (expect(status, method, path, who, body, ...)).error
  end

  local function credentials(name, secret) return ('{"name":"%s","password":"%s"}'):format(name, secret) end

  local function log_in(name, secret)
    local self, answer = expect(200, "POST", "/api/v1/session", nil, credentials(name, secret or password))
    local token, attributes = answer.headers["set-cookie"]:match "^__Host%-biaochi=([^;]+)(.*)$"
    return { token = token, csrf = self.csrf, attributes = attributes, self = self }
  end

  setup(function()
    workspace = support.office()
    workspace:declare_unit()
    add("li.na", "analyst", "--region", "150800", "--title", "李娜")
    add("wang.fang", "security_administrator")
    add("admin", "administrator")
    server = served.start(workspace)
  end)

  teardown(function()
    local code = server and server:stop()
    local log = support.read_file(workspace:path "serve.err")
    workspace:remove()
    assert.equal(0, code, log)
  end)

  -- Other processes' changes are seen within a second or so.
  local function wait_for_account(name, what)
    server:wait_for(function()
      local answer = server:ask("GET", "/api/v1/accounts/" .. name)
      return answer.status == 200 and what(support.decode(answer.body))
    end, "the server to see " .. name)
  end

  describe("logs in", function()
    it("with a cookie that scripts and other sites do not get", function()
      local session = log_in "li.na"
      assert.equal("; Path=/; HttpOnly; SameSite=Strict; Secure", session.attributes)
      assert.truthy(session.token:match "^bs_%d+_[%w_-]+$")
      assert.equal("李娜", session.self.title)
      assert.same({ role = "analyst", title = "analyst", region = "150800", name = "巴彦淖尔市" }, session.self.grants[1])
      local self = expect(200, "GET", "/api/v1/session", session)
      assert.same({ "session", "li.na", session.csrf }, { self.kind, self.name, self.csrf })
      local rights = {}
      for _, right in ipairs(self.rights) do rights[right.action] = right.regions end
      assert.same({ "150800" }, rights["results.read"])
      assert.is_nil(rights["data.write"])
      assert.is_nil(support.read_file(workspace:database()):find(session.token, 1, true))
    end)

    it("over TCP without TLS with a cookie that needs none", function()
      local port = support.read_file(workspace:path "serve.err"):match "127%.0%.0%.1:(%d+)"
      local result = workspace:shell(("curl -s -i -d '%s' http://127.0.0.1:%s/api/v1/session"):format(
        credentials("li.na", password), port))
      local token = result.out:match "\r\nSet%-Cookie: biaochi=(bs_[^;]+); Path=/; HttpOnly; SameSite=Strict\r\n"
      assert.truthy(token, result.out)
      local function status(header)
        return workspace:shell(("curl -s -o /dev/null -w '%%{http_code}' -H '%s' http://127.0.0.1:%s/api/v1/packs"):format(
          header, port)).out
      end
      assert.equal("200", status("Cookie: biaochi=" .. token))
      assert.equal("401", status("Cookie: __Host-biaochi=" .. token))
      assert.equal("401", status "X-Nothing: at all")
    end)

    it("says the same of a wrong name and a wrong password", function()
      local wrong = refused(401, "POST", "/api/v1/session", nil, credentials("li.na", "wrong"))
      local unknown = refused(401, "POST", "/api/v1/session", nil, credentials("nobody", password))
      assert.same(wrong, unknown)
      assert.equal("unidentified", wrong.code)
      assert.equal("账号名或密码有误",
        refused(401, "POST", "/api/v1/session", nil, credentials("li.na", "wrong"), "Accept-Language: zh-CN").message)
      assert.equal(2, log_in("li.na").self.last_login.failures)
    end)

    it("refuses what is no login with 400, and stays up", function()
      for _, body in ipairs { "", "{", "[]", "17", '{"name":"li.na"}', '{"name":"li.na","password":17}',
        '{"name":["li.na"],"password":"x"}', '{"name":"li.na","name":"admin","password":"x"}',
        '{"name":"li.na\\u0000x","password":"x"}' } do
        assert.equal("usage", refused(400, "POST", "/api/v1/session", nil, body).code, body)
      end
      assert.equal(413, ask("POST", "/api/v1/session", nil, credentials("li.na", ("x"):rep(5000))).status)
      refused(401, "POST", "/api/v1/session", nil, credentials(("x"):rep(1000), "x"))
    end)

    it("locks an account after five wrong passwords, until it is unlocked", function()
      add("zhao.lei", "leader")
      wait_for_account("zhao.lei", function(account) return not account.must_change_password end)
      for _ = 1, 5 do refused(401, "POST", "/api/v1/session", nil, credentials("zhao.lei", "wrong")) end
      assert.equal("name or password is wrong",
        refused(401, "POST", "/api/v1/session", nil, credentials("zhao.lei", "wrong")).message)
      assert.equal("name or password is wrong",
        refused(401, "POST", "/api/v1/session", nil, credentials("zhao.lei", password)).message)
      local manager = log_in "wang.fang"
      assert.equal("locked", expect(200, "GET", "/api/v1/accounts/zhao.lei", manager).state)
      assert.equal("active", expect(200, "POST", "/api/v1/accounts/zhao.lei/unlock", manager).state)
      log_in "zhao.lei"
    end)
  end)

  describe("knows a session", function()
    it("until it is left", function()
      local session = log_in "li.na"
      local _, answer = expect(200, "DELETE", "/api/v1/session", session)
      assert.truthy(answer.headers["set-cookie"]:find("Max-Age=0", 1, true))
      _, answer = expect(401, "GET", "/api/v1/session", session)
      assert.truthy(answer.headers["set-cookie"]:find("Max-Age=0", 1, true))
      assert.equal("Bearer", answer.headers["www-authenticate"])
      -- The cookie that is no good any more does not stand in the way of the next login.
      expect(200, "POST", "/api/v1/session", { token = session.token }, credentials("li.na", password))
    end)

    it("over the socket only where the request was not forwarded", function()
      expect(200, "GET", "/api/v1/packs")
      for _, header in ipairs { "X-Forwarded-For: 10.0.0.1", "X-Real-IP: 10.0.0.1", "Forwarded: for=10.0.0.1",
        "Via: 1.1 proxy" } do
        refused(401, "GET", "/api/v1/packs", nil, nil, header)
      end
    end)

    it("and no other text", function()
      for _, token in ipairs { "bs_1_", "bs_1_" .. ("A"):rep(43), "bs_999_" .. ("A"):rep(43), "x", "bc_1_" .. ("A"):rep(43) } do
        refused(401, "GET", "/api/v1/session", { token = token })
      end
      for _, header in ipairs { "Bearer x", "Bearer ", "Basic bGk6bmE=", "Bearer bs_1_" .. ("A"):rep(43) } do
        assert.equal(401, server:ask("GET", "/api/v1/session", { headers = { "Authorization: " .. header } }).status)
      end
    end)

    it("and lists and ends those of its own", function()
      local one, other = log_in "admin", log_in "admin"
      local listed = expect(200, "GET", "/api/v1/session/sessions", one).sessions
      local last = listed[#listed]
      assert.is_false(last.this)
      expect(200, "DELETE", "/api/v1/session/sessions/" .. last.id, one)
      refused(401, "GET", "/api/v1/session", other)
      refused(404, "DELETE", "/api/v1/session/sessions/" .. last.id, one)
      refused(404, "DELETE", "/api/v1/session/sessions/x", one)
      expect(200, "GET", "/api/v1/session", one)
    end)

    it("and ends all of its own at once, with its token, and no other account's", function()
      local one, other, stranger = log_in "admin", log_in "admin", log_in "li.na"
      assert.equal("X-CSRF-Token is missing",
        refused(403, "DELETE", "/api/v1/session/sessions", { token = one.token }).message)
      refused(404, "DELETE", "/api/v1/session/sessions")
      expect(200, "GET", "/api/v1/session", other)
      local left, answer = expect(200, "DELETE", "/api/v1/session/sessions", one)
      assert.same({}, left.sessions)
      assert.truthy(answer.headers["set-cookie"]:find("Max-Age=0", 1, true))
      refused(401, "GET", "/api/v1/session", one)
      refused(401, "GET", "/api/v1/session", other)
      expect(200, "GET", "/api/v1/session", stranger)
      local row = workspace:json(0, "audit", "list", "--subject", "admin", "--limit", 1)[1]
      assert.same({ "admin", "web", "session.end" }, { row.who, row.means, row.action })
    end)

    it("after a restart", function()
      local session = log_in "li.na"
      assert.equal(0, server:stop())
      server = served.start(workspace)
      assert.equal(session.csrf, expect(200, "GET", "/api/v1/session", session).csrf)
    end)
  end)

  describe("asks whose a large body is before it comes", function()
    -- Sends a body in two parts; `meanwhile` runs when the server has said that it wants it.
    local function upload(session, meanwhile)
      workspace:shell "rm -f upload.fifo upload.err upload.status; mkfifo upload.fifo"
      workspace:shell(("(curl -sv --max-time 30 --unix-socket data/biaochi.sock -X POST -T - -o upload.body "
        .. "-H 'Cookie: __Host-biaochi=%s' -H 'X-CSRF-Token: %s' -H 'Expect: 100-continue' -H 'Via: 1.1 proxy' "
        .. "-w '%%{http_code}' 'http://localhost/api/v1/imports/observations?name=a.csv' "
        .. "<upload.fifo >upload.new 2>upload.err; mv upload.new upload.status) >/dev/null 2>&1 &")
        :format(session.token, session.csrf))
      local body = assert(io.open(workspace:path "upload.fifo", "w"))
      server:wait_for(function()
        return support.exists(workspace:path "upload.err")
          and support.read_file(workspace:path "upload.err"):find("HTTP/1.1 100 Continue", 1, true)
      end, "the server to want the body")
      meanwhile()
      body:write(("region,indicator,year,value\n"):rep(1000))
      body:close()
      server:wait_for(function() return support.exists(workspace:path "upload.status") end, "the answer")
      return tonumber(support.read_file(workspace:path "upload.status")), support.read_file(workspace:path "upload.err")
    end

    it("and then does not mind that the session's token has changed", function()
      add("zhao.min", "office", "--region", "150800")
      wait_for_account("zhao.min", function() return true end)
      local session = log_in "zhao.min"
      local status, head = upload(session, function()
        expect(200, "POST", "/api/v1/session/password", session,
          ('{"old":"%s","new":"%s"}'):format(password, other_password))
        refused(401, "GET", "/api/v1/session", session)
      end)
      assert.not_equal(401, status)
      assert.falsy(head:find "Max%-Age=0")
    end)

    it("but does mind that the session has ended", function()
      local session = log_in("zhao.min", other_password)
      assert.equal(401, (upload(session, function() expect(200, "DELETE", "/api/v1/session", session) end)))
    end)

    it("and changes no token with an answer that does not tell it", function()
      local session = log_in("zhao.min", other_password)
      assert.equal(0, server:stop())
      workspace:sql "UPDATE account_session SET rotated_at_us = rotated_at_us - 1200000000"
      server = served.start(workspace)
      local answer = ask("POST", "/api/v1/imports/observations", session, nil, "Content-Length: 999999999999")
      assert.equal(413, answer.status)
      assert.equal(0, server:stop())
      assert.equal("0", workspace:sql("SELECT rotation FROM account_session WHERE id = " .. session.token:match "%d+"))
      server = served.start(workspace)
    end)
  end)

  describe("takes no change that another site has a browser send", function()
    local body = '{"old":"x","new":"y"}'

    it("without the session's CSRF token", function()
      local session, other = log_in "li.na", log_in "admin"
      assert.equal("X-CSRF-Token is missing",
        refused(403, "POST", "/api/v1/session/password", { token = session.token }, body).message)
      assert.equal("X-CSRF-Token is not this session's",
        refused(403, "POST", "/api/v1/session/password", { token = session.token, csrf = other.csrf }, body).message)
      refused(403, "POST", "/api/v1/session/password", session, body) -- the old password is wrong
    end)

    it("from another origin, even a login", function()
      local session = log_in "li.na"
      for _, header in ipairs { "Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site" } do
        assert.equal("the request comes from another site",
          refused(403, "DELETE", "/api/v1/session", session, nil, header).message)
        assert.equal("the request comes from another site",
          refused(403, "POST", "/api/v1/session", nil, credentials("li.na", password), header).message)
      end
      expect(200, "DELETE", "/api/v1/session", session, nil, "Origin: http://localhost", "Sec-Fetch-Site: same-origin")
    end)
  end)

  it("has a first password changed before anything else", function()
    local manager = log_in "wang.fang"
    local added = expect(201, "POST", "/api/v1/accounts", manager,
      '{"name":"sun.li","title":"孙丽","grants":[{"role":"reporter","region":"150802","unit":"health"}]}')
    local session = log_in("sun.li", added.one_time_password)
    assert.is_true(session.self.must_change_password)
    assert.equal("the password must be changed first", refused(403, "GET", "/api/v1/packs", session).message)
    local function change(new) return '{"old":"' .. added.one_time_password .. '","new":"' .. new .. '"}' end
    assert.equal("the password is too short",
      refused(422, "POST", "/api/v1/session/password", session, change "short").message)
    assert.truthy(refused(422, "POST", "/api/v1/session/password", session, change(added.one_time_password)).message
      :find("among the last 5", 1, true))
    local self, answer = expect(200, "POST", "/api/v1/session/password", session, change(password))
    assert.is_false(self.must_change_password)
    refused(401, "GET", "/api/v1/packs", session)
    local token = answer.headers["set-cookie"]:match "^__Host%-biaochi=([^;]+)"
    expect(200, "GET", "/api/v1/packs", { token = token })
    assert.equal("the old password is wrong",
      refused(403, "POST", "/api/v1/session/password", { token = token, csrf = self.csrf }, change(other_password)).message)
  end)

  it("manages accounts, within the manager's region and never his own", function()
    add("chen.jie", "security_administrator", "--region", "150802")
    wait_for_account("chen.jie", function(account) return not account.must_change_password end)
    local manager, county = log_in "wang.fang", log_in "chen.jie"
    local path = "/api/v1/accounts/liu.yang"
    expect(201, "POST", "/api/v1/accounts", manager, '{"name":"liu.yang","grants":[{"role":"office","region":"150802"}]}')
    refused(409, "POST", "/api/v1/accounts", manager, '{"name":"liu.yang","grants":[{"role":"office"}]}')
    assert.equal(1, #expect(200, "POST", path .. "/grants", county, '{"role":"office","region":"150802"}').grants)
    assert.equal(2, #expect(200, "POST", path .. "/grants", manager, '{"role":"leader","region":"150800"}').grants)
    refused(403, "POST", path .. "/password", county) -- it has a role beyond the county now
    assert.equal(1, #expect(200, "DELETE", path .. "/grants/leader?region=150800", manager).grants)
    refused(404, "DELETE", path .. "/grants/leader?region=150800", manager)
    refused(422, "DELETE", path .. "/grants/boss", manager)
    assert.truthy(expect(200, "POST", path .. "/password", county).one_time_password)
    refused(403, "POST", path .. "/grants", county, '{"role":"office"}')
    refused(409, "POST", path .. "/grants", manager, '{"role":"auditor"}')
    refused(422, "POST", path .. "/grants", manager, '{"role":"reporter","region":"150802"}')
    refused(400, "POST", path .. "/grants", manager, '{"role":17}')
    refused(404, "POST", path .. "/grants", manager, '{"role":"office","region":"999999"}')
    assert.equal("刘洋", expect(200, "PUT", path .. "/title", manager, '{"title":"刘洋"}').title)
    assert.equal("disabled", expect(200, "POST", path .. "/disable", manager).state)
    assert.equal("active", expect(200, "POST", path .. "/enable", manager).state)
    refused(404, "GET", "/api/v1/accounts/nobody", manager)
    refused(404, "POST", "/api/v1/accounts/nobody/disable", manager)
    local own = refused(403, "POST", "/api/v1/accounts/wang.fang/grants", manager, '{"role":"leader","region":"150800"}')
    assert.equal("nobody manages his own account", own.message)
    local seen = {}
    for _, account in ipairs(expect(200, "GET", "/api/v1/accounts", county).accounts) do seen[account.name] = true end
    assert.is_true(seen["liu.yang"])
    assert.is_nil(seen["admin"])
    refused(404, "GET", "/api/v1/accounts/admin", county)
    for _, body in ipairs { "", "{}", '{"name":"x"}', '{"name":"new.one","grants":[]}', '{"name":"new.one","grants":[17]}',
      '{"name":"new.one","grants":[{"role":"office","region":17}]}', '{"name":"new.one","grants":"office"}' } do
      refused(400, "POST", "/api/v1/accounts", manager, body)
    end
  end)

  -- Its beginning was stored as "local:" and as many bytes as there is room for, half a character last.
  it("tells of accounts and tokens that somebody with a long Chinese name made", function()
    local by = "BIAOCHI_USER=" .. ("张"):rep(40) .. " "
    for _, words in ipairs { { "add", "zhao", "--role", "analyst" },
      { "token", "add", "zhao", "--name", "采集", "--scopes", "read" },
      { "token", "revoke", "zhao", 1 } } do
      local done = workspace:shell(by .. workspace:command("user", table.unpack(words)))
      assert.equal(0, done.code, done.err)
    end
    wait_for_account("zhao", function(account) return account.tokens == 0 end)
    local maker = "local:" .. ("张"):rep(19)
    assert.equal(maker, server:json(200, "GET", "/api/v1/accounts/zhao").created_by)
    local token = server:json(200, "GET", "/api/v1/accounts/zhao/tokens").tokens[1]
    assert.same({ "采集", maker, maker }, { token.name, token.created_by, token.revoked_by })
    -- What an older program stored is shown as well as it can be.
    workspace:sql("UPDATE account SET created_by = CAST(X'E5BCA0E5BC' AS TEXT) WHERE name = 'zhao'; "
      .. "UPDATE counter SET value = value + 1 WHERE name = 'accounts'")
    wait_for_account("zhao", function(account) return account.created_by:find("张", 1, true) == 1 end)
    local listed = {}
    for _, account in ipairs(server:json(200, "GET", "/api/v1/accounts").accounts) do listed[account.name] = account end
    assert.equal(1, listed.zhao.created_by:find("张\u{fffd}", 1, true))
  end)

  it("ends sessions when roles change, also by another process", function()
    add("zhou.min", "analyst", "--region", "150800")
    wait_for_account("zhou.min", function(account) return not account.must_change_password end)
    local session, manager = log_in "zhou.min", log_in "wang.fang"
    expect(200, "POST", "/api/v1/accounts/zhou.min/grants", manager, '{"role":"leader","region":"150800"}')
    refused(401, "GET", "/api/v1/session", session)
    session = log_in "zhou.min"
    local listed = expect(200, "GET", "/api/v1/accounts/zhou.min/sessions", manager).sessions
    assert.equal(1, #listed)
    expect(200, "DELETE", "/api/v1/accounts/zhou.min/sessions/" .. listed[1].id, manager)
    refused(401, "GET", "/api/v1/session", session)
    session = log_in "zhou.min"
    workspace:expect(0, "user", "revoke", "zhou.min", "--role", "leader", "--region", "150800")
    refused(401, "GET", "/api/v1/session", session)
  end)

  -- The server went on for up to a second as if nothing had happened.
  it("knows what the command line did to accounts when the command ends", function()
    add("he.jing", "office", "--region", "150802")
    local function user(...) return workspace:json(0, "user", ...)[1] end
    for _ = 1, 3 do
      local token = user("token", "add", "he.jing", "--name", "a", "--scopes", "read")
      expect(200, "GET", "/api/v1/packs", token.text)
      workspace:expect(0, "user", "token", "revoke", "he.jing", token.token)
      refused(401, "GET", "/api/v1/packs", token.text)
    end
    local session = log_in "he.jing"
    workspace:expect(0, "user", "sessions", "he.jing", "--end-all")
    refused(401, "GET", "/api/v1/session", session)
    local token = user("token", "add", "he.jing", "--name", "b", "--scopes", "data")
    local said = workspace:expect(0, "user", "disable", "he.jing").err
    assert.truthy(said:find("the running server answers with it", 1, true), said)
    refused(401, "PUT", "/api/v1/observations", token.text,
      '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"1"}]}')
    user("enable", "he.jing")
    expect(403, "GET", "/api/v1/packs", log_in("he.jing", user("reset-password", "he.jing").one_time_password))
    refused(400, "POST", "/api/v1/refresh?of=packs")
  end)

  it("says that a lock ends with a reset, and a one-time password after a week", function()
    add("he.lin", "office", "--region", "150802")
    workspace:expect(0, "user", "unlock", "he.lin")
    for _ = 1, 5 do refused(401, "POST", "/api/v1/session", nil, credentials("he.lin", "wrong")) end
    local manager = log_in "wang.fang"
    local reset = expect(200, "POST", "/api/v1/accounts/he.lin/password", manager)
    assert.equal("active", reset.state)
    assert.truthy(reset.one_time_password_until)
    log_in("he.lin", reset.one_time_password)
    workspace:sql "UPDATE account_password SET changed_at_us = changed_at_us - 7 * 86400000000 WHERE account = 'he.lin'"
    assert.equal("the one-time password is no longer valid",
      refused(403, "POST", "/api/v1/session", nil, credentials("he.lin", reset.one_time_password)).message)
    assert.truthy(workspace:expect(0, "user", "show", "he.lin").out:find("no longer valid: reset it", 1, true))
  end)

  it("lets a token do what its scopes say, and nothing to accounts", function()
    local session = log_in "li.na"
    local made = expect(201, "POST", "/api/v1/tokens", session, '{"name":"采集","scopes":["read"],"days":30}')
    assert.truthy(made.text:match("^bc_" .. made.id .. "_"))
    expect(200, "GET", "/api/v1/packs", made.text)
    assert.equal("token", expect(200, "GET", "/api/v1/session", made.text).kind)
    assert.equal("this token may not: manage one's own API tokens", refused(403, "GET", "/api/v1/tokens", made.text).message)
    refused(403, "POST", "/api/v1/tokens", made.text, '{"name":"a","scopes":["read"]}')
    refused(404, "DELETE", "/api/v1/session", made.text)
    refused(403, "GET", "/api/v1/session/sessions", made.text)
    refused(403, "GET", "/api/v1/accounts", made.text)
    refused(403, "PUT", "/api/v1/observations", made.text,
      '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"1"}]}')
    for body, status in pairs {
      ['{"name":"a","scopes":["data"]}'] = 403, ['{"name":"a","scopes":["read"],"region":"150000"}'] = 403,
      ['{"name":"a","scopes":["read"],"region":"999"}'] = 404, ['{"name":"a","scopes":["write"]}'] = 422,
      ['{"name":"a","scopes":[]}'] = 400, ['{"name":"a","scopes":[17]}'] = 400, ['{"name":"a","scopes":"read"}'] = 400,
      ['{"name":"","scopes":["read"]}'] = 422, ['{"scopes":["read"]}'] = 400,
      ['{"name":"a","scopes":["read"],"days":0}'] = 400, ['{"name":"a","scopes":["read"],"days":367}'] = 400,
    } do refused(status, "POST", "/api/v1/tokens", session, body) end
    local listed = expect(200, "GET", "/api/v1/tokens", session).tokens
    assert.is_nil(listed[1].text)
    assert.equal("revoked", expect(200, "DELETE", "/api/v1/tokens/" .. made.id, session).tokens[1].state)
    refused(401, "GET", "/api/v1/packs", made.text)
    refused(404, "DELETE", "/api/v1/tokens/" .. made.id, session)
  end)

  it("notes every login, failure and change in the audit log", function()
    local session = log_in "li.na"
    refused(401, "POST", "/api/v1/session", nil, credentials("li.na", "wrong"))
    expect(200, "DELETE", "/api/v1/session", session)
    local words = {}
    for _, row in ipairs(workspace:json(0, "audit", "list", "--subject", "li.na", "--limit", 4)) do
      words[#words + 1] = ("%s %s %s %s"):format(row.who, row.means, row.address, row.action)
    end
    assert.same({ "li.na web local session.end", "li.na web local logout", "- web local login.failed",
      "li.na web local login" }, words)
    assert.equal(0, workspace:run("audit", "verify").code)
  end)

  it("tells clients of a trusted proxy apart, and takes no other's word", function()
    local behind = support.office()
    behind:shell(("printf '%s\\n' | %s"):format(password,
      behind:command("user", "add", "li.na", "--role", "analyst", "--password-stdin")))
    finally(function() behind:remove() end)
    for _, case in ipairs { { "127.0.0.1", "192.0.2.7", "__Host-biaochi", 401 }, { "127.0.0.9", "127.0.0.1", "biaochi", 429 } } do
      local other = served.start(behind, "--proxy", case[1], "--access-log", "access.log")
      local port = support.read_file(behind:path "serve.err"):match "127%.0%.0%.1:(%d+)"
      local function try(secret, address)
        return behind:shell(("curl -s -i -H 'X-Forwarded-For: 203.0.113.1' -H 'X-Forwarded-For: 203.0.113.2, %s' "
          .. "-H 'X-Forwarded-Proto: https' -d '%s' http://127.0.0.1:%s/api/v1/session"):format(address,
            credentials("li.na", secret), port)).out
      end
      assert.truthy(try(password, "192.0.2.7"):find("\r\nSet-Cookie: " .. case[3] .. "=", 1, true))
      local row = behind:json(0, "audit", "list", "--action", "login", "--limit", 1)[1]
      assert.equal(case[2], row.address)
      assert.truthy(support.read_file(behind:path "access.log"):find(" " .. case[2] .. " li.na ", 1, true))
      -- Also where no route took it.
      behind:shell(("curl -s -H 'X-Forwarded-For: 192.0.2.7' http://127.0.0.1:%s/nowhere%d"):format(port, case[4]))
      local function lost() return support.read_file(behind:path "access.log"):match("[^\n]*/nowhere" .. case[4] .. "[^\n]*") end
      server:wait_for(lost, "the log's line")
      assert.truthy(lost():find(" " .. case[2] .. " ", 1, true))
      local function status_of(address) return tonumber(try("wrong", address):match "^HTTP/1.1 (%d+)") end
      -- Tries are given back with time, so a slow machine needs more of them.
      for _ = 1, 80 do if status_of "192.0.2.8" == 429 then break end end
      assert.equal(case[4], status_of "192.0.2.9")
      behind:expect(0, "user", "unlock", "li.na")
      assert.equal(0, other:stop())
    end
    assert.equal(2, behind:run("serve", "--proxy", "nginx").code)
  end)

  it("makes an address that fails too often wait", function()
    local answer
    for _ = 1, 25 do
      answer = ask("POST", "/api/v1/session", nil, credentials("nobody", "wrong"))
      if answer.status == 429 then break end
      assert.equal(401, answer.status)
    end
    assert.equal(429, answer.status)
    assert.truthy(tonumber(answer.headers["retry-after"]) >= 1)
    assert.equal("too_many_tries", support.decode(answer.body).error.code)
    local function throttled() return workspace:json(0, "audit", "list", "--action", "login.throttled") end
    server:wait_for(function() return #throttled() > 0 end, "the audit log to tell of it")
    for _ = 1, 5 do ask("POST", "/api/v1/session", nil, credentials("nobody", "wrong")) end
    local row = throttled()[1]
    assert.same({ 1, "-", "web", "local", '{"tries":20}' },
      { #throttled(), row.who, row.means, row.address, row.detail })
  end)
end)
