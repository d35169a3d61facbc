return {
  about = "more connections from one address than it may have",
  unlogged = true, -- nothing is asked on them
  attack = function(server)
    local connections = {}
    for i = 1, 400 do connections[i] = server:connect "127.0.6.1" end
    local open = 0
    for _, connection in ipairs(connections) do
      -- Kept alive, so that none makes room for another while they are counted.
      local answered = pcall(function()
        connection:send "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        connection:wait_for "HTTP/1.1 200"
      end)
      if answered then open = open + 1 end
    end
    for _, connection in ipairs(connections) do connection:close() end
    assert.equal(256, open)
    assert.equal(200, server:ask({ path = "/api/v1/packs/office", who = "office" }).status)
  end,
}
