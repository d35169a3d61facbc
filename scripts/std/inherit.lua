-- Packs that extend others. `pack { extends = "nation" }` runs the files of that pack first, in a
-- namespace of their own; what they declared is then there to be overridden or removed by id, and
-- what the pack declares itself is added.
--
-- Nothing here knows a kind by name but where it is nested: kinds and their fields are those of the
-- table of the pack API.

local api, host, kit = ...

local MOST_PARENTS = 8
local description, none = kit.description, kit.none
local inherited = {}  -- node → true when a pack that is extended declared it
local removed = {}    -- "kind id" → where it was removed
local chain = {}      -- ids of the packs being loaded, the child first
local wanted          -- the pack whose files are missing
local unfinished      -- the pack whose parent is being loaded
local unclosed = {}   -- overrides whose braces have not come yet: { at, label }
local index           -- kind → id → entry; nil when it must be made anew

description.parents, description.removed = {}, {}

-- The pack says these of itself alone.
local OWN = { id = true, title = true, region = true, version = true, api = true, extends = true, source = true }

-- Kinds whose ids are unique only inside their holder, and the lists that a second pair of braces fills.
local NESTED = { domain = true, item = true, veto = true }
local MEMBERS = { domain = { "indicators", "indicator or objective" }, document = { "clauses", "clause" } }

-- ---- what is there ------------------------------------------------------------------------------

