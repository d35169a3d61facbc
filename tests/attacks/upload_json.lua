local json = require "dkjson"

local function offer(files) return { method = "POST", path = "/api/v1/candidates", who = "administrator", body = json.encode { files = files },
  status = { 400, 413, 422 } } end

local requests = {}
for _, name in ipairs { "../pack.lua", "/etc/passwd.lua", "a/../../b.lua", "a\\b.lua", "a\0.lua", "标准.lua", "std/scoring.lua", ".hidden.lua", "",
  ("a"):rep(300) .. ".lua", ("a/"):rep(30) .. "a.lua", "@parent/pack.lua", "pack.lua/", "PACK.LUA" } do
  requests[#requests + 1] = offer { ["pack.lua"] = "pack {}", [name] = "return 1" }
end
requests[#requests + 1] = offer { ["pack.lua"] = ("-"):rep(2 << 20) }
requests[#requests + 1] = offer { ["pack.lua"] = "\27Lua" .. ("\0"):rep(100) }
requests[#requests + 1] = offer { ["pack.lua"] = "while true do" }
requests[#requests + 1] = offer { ["pack.lua"] = 'os.execute("touch hacked")' }
requests[#requests + 1] = offer { ["pack.lua"] = 'pack { id = "../x", title = "x", region = "150800", version = "1", api = 1 }' }
requests[#requests + 1] = offer { ["pack.lua"] = { "no", "text" } }
local many = { ["pack.lua"] = "pack {}" }
for i = 1, 10000 do many["f" .. i .. ".lua"] = "" end
requests[#requests + 1] = offer(many)

return { about = "packs as JSON whose files are named or made to lead elsewhere", requests = requests }
