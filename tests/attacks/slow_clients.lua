return {
  about = "two hundred clients that begin a request and never end it",
  unlogged = true, -- their time is not over while the attack lasts; tests/unit/http/times_test.c waits for that
  attack = function(server)
    local connections = {}
    for i = 1, 200 do
      connections[i] = server:connect "127.0.5.1"
      connections[i]:send(i % 2 == 0 and "GET /healthz HTTP/1.1\r\nHost: a\r\nX: "
        or "PUT /api/v1/observations HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{")
    end
    for _ = 1, 20 do
      for _, connection in ipairs(connections) do connection:send "x" end
      assert.equal(200, server:ask({ path = "/api/v1/packs/office", who = "office" }).status)
    end
    for _, connection in ipairs(connections) do connection:close() end
  end,
}
