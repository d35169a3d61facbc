return {
  about = "API tokens that are made up, reach too far or belong to another",
  notes = { "token.add", "token.create", "token.new", "token.revoke" },
  attack = function(server)
    local function make(body, who)
      return server:ask { method = "POST", path = "/api/v1/tokens", who = who or "analyst", body = body }
    end
    local made = make '{"name":"attack","scopes":["read"],"region":"150802"}'
    assert.equal(201, made.status, made.body)
    local text = made.json.text
    assert.equal(200, server:ask({ path = "/api/v1/results/office/regions/150802", who = text }).status)
    -- Beyond its region and its scopes, and no tokens by tokens.
    assert.equal(403, server:ask({ path = "/api/v1/results/office/regions/150821", who = text }).status)
    assert.equal(403, server:ask({ method = "POST", path = "/api/v1/runs", who = text, body = "{}" }).status)
    assert.equal(403, make('{"name":"more","scopes":["read"]}', text).status)
    assert.equal(404, server:ask({ method = "POST", path = "/api/v1/session/password", who = text,
      body = '{"old":"Mulberry-17","new":"Elderberry-18"}' }).status)
    -- Another's.
    for _, role in ipairs { "leader", "administrator" } do
      local path = "/api/v1/tokens/" .. made.json.id
      assert.equal(404, server:ask({ method = "DELETE", path = path, who = role }).status)
    end
    for _, forged in ipairs { "", "x", "bc_", text:sub(1, -2), text .. "A", text:lower(), text:upper(), (text:gsub("^bc", "bs")),
      "bc_999999_" .. ("A"):rep(43), text .. "," .. text, ("A"):rep(3000), "\255" } do
      assert.equal(401, server:ask({ path = "/api/v1/packs", who = forged }).status, forged)
    end
    -- A bad token is not made good by a good cookie.
    assert.equal(401, server:ask({ path = "/api/v1/packs", who = server.sessions.analyst,
      headers = { "Authorization: Bearer bc_1_x" } }).status)
    assert.equal(200, server:ask({ method = "DELETE", path = "/api/v1/tokens/" .. made.json.id, who = "analyst" }).status)
    assert.equal(401, server:ask({ path = "/api/v1/packs", who = text }).status)
  end,
}
