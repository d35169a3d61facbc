return {
  about = "more connections from one address than it may have",
  unlogged = true, -- nothing is asked on them
  attack = function(server)
    local connections = {}
    for i = 1, 400 do connections[i] = server:connect "127.0.6.1" end
    local open = 0
    for _, connection in ipairs(connections) do
      connection:send "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
      local read, bytes = pcall(connection.rest, connection)
      if read and bytes:find "^HTTP/1.1 200" then open = open + 1 end
    end
    assert.equal(256, open)
    assert.equal(200, server:ask({ path = "/api/v1/packs/office", who = "office" }).status)
  end,
}
