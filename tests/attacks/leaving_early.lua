local client = require "tests.attacks.client"

return {
  about = "clients that leave in the middle of an answer that takes its time",
  notes = { "login.failed", "evaluate", "run" },
  attack = function(server)
    local requests = {
      { path = "/api/v1/analyses/weights?pack=office&runs=2000", who = server.sessions.office },
      { path = "/api/v1/explanations?region=150802&node=mortality", who = server.sessions.office },
      { path = "/api/v1/observations.csv?region=150802", who = server.sessions.office },
      { method = "POST", path = "/api/v1/session", body = server.credentials("nobody", "wrong") },
      { method = "POST", path = "/api/v1/candidates", who = server.sessions.administrator, body = '{"files":{"pack.lua":"pack {}"}}' },
    }
    for i = 1, 40 do
      local connection = server:connect("127.0.10." .. i)
      connection:send(client.bytes_of(requests[i % #requests + 1]))
      if i % 2 == 0 then connection.handle:setoption("linger", { on = true, timeout = 0 }) end -- a reset
      connection:close()
    end
    server:wait_for(function()
      return server:ask({ path = "/api/v1/explanations?region=150802&node=mortality", who = "office" }).status == 200
    end, "questions to be answered again")
  end,
}
