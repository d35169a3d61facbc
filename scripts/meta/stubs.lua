-- The stubs for lua-language-server: completion, types and help for every name a pack may use.
-- Gives a function from the table of the pack API to the text of scripts/meta/biaochi.lua.

-- The types of fields, as the language server writes them. A list of allowed texts is an enum.
local types = {
  text = "string", id = "string", number = "number", integer = "integer", boolean = "boolean",
  rule = "function", target = "biaochi.Target", targets = "table<string, biaochi.Target>",
  years = "table<integer, number>", year_list = "integer[]", grades = "{ [1]: number, [2]: string }[]",
  conventions = "biaochi.Conventions", ids = "string[]", message = "string", texts = "string[]",
  integers = "integer[]", due = "string", unit_id = "string", unit_ids = "string[]", member_ids = "string[]",
  source = "string|string[]",
}

-- What the function returned by `kind "id"` gives, and what its table holds beside the fields.
local results = { indicator = "biaochi.Member", objective = "biaochi.Member", task = "biaochi.Member",
  clause = "biaochi.Clause", item = "biaochi.Part",
  veto = "biaochi.Part", plan = "biaochi.Plan" }
local parts = { item = "biaochi.Part", assessment = "biaochi.Part" }

local parameter_types = {
  options = '{ per?: "year"|"term"|"plan", years?: integer }',
  indicator = "string", margin = "number|{ times?: number, margin?: number }",
  better = '"higher"|"lower"', status = "string?", started = "boolean",
  parts = "table",
}
local optional_parameters = { outer_low = true, outer_high = true, options = true, digits = true,
  margin = true, better = true, started = true, flat = true, worse = true, near = true, accepted = true, least = true }

local out

