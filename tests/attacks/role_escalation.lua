local grants = '[{"role":"administrator","region":"150800"}]'

local function ask(method, path, who, body, status) return { method = method, path = path, who = who, body = body, status = status } end

return {
  about = "more rights for oneself, and for those who should have none",
  requests = {
    ask("POST", "/api/v1/accounts", "administrator", '{"name":"new.one","grants":' .. grants .. "}", 403),
    ask("POST", "/api/v1/accounts/user.office/grants", "office", '{"role":"administrator"}', 403),
    ask("POST", "/api/v1/accounts/user.security_administrator/grants", "security_administrator", '{"role":"office","region":"150800"}',
      { 403, 409, 422 }),
    ask("POST", "/api/v1/accounts/user.security_administrator/grants", "security_administrator",
      '{"role":"administrator","region":"150800"}', { 403, 409, 422 }),
    -- The three administrators are three people.
    ask("POST", "/api/v1/accounts/user.administrator/grants", "security_administrator", '{"role":"auditor","region":"150800"}',
      { 403, 409, 422 }),
    ask("POST", "/api/v1/accounts", "security_administrator",
      '{"name":"all.three","grants":[{"role":"administrator","region":"150800"},{"role":"auditor","region":"150800"}]}', { 403, 409, 422 }),
    -- Beyond one's own region, by name, by leaving it out, and by misspelling what narrows it.
    ask("POST", "/api/v1/accounts/user.office/grants", "security_administrator", '{"role":"office","region":"150000"}', 403),
    ask("POST", "/api/v1/accounts/user.office/grants", "security_administrator", '{"role":"office"}', { 400, 403 }),
    ask("POST", "/api/v1/accounts/user.office/grants", "security_administrator", '{"role":"office","region":""}', { 400, 403, 404, 422 }),
    ask("POST", "/api/v1/accounts/user.office/grants", "security_administrator", '{"role":"office","region":"*"}', { 400, 403, 404, 422 }),
    ask("POST", "/api/v1/accounts/user.office/grants", "security_administrator", '{"role":"Office","region":"150800"}', { 400, 422 }),
    ask("POST", "/api/v1/accounts/user.office/grants", "security_administrator", '{"role":"office ","region":"150800"}', { 400, 422 }),
    -- Others' accounts, sessions and passwords.
    ask("POST", "/api/v1/accounts/user.auditor/password", "administrator", nil, 403),
    ask("POST", "/api/v1/accounts/user.auditor/disable", "auditor", nil, 403),
    ask("GET", "/api/v1/accounts/user.auditor/tokens", "auditor", nil, 403),
    ask("DELETE", "/api/v1/accounts/user.leader/sessions", "leader", nil, 403),
    ask("DELETE", "/api/v1/session/sessions/1", "leader", nil, 404),
    -- What is another region's.
    ask("GET", "/api/v1/results/office/regions/150000", "office", nil, { 403, 404 }),
    ask("PUT", "/api/v1/observations", "office",
      '{"observations":[{"region":"150000","indicator":"mortality","year":2024,"value":"1"}]}', 403),
    ask("PUT", "/api/v1/observations", "office", '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"1"},'
      .. '{"region":"150000","indicator":"mortality","year":2024,"value":"1"}]}', 403),
    ask("PUT", "/api/v1/observations", "leader",
      '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"1"}]}', 403),
    ask("POST", "/api/v1/packs/office/rollback", "office", "{}", 403),
    ask("GET", "/api/v1/audit", "administrator", nil, 403),
    ask("GET", "/metrics", "office", nil, 403),
  },
  attack = function(server)
    -- Who one is is not what one says of it.
    for _, header in ipairs { "X-Forwarded-For: 127.0.0.1", "X-Forwarded-User: root", "X-Real-IP: local", "Remote-User: root",
      "X-Original-URL: /api/v1/accounts", "X-Remote-User: user.administrator", "Forwarded: for=local" } do
      assert.equal(401, server:ask({ path = "/api/v1/accounts", headers = { header } }).status, header)
      assert.equal(403, server:ask({ path = "/api/v1/accounts", headers = { header }, who = "office" }).status, header)
    end
    -- A proxy before the Unix socket does not lend its own rights.
    assert.equal(401, server:ask({ path = "/api/v1/accounts", headers = { "X-Forwarded-For: 192.0.2.1" }, from = "local" }).status)
  end,
}
