local S = require "schema"

local account = {
  name = S.text, title = S.maybe(S.text), state = S.one_of_names("active", "locked", "disabled"),
  grants = S.list(S.ref "Grant"),
  created_at = S.time, created_by = S.text, disabled_at = S.maybe(S.time),
  must_change_password = S.boolean, password_changed_at = S.maybe(S.time),
  one_time_password_until = S.with(S.maybe(S.time), {
    description = "when the first or the reset password opens nothing any more; null once it was changed" }),
  failures = S.with(S.count, { description = "failed tries to log in since the last that went well" }),
  locked_until = S.maybe(S.time), logged_in_at = S.maybe(S.time), logged_in_from = S.maybe(S.text),
  sessions = S.with(S.count, { description = "open sessions" }),
  tokens = S.with(S.count, { description = "API tokens in force" }),
}

-- The unit of a reporter is one that a pack declares.
local new_grant = S.object { role = S.ref "Role", ["region?"] = S.maybe(S.text), ["unit?"] = S.maybe(S.text) }

-- An operation on one account, answered with what it is then.
local function change(id, does, zh, more)
  return S.extend({
    id = id, does = does, zh = zh, right = "accounts.write", place = "anywhere", by_token = false,
    answers = { [200] = { schema = S.ref "Account" } },
    errors = { 404, 409, 422 },
  }, more or {})
end

return {
  tag = "accounts",
  about = "Accounts of others, their grants, sessions and API tokens.",
  zh = "账号及其授权、会话与访问令牌。",
  schemas = {
    Account = S.object(account),
    NewAccount = S.object(S.extend(account, {
      ["one_time_password?"] = S.with(S.text, { description = "made where none was given; told this once" }) })),
    NewGrant = new_grant,
  },
  operations = {
    ["GET /api/v1/accounts"] = {
      id = "listAccounts", does = "Accounts with a role in the caller's regions.", zh = "账号列表。",
      right = "accounts.read", place = "anywhere", by_token = false,
      answers = { [200] = { schema = S.object { accounts = S.list(S.ref "Account") } } },
    },
    ["POST /api/v1/accounts"] = change("addAccount", "Adds an account.", "新建账号。", {
      body = { ["application/json"] = { S.object {
        name = S.with(S.text, { minLength = 1 }), ["title?"] = S.maybe(S.text),
        ["password?"] = S.with(S.maybe(S.text), {
          format = "password", description = "must be changed at the first login, within 7 days" }),
        grants = { type = "array", items = S.ref "NewGrant", minItems = 1, maxItems = 16 },
      }, example = { name = "li.na", title = "李娜", grants = { { role = "analyst", region = "150800" } } } } },
      answers = { [201] = { schema = S.ref "NewAccount" } },
    }),
    ["GET /api/v1/accounts/{account}"] = {
      id = "getAccount", does = "An account.", zh = "一个账号。", right = "accounts.read", place = "anywhere",
      by_token = false,
      answers = { [200] = { schema = S.ref "Account" } },
      errors = { 404 },
    },
    ["PUT /api/v1/accounts/{account}/title"] = change("setAccountTitle", "Says whose account it is.", "修改账号的姓名。", {
      body = { ["application/json"] = { S.object { title = S.text }, example = { title = "张敏" } } },
    }),
    ["POST /api/v1/accounts/{account}/disable"] = change("disableAccount", "Disables an account; its sessions end.",
      "停用账号，其会话随即结束。"),
    ["POST /api/v1/accounts/{account}/enable"] = change("enableAccount", "Enables an account again.", "启用账号。"),
    ["POST /api/v1/accounts/{account}/unlock"] = change("unlockAccount", "Lifts the lock after failed logins.",
      "解除登录失败造成的锁定。"),
    ["POST /api/v1/accounts/{account}/password"] = change("resetPassword",
      "Gives the account a password that must be changed at the next login, within 7 days; its sessions end, and a lock.",
      "重置为一次性密码（7 天内登录并修改），其会话随即结束，锁定随即解除。", {
      answers = { [200] = { schema = S.ref "NewAccount" } },
    }),
    ["POST /api/v1/accounts/{account}/grants"] = change("grantRole", "Gives a role in a region.", "授予角色。", {
      body = { ["application/json"] = { S.ref "NewGrant", example = { role = "leader", region = "150802" } } },
    }),
    ["DELETE /api/v1/accounts/{account}/grants/{role}"] = change("revokeRole", "Takes a role away.", "收回角色。", {
      query = {
        region = { S.text, "of the grant; everywhere when not given", example = "150800" },
        unit = { S.text, "of the grant; none when not given" },
      },
    }),
    ["GET /api/v1/accounts/{account}/sessions"] = {
      id = "listSessions", does = "Sessions of an account.", zh = "账号的会话。", right = "accounts.read",
      place = "anywhere", by_token = false,
      answers = { [200] = { schema = S.ref "Sessions" } },
      errors = { 404 },
    },
    ["DELETE /api/v1/accounts/{account}/sessions"] = change("endSessions", "Ends all sessions of an account.",
      "结束账号的全部会话。", { answers = { [200] = { schema = S.ref "Sessions" } } }),
    ["DELETE /api/v1/accounts/{account}/sessions/{session}"] = change("endSession",
      "Ends a session of an account; gives those that are left.", "结束账号的一个会话。",
      { answers = { [200] = { schema = S.ref "Sessions" } } }),
    ["GET /api/v1/accounts/{account}/tokens"] = {
      id = "listTokens", does = "API tokens of an account.", zh = "账号的访问令牌。", right = "accounts.read",
      place = "anywhere", by_token = false,
      answers = { [200] = { schema = S.ref "Tokens" } },
      errors = { 404 },
    },
    ["DELETE /api/v1/accounts/{account}/tokens/{token}"] = change("revokeToken",
      "Revokes a token of an account; gives all of them.", "吊销账号的一个令牌。",
      { answers = { [200] = { schema = S.ref "Tokens" } } }),
  },
}
