-- What luacheck may take for granted. Packs see exactly what the table of the pack API offers.

local api = dofile "scripts/std/api.lua"

local function fields_of(names)
  local fields = {}
  for _, name in ipairs(names) do fields[name] = {} end
  return { fields = fields }
end

local pack_globals = { evaluate = {}, describe = {}, it = {}, before_each = {} }
for _, list in ipairs { api.declarations, api.inheritance, api.targets, api.scoring } do
  for _, entry in ipairs(list) do pack_globals[entry.name] = { other_fields = list == api.inheritance } end
end
for _, name in ipairs(api.offered.globals) do pack_globals[name] = {} end
for _, library in ipairs { "math", "string", "table", "utf8" } do
  pack_globals[library] = fields_of(api.offered[library])
end
-- In a spec, `assert` has busted's checks; elsewhere it is Lua's own.
pack_globals.assert.other_fields = true

stds.pack = { read_globals = pack_globals }

std = "lua54"
max_line_length = 130
ignore = { "581" } -- not (a <= b) also refuses what is no number
files["scripts/std/api.lua"] = { max_line_length = false }
files["tests/spec/properties_spec.lua"] = { max_line_length = false } -- texts as they are printed
files["plugins"] = { std = "pack" }
files["tests/packs"] = { std = "pack" }
files["**/*_spec.lua"] = { std = "+busted" }
files["tests/sandbox/attacks.lua"] = { std = "+busted" }
files["tests/attacks/*.lua"] = { std = "+busted" }
files["plugins/**/*_spec.lua"] = { std = "pack" }
files["tests/packs/**/*_spec.lua"] = { std = "pack" }
files["tests/bench/serve/requests.lua"] = { std = "luajit", globals = { "wrk", "init", "request", "done" } }
exclude_files = { "build*", "demo", "tests/sandbox/attacks" }
