local texts = { "'", "' OR '1'='1", "'; DROP TABLE observation;--", "\\", "%25", "_", "1 UNION SELECT 1", "$1", "?", ":a", "\u{ff07}", "0x27", "(" }
local paths = {
  "/api/v1/packs/@", "/api/v1/packs/@/nodes", "/api/v1/results/office/scores/@", "/api/v1/results/office/regions/@", "/api/v1/results/@/scores",
  "/api/v1/runs/@", "/api/v1/runs?pack=@", "/api/v1/candidates/@", "/api/v1/candidates?pack=@", "/api/v1/observations?region=@",
  "/api/v1/observations?region=150802&indicator=@", "/api/v1/explanations?region=@&node=@",
  "/api/v1/analyses/data?region=@", "/api/v1/analyses/weights?pack=@&runs=10", "/api/v1/samples?region=@", "/api/v1/warnings?region=@",
  "/api/v1/warnings/150802/@", "/api/v1/accounts/@", "/api/v1/audit?who=@", "/api/v1/audit?action=@", "/api/v1/audit?subject=@", "/api/v1/audit?since=@",
  "/api/v1/runs/1/results?region=@", "/api/v1/analyses/differences?region=@&other=@",
}

local function escaped(text) return (text:gsub("[^%w]", function(c) return ("%%%02X"):format(c:byte()) end)) end

return {
  about = "what means something to SQL, in every parameter",
  unlogged = true,
  attack = function(server)
    for _, path in ipairs(paths) do
      for _, text in ipairs(texts) do
        local filled = path:gsub("@", (escaped(text):gsub("%%", "%%%%")))
        local answer = server:ask { path = filled, from = "local" }
        assert(answer.status < 500, filled .. ": " .. answer.body)
        if answer.status == 200 then -- nothing is like it
          assert(not answer.body:find "14%.3", filled)
        end
      end
    end
    assert.equal("2", server.workspace:sql "SELECT count(*) FROM observation")
  end,
}
