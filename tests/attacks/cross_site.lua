local function from_elsewhere(...)
  return { method = "POST", path = "/api/v1/refresh", who = "administrator", body = "{}", headers = { ... }, status = 403 }
end

return {
  about = "requests that another site has a browser send",
  requests = {
    from_elsewhere "Origin: http://evil.example", from_elsewhere "Origin: null", from_elsewhere "Origin: http://127.0.0.1.evil.example",
    from_elsewhere "Origin: http://evil.example://127.0.0.1", from_elsewhere "Origin: http://127.0.0.1:81", from_elsewhere "Origin: ",
    from_elsewhere "Origin: http://127.0.0.1@evil.example", from_elsewhere "Sec-Fetch-Site: cross-site", from_elsewhere "Origin: 127.0.0.1",
    from_elsewhere "Sec-Fetch-Site: same-site", from_elsewhere("Origin: http://127.0.0.1", "Sec-Fetch-Site: cross-site"),
    -- A login is a change too: one could be logged in as somebody else without knowing.
    { method = "POST", path = "/api/v1/session", body = '{"name":"user.office","password":"Mulberry-17"}',
      headers = { "Origin: http://evil.example" }, status = 403, code = "forbidden" },
    { method = "POST", path = "/api/v1/session", type = "text/plain", body = '{"name":"user.office","password":"Mulberry-17"}',
      headers = { "Sec-Fetch-Site: cross-site" }, status = 403, code = "forbidden" },
  },
  attack = function(server)
    local own, other = server.sessions.administrator, server.sessions.office
    local function status(csrf, headers)
      return server:ask({ method = "POST", path = "/api/v1/refresh", who = { token = own.token, csrf = csrf }, body = "{}",
        headers = headers }).status
    end
    for _, csrf in ipairs { "", "x", other.csrf, own.csrf:sub(1, -2), own.csrf .. "0", own.csrf:upper() .. "X", ("0"):rep(#own.csrf),
      own.token } do assert.equal(403, status(csrf), csrf) end
    assert.equal(403, status(nil))
    assert.equal(403, status(nil, { "Cookie2: X-CSRF-Token=" .. own.csrf }))
    assert.equal(403, server:ask({ method = "POST", path = "/api/v1/refresh?X-CSRF-Token=" .. own.csrf, body = "{}",
      who = { token = own.token } }).status)
  end,
}
