return {
  about = "the token of a session that has had another one since",
  notes = { "login", "logout" },
  attack = function(server)
    local session = server:log_in("user.reporter", "127.0.11.1")
    local id = session.token:match "^bs_(%d+)_"
    local function change(statement)
      server.workspace:sql(("UPDATE account_session SET %s WHERE id = %s; "):format(statement, id)
        .. "UPDATE counter SET value = value + 1 WHERE name = 'accounts'")
    end
    local function ask(token) return server:ask { path = "/api/v1/session", who = { token = token } } end
    change "rotated_at_us = rotated_at_us - 3600000000"
    local token
    server:wait_for(function()
      token = (ask(session.token).headers["set-cookie"] or ""):match "^biaochi=(bs_[^;]+)"
      return token
    end, "another token")
    assert.equal(200, ask(token).status)
    -- The one before counts a little longer, for requests under way, and then no more.
    server:wait_for(function()
      return server.workspace:sql("SELECT rotation FROM account_session WHERE id = " .. id) == "1"
    end, "the rotation to be stored")
    assert.equal(200, ask(session.token).status)
    change "previous_until_us = 1"
    server:wait_for(function() return ask(session.token).status == 401 end, "the end of the token before")
    assert.equal(200, ask(token).status)
  end,
}
