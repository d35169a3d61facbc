return {
  about = "many large bodies at once from somebody who never logs in",
  unlogged = true, -- those that are cut off in the middle are logged when the server sees it
  attack = function(server)
    local piece, connections, refused = ("x"):rep(1 << 20), {}, 0
    for i = 1, 24 do
      connections[i] = server:connect("127.0.4." .. i):send(("POST /api/v1/candidates HTTP/1.1\r\nHost: a\r\n"
        .. "Content-Type: application/zip\r\nContent-Length: %d\r\n\r\n"):format(16 << 20))
      for _ = 1, 15 do connections[i]:send(piece) end
      if i > 20 and connections[i]:rest():find "^HTTP/1.1 503" then refused = refused + 1 end
    end
    assert.equal(4, refused)
    assert.equal(200, server:ask({ path = "/api/v1/packs/office", who = "office" }).status)
    for i = 1, 20 do connections[i]:close() end
    server:wait_for(function()
      return server:ask({ method = "PUT", path = "/api/v1/observations", who = "office", body = "{}" }).status == 400
    end, "bodies to be taken again")
  end,
}
