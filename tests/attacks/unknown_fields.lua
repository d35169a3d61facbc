local function ask(method, path, who, body) return { method = method, path = path, who = who, body = body, status = { 400,
  403, 422 } } end

return {
  about = "fields that a body does not have: misspelt ones that would narrow, and such as are not to be set",
  requests = {
    ask("POST", "/api/v1/tokens", "analyst", '{"name":"a","scopes":["read"],"regoin":"150802"}'),
    ask("POST", "/api/v1/tokens", "analyst", '{"name":"a","scopes":["read"],"Region":"150802"}'),
    ask("POST", "/api/v1/tokens", "analyst", '{"name":"a","scopes":["read"],"account":"user.administrator"}'),
    ask("POST", "/api/v1/tokens", "analyst", '{"name":"a","scopes":["read"],"expires_at":"2999-01-01T00:00:00Z"}'),
    ask("POST", "/api/v1/accounts", "security_administrator",
      '{"name":"new.one","grants":[{"role":"office","regoin":"150800"}]}'),
    ask("POST", "/api/v1/accounts", "security_administrator",
      '{"name":"new.one","grants":[{"role":"office","region":"150800","admin":true}]}'),
    ask("POST", "/api/v1/accounts", "security_administrator",
      '{"name":"new.one","grants":[{"role":"office","region":"150800"}],"must_change_password":false}'),
    ask("POST", "/api/v1/accounts/user.office/grants", "security_administrator",
      '{"role":"leader","region":"150802","Unit":"health"}'),
    ask("PUT", "/api/v1/accounts/user.office/title", "security_administrator",
      '{"title":"x","grants":[{"role":"administrator"}]}'),
    { method = "POST", path = "/api/v1/session", body = '{"name":"user.office","password":"Mulberry-17","role":"administrator"}',
      status = 400 },
    ask("PUT", "/api/v1/observations", "office",
      '{"observations":[{"region":"150802","indicator":"mortality","year":2024,"value":"1"}],"who":"user.leader"}'),
  },
}
