local S = require "schema"

local scope = S.with(S.one_of_names("read", "data", "evaluate", "packs", "audit", "metrics"), {
  description = "read: see regions, data, results, warnings, rounds and packs, explain, replay, analyse; data: enter and "
    .. "import data, remove sample data, acknowledge warnings; evaluate: evaluate, open, advance and withdraw rounds; "
    .. "packs: check, activate and roll back packs, import regions; audit: read and export the audit log; metrics: "
    .. "read the server's metrics" })

local token = {
  id = S.id, name = S.text, scopes = S.list(S.ref "Scope"),
  region = S.with(S.text, { description = "the head of the subtree it reaches; * for wherever its owner may" }),
  state = S.one_of_names("active", "expired", "revoked"),
  created_at = S.time, created_by = S.text, expires_at = S.time,
  used_at = S.maybe(S.time), revoked_at = S.maybe(S.time), revoked_by = S.maybe(S.text),
}

return {
  tag = "tokens",
  about = "One's own API tokens.",
  zh = "本人的访问令牌。",
  schemas = {
    Scope = scope,
    Token = S.object(token),
    Tokens = S.object { tokens = S.list(S.ref "Token") },
    NewToken = S.object(S.extend(token, {
      text = S.with(S.text, { description = "what stands behind Bearer; told this once" }) })),
  },
  operations = {
    ["GET /api/v1/tokens"] = {
      id = "listOwnTokens", does = "One's API tokens.", zh = "本人的访问令牌。", right = "tokens.own",
      place = "anywhere", by_token = false,
      answers = { [200] = { schema = S.ref "Tokens" } },
    },
    ["POST /api/v1/tokens"] = {
      id = "makeToken", does = "Makes an API token, which may do no more than its maker may.",
      zh = "建立访问令牌，其权限不超出本人。", right = "tokens.own", place = "anywhere", by_token = false,
      body = { ["application/json"] = { S.object {
        name = S.with(S.text, { minLength = 1 }),
        scopes = S.with(S.list(S.ref "Scope"), { minItems = 1 }),
        ["region?"] = S.with(S.maybe(S.text), { description = "usually everywhere its maker may" }),
        ["days?"] = S.with(S.maybe(S.integer), { description = "how long it lasts, from 1 to 366; usually as long as may be" }),
      }, example = { name = "dashboard", scopes = { "read" }, region = "150802", days = 30 } } },
      answers = { [201] = { schema = S.ref "NewToken" } },
      errors = { 404, 422 },
    },
    ["DELETE /api/v1/tokens/{token}"] = {
      id = "revokeOwnToken", does = "Revokes one of one's tokens; gives all of them.", zh = "吊销本人的一个令牌。",
      right = "tokens.own", place = "anywhere", by_token = false,
      answers = { [200] = { schema = S.ref "Tokens" } },
      errors = { 404 },
    },
  },
}
