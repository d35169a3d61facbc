return {
  about = "sessions that were ended, and a cookie planted before a login",
  notes = { "login", "logout" , "session.end" },
  attack = function(server)
    local session = server:log_in("user.analyst", "127.0.2.1")
    assert.equal(200, server:ask({ path = "/api/v1/packs", who = session }).status)
    -- A login gives another session than the one whose cookie came with it.
    local planted = server:ask { method = "POST", path = "/api/v1/session", from = "127.0.2.1",
      headers = { "Cookie: biaochi=" .. session.token }, body = server.credentials "user.leader" }
    assert.equal(200, planted.status)
    assert.not_equal(session.token, planted.headers["set-cookie"]:match "^biaochi=([^;]+)")
    assert.equal("user.analyst", server:ask({ path = "/api/v1/session", who = session }).json.name)
    assert.equal(200, server:ask({ method = "DELETE", path = "/api/v1/session", who = session }).status)
    assert.equal(401, server:ask({ path = "/api/v1/packs", who = session }).status)
    assert.equal(401, server:ask({ method = "POST", path = "/api/v1/refresh", who = session, body = "{}" }).status)
    -- One that has expired: a day passes in the database.
    local old = server:log_in("user.analyst", "127.0.2.1")
    server.workspace:sql("UPDATE account_session SET seen_at_us = seen_at_us - 86400000000, began_at_us = began_at_us - "
      .. "86400000000, rotated_at_us = rotated_at_us - 86400000000 WHERE account = 'user.analyst'; "
      .. "UPDATE counter SET value = value + 1 WHERE name = 'accounts'")
    server:wait_for(function() return server:ask({ path = "/api/v1/packs", who = old }).status == 401 end, "its end")
    server.sessions.analyst = server:log_in("user.analyst", "127.0.2.1")
  end,
}
