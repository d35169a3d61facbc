local client = require "tests.attacks.client"

return {
  about = "more streams of events than there may be",
  attack = function(server)
    local connections, busy = {}, 0
    local function open(from)
      local connection = server:connect(from)
      connections[#connections + 1] = connection:send(client.bytes_of { path = "/api/v1/events", who = server.sessions.leader })
      connection:wait_for "\r\n\r\n"
      return connection.bytes:match "^HTTP/1.1 (%d+)"
    end
    for i = 1, 600 do
      local status = open("127.0.7." .. i // 100 + 1)
      assert(status == "200" or status == "503", status)
      if status == "503" then busy = busy + 1 end
    end
    assert(busy >= 88, busy .. " streams were put off")
    assert.equal(200, server:ask({ path = "/api/v1/packs/office", who = "leader" }).status)
    for _, connection in ipairs(connections) do connection:close() end
    server:wait_for(function() -- those that have left make room
      local connection = server:connect "127.0.7.9"
      connection:send(client.bytes_of { path = "/api/v1/events", who = server.sessions.leader })
      connection:wait_for "\r\n\r\n"
      connection:close()
      return connection.bytes:find "^HTTP/1.1 200"
    end, "room for a stream")
    for _, id in ipairs { "x", "-1", ("9"):rep(400), "\255", "0-0", "'", "" } do
      local connection = server:connect()
      connection:send(client.bytes_of { path = "/api/v1/events", who = server.sessions.leader, headers = { "Last-Event-ID: " .. id } })
      connection:wait_for "retry:"
      connection:close()
    end
  end,
}
