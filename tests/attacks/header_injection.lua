local requests = {}
for _, path in ipairs { "/api/v1/packs/x%0d%0aSet-Cookie:%20biaochi=1", "/api/v1/results/office/scores/1508%0d%0a",
  "/api/v1/observations.csv?region=150802%0d%0aX:%20y", "/api/v1/observations.csv?x%0d%0aSet-Cookie:a=b",
  "/api/v1/explanations?region=150802&node=mortality%0d%0a%0d%0a<html>", "/api/v1/audit?who=a%0d%0aX:y" } do
  requests[#requests + 1] = { path = path, who = "administrator", status = { 400, 403, 404, 422 } }
end

return {
  about = "line ends in paths and parameters, to put headers into answers",
  requests = requests,
  attack = function(server)
    for _, request in ipairs(requests) do
      local answer = server:ask(request)
      assert.is_nil(answer.headers["set-cookie"])
      assert.is_nil(answer.headers.x)
    end
    -- A name for a file in the header that names it.
    for _, host in ipairs { "a\r\nX: y", "a\r\n\r\nHTTP/1.1 200 OK" } do
      local answer = server:raw("GET /api/v1/regions.csv HTTP/1.1\r\nHost: " .. host .. "\r\nConnection: close\r\n\r\n")[1]
      assert.is_true(answer.status == 401 or answer.status == 400)
      assert.is_nil(answer.headers.x)
    end
  end,
}
