-- The declarations a pack is made of: each call notes what was declared and where; finish() hands
-- the whole over as one plain table, with every problem found on the way.

local api, host = ...

local problems, rules = {}, {}
local description = {
  api = api.version, units = {}, breakdowns = {}, series = {}, plans = {}, warnings = {}, assessments = {},
}
local level = {} -- of the pack being loaded; `pack` once it was opened. Each pack it extends has its own.
local none = setmetatable({}, { -- clears a field of what is inherited
  __newindex = function() error(host.text("none cannot be changed", "none 不能改动"), 2) end,
  __metatable = false,
})
local targets = {} -- set of the tables the constructors made
local nodes = {}   -- node → its kind, until it is placed somewhere
local open_domains = {} -- domain → true until its list was given
local declared = {}     -- { node, kind, label } in the order of their declaration
local finishers = {}    -- what other parts of std have to do when all is declared

-- What is declared is the same for every call of a rule.
local function not_in_rules()
  if host.in_rule() then
    error(host.text("a rule cannot declare anything: declarations stand outside of functions",
      "规则中不能作声明：声明应写在函数之外"), 0)
  end
end

local function problem(at, english, chinese, hint)
  not_in_rules()
  problems[#problems + 1] = { file = at.file, line = at.line, message = host.plain(host.text(english, chinese)),
    hint = hint and host.plain(hint) }
end

local function did_you_mean(wanted, names)
  local near = host.nearest(tostring(wanted), names)
  if near then
    return host.text(("did you mean '%s'?"):format(near), ("是否应为 '%s'?"):format(near))
  end
end

local function one_of(allowed) return table.concat(allowed, ", ") end

local function is_number(value)
  return type(value) == "number" and value == value and value > -1e15 and value < 1e15
end

local function is_array(value)
  if type(value) ~= "table" then return false end
  local count = 0
  for _ in pairs(value) do count = count + 1 end
  return count == #value
end

local check_conventions

-- Each check gives the value as it goes into the description, or nil and what was expected.
local checks = {}

function checks.text(value)
  if type(value) ~= "string" or value == "" or #value > 4000 then return nil, "a text", "文本" end
  if host.plain(value) == value then return value end
  return nil, "UTF-8 without control characters", "不含控制字符的 UTF-8 文本"
end

checks.message = checks.text

function checks.id(value)
  if type(value) == "string" and #value <= 64 and value:match "^[a-z][a-z0-9_]*$" then return value end
  return nil, "an id (small letters, digits and _, beginning with a letter)", "标识（小写字母、数字和 _，以字母开头）"
end

function checks.number(value)
  if is_number(value) then return value end
  return nil, "a number", "数值"
end

function checks.integer(value)
  if is_number(value) and math.type(value) == "integer" then return value end
  return nil, "a whole number", "整数"
end

function checks.boolean(value)
  if type(value) == "boolean" then return value end
  return nil, "true or false", "true 或 false"
end

function checks.target(value)
  if targets[value] then return value end
  return nil, "a target such as at_least(90)", "目标，如 at_least(90)"
end

