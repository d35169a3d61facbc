return {
  about = "session cookies that were made up, changed, cut or belong to another",
  attack = function(server)
    local own = server.sessions.leader.token
    local id, secret = own:match "^bs_(%d+)_(.+)$"
    local other = server.sessions.security_administrator.token:match "^bs_(%d+)_"
    local function status(cookie)
      return server:ask({ path = "/api/v1/packs", headers = { "Cookie: biaochi=" .. cookie } }).status
    end
    assert.equal(200, status(own))
    for _, cookie in ipairs {
      "", "x", "bs_", "bs_1", "bs_1_", "bs_" .. id .. "_" .. ("A"):rep(#secret), "bs_" .. other .. "_" .. secret,
      "bs_" .. id .. "_" .. secret:sub(1, -2), "bs_" .. id .. "_" .. secret .. "A", "bs_" .. id .. "_" .. secret:lower(),
      "bs_0" .. id .. "_" .. secret, "bs_+" .. id .. "_" .. secret, "bs_-1_" .. secret, "bs_ " .. id .. "_" .. secret,
      "bs_" .. id .. ".0_" .. secret, "bs_18446744073709551617_" .. secret, "BS_" .. id .. "_" .. secret,
      "bc_" .. id .. "_" .. secret, "bs_" .. id .. "_" .. secret .. "%00", "bs_" .. id .. "_' OR '1'='1", own .. own,
      ("A"):rep(3000), "bs_1_" .. ("A"):rep(3000), "\255\254", own:gsub("_", "%%5f"),
    } do assert.equal(401, status(cookie), cookie) end
    -- A cookie that is named twice, whichever comes first, is one of the two; another name is none.
    assert.equal(401, server:ask({ path = "/api/v1/packs", headers = { "Cookie: BIAOCHI=" .. own } }).status)
    assert.equal(401, server:ask({ path = "/api/v1/packs", headers = { "Cookie: __Host-biaochi=" .. own } }).status)
    assert.equal(401, server:ask({ path = "/api/v1/packs?biaochi=" .. own }).status)
    assert.equal(401, server:ask({ path = "/api/v1/packs", headers = { "Authorization: Bearer " .. own } }).status)
    assert.equal(401, server:ask({ path = "/api/v1/packs", headers = { "Authorization: Basic " .. own } }).status)
    assert.equal(200, status(own))
  end,
}
