local regions = '{"regions":[{"code":"150803","name":"磴口县","parent":"150800","level":"county"}]}'
local figure = "region,indicator,year,value\n150802,mortality,2024,1\n"

local function ask(method, path, who, body, type)
  return { method = method, path = path, who = who, body = body, type = type, status = 400, code = "usage" }
end

return {
  about = "parameters that are misspelt where they would have spared something",
  requests = {
    ask("POST", "/api/v1/imports/observations?dryrun=true", "office", figure, "text/csv"),
    ask("POST", "/api/v1/imports/observations?dry_run=true&Kind=sample", "office", figure, "text/csv"),
    ask("POST", "/api/v1/regions?dry-run=true", "administrator", regions),
    ask("DELETE", "/api/v1/samples?pack=office&regoin=150802", "office"),
    ask("DELETE", "/api/v1/samples?pack=office&dry_run", "office"),
    ask("POST", "/api/v1/candidates?activated=false", "administrator", "{}"),
    ask("POST", "/api/v1/candidates?activate=1", "administrator", "{}"),
  },
}