-- Calls each(entry) for every declaration that has its place, holders before what they hold; where it
-- gives false, what is held is left out.
local function walk(each)
  local kind_of = {}
  for _, entry in ipairs(kit.declared) do kind_of[entry.node] = entry.kind end

  local function visit(list, holder, top)
    for _, node in ipairs(table.move(list, 1, #list, 1, {})) do
      local kind = kind_of[node]
      if kind then
        local full = NESTED[kind] and top and top.id .. "." .. node.id or node.id
        local in_series = list == description.series or holder and kind_of[holder] == "domain"
        local group = in_series and "series" or (kind == "unit" or kind == "breakdown") and "breakdown" or kind
        local entry = { node = node, kind = kind, full = full, list = list, key = group .. " " .. full }
        if each(entry) ~= false then
          for _, name in ipairs { "domains", "indicators", "items", "vetoes", "clauses" } do
            local inner = node[name]
            if type(inner) == "table" then visit(inner, node, kind == "item" and top or node) end
          end
        end
      end
    end
  end

  for _, name in ipairs { "documents", "units", "breakdowns", "series", "plans", "matters", "warnings", "assessments" } do
    if description[name] then visit(description[name]) end
  end
end

local function make_index()
  local by_kind = {}
  for _, declaration in ipairs(api.declarations) do by_kind[declaration.name] = { ids = {}, full = {}, short = {} } end
  walk(function(entry)
    local of_kind, id = by_kind[entry.kind], entry.node.id
    of_kind.ids[#of_kind.ids + 1] = entry.full
    of_kind.full[entry.full] = of_kind.full[entry.full] or entry
    -- A short id that two holders use says neither.
    if of_kind.short[id] == nil then of_kind.short[id] = entry else of_kind.short[id] = false end
  end)
  return by_kind
end

local function look_up(kind, id)
  index = index or make_index()
  local of_kind = index[kind]
  return of_kind.full[id] or of_kind.short[id] or nil
end

local function place(node) return ("%s:%d"):format(node.file, node.line) end

-- Why there is nothing of that kind and id to change: removed, of another kind, the pack's own, or misspelt.
local function not_inherited(kind, id, label, at)
  index = nil
  local gone = removed[kind .. " " .. tostring(id)]
  local own = look_up(kind, id)
  local other
  for _, declaration in ipairs(api.declarations) do other = other or look_up(declaration.name, id) end
  local parent = kit.level().pack.extends
  if gone then
    kit.problem(at, ("%s: it was removed at %s"):format(label, place(gone)), ("%s:已在 %s 删除"):format(label, place(gone)))
  elseif own then
    kit.problem(at, ("%s: this pack itself declares it at %s: change it there"):format(label, place(own.node)),
      ("%s:由本评估包声明于 %s，请在该处修改"):format(label, place(own.node)))
  elseif other then
    local right = ('%s.%s "%s"'):format(label:match "^%a+", other.kind, other.full)
    kit.problem(at, ("%s: what \"%s\" declares by that id is of the kind %s"):format(label, parent, other.kind),
      ("%s:“%s”中该标识的种类是 %s"):format(label, parent, other.kind),
      host.text(("write %s"):format(right), ("请写作 %s"):format(right)))
  else
    local names = {}
    walk(function(entry)
      if entry.kind == kind and inherited[entry.node] then names[#names + 1] = entry.full end
    end)
    for i = 1, #names do -- "health" is near "helth" although "women.health" is not
      local short = names[i]:match "%.(.+)$"
      if short then names[#names + 1] = short end
    end
    kit.problem(at, ("%s: \"%s\" declares no such %s"):format(label, parent, kind),
      ("%s:“%s”没有声明这样的 %s"):format(label, parent, kind), kit.did_you_mean(id, names))
  end
end

-- A short id that several holders use.
local function tell_ambiguous(kind, id, label, at)
  local full = {}
  walk(function(entry)
    if entry.kind == kind and entry.node.id == id then full[#full + 1] = '"' .. entry.full .. '"' end
  end)
  kit.problem(at, ("%s: there are several: say which"):format(label), ("%s：有多个，须写明是哪一个"):format(label),
    host.text("write one of " .. table.concat(full, ", "), "请写其中之一：" .. table.concat(full, "、")))
end

local function find(kind, id, label, at)
  if not kit.level().pack or not kit.level().pack.extends then
    kit.problem(at, ("%s: this pack extends no other: add extends = \"…\" to pack { … }"):format(label),
      ("%s:本评估包没有继承其他评估包，请在 pack { … } 中写 extends = \"…\""):format(label))
    return nil
  end
  local entry = look_up(kind, id)
  if entry and inherited[entry.node] then return entry end
  if not entry and index[kind].short[id] == false then
    tell_ambiguous(kind, id, label, at)
  else
    not_inherited(kind, id, label, at)
  end
  return nil
end

-- ---- changing -----------------------------------------------------------------------------------

-- A rule that nothing uses any more asks for nothing; its number stays, because others follow it.
local function retire(kind, node)
  for _, field in ipairs(kit.declarations[kind].fields) do
    local number = field.type == "rule" and node[field.name]
    if number and kit.rules[number + 1] then kit.rules[number + 1].parameters = {} end
  end
end

local function clear(field, node, label, at)
  if field.required then
    kit.problem(at, ("%s: '%s' is required and cannot be cleared"):format(label, field.name),
      ("%s:'%s' 为必填，不能清除"):format(label, field.name))
  elseif node[field.name] == nil then
    kit.problem(at, ("%s: there is no '%s' to clear"):format(label, field.name),
      ("%s:没有可清除的 '%s'"):format(label, field.name))
  else
    node[field.name] = nil
  end
end

local function set(field, kind, node, label, fields, at)
  local on = kit.place_of(kind, { on = fields.on or node.on })
  local good, english, chinese, hint = kit.check(field.type, fields[field.name], at, on)
  if good == nil then
    kit.problem(at, ("%s: '%s' must be %s"):format(label, field.name, english),
      ("%s:'%s' 应为%s"):format(label, field.name, chinese), hint)
  elseif field.type == "conventions" and node[field.name] then
    -- Only those that are named become others.
    local merged = {}
    for name, value in pairs(node[field.name]) do merged[name] = value end
    for name, value in pairs(good) do merged[name] = value end
    node[field.name] = merged
  else
    if field.type == "rule" then retire(kind, { [field.name] = node[field.name] }) end
    node[field.name] = good
  end
end

-- Replaces the fields that are named; the rest stays as it is inherited.
local function change(kind, node, label, fields, at)
  if type(fields) ~= "table" then
    kit.problem(at, ("%s takes a table in braces"):format(label), ("%s 后应为花括号内的表"):format(label))
    return
  end
  local known, names, changes = {}, {}, false
  for i, field in ipairs(kit.declarations[kind].fields) do
    known[field.name], names[i] = true, field.name
    local value = fields[field.name]
    if value == none then clear(field, node, label, at) elseif value ~= nil then
      set(field, kind, node, label, fields, at)
    end
    changes = changes or value ~= nil
  end
  for name in pairs(fields) do
    if not known[name] and math.type(name) ~= "integer" then
      kit.problem(at, ("%s has no field '%s'"):format(label, tostring(name)),
        ("%s 没有字段 '%s'"):format(label, tostring(name)), kit.did_you_mean(name, names))
    end
  end
  if kit.hold[kind] then kit.hold[kind](node, fields, label, at) else kit.no_array_part(label, fields, at) end
  if changes then -- from now on, what is wrong with it is wrong here
    node.inherited = node.inherited or { file = node.file, line = node.line }
    node.file, node.line = at.file, at.line
  end
end

-- A domain of an inherited plan: one that is inherited too, or nil for a new one.
local function inherited_domain(plan)
  return function(id, label, fields, at)
    local names = {}
    for _, domain in ipairs(plan.domains) do
      if inherited[domain] then names[#names + 1] = domain.id end
      if domain.id == id and inherited[domain] then
        change("domain", domain, label, fields, at)
        return domain
      end
    end
    if type(fields) ~= "table" or fields.title ~= nil then return nil end
    kit.problem(at, ('%s is not inherited; a new domain needs a title'):format(label),
      ('%s 不是继承的领域；新领域须有 title'):format(label), kit.did_you_mean(id, names))
    return { id = "invalid", indicators = {} }
  end
end

-- What stands behind an override's braces.
local function rest(kind, node, label, at)
  if kind == "plan" then return kit.plan_handle(node, inherited_domain(node)) end
  local members = MEMBERS[kind]
  return members and function(list)
    for _, child in ipairs(type(list) == "table" and list or {}) do
      if kit.take(child, members[2], label, at) then table.insert(node[members[1]], child) end
    end
  end
end

local function override(kind)
  return function(id)
    kit.not_in_rules()
    local open = { at = host.where(2), label = ('override.%s "%s"'):format(kind, tostring(id)) }
    if type(id) ~= "string" then
      error(host.text(('write override.%s "id" { … }: the id is missing'):format(kind),
        ('应写作 override.%s "标识" { … }：缺少标识'):format(kind)), 2)
    end
    unclosed[open] = true
    return function(fields)
      kit.not_in_rules()
      unclosed[open] = nil
      local at, label = host.where(2), open.label
      local entry = find(kind, id, label, at)
      -- What is not there is changed in vain, so that what else is wrong is told too.
      local node = entry and entry.node
        or { id = "invalid", file = "", line = 0, domains = {}, indicators = {}, items = {}, vetoes = {}, clauses = {} }
      change(kind, node, label, fields, at)
      return rest(kind, node, label, at)
    end
  end
end

-- ---- removing -----------------------------------------------------------------------------------

local function forget(nodes)
  local kept = 0
  for i = 1, #kit.declared do
    local entry = kit.declared[i]
    kit.declared[i] = nil
    if not nodes[entry.node] then
      kept = kept + 1
      kit.declared[kept] = entry
    end
  end
end

-- Takes a declaration and all it holds out of the description; gives them all.
local function drop(entry)
  local inside, entries = {}, {}
  walk(function(other)
    local held = other.node == entry.node
    for _, name in ipairs { "domains", "indicators", "items", "vetoes", "clauses" } do
      for node in pairs(inside) do
        held = held or type(node[name]) == "table" and node[name] == other.list
      end
    end
    if held then
      inside[other.node] = true
      entries[#entries + 1] = other
      retire(other.kind, other.node)
    end
  end)
  for i = #entry.list, 1, -1 do
    if entry.list[i] == entry.node then table.remove(entry.list, i) end
  end
  forget(inside)
  index = nil
  return entries
end

local function remove(kind)
  return function(id)
    kit.not_in_rules()
    local at = host.where(2)
    local entry = find(kind, id, ('remove.%s "%s"'):format(kind, tostring(id)), at)
    if not entry then return end
    -- What it held is named too, by what stays: that must be told where it went.
    for _, gone in ipairs(drop(entry)) do
      removed[gone.kind .. " " .. gone.full], removed[gone.kind .. " " .. gone.node.id] = at, at
      if gone.node == entry.node or not NESTED[gone.kind] then
        table.insert(description.removed, { kind = gone.kind, id = gone.full, file = at.file, line = at.line })
      end
    end
  end
end

-- override.KIND, remove.KIND
local function by_kind(name, make)
  local kinds, functions = {}, {}
  for _, declaration in ipairs(api.declarations) do
    local kind = declaration.name
    if kind ~= "pack" and kind ~= "include" then
      kinds[#kinds + 1] = kind
      functions[kind] = make(kind)
    end
  end
  return setmetatable({}, {
    __index = function(_, kind)
      if functions[kind] then return functions[kind] end
      local hint = kit.did_you_mean(kind, kinds)
      error(host.text(("%s.%s: there is no such kind%s"):format(name, tostring(kind), hint and " (" .. hint .. ")" or ""),
        ("%s.%s：没有这种声明%s"):format(name, tostring(kind), hint and "（" .. hint .. "）" or "")), 2)
    end,
    __newindex = function()
      error(host.text(("%s cannot be changed"):format(name), ("%s 不能改动"):format(name)), 2)
    end,
    __metatable = false,
  })
end

-- ---- extending ----------------------------------------------------------------------------------

-- An id that is inherited is declared again by mistake more often than on purpose.
local function refuse_redeclared()
  local first = {}
  walk(function(entry) if inherited[entry.node] then first[entry.key] = entry end end)
  local again = {}
  walk(function(entry)
    local before = first[entry.key]
    if not before or inherited[entry.node] then return true end
    again[#again + 1] = entry
    kit.problem(entry.node, ('%s "%s" is inherited from %s'):format(entry.kind, entry.full, place(before.node)),
      ('%s “%s”已继承自 %s'):format(entry.kind, entry.full, place(before.node)),
      host.text(('write override.%s "%s" { … } to change it, or remove.%s "%s" before'):format(
        before.kind, before.full, before.kind, before.full),
        ('要修改请写 override.%s "%s" { … }，要重新声明请先写 remove.%s "%s"'):format(
        before.kind, before.full, before.kind, before.full)))
    return false
  end)
  for _, entry in ipairs(again) do drop(entry) end
end

local function stop(english, chinese) error(host.text(english, chinese), 0) end

local function check_chain(pack)
  local path = table.concat(chain, " → ") .. " → " .. pack.extends
  for _, id in ipairs(chain) do
    if id == pack.extends then
      stop(("packs extend each other in a circle: %s"):format(path), ("评估包循环继承：%s"):format(path))
    end
  end
  if #chain > MOST_PARENTS then
    stop(("a pack extends at most %d others, one after the other: %s"):format(MOST_PARENTS, path),
      ("继承至多 %d 层：%s"):format(MOST_PARENTS, path))
  end
end

local function inherit_fields(pack, parent, cleared)
  for _, field in ipairs(kit.declarations.pack.fields) do
    local name = field.name
    if not OWN[name] and not cleared[name] then
      if pack[name] == nil then
        pack[name] = parent[name]
      elseif field.type == "conventions" then
        for convention, value in pairs(parent[name] or {}) do
          if pack[name][convention] == nil then pack[name][convention] = value end
        end
      end
    end
  end
end

local extend

local function run_parent(pack)
  local outer, id = kit.level(), pack.extends
  local inner = { extend = extend, first = #kit.declared }
  kit.enter(inner)
  kit.run(id)
  kit.enter(outer)
  if not inner.pack then
    kit.problem({ file = id .. "/pack.lua", line = 1 }, "pack { … } is missing", "缺少 pack { … } 声明")
    return
  end
  if inner.pack.id ~= id then
    kit.problem(pack, ('extends = "%s": the pack in that folder calls itself "%s"'):format(id, tostring(inner.pack.id)),
      ('extends = "%s"：该文件夹中评估包的标识是“%s”'):format(id, tostring(inner.pack.id)))
  end
  if inner.pack.extends then refuse_redeclared() end
  table.insert(description.parents, 1, { id = id, version = inner.pack.version, title = inner.pack.title })
  inherit_fields(pack, inner.pack, outer.cleared or {})
end

function extend(pack)
  local level = kit.level()
  if #kit.declared > (level.first or 0) + 1 then
    kit.problem(pack, "pack { extends = … } must come before everything that is declared",
      "pack { extends = … } 须在所有声明之前")
  end
  unfinished = unfinished or pack
  chain[#chain + 1] = pack.id
  check_chain(pack)
  if not host.source("@" .. pack.extends .. "/pack.lua") then
    wanted = wanted or { id = pack.extends, file = pack.file, line = pack.line }
    stop(("the files of \"%s\" are missing"):format(pack.extends), ("缺少“%s”的文件"):format(pack.extends))
  end
  run_parent(pack)
  for _, entry in ipairs(kit.declared) do inherited[entry.node] = true end
  index = nil
  if unfinished == pack then unfinished = nil end
end

kit.level().extend = extend
-- Before the others: what they find twice would be told twice.
table.insert(kit.finishers, 1, function()
  if #description.parents > 0 then refuse_redeclared() end
  for open in pairs(unclosed) do
    kit.problem(open.at, ("%s says nothing: add { … } after it"):format(open.label),
      ("%s 之后缺少 { … }"):format(open.label))
  end
  if unfinished then -- the pack caught the error and went on
    kit.problem(unfinished, ("\"%s\" could not be loaded"):format(unfinished.extends),
      ("“%s”未能加载"):format(unfinished.extends))
  end
end)

return {
  names = { override = by_kind("override", override), remove = by_kind("remove", remove), none = none },
  wanted = function() return wanted and { wants = wanted } end,
}
