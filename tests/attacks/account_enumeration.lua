local client = require "tests.attacks.client"

return {
  about = "who has an account is told neither by what a login is answered nor by how long it takes",
  notes = { "login.failed", "login" },
  attack = function(server)
    local times, bodies = { known = {}, unknown = {}, none = {} }, {}
    local names = { known = "user.auditor", unknown = "user.auditos", none = "' OR 1" }
    for i = 1, 4 do -- fewer than lock an account
      for kind, name in pairs(names) do
        local began = client.now()
        local answer = server:ask { method = "POST", path = "/api/v1/session", from = "127.0.9." .. i,
          body = server.credentials(name, "wrong") }
        times[kind][i] = client.now() - began
        assert.equal(401, answer.status)
        bodies[answer.body] = true
      end
    end
    local body = next(bodies)
    assert.is_nil(next(bodies, body))
    for _, list in pairs(times) do table.sort(list) end
    for _, kind in ipairs { "unknown", "none" } do
      local ratio = times[kind][1] / times.known[1]
      assert(ratio > 0.4 and ratio < 2.5, ("%s took %.2f of a wrong password's time"):format(kind, ratio))
    end
    server:log_in("user.auditor", "127.0.9.9")
  end,
}