local function line(format, ...)
  out[#out + 1] = select("#", ...) > 0 and format:format(...) or format
end

local function enum(values)
  local quoted = {}
  for i, value in ipairs(values) do quoted[i] = ("%q"):format(value) end
  return table.concat(quoted, "|")
end

local function type_of(kind)
  if type(kind) == "table" then return enum(kind) end
  return types[kind] or error("stubs.lua does not know the type " .. tostring(kind), 0)
end

local function describe(entry)
  line("---%s", entry.zh)
  line("---")
  line("---%s", entry.en)
end

local function class_of(declaration)
  return "biaochi.fields." .. declaration.name
end

local function declaration_class(declaration)
  line("---@class %s", class_of(declaration))
  for _, field in ipairs(declaration.fields) do
    line("---@field %s%s %s %s / %s", field.name, field.required and "" or "?", type_of(field.type), field.zh, field.en)
  end
  if parts[declaration.name] then line("---@field [integer] %s", parts[declaration.name]) end
  line ""
end

local function help_of(declaration)
  describe(declaration)
  line "---```lua"
  for text in declaration.example:gmatch "[^\n]+" do line("---%s", text) end
  line "---```"
end

-- The three shapes a declaration has: a table alone, a name alone, or a name and then a table.
local function declaration_function(declaration)
  local name, class = declaration.name, class_of(declaration)
  if name == "domain" then
    line "---@class biaochi.Plan"
    line "local Plan = {}"
    line ""
    help_of(declaration)
    line "---@param id string"
    line("---@return fun(fields: %s): fun(members: biaochi.Member[])", class)
    line "function Plan:domain(id) end"
  elseif name == "document" then
    help_of(declaration)
    line "---@param id string"
    line("---@return fun(fields: %s): fun(clauses: biaochi.Clause[])", class)
    line "function document(id) end"
  elseif declaration.form:find '^[%l]+ {' then
    help_of(declaration)
    line("---@param fields %s", class)
    line("function %s(fields) end", name)
  elseif #declaration.fields == 0 then
    help_of(declaration)
    line "---@param name string"
    line "---@return any"
    line("function %s(name) end", name)
  else
    help_of(declaration)
    line "---@param id string"
    line("---@return fun(fields: %s)%s", class, results[name] and ": " .. results[name] or "")
    line("function %s(id) end", name)
  end
  line ""
end

-- A target's or scoring function's constructor; a parameter ending in … stands for any number.
local function constructor(entry, result, number_type, rest_type)
  describe(entry)
  local names = {}
  for i, parameter in ipairs(entry.parameters) do
    if parameter:find "…$" then
      names[i] = "..."
      line("---@param ... %s", rest_type)
    else
      names[i] = parameter
      line("---@param %s%s %s", parameter, optional_parameters[parameter] and "?" or "",
        parameter_types[parameter] or number_type)
    end
  end
  line("---@return %s", result)
  line("function %s(%s) end", entry.name, table.concat(names, ", "))
  line ""
end

-- override.KIND "id" { … } and remove.KIND "id" for every kind; an override's fields may all be left out.
local function inheritance(api)
  local help = {}
  for _, entry in ipairs(api.inheritance) do help[entry.name] = entry end
  local kinds = {}
  for _, declaration in ipairs(api.declarations) do
    if declaration.name ~= "pack" and declaration.name ~= "include" then kinds[#kinds + 1] = declaration end
  end
  line "---@class biaochi.Override"
  for _, kind in ipairs(kinds) do
    local result = kind.name == "plan" and ": biaochi.Plan"
      or (kind.name == "domain" or kind.name == "document") and ": fun(members: table)" or ""
    line("---@field %s fun(id: string): fun(fields: table)%s", kind.name, result)
  end
  line ""
  help_of(help.override)
  line "---@type biaochi.Override"
  line "override = {}"
  line ""
  line "---@class biaochi.Remove"
  for _, kind in ipairs(kinds) do line("---@field %s fun(id: string)", kind.name) end
  line ""
  help_of(help.remove)
  line "---@type biaochi.Remove"
  line "remove = {}"
  line ""
  help_of(help.none)
  line "---@type any"
  line "none = {}"
  line ""
end

local function convention_class(api)
  line "---@class biaochi.Conventions"
  for _, convention in ipairs(api.conventions) do
    line("---@field %s? %s %s / %s; %s", convention.name, type_of(convention.values), convention.zh, convention.en,
      tostring(convention.default))
  end
  line ""
end

local function inputs(api)
  line "---规则的参数名，系统按名字传值；各规划、指标、数据项和事实的标识也可用。"
  line "---"
  line "---Names a rule may take as parameters, beside the ids of plans, indicators, data and facts."
  line "---@alias biaochi.Input"
  for _, input in ipairs(api.inputs) do line("---| %q # %s / %s", input.name, input.zh, input.en) end
  for _, breakdown in ipairs(api.breakdowns) do line("---| %q # %s / %s", breakdown.name, breakdown.zh, breakdown.en) end
  line ""
end

local spec_parameters = {
  describe = { { "name", "string" }, { "body", "fun()" } },
  it = { { "name", "string" }, { "body", "fun()" } },
  before_each = { { "body", "fun()" } },
  evaluate = { { "given", "biaochi.Given" } },
}

local function specs(api)
  line "---@alias biaochi.Observations table<string, number|table<integer, number>>"
  line ""
  line "---@class biaochi.Given"
  line "---@field year integer"
  line "---@field observations? biaochi.Observations"
  line "---@field regions? table<string, { observations: biaochi.Observations }>"
  line ""
  for _, spec in ipairs(api.specs) do
    local names = {}
    describe(spec)
    for i, parameter in ipairs(spec_parameters[spec.name] or error("stubs.lua does not know " .. spec.name, 0)) do
      names[i] = parameter[1]
      line("---@param %s %s", parameter[1], parameter[2])
    end
    if spec.name == "evaluate" then line "---@return table" end
    line("function %s(%s) end", spec.name, table.concat(names, ", "))
    line ""
  end
  line "---@class biaochi.assert"
  line "---@overload fun(value: any, message?: string): any"
  line "assert = {}"
  line ""
  for _, assertion in ipairs(api.assertions) do
    describe(assertion)
    line("function %s end", assertion.form)
    line ""
  end
end

return function(api)
  out = {}
  line "---@meta"
  line "-- Made by scripts/meta/generate.lua from scripts/std/api.lua: change that table, not this file."
  line "-- luacheck: ignore"
  line ""
  line "---@class biaochi.Target"
  line "---@class biaochi.Member"
  line "---@class biaochi.Part"
  line "---@class biaochi.Clause"
  line ""
  convention_class(api)
  inputs(api)
  for _, declaration in ipairs(api.declarations) do
    if #declaration.fields > 0 then declaration_class(declaration) end
    declaration_function(declaration)
  end
  inheritance(api)
  for _, target in ipairs(api.targets) do constructor(target, "biaochi.Target", "number", "biaochi.Target") end
  for _, score in ipairs(api.scoring) do
    constructor(score, "number?", "number?", "{ [1]: number?, [2]: number? }")
  end
  specs(api)
  return table.concat(out, "\n"):gsub("\n+$", "") .. "\n"
end
