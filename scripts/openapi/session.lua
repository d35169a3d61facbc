local S = require "schema"

local roles = S.one_of_names("reporter", "office", "analyst", "leader", "administrator", "security_administrator",
  "auditor", "evaluator")

local grant = {
  role = S.ref "Role",
  title = S.with(S.text, { description = "what the role is called" }),
  region = S.with(S.text, { description = "the head of the subtree it reaches; * for everywhere" }),
  name = S.with(S.maybe(S.text), { description = "name of the region" }),
  unit = S.with(S.maybe(S.text), { description = "the reporter's unit" }),
}

local session = S.object {
  id = S.id, began_at = S.time, seen_at = S.time, address = S.maybe(S.text), client = S.maybe(S.text),
  this = S.with(S.boolean, { description = "whether it is the one that asks" }),
}

local self = {
  kind = S.one_of_names("nobody", "session", "token", "local"),
  name = S.text, title = S.maybe(S.text),
  must_change_password = S.boolean,
  csrf = S.with(S.maybe(S.text), { description = "what X-CSRF-Token must be; null without a session" }),
  scopes = S.with(S.maybe(S.text), { description = "of the token that asks, separated by commas" }),
  session = S.maybe(S.ref "Session"),
  grants = S.list(S.ref "Grant"),
  rights = S.list(S.object {
    action = S.text, title = S.text,
    regions = S.with(S.list(S.text), { description = "heads of the subtrees where it may be done" }),
  }),
}

local last_login = S.object {
  at = S.maybe(S.time), from = S.maybe(S.text),
  failures = S.with(S.count, { description = "failed tries since then" }),
}

local password = S.with(S.text, { minLength = 1, format = "password" })

return {
  tag = "session",
  about = "Logging in and out, who one is, one's password and sessions.",
  zh = "登录、退出，本人信息、密码与会话。",
  schemas = {
    Role = roles,
    Grant = S.object(grant),
    Session = session,
    Sessions = S.object { sessions = S.list(S.ref "Session") },
    Self = S.object(self),
    LoggedIn = S.object(S.extend(self, { last_login = last_login })),
  },
  operations = {
    ["POST /api/v1/session"] = {
      id = "logIn", does = "Logs in and begins a session, whose cookie the answer sets; 403 for an account that is "
        .. "disabled, or a one-time password that is no longer valid.", zh = "登录并建立会话。",
      right = "open", place = "open",
      body = { ["application/json"] = { S.object { name = S.text, password = password },
        example = { name = "zhang.min", password = "Mulberry-17" } } },
      answers = { [200] = { schema = S.ref "LoggedIn" } },
      errors = { 401, 429 },
    },
    ["GET /api/v1/session"] = {
      id = "getSelf", does = "Who one is, and what one may do where.", zh = "本人信息与权限。",
      right = "none", place = "known",
      answers = { [200] = { schema = S.ref "Self" } },
    },
    ["DELETE /api/v1/session"] = {
      id = "logOut", does = "Ends the session.", zh = "退出登录。", right = "none", place = "known", by_token = false,
      answers = { [200] = { schema = S.object { ended = S.with(S.id, { description = "number of the session" }) } } },
      errors = { 404 },
    },
    ["POST /api/v1/session/password"] = {
      id = "changePassword", does = "Changes one's password; one's other sessions end.",
      zh = "修改本人密码，其他会话随即结束。", right = "none", place = "known", by_token = false,
      body = { ["application/json"] = { S.object { old = password, new = password },
        example = { old = "Mulberry-17", new = "Elderberry-18" } } },
      answers = { [200] = { schema = S.ref "Self" } },
      errors = { 404, 422, 429 },
    },
    ["GET /api/v1/session/sessions"] = {
      id = "listOwnSessions", does = "One's sessions.", zh = "本人的会话。", right = "account.own", place = "anywhere",
      by_token = false,
      answers = { [200] = { schema = S.ref "Sessions" } },
    },
    ["DELETE /api/v1/session/sessions"] = {
      id = "endOwnSessions", does = "Ends all of one's sessions, this one too; gives those that are left: none.",
      zh = "结束本人的全部会话，包括当前会话。", right = "account.own", place = "anywhere", by_token = false,
      answers = { [200] = { schema = S.ref "Sessions" } },
      errors = { 404 },
    },
    ["DELETE /api/v1/session/sessions/{session}"] = {
      id = "endOwnSession", does = "Ends one of one's sessions; gives those that are left.",
      zh = "结束本人的一个会话。", right = "account.own", place = "anywhere", by_token = false,
      answers = { [200] = { schema = S.ref "Sessions" } },
      errors = { 404 },
    },
  },
}
