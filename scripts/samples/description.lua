-- What a pack declares, as the generator asks for it: read from `biaochi pack show --format json`.

local description = {}

local function overlaid(base, over)
  local result = {}
  for key, value in pairs(base or {}) do result[key] = value end
  for key, value in pairs(over or {}) do result[key] = value end
  return result
end

-- The set that counts: "own", else the only one, else the first by name.
local function target_of(node)
  if node.target then return node.target end
  local first
  for _, set in ipairs(node.targets or {}) do
    if set.id == "own" then return set.target end
    first = first or set.target
  end
  return first
end

local function add_indicators(result, plan, conventions)
  for _, domain in ipairs(plan.domains or {}) do
    for _, node in ipairs(domain.indicators or {}) do
      local own = overlaid(conventions, node.conventions)
      local shown = node.kind == "objective" or node.kind == "task"
      local series = {
        id = node.id, kind = node.kind, title = node.title, unit = node.unit or "", plan = plan, node = node,
        digits = node.digits or (shown and 0 or own.digits or 2), near = own.near_percent or 0,
        milestone = own.at == "milestone", target = target_of(node), derived = node.formula ~= nil,
        additive = node.additive,
      }
      result.list[#result.list + 1] = series
      result.by_id[node.id] = series
    end
  end
end

-- Every name a rule or a message takes, with the assessments whose items take it.
local function names_taken(whole)
  local names = {}
  local function take(rule, of)
    for _, name in ipairs(rule and rule.parameters or {}) do
      names[name] = names[name] or {}
      if of then names[name][of] = true end
    end
  end
  for _, rule in ipairs(whole.rules or {}) do take(rule) end
  local function take_items(items, of)
    for _, item in ipairs(items or {}) do
      for _, key in ipairs { "score", "applies" } do
        if item[key] then take(whole.rules[item[key] + 1], of) end
      end
      take_items(item.items, of)
    end
  end
  for _, assessment in ipairs(whole.assessments or {}) do
    take_items(assessment.items, assessment.of or "region")
    for _, veto in ipairs(assessment.vetoes or {}) do
      take(whole.rules[(veto.when or -1) + 1], assessment.of or "region")
    end
  end
  for _, warning in ipairs(whole.warnings or {}) do take { parameters = warning.inputs } end
  return names
end

-- All breakdowns but units, each with its place among those that split the whole with it.
local function parts_of(whole)
  local parts, counts = {}, {}
  local function add(id, split)
    split = split or id
    counts[split] = (counts[split] or 0) + 1
    parts[#parts + 1] = { id = id, split = split, place = counts[split] }
  end
  add("female", "sex")
  add("male", "sex")
  add("urban", "area")
  add("rural", "area")
  for _, breakdown in ipairs(whole.breakdowns or {}) do add(breakdown.id, breakdown.splits) end
  for _, part in ipairs(parts) do part.count = counts[part.split] end
  return parts
end

-- Those that rules name as ID_PART; where parts add up, also the others of the same whole.
local function breakdowns_of(series, parts, names, by_id)
  local named, splits = {}, {}
  for _, part in ipairs(parts) do
    local name = series.id .. "_" .. part.id
    if names[name] and not by_id[name] then named[part.id], splits[part.split] = true, true end
  end
  local list = {}
  for _, part in ipairs(parts) do
    if named[part.id] or (series.additive and splits[part.split]) then list[#list + 1] = part end
  end
  return list
end

-- Data items that a formula names together and that are measured alike are of one size: `group` is the
-- first of them, `first` says that it is named first, which is mostly the part of the others.
local function group_data(whole, result)
  for _, rule in ipairs(whole.rules or {}) do
    local first = {}
    for _, name in ipairs(rule.on == "formula" and rule.parameters or {}) do
      local series = result.by_id[name]
      if series and not series.target and not series.group then
        series.group = (first[series.unit] or series).group or (first[series.unit] or series).id
        series.first = first[series.unit] == nil
        first[series.unit] = first[series.unit] or series
      end
    end
  end
end

-- `whole` is the decoded JSON. Gives pack, plans, units, list and by_id of series, each with whether it is
-- `needed`, something being made from it, the breakdowns
-- that rules name and the assessments (`of`) that take it.
function description.read(whole)
  local result = { pack = whole.pack, plans = whole.plans or {}, units = whole.units or {}, list = {}, by_id = {} }
  for _, plan in ipairs(result.plans) do
    add_indicators(result, plan, overlaid(whole.pack.conventions, plan.conventions))
  end
  local conventions = whole.pack.conventions or {}
  for _, node in ipairs(whole.series or {}) do
    local series = {
      id = node.id, kind = node.kind, title = node.title, unit = node.unit or "", node = node,
      digits = node.digits or conventions.digits or 2, near = 0, default = node.default, additive = node.additive,
    }
    result.list[#result.list + 1] = series
    result.by_id[node.id] = series
  end
  group_data(whole, result)
  local names, parts, counted = names_taken(whole), parts_of(whole), {}
  for _, series in ipairs(result.list) do
    for _, key in ipairs { "counts", "among" } do
      if series.node[key] then counted[series.node[key]] = true end
    end
  end
  for _, series in ipairs(result.list) do
    series.of = names[series.id] or {}
    series.needed = names[series.id] ~= nil or counted[series.id]
    series.breakdowns = breakdowns_of(series, parts, names, result.by_id)
    series.needed = series.needed or #series.breakdowns > 0 or series.target ~= nil or series.plan ~= nil
  end
  return result
end

return description
