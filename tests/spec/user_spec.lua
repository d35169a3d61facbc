-- biaochi user: accounts, their roles, sessions and API tokens on the command line.

local support = require "tests.spec.support"

describe("biaochi user", function()
  local workspace

  setup(function()
    workspace = support.workspace(true)
    workspace:write("regions.csv", support.regions)
    workspace:expect(0, "import", "--table", "regions", "regions.csv")
    workspace:declare_unit()
    workspace:expect(0, "user", "add", "wang.fang", "--role", "security_administrator")
  end)
  teardown(function() workspace:remove() end)

  -- Runs a subcommand and gives its only row.
  local function row(...)
    local rows = workspace:json(0, "user", ...)
    assert.equal(1, #rows)
    return rows[1]
  end

  local function problem(code, ...)
    return workspace:json(code, "user", ...).problems[1]
  end

  local function audited(action)
    local rows = {}
    for _, entry in ipairs(workspace:json(0, "audit", "list", "--action", action)) do
      rows[#rows + 1] = entry.who .. " " .. entry.subject
    end
    return rows
  end

  it("makes an account with a one-time password", function()
    local added = row("add", "li.na", "--role", "analyst", "--region", "150800", "--title", "李娜")
    assert.equal("analyst@150800", added.grants)
    assert.equal("must_change", added.password)
    assert.equal("李娜", added.title)
    local password = added.one_time_password
    assert.truthy(password:match "^%w%w%w%w%-%w%w%w%w%-%w%w%w%w%-%w%w%w%w$")
    assert.equal("1", workspace:sql("SELECT COUNT(*) FROM account_password WHERE account = 'li.na' "
      .. "AND hash LIKE '$argon2id$v=19$m=32768,t=3,p=1$%'"))
    assert.is_nil(support.read_file(workspace:database()):find(password, 1, true))
    assert.is_nil(row("disable", "li.na").one_time_password)
    assert.equal("active", row("enable", "li.na").state)
  end)

  it("takes a password from standard input, and says which rule it breaks", function()
    local add = workspace:command("user", "add", "chen.jie", "--role", "office", "--password-stdin", "--format", "json")
    local function with(text) return workspace:shell("printf '" .. text .. "' | " .. add) end
    for text, message in pairs {
      ["short"] = "the password is too short",
      ["mulberrypie\\n"] = "the password has too few kinds of characters",
      ["P@ssw0rd2026\\n"] = "the password is one of the commonest",
      ["Chen.Jie-2026\\n"] = "the password contains the account's name",
      [""] = "there is no password on standard input",
      [("x"):rep(200)] = "the password is longer than 128 bytes",
    } do
      local result = with(text)
      assert.equal(1, result.code)
      assert.truthy(support.decode(result.out).problems[1].message:find(message, 1, true), result.out)
    end
    local result = with "Mulberry-17\\n"
    assert.equal(0, result.code)
    assert.is_nil(support.decode(result.out)[1].one_time_password)
  end)

  it("keeps the three administrators apart", function()
    row("add", "admin", "--role", "administrator")
    local refusal = problem(1, "grant", "admin", "--role", "auditor")
    assert.equal("conflict", refusal.code)
    assert.equal("the roles auditor and administrator must not meet in one account", refusal.message)
    assert.truthy(workspace:run("user", "grant", "admin", "--role", "security_administrator", "--lang", "zh").err
      :find("三员分立", 1, true))
    assert.equal("administrator@* office@150802",
      row("grant", "admin", "--role", "office", "--region", "150802").grants)
    assert.equal("administrator@*", row("revoke", "admin", "--role", "office", "--region", "150802").grants)
  end)

  it("does not lose the last security administrator", function()
    local last = "wang.fang is the last security administrator of the whole workspace"
    assert.equal(last, problem(1, "disable", "wang.fang").message)
    assert.equal(last, problem(1, "revoke", "wang.fang", "--role", "security_administrator").message)
  end)

  it("says what is wrong with a role, a region, a unit or a name", function()
    assert.equal("did you mean analyst?", problem(1, "add", "zhao.lei", "--role", "analist").hint)
    assert.equal("there is no region 159999", problem(6, "add", "zhao.lei", "--role", "office", "--region", "159999").message)
    assert.same({ 'there is no unit "heath"', "did you mean health?" }, (function()
      local refusal = problem(6, "add", "zhao.lei", "--role", "reporter", "--region", "150802", "--unit", "heath")
      return { refusal.message, refusal.hint }
    end)())
    assert.equal("a reporter's unit is missing",
      problem(1, "add", "zhao.lei", "--role", "reporter", "--region", "150802").message)
    assert.equal('"Zhao Lei" cannot be an account\'s name', problem(1, "add", "Zhao Lei", "--role", "office").message)
    assert.equal('there is no account "zhao.lei"', problem(6, "show", "zhao.lei").message)
    assert.equal(2, workspace:run("user", "add", "zhao.lei").code)
    assert.equal("reporter@150802/health",
      row("add", "zhao.lei", "--role", "reporter", "--region", "150802", "--unit", "health").grants)
    assert.equal("there is an account zhao.lei already", problem(1, "add", "zhao.lei", "--role", "office").message)
  end)

  it("shows an account in every format", function()
    row("add", "liu.yang", "--role", "office", "--region", "150802", "--title", "刘洋")
    local shown = workspace:json(0, "user", "show", "liu.yang")
    assert.match("^%d+%-%d%d%-%d%dT%d%d:%d%d:%d%d%.%d+Z$", shown.created_at)
    assert.same({ { role = "office", region = "150802" } }, shown.grants)
    assert.same({ "刘洋", "active", true, 0 },
      { shown.title, shown.state, shown.must_change_password, shown.sessions })
    assert.truthy(shown.one_time_password_until)
    local text = workspace:expect(0, "user", "show", "liu.yang", "--lang", "zh").out
    assert.truthy(text:find("下次登录须修改密码", 1, true))
    assert.truthy(text:find("\n妇儿工委办 +150802 +临河区 +%-\n"))
    assert.equal("office", support.csv(workspace:expect(0, "user", "show", "liu.yang", "--format", "csv").out)[1].role)
  end)

  it("lists accounts by name", function()
    local names = {}
    for _, account in ipairs(workspace:json(0, "user", "list")) do names[#names + 1] = account.name end
    local sorted = { table.unpack(names) }
    table.sort(sorted)
    assert.same(sorted, names)
    assert.truthy(#names >= 2)
    local rows = support.table(workspace:expect(0, "user", "list", "--lang", "zh").out)
    assert.equal(#names, #rows)
    assert.equal("正常", rows[1]["状态"])
    for _, one in ipairs(rows) do
      if one["账号"] == "wang.fang" then assert.equal("安全管理员（全工作区）", one["角色"]) end
    end
  end)

  it("resets a password and notes who did, but never the password", function()
    local first = row("add", "sun.li", "--role", "leader").one_time_password
    local reset = row("reset-password", "sun.li")
    local second = reset.one_time_password
    assert.are_not.equal(first, second)
    assert.match("^%d+%-%d%d%-%d%dT%d%d:%d%d:%d%d%.%d+Z$", reset.one_time_password_until)
    assert.truthy(workspace:expect(0, "user", "reset-password", "sun.li", "--lang", "zh").err:find("7 天内", 1, true))
    assert.equal(6, workspace:run("user", "reset-password", "nobody").code)
    local log = workspace:expect(0, "audit", "list", "--all", "--format", "json").out
    assert.is_nil(log:find(first, 1, true))
    assert.is_nil(log:find(second, 1, true))
    assert.is_nil(log:find("argon2", 1, true))
    assert.equal(audited("password.reset")[1]:match " (.*)$", "sun.li")
    assert.equal(0, workspace:run("audit", "verify").code)
  end)

  it("makes, lists and revokes API tokens", function()
    row("add", "zhou.min", "--role", "office", "--region", "150800")
    row("add", "wang.min", "--role", "office", "--region", "150802")
    local made = row("token", "add", "zhou.min", "--name", "采集", "--scopes", "data,read", "--region", "150802", "--days", 30)
    assert.truthy(made.text:match("^bc_" .. made.token .. "_[%w_-]+$"))
    assert.equal(43, #made.text:match "^bc_%d+_(.*)$")
    assert.same({ "read,data", "150802", "active" }, { made.scopes, made.region, made.state })
    assert.equal("0", workspace:sql("SELECT COUNT(*) FROM account_token WHERE secret_hash LIKE '%" .. made.text .. "%'"))
    local listed = row("token", "list", "zhou.min")
    assert.is_nil(listed.text)
    row("token", "add", "wang.min", "--name", "all", "--scopes", "read")
    local told = support.table(workspace:expect(0, "audit", "list", "--action", "token.add", "--lang", "zh").out)[1]
    assert.equal("生成令牌（token.add）", told["操作"])
    assert.truthy(told["内容"]:find("失效时间 %d+%-%d%d%-%d%d %d%d:%d%d:%d%d$"), told["内容"])
    assert.equal("as its owner", support.table(workspace:expect(0, "user", "token", "list", "wang.min").out)[1].region)
    assert.equal("revoked", row("token", "revoke", "zhou.min", made.token).state)
    assert.equal("not_found", problem(6, "token", "revoke", "zhou.min", made.token).code)
    assert.equal('zhou.min has nothing of the scope "audit"',
      problem(1, "token", "add", "zhou.min", "--name", "a", "--scopes", "audit").message)
    assert.equal('zhou.min has nothing of the scope "read" in region 150000',
      problem(1, "token", "add", "zhou.min", "--name", "a", "--scopes", "read", "--region", "150000").message)
    assert.equal('there is no scope "write"',
      problem(1, "token", "add", "zhou.min", "--name", "a", "--scopes", "read,write").message)
    assert.equal("a token is valid for 1 to 366 days",
      problem(1, "token", "add", "zhou.min", "--name", "a", "--scopes", "read", "--days", 367).message)
    assert.equal(2, workspace:run("user", "token", "add", "zhou.min", "--name", "a").code)
    assert.equal(2, workspace:run("user", "token", "revoke", "zhou.min", "first").code)
    assert.same({ "local:tester zhou.min" }, (function()
      workspace:shell("BIAOCHI_USER=tester " .. workspace:command("user", "token", "add", "zhou.min", "--name", "b",
        "--scopes", "read"))
      return { audited("token.add")[1] }
    end)())
  end)

  it("lists and ends sessions", function()
    assert.same({}, workspace:json(0, "user", "sessions"))
    assert.equal(2, workspace:run("user", "sessions", "--end-all").code)
    assert.equal(2, workspace:run("user", "sessions", "wang.fang", "--end", 1, "--end-all").code)
    assert.equal("wang.fang has no session 7", problem(6, "sessions", "wang.fang", "--end", 7).message)
    assert.same({}, workspace:json(0, "user", "sessions", "wang.fang", "--end-all"))
  end)

  it("leads to its subcommands of two words", function()
    local result = workspace:run("user", "token")
    assert.equal(2, result.code)
    assert.truthy(result.err:find("user token needs a subcommand: add, list, revoke", 1, true))
    assert.truthy(workspace:expect(0, "user", "token", "--help").out:find("\n  user token add ", 1, true))
    assert.truthy(workspace:expect(0, "help", "user", "token", "add").out:find("^biaochi user token add NAME"))
  end)
end)
