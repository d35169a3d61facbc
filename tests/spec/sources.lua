-- Holds a pack against a list of what its source document says. The list (tests/data/sources) was
-- written from the document alone, line by line, so that it finds what a pack and its own list of
-- clauses both left out.
--
-- A row: pack, at (where in the document), kind, text (what stands there, shortened), value (what the
-- pack must hold there; alternatives between bars). A value is held when a declaration that names a
-- clause of that place in `source` has it in a field: a number as a number or inside a text, a text
-- inside a text, a unit as the title of a lead or a responsible unit.

local sources = {}

-- ---- places ----------------------------------------------------------------------------------

-- Numerals and the words that tell apart what is numbered alike; everything else of a place is dressing.
local WORDS = {
  "目标", "措施", "前言", "首段", "导语", "引言", "标题", "主送", "正文", "落款", "发布", "通知", "开头",
}
local NUMERALS = { "十", "一", "二", "三", "四", "五", "六", "七", "八", "九" }

local function known_at(text, at, list)
  for _, word in ipairs(list) do
    if text:sub(at, at + #word - 1) == word then return word end
  end
end

-- "二(一)主要目标 4" → { "二", "一", "目标", "4" }.
function sources.tokens(place)
  local tokens, at = {}, 1
  while at <= #place do
    local digits = place:match("^%d+", at)
    local token = digits or known_at(place, at, WORDS) or known_at(place, at, NUMERALS)
    tokens[#tokens + 1] = token
    at = at + #(token or utf8.char(utf8.codepoint(place, at)))
  end
  return tokens
end

local function begins(tokens, first)
  for i, token in ipairs(first) do if tokens[i] ~= token then return false end end
  return #first > 0
end

-- The clauses of a place: those in it, or where there are none those that it is in.
local function clauses_at(clauses, places)
  local inside, around = {}, {}
  for place in places:gmatch "[^|]+" do
    local wanted = sources.tokens(place)
    for _, clause in ipairs(clauses) do
      if begins(clause.tokens, wanted) then
        inside[#inside + 1] = clause
      elseif begins(wanted, clause.tokens) then
        around[#around + 1] = clause
      end
    end
  end
  return #inside > 0 and inside or around
end

-- ---- what a declaration holds ----------------------------------------------------------------

local function set(...)
  local names = {}
  for _, name in ipairs { ... } do names[name] = true end
  return names
end

local NO_FIGURES = set("id", "file", "line", "source", "source_text", "formula", "level", "score", "applies", "when",
  "digits", "points", "inputs", "items", "vetoes", "clauses", "domains", "rows", "indicators", "only", "states")
local UNITS = set("lead", "units", "by", "to", "members")

local function plain(text)
  for _, mark in ipairs { "“", "”", "《", "》", "〈", "〉", "‘", "’", "%s", "\"" } do text = text:gsub(mark, "") end
  text = text:gsub("（", "("):gsub("）", ")"):gsub("：", ":"):gsub("，", ","):gsub("—", "-"):gsub("–", "-")
  return text
end

local function add_units(held, key, value, titles)
  for _, name in ipairs(type(value) == "table" and value or { value }) do
    if type(name) == "string" then
      local title = plain(titles[name] or name)
      held.texts[#held.texts + 1] = title
      held[key == "lead" and "leads" or "units"][title] = true
    end
  end
end

local function add_field(held, key, value, titles)
  if NO_FIGURES[key] then return end
  -- A year or a receiver: both are called `to`.
  if UNITS[key] and type(value) ~= "number" then return add_units(held, key, value, titles) end
  if type(value) == "number" then held.numbers[#held.numbers + 1] = value end
  if type(value) == "string" then held.texts[#held.texts + 1] = plain(value) end
  if type(value) == "table" then
    for inner, part in pairs(value) do add_field(held, inner, part, titles) end
  end
end

local function read_fields(node, titles, held)
  for key, value in pairs(node) do add_field(held, key, value, titles) end
  return held
end

local function number_in(text, wanted)
  for digits in text:gmatch "%d+%.?%d*" do
    if tonumber(digits) == wanted then return true end
  end
  return false
end

local function holds_value(held, value)
  local wanted, text = tonumber(value), plain(value)
  for _, number in ipairs(held.numbers) do
    if wanted and math.abs(number - wanted) <= 1e-9 * math.abs(wanted) then return true end
  end
  for _, own in ipairs(held.texts) do
    if wanted and number_in(own, wanted) or not wanted and own:find(text, 1, true) then return true end
  end
  return false
end

local function holds(held, row)
  for value in row.value:gmatch "[^|]+" do
    local good
    if row.text:find("牵头单位", 1, true) == 1 then
      good = held.leads[plain(value)]
    elseif row.text:find("责任单位", 1, true) == 1 then
      good = held.units[plain(value)]
    else
      good = holds_value(held, value)
    end
    if good then return true end
  end
  return false
end

-- ---- a pack as `pack show --format json` gives it ----------------------------------------------

local HOLDERS = { "documents", "units", "breakdowns", "series", "plans", "matters", "warnings", "assessments",
  "clauses", "domains", "indicators", "items", "vetoes" }

local function walk(node, visit)
  for _, key in ipairs(HOLDERS) do
    for _, child in ipairs(type(node[key]) == "table" and node[key] or {}) do
      if type(child) == "table" then
        visit(child)
        walk(child, visit)
      end
    end
  end
end

local function nothing() return { numbers = {}, texts = {}, leads = {}, units = {} } end

local FRONT = set("前言", "首段", "导语", "引言", "标题", "主送", "正文", "落款", "发布", "通知", "开头")

-- What the front of a document says stands in the document's own fields too.
local function read_front(shown, pack)
  pack.front = nothing()
  for _, document in ipairs(shown.documents or {}) do read_fields(document, pack.titles, pack.front) end
  read_fields(shown.pack, pack.titles, pack.front)
end

local function read(shown, published)
  local pack = { clauses = {}, titles = {}, carried = {}, tasks = {} }
  for _, unit in ipairs(shown.units or {}) do pack.titles[unit.id] = unit.title end
  for _, document in ipairs(shown.documents or {}) do
    for _, clause in ipairs(document.clauses) do
      clause.tokens = sources.tokens(clause.at)
      pack.clauses[#pack.clauses + 1] = clause
    end
  end
  walk(shown, function(node)
    for _, clause in ipairs(type(node.source) == "table" and node.source or {}) do
      local held = pack.carried[clause] or nothing()
      pack.carried[clause] = read_fields(node, pack.titles, held)
      if node.kind == "task" then
        pack.tasks[clause] = read_fields(node, pack.titles, pack.tasks[clause] or nothing())
      end
      for _, row in ipairs(published) do
        if row.indicator == node.id then held.numbers[#held.numbers + 1] = tonumber(row.value) end
      end
    end
  end)
  read_front(shown, pack)
  return pack
end

-- A task names its own units; what else carries its clause may name them too.
local function names_a_unit(row)
  return row.text:find("牵头单位", 1, true) == 1 or row.text:find("责任单位", 1, true) == 1
end

local function check_row(pack, row)
  local clauses = clauses_at(pack.clauses, row.at)
  if #clauses == 0 then return "no clause is there" end
  local background = true
  for _, clause in ipairs(clauses) do
    local held = pack.carried[clause.id]
    local tasks = held and names_a_unit(row) and pack.tasks[clause.id]
    if held and holds(tasks or held, row) then return nil end
    background = background and clause.background ~= nil and not held
    if FRONT[clause.tokens[1]] and holds(pack.front, row) then return nil end
  end
  if background then return nil end
  return "not in what carries " .. clauses[1].id
end

-- The rows that the pack does not hold, each as a text.
-- shown: the decoded output of `pack show --format json`; rows: the rows of its list; published: the
-- rows of its observations that are published figures, which their series hold as well.
function sources.missing(shown, rows, published)
  local pack, list = read(shown, published or {}), {}
  for _, row in ipairs(rows) do
    local problem = check_row(pack, row)
    if problem then
      list[#list + 1] = ("%s · %s · %s (%s): %s"):format(row.at, row.kind, row.text, row.value, problem)
    end
  end
  return list
end

return sources
