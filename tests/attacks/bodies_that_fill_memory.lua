local client = require "tests.attacks.client"

local mib = 1 << 20
local size, holders = 16 * mib, 5 -- one more is beyond a third of 256 MiB

local function begin(server, from, who, length)
  return server:connect(from):send(client.bytes_of { method = "POST", path = "/api/v1/imports/observations", who = who,
    headers = { "Content-Type: text/csv", "Content-Length: " .. length } })
end

local function held(server)
  return tonumber(server:owner("GET", "/metrics").body:match "\nbiaochi_http_body_bytes (%S+)")
end

return {
  about = "many large bodies at once, from somebody who never logs in and from somebody who did",
  attack = function(server)
    for i = 1, 24 do -- whose body it is, is asked before it is there
      assert.truthy(begin(server, "127.0.4." .. i, nil, size):rest():find "^HTTP/1.1 401")
    end
    assert.equal(0, held(server))

    local piece, connections = ("x"):rep(mib), {}
    for i = 1, holders do
      connections[i] = begin(server, "127.0.4.1", server.sessions.office, size)
      for _ = 1, size / mib - 1 do connections[i]:send(piece) end
    end
    server:wait_for(function() return held(server) >= holders * (size - mib - 4096) end, "bodies to be held")
    local last = begin(server, "127.0.4.2", server.sessions.office, size)
    for _ = 1, size / mib do last:send(piece) end
    assert.truthy(last:rest():find "^HTTP/1.1 503")

    local function status(who, body)
      return server:ask({ method = "PUT", path = "/api/v1/observations", who = who, body = body }).status
    end
    assert.equal(400, status("office", "{}")) -- what is small is always taken
    assert.equal(400, status("reporter", "{" .. (" "):rep(mib // 2) .. "}"))
    assert.truthy(server:log_in("user.leader", "127.0.4.3").token)
    for _, connection in ipairs(connections) do connection:close() end
    server:wait_for(function() return held(server) == 0 end, "bodies to be let go")
    assert.equal(400, status("office", "{" .. (" "):rep(mib // 2) .. "}"))
  end,
  notes = { "login" },
}
