local client = require "tests.attacks.client"

return {
  about = "more streams of events than one account may have",
  attack = function(server)
    local connections, refused_here = {}, 0
    local function open(from, role)
      local connection = server:connect(from)
      connections[#connections + 1] = connection:send(client.bytes_of { path = "/api/v1/events", who = server.sessions[role] })
      connection:wait_for "\r\n\r\n"
      return connection.bytes:match "^HTTP/1.1 (%d+)"
    end
    for i = 1, 100 do
      local status = open("127.0.7." .. i // 20 + 1, "leader")
      assert(status == "200" or status == "429", status)
      if status == "429" then refused_here = refused_here + 1 end
    end
    assert.equal(68, refused_here)
    assert.equal("200", open("127.0.7.8", "office")) -- others have theirs meanwhile
    assert.equal(200, server:ask({ path = "/api/v1/packs/office", who = "leader" }).status)
    local refused = server:owner("GET", "/metrics").body:match "\nbiaochi_streams_refused_total (%d+)"
    assert(tonumber(refused) >= 68, refused)
    for _, connection in ipairs(connections) do connection:close() end
    server:wait_for(function() return open("127.0.7.9", "leader") == "200" end, "room for a stream")
    connections[#connections]:close()
    for _, id in ipairs { "x", "-1", ("9"):rep(400), "\255", "0-0", "'", "" } do
      local connection = server:connect()
      connection:send(client.bytes_of { path = "/api/v1/events", who = server.sessions.leader, headers = { "Last-Event-ID: "
        .. id } })
      connection:wait_for "retry:"
      connection:close()
    end
  end,
}
