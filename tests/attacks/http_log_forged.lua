local support = require "tests.spec.support"

return {
  about = "paths that would make a line of the access log say something else",
  requests = {
    { path = '/x%22%20200%200%200%200.001%201', status = 404, code = "not_found" },
    { path = "/x%0a2026-01-01T00:00:00Z%20127.0.0.1%20admin", status = 400, code = "bad_target" },
    { path = "/x\\%22%20200%200", status = 404, code = "not_found" },
  },
  attack = function(server)
    server:wait_for(function() return support.read_file(server.workspace:path "access.log"):find '"GET /x' end, "the log")
    for _, line in ipairs(server:log_lines()) do
      assert.truthy(line:match '^%S+ %S+ %S+ "%S+ [^ "]+" %d+ %d+ %d+ [%d.]+ %d+ %l+$', line)
    end
  end,
}