function checks.targets(value)
  if type(value) == "table" and next(value) ~= nil then
    local list = {}
    for name, target in pairs(value) do
      if not checks.id(name) or not targets[target] then list = nil break end
      list[#list + 1] = { id = name, target = target }
    end
    if list then
      table.sort(list, function(a, b) return a.id < b.id end)
      return list
    end
  end
  return nil, "targets by name, such as { own = at_least(90) }", "按名称列出的多套目标，如 { own = at_least(90) }"
end

function checks.years(value)
  if type(value) == "table" then
    local list = {}
    for year, number in pairs(value) do
      if math.type(year) ~= "integer" or not is_number(number) then list = nil break end
      list[#list + 1] = { year = year, value = number }
    end
    if list then
      table.sort(list, function(a, b) return a.year < b.year end)
      return list
    end
  end
  return nil, "numbers by year, such as { [2025] = 60 }", "按年份列出的数值，如 { [2025] = 60 }"
end

function checks.year_list(value)
  if is_array(value) and #value > 0 then
    local good = true
    for i, year in ipairs(value) do
      good = good and math.type(year) == "integer" and year >= 1900 and year <= 2200 and
        (i == 1 or year > value[i - 1])
    end
    if good then return value end
  end
  return nil, "years in ascending order, such as { 2016, 2021, 2026 }", "由小到大的年份，如 { 2016, 2021, 2026 }"
end

function checks.grades(value)
  if is_array(value) and #value > 0 then
    local list = {}
    for i, grade in ipairs(value) do
      if type(grade) ~= "table" or not is_number(grade[1]) or not checks.text(grade[2]) then list = nil break end
      list[i] = { from = grade[1], name = grade[2] }
    end
    if list then return list end
  end
  return nil, "grades such as { { 90, \"优秀\" }, { 0, \"不合格\" } }", "等次，如 { { 90, \"优秀\" }, { 0, \"不合格\" } }"
end

function checks.ids(value)
  if is_array(value) then
    local good = true
    for _, id in ipairs(value) do good = good and checks.text(id) ~= nil end
    if good then return value end
  end
  return nil, "an array of ids", "标识数组"
end

function checks.rule(value, at, on)
  if type(value) ~= "function" then return nil, "a function of named inputs", "以输入名为参数的函数" end
  local rule = host.register(value)
  if rule.vararg then
    problem({ file = rule.file, line = rule.line }, "a rule names its inputs: `...` is not allowed",
      "规则须写明输入名，不能用 ...")
  end
  if rule.native then
    problem(at, "a rule must be a function written in the pack", "规则必须是包内编写的函数")
    return 0
  end
  rules[#rules + 1] = { file = rule.file, line = rule.line, parameters = rule.parameters, on = on }
  return #rules - 1
end

local function check(kind, value, at, on)
  if value == none then
    return nil, "a value: none only clears what is inherited", "具体的值：none 只用于清除继承的内容"
  end
  if type(kind) == "table" then
    for _, allowed in ipairs(kind) do if value == allowed then return value end end
    return nil, "one of " .. one_of(kind), "以下之一：" .. one_of(kind), did_you_mean(value, kind)
  end
  if kind == "conventions" then return check_conventions(value, at) end
  return checks[kind](value, at, on)
end

function check_conventions(value, at)
  if type(value) ~= "table" then return nil, "a table of conventions", "口径表" end
  local names, by_name, result = {}, {}, {}
  for i, convention in ipairs(api.conventions) do
    names[i] = convention.name
    by_name[convention.name] = convention
  end
  for name, chosen in pairs(value) do
    local convention = by_name[name]
    if not convention then
      problem(at, ("there is no convention '%s'"):format(tostring(name)), ("没有名为 '%s' 的口径"):format(tostring(name)),
        did_you_mean(name, names))
    else
      local good, english, chinese, hint = check(convention.values, chosen, at)
      if good == nil then
        problem(at, ("convention '%s' takes %s"):format(name, english), ("口径 '%s' 应为%s"):format(name, chinese), hint)
      else
        result[name] = good
      end
    end
  end
  return result
end

local declarations = {}
for _, declaration in ipairs(api.declarations) do declarations[declaration.name] = declaration end

-- Where a rule-valued field is evaluated decides which inputs it may name.
local function place_of(kind, fields)
  if kind == "indicator" then return "formula" end
  if kind == "warning" then return fields.on == "plan" and "plan" or fields.on == "region" and "region" or "indicator" end
  return "item"
end

-- Checks a table of fields against the API table; the array part is left to the caller.
local function checked_fields(kind, label, fields, at)
  not_in_rules()
  local node = { file = at.file, line = at.line }
  declared[#declared + 1] = { node = node, kind = kind, label = label }
  if type(fields) ~= "table" then
    problem(at, ("%s takes a table in braces"):format(label), ("%s 后应为花括号内的表"):format(label))
    return node
  end
  local known, names = {}, {}
  -- In the order of the API table, so that rules get the same numbers in every process.
  for i, field in ipairs(declarations[kind].fields) do
    known[field.name], names[i] = true, field.name
    local value = fields[field.name]
    if value ~= nil then
      local good, english, chinese, hint = check(field.type, value, at, place_of(kind, fields))
      if good == nil then
        problem(at, ("%s: '%s' must be %s"):format(label, field.name, english),
          ("%s:'%s' 应为%s"):format(label, field.name, chinese), hint)
      end
      node[field.name] = good
    elseif field.required then
      problem(at, ("%s needs '%s' (%s)"):format(label, field.name, field.en),
        ("%s 缺少 '%s'(%s)"):format(label, field.name, field.zh))
    end
  end
  for name in pairs(fields) do
    if not known[name] and math.type(name) ~= "integer" then
      problem(at, ("%s has no field '%s'"):format(label, tostring(name)),
        ("%s 没有字段 '%s'"):format(label, tostring(name)), did_you_mean(name, names))
    end
  end
  return node
end

local function no_array_part(label, fields, at)
  if type(fields) == "table" and #fields > 0 then
    problem(at, ("%s takes named fields only"):format(label), ("%s 只接受具名字段"):format(label))
  end
end

local function checked_id(kind, id, at)
  local good, english, chinese = checks.id(id)
  if good == nil then
    problem(at, ("%s takes %s"):format(kind, english), ("%s 的标识应为%s"):format(kind, chinese))
    return "invalid"
  end
  return good
end

local names = {}

local function without_none(fields)
  local given, cleared = {}, {}
  for name, value in pairs(fields) do
    if value == none then cleared[name] = true else given[name] = value end
  end
  return given, cleared
end

function names.pack(fields)
  local at = host.where(2)
  if level.pack then
    problem(at, "pack { … } is declared twice", "pack { … } 重复声明")
    return
  end
  no_array_part("pack", fields, at)
  if type(fields) == "table" and fields.extends ~= nil then fields, level.cleared = without_none(fields) end
  level.pack = checked_fields("pack", "pack", fields, at)
  if level.pack.extends then level.extend(level.pack) end -- inherit.lua
  description.pack = level.pack
end

-- unit, breakdown, data, fact: `kind "id" { … }` that is complete where it stands.
local function simple_declaration(kind, list, into)
  (into or names)[kind] = function(id)
    return function(fields)
      local at = host.where(2)
      local label = ('%s "%s"'):format(kind, tostring(id))
      no_array_part(label, fields, at)
      local node = checked_fields(kind, label, fields, at)
      node.id = checked_id(kind, id, at)
      if list == description.series or list == description.matters then node.kind = kind end
      list[#list + 1] = node
    end
  end
end

simple_declaration("unit", description.units)
simple_declaration("breakdown", description.breakdowns)
simple_declaration("data", description.series)
simple_declaration("fact", description.series)
simple_declaration("warning", description.warnings)

local function message_inputs(node)
  local inputs, seen = {}, {}
  for name in string.gmatch(node.message or "", "{([%w_]+)}") do
    if not seen[name] then
      seen[name] = true
      inputs[#inputs + 1] = name
    end
  end
  return inputs
end

-- Nodes that must be placed inside another declaration. `into` takes the name, `names` by default.
local function placed_declaration(kind, into)
  (into or names)[kind] = function(id)
    return function(fields)
      local at = host.where(2)
      local label = ('%s "%s"'):format(kind, tostring(id))
      local node = checked_fields(kind, label, fields, at)
      node.id = checked_id(kind, id, at)
      node.kind = kind
      nodes[node] = kind
      return node
    end
  end
end

local function take(node, wanted, holder, at)
  not_in_rules()
  if nodes[node] == nil then
    problem(at, ("%s holds something that is no %s"):format(holder, wanted), ("%s 中有不是 %s 的内容"):format(holder, wanted))
    return false
  end
  nodes[node] = nil
  return true
end

placed_declaration "indicator"
placed_declaration "objective"
placed_declaration "veto"

-- Takes what stands in the array part of a declaration's table.
local hold = {}

function hold.item(node, fields, label, at)
  for _, child in ipairs(type(fields) == "table" and fields or {}) do
    if take(child, "item", label, at) and child.kind == "item" then node.items[#node.items + 1] = child end
  end
end

function hold.assessment(node, fields, label, at)
  for _, child in ipairs(type(fields) == "table" and fields or {}) do
    if take(child, "item or veto", label, at) then
      local list = child.kind == "veto" and node.vetoes or node.items
      list[#list + 1] = child
    end
  end
end

function names.item(id)
  return function(fields)
    local at = host.where(2)
    local label = ('item "%s"'):format(tostring(id))
    local node = checked_fields("item", label, fields, at)
    node.id = checked_id("item", id, at)
    node.kind, node.items = "item", {}
    hold.item(node, fields, label, at)
    if (node.score == nil) == (#node.items == 0) then
      problem(at, label .. " needs either a score rule or items inside it", label .. " 须有计分规则或下级考核项，二者取一")
    end
    nodes[node] = "item"
    return node
  end
end

function names.assessment(id)
  return function(fields)
    local at = host.where(2)
    local label = ('assessment "%s"'):format(tostring(id))
    local node = checked_fields("assessment", label, fields, at)
    node.id = checked_id("assessment", id, at)
    node.items, node.vetoes = {}, {}
    hold.assessment(node, fields, label, at)
    description.assessments[#description.assessments + 1] = node
  end
end

-- What a plan's declaration gives back: its domains are declared on it. `inherited(id)` gives a domain
-- that is inherited, to which more is added.
local function plan_handle(node, inherited)
  local function opened(domain, label, at)
    open_domains[domain] = true
    return function(list)
      open_domains[domain] = nil
      for _, child in ipairs(type(list) == "table" and list or {}) do
        if take(child, "indicator or objective", label, at) then
          domain.indicators[#domain.indicators + 1] = child
        end
      end
    end
  end

  return setmetatable({
    domain = function(_, id)
      return function(fields)
        not_in_rules()
        local at = host.where(2)
        local label = ('domain "%s"'):format(tostring(id))
        local domain = inherited and inherited(id, label, fields, at)
        if not domain then
          domain = checked_fields("domain", label, fields, at)
          domain.id, domain.indicators = checked_id("domain", id, at), {}
          node.domains[#node.domains + 1] = domain
        end
        return opened(domain, label, at)
      end
    end,
  }, {
    __index = function(_, name)
      error(host.text(("a plan has no '%s': its domains are declared with PLAN:domain \"id\" { … } { … }")
        :format(tostring(name)), ("规划没有 '%s'：领域写作 规划:domain \"标识\" { … } { … }"):format(tostring(name))), 2)
    end,
    __metatable = false,
  })
end

function names.plan(id)
  return function(fields)
    local at = host.where(2)
    local label = ('plan "%s"'):format(tostring(id))
    no_array_part(label, fields, at)
    local node = checked_fields("plan", label, fields, at)
    node.id, node.domains = checked_id("plan", id, at), {}
    description.plans[#description.plans + 1] = node
    return plan_handle(node)
  end
end

-- ---- targets ------------------------------------------------------------------------------------

local function target(kind, fields)
  not_in_rules()
  fields.kind = kind
  targets[fields] = true
  return fields
end

local function wants_number(name, value)
  if not is_number(value) then
    error(host.text(("%s takes a number"):format(name), ("%s 的参数应为数值"):format(name)), 3)
  end
  return value
end

for _, name in ipairs { "at_least", "at_most", "above", "below", "keeps_at_least" } do
  names[name] = function(value) return target(name, { value = wants_number(name, value) }) end
end

function names.around(value, tolerance)
  return target("around", { value = wants_number("around", value), tolerance = wants_number("around", tolerance) })
end

function names.within(low, high, outer_low, outer_high)
  wants_number("within", low)
  wants_number("within", high)
  outer_low, outer_high = outer_low or low, outer_high or high
  if not (outer_low <= low and low <= high and high <= outer_high) then
    error(host.text("within: limits must be in order outer_low <= low <= high <= outer_high",
      "within 的界限须满足 outer_low <= low <= high <= outer_high"), 2)
  end
  return target("within", { low = low, high = high, outer_low = outer_low, outer_high = outer_high })
end

local periods = { "year", "term", "plan" }

local function directional(name, default_period)
  names[name] = function(options)
    options = options or {}
    if type(options) ~= "table" then
      error(host.text(("%s takes options in braces"):format(name), ("%s 的选项应写在花括号内"):format(name)), 2)
    end
    for key in pairs(options) do
      if key ~= "per" and key ~= "years" then
        local hint = did_you_mean(key, { "per", "years" })
        error(host.text(("%s has no option '%s'%s"):format(name, tostring(key), hint and " (" .. hint .. ")" or ""),
          ("%s 没有选项 '%s'%s"):format(name, tostring(key), hint and "（" .. hint .. "）" or "")), 2)
      end
    end
    local per, years = options.per or default_period, options.years or 5
    if check(periods, per) == nil or math.type(years) ~= "integer" or years < 1 or years > 20 then
      error(host.text(("%s: per is year, term or plan; years is 1 to 20"):format(name),
        ("%s:per 为 year、term 或 plan;years 为 1 至 20"):format(name)), 2)
    end
    return target(name, { per = per, years = years })
  end
end

directional("rises", "year")
directional("falls", "year")
directional("narrows", "plan")

function names.slows() return target("slows", {}) end
function names.full() return target("at_least", { value = 100 }) end
function names.evidence() return target("evidence", { value = 1 }) end

function names.ratio(part, whole)
  wants_number("ratio", part)
  if wants_number("ratio", whole) <= 0 then
    error(host.text("ratio: the whole must be above 0", "ratio 的第二个数必须大于 0"), 2)
  end
  return target("at_least", { value = part / whole, part = part, whole = whole })
end

-- A number is the margin; { times = …, margin = … } sets the line at a share of the other.
local function relative_options(name, options)
  if options == nil or is_number(options) then options = { margin = options } end
  if type(options) ~= "table" then
    error(host.text(("%s takes a margin or options in braces"):format(name),
      ("%s 的第二个参数应为余量或花括号内的选项"):format(name)), 3)
  end
  for key in pairs(options) do
    if key ~= "times" and key ~= "margin" then
      error(host.text(("%s has no option '%s'"):format(name, tostring(key)),
        ("%s 没有选项 '%s'"):format(name, tostring(key))), 3)
    end
  end
  local times, margin = options.times or 1, options.margin or 0
  if not is_number(times) or times <= 0 or not is_number(margin) or margin < 0 then
    error(host.text(("%s: times is above 0, margin is 0 or more"):format(name),
      ("%s：times 须大于 0，margin 不能小于 0"):format(name)), 3)
  end
  return times, margin
end

for _, name in ipairs { "not_below", "not_above" } do
  names[name] = function(id, options)
    if not checks.id(id) then
      error(host.text(("%s takes the id of an indicator"):format(name), ("%s 的参数应为指标标识"):format(name)), 2)
    end
    local times, margin = relative_options(name, options)
    -- What was not stated is no field: who looks for figures a pack states must not find these.
    return target(name, { indicator = id, times = times ~= 1 and times or nil, tolerance = margin > 0 and margin or nil })
  end
end

for _, name in ipairs { "all_of", "any_of" } do
  names[name] = function(...)
    local parts = { ... }
    for _, part in ipairs(parts) do
      if not targets[part] then
        error(host.text(("%s takes targets"):format(name), ("%s 的参数应为目标"):format(name)), 2)
      end
    end
    if #parts == 0 then
      error(host.text(("%s takes at least one target"):format(name), ("%s 至少要有一个目标"):format(name)), 2)
    end
    return target(name, { parts = parts })
  end
end

-- ---- the whole ----------------------------------------------------------------------------------

local function finish()
  if not level.pack then
    problem({ file = "pack.lua", line = 1 }, "pack { … } is missing", "缺少 pack { … } 声明")
  end
  for node, kind in pairs(nodes) do
    problem(node, ('%s "%s" is not placed inside a declaration'):format(kind, node.id),
      ('%s "%s" 没有放入任何声明中'):format(kind, node.id))
  end
  for domain in pairs(open_domains) do
    problem(domain, ('domain "%s" lists no indicators: add { … } after it'):format(domain.id),
      ('领域 "%s" 没有列出指标:请在其后加 { … }'):format(domain.id))
  end
  for _, action in ipairs(finishers) do action() end
  for _, warning in ipairs(description.warnings) do warning.inputs = message_inputs(warning) end
  table.sort(problems, function(a, b)
    if a.file ~= b.file then return a.file < b.file end
    return a.line < b.line
  end)
  description.rules, description.problems = rules, problems
  return description
end

-- For the other files of std that declare: matters.lua, inherit.lua.
local kit = {
  names = names, checks = checks, declarations = declarations, description = description, declared = declared,
  finishers = finishers, problem = problem, did_you_mean = did_you_mean, is_array = is_array, take = take,
  checked_fields = checked_fields, checked_id = checked_id, no_array_part = no_array_part,
  simple_declaration = simple_declaration, placed_declaration = placed_declaration,
  check = check, place_of = place_of, rules = rules, none = none, hold = hold, plan_handle = plan_handle,
  unplaced = nodes, not_in_rules = not_in_rules, level = function() return level end, enter = function(new) level = new end,
}

return { names = names, finish = finish, kit = kit }
