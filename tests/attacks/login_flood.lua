local client = require "tests.attacks.client"

return {
  about = "many logins at once: reads go on as quickly, and each address is put off",
  notes = { "login.failed", "login.throttled" },
  attack = function(server)
    local function try(from)
      local body = server.credentials("nobody", "wrong")
      return server:connect(from):send(client.bytes_of { method = "POST", path = "/api/v1/session", body = body })
    end
    local tries, slowest = {}, 0
    for i = 1, 90 do tries[i] = try("127.0.8." .. i % 3 + 1) end
    for _ = 1, 50 do
      local began = client.now()
      assert.equal(200, server:ask({ path = "/api/v1/packs/office", who = "office" }).status)
      slowest = math.max(slowest, client.now() - began)
    end
    assert(slowest < 1, "a read took " .. slowest .. " s")
    local counts = {}
    for _, connection in ipairs(tries) do
      local answer = client.answers_in(connection:rest())[1]
      counts[answer.status] = (counts[answer.status] or 0) + 1
      if answer.status ~= 401 then assert.truthy(tonumber(answer.headers["retry-after"]) >= 1) end
    end
    assert(counts[401] and counts[401] <= 70, "so many were tried: " .. tostring(counts[401]))
    assert.equal(90, counts[401] + (counts[429] or 0) + (counts[503] or 0))
    server:wait_for(function() -- or the next attack would be thought to have done it
      local told = 0
      for _, row in ipairs(server:owner("GET", "/api/v1/audit?action=login.throttled").json.rows) do
        if row.address:find("127.0.8.", 1, true) then told = told + 1 end
      end
      return told == 3
    end, "the audit log to tell of all addresses")
  end,
}
