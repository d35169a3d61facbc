-- What a source document says beside figures to be judged: its clauses, and the tasks, forms,
-- reports, groups, procedures, funds and events that carry them. The engine does not evaluate
-- these (but a task, which is judged like an objective); they are data that people check against
-- the document and that the work of the year is organised by.

local host, kit = ...

local names, checks, description = {}, kit.checks, kit.description
local open_documents = {} -- document → true until its clauses were given

description.documents, description.matters = {}, {}

-- ---- types of fields ----------------------------------------------------------------------------

local MONTH_DAYS = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function is_day(month, day)
  month, day = tonumber(month), tonumber(day)
  return MONTH_DAYS[month] ~= nil and (day == nil or day >= 1 and day <= MONTH_DAYS[month])
end

function checks.due(value)
  if type(value) == "string" then
    local month, day = value:match "^(%d%d)%-(%d%d)$"
    if month and is_day(month, day) then return value end
    local year, rest = value:match "^(%d%d%d%d)(.*)$"
    month, day = (rest or ""):match "^%-(%d%d)%-?(%d*)$"
    local whole = rest == "" or month and is_day(month, tonumber(day)) and (#day == 2 or #rest == 3)
    if year and whole then return value end
  end
  return nil, "a date: \"2020\", \"2020-12\", \"2020-12-31\", or \"05-19\" for each year",
    "日期：\"2020\"、\"2020-12\"、\"2020-12-31\",每年的某日写作 \"05-19\""
end

function checks.texts(value)
  local list = checks.ids(value)
  if list then return list end
  return nil, "an array of texts", "文本数组"
end

function checks.integers(value)
  if kit.is_array(value) then
    local good = #value > 0
    for _, number in ipairs(value) do good = good and checks.integer(number) ~= nil end
    if good then return value end
  end
  return nil, "an array of whole numbers", "整数数组"
end

-- Names are looked up at the end, when everything is declared.
checks.unit_id, checks.unit_ids, checks.member_ids = checks.text, checks.ids, checks.ids

function checks.source(value)
  if type(value) == "string" then value = { value } end
  local list = checks.ids(value)
  if list and #list > 0 then return list end
  return nil, "a clause of a document, or an array of clauses", "条款标识，或条款标识的数组"
end

-- ---- declarations -------------------------------------------------------------------------------

kit.placed_declaration("task", names)
kit.placed_declaration("clause", names)
for _, kind in ipairs { "form", "report", "group", "procedure", "fund", "event" } do
  kit.simple_declaration(kind, description.matters, names)
end

function names.document(id)
  return function(fields)
    local at = host.where(2)
    local label = ('document "%s"'):format(tostring(id))
    kit.no_array_part(label, fields, at)
    local node = kit.checked_fields("document", label, fields, at)
    node.id, node.clauses = kit.checked_id("document", id, at), {}
    description.documents[#description.documents + 1] = node
    open_documents[node] = true
    return function(list)
      open_documents[node] = nil
      for _, child in ipairs(type(list) == "table" and list or {}) do
        if kit.take(child, "clause", label, at) then node.clauses[#node.clauses + 1] = child end
      end
    end
  end
end

-- ---- names, when all are declared ---------------------------------------------------------------

local function ids_of(...)
  local ids, set = {}, {}
  for _, list in ipairs { ... } do
    for _, node in ipairs(list) do
      ids[#ids + 1], set[node.id] = node.id, node
    end
  end
  return { ids = ids, set = set }
end

local function members()
  local lists = { description.series }
  for _, plan in ipairs(description.plans) do
    for _, domain in ipairs(plan.domains) do lists[#lists + 1] = domain.indicators end
  end
  return ids_of(table.unpack(lists))
end

local function clauses()
  local lists = {}
  for i, document in ipairs(description.documents) do lists[i] = document.clauses end
  return ids_of(table.unpack(lists))
end

local function unknown(node, label, field, name, known, english, chinese)
  kit.problem(node, ("%s: '%s' names \"%s\", which is no %s"):format(label, field, name, english),
    ("%s:'%s' 中的“%s”不是已声明的%s"):format(label, field, name, chinese), kit.did_you_mean(name, known.ids))
end

local function names_of(value)
  if type(value) == "table" then return value end
  return value ~= nil and { value } or {}
end

-- Kinds of names a field may hold → what they are called. Leads may be texts where no unit is
-- declared; so may sources where no document is.
local LINKS = {
  unit_id = { "units", "unit", "单位", optional = true },
  unit_ids = { "units", "unit", "单位", optional = true },
  member_ids = { "members", "indicator, objective, task, data or fact", "指标、目标、任务、数据项或事实" },
  source = { "clauses", "clause of a document", "文件条款", optional = true },
}

local function check_links(node, kind, label, known)
  for _, field in ipairs(kit.declarations[kind].fields) do
    local link = LINKS[field.type]
    local wanted = link and known[link[1]]
    if wanted and not (link.optional and #wanted.ids == 0) then
      for _, name in ipairs(names_of(node[field.name])) do
        if not wanted.set[name] then unknown(node, label, field.name, name, wanted, link[2], link[3]) end
      end
    end
  end
  if node.plan and known.plans and kind ~= "assessment" and not known.plans.set[node.plan] then
    unknown(node, label, "plan", node.plan, known.plans, "plan", "规划")
  end
end

local function twice(node, label, field, name)
  kit.problem(node, ("%s: '%s' names \"%s\" twice"):format(label, field, name),
    ("%s：'%s' 重复列出“%s”"):format(label, field, name))
end

-- Members are units or texts: what is written like an id was meant to be one.
local function check_group(node, label, known)
  for _, name in ipairs(#known.units.ids > 0 and node.members or {}) do
    if name:find "^[%l_][%w_]*$" and not known.units.set[name] then
      unknown(node, label, "members", name, known.units, "unit", "单位")
    end
  end
end

local function check_order(node, label)
  if math.type(node.from) == "integer" and math.type(node.to) == "integer" and node.from > node.to then
    kit.problem(node, ("%s: 'from' %d is later than 'to' %d"):format(label, node.from, node.to),
      ("%s：起始年 %d 晚于终止年 %d"):format(label, node.from, node.to))
  end
end

local function check_repeated(node, label)
  for _, field in ipairs { "units", "by", "members", "source" } do
    local seen = {}
    for _, name in ipairs(names_of(node[field])) do
      if seen[name] then twice(node, label, field, name) end
      seen[name] = true
    end
  end
end

-- Where it stands in the document, for people; the ids stay beside it.
local function place_text(node, known)
  local places = {}
  for i, id in ipairs(node.source) do
    local clause = known.clauses.set[id]
    places[i] = clause and clause.at or id
  end
  return table.concat(places, "；")
end

local function once(list, kind)
  local seen = {}
  for _, node in ipairs(list) do
    local key = node.kind .. " " .. node.id
    if seen[key] then
      kit.problem(node, ('%s "%s" is declared twice'):format(kind or node.kind, node.id),
        ('%s "%s" 重复声明'):format(kind or node.kind, node.id))
    end
    seen[key] = true
  end
end

-- Runs once, before the description is handed over.
local function finish()
  for document in pairs(open_documents) do
    kit.problem(document, ('document "%s" lists no clauses: add { … } after it'):format(document.id),
      ('document "%s" 没有列出条款：请在其后加 { … }'):format(document.id))
  end
  local known = {
    units = ids_of(description.units), members = members(), clauses = clauses(), plans = ids_of(description.plans),
  }
  once(description.matters)
  local all_clauses = {}
  for _, document in ipairs(description.documents) do
    table.move(document.clauses, 1, #document.clauses, #all_clauses + 1, all_clauses)
  end
  once(all_clauses)
  for _, declared in ipairs(kit.declared) do
    check_links(declared.node, declared.kind, declared.label, known)
    check_repeated(declared.node, declared.label)
    if declared.kind == "group" then check_group(declared.node, declared.label, known) end
    -- A plan's years are checked with its baseline.
    if declared.kind ~= "plan" then check_order(declared.node, declared.label) end
    if declared.node.source and declared.kind ~= "pack" then
      declared.node.source_text = place_text(declared.node, known)
    end
  end
end

kit.finishers[#kit.finishers + 1] = finish

return { names = names }
