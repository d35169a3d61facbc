return {
  about = "methods that no route has",
  requests = {
    { method = "TRACE", path = "/healthz", headers = { "X-Secret: 1" }, status = 405, code = "method_not_allowed" },
    { raw = "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n", status = 400,
      code = "bad_target" },
    { raw = "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", status = 400, code = "bad_target" },
    { method = "PROPFIND", path = "/api/v1/packs", status = 405, code = "method_not_allowed" },
    { method = "PATCH", path = "/api/v1/accounts/user.office", status = 405, code = "method_not_allowed" },
    { method = "DELETE", path = "/api/v1/audit", who = "auditor", status = 405, code = "method_not_allowed" },
    { method = "PUT", path = "/api/v1/audit", body = "{}", who = "auditor", status = 405, code = "method_not_allowed" },
    { method = "GETT", path = "/healthz", status = 405, code = "method_not_allowed" },
    { method = "OPTIONS", path = "/api/v1/packs", headers = { "Origin: http://evil.example",
      "Access-Control-Request-Method: DELETE" }, status = 204 },
    { method = "HEAD", path = "/api/v1/packs", status = 401 },
    -- A method in a header is none.
    { method = "POST", path = "/api/v1/packs", headers = { "X-HTTP-Method-Override: GET" }, body = "{}", who = "office",
      status = 405, code = "method_not_allowed" },
  },
  attack = function(server)
    local answer = server:ask { method = "OPTIONS", path = "/api/v1/packs", headers = { "Origin: http://evil.example" } }
    for name in pairs(answer.headers) do assert.is_nil(name:find "^access%-control", name) end
    assert.equal("GET, HEAD, OPTIONS", answer.headers.allow)
    answer = server:ask { method = "PATCH", path = "/api/v1/session" }
    for _, method in ipairs { "GET", "HEAD", "POST", "DELETE", "OPTIONS" } do
      assert.truthy(answer.headers.allow:find(method, 1, true), method)
    end
    answer = server:ask { method = "TRACE", path = "/healthz", headers = { "X-Secret: mulberry" } }
    assert.is_nil(answer.body:find "mulberry")
  end,
}
