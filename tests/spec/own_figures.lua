-- The other way round of sources.lua: the figures of a pack's declarations that the clauses they name do
-- not state. Such a figure is the pack's own choice and says so in a comment 「本包自定」 in the
-- declaration or right above it.

local own_figures = {}

local HOLDERS = { "units", "breakdowns", "series", "plans", "matters", "warnings", "domains", "indicators" }
-- What dates, counts and judges; the points of an assessment are its own by nature.
local FIELDS = { "target", "targets", "milestones", "due", "times", "months", "copies", "every_years", "year", "from",
  "to", "title", "note", "checks", "steps", "parts", "columns", "duties", "delivery", "compare", "explains", "account",
  "levels" }
local NUMERALS = { ["一"] = 1, ["两"] = 2, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6, ["七"] = 7,
  ["八"] = 8, ["九"] = 9, ["十"] = 10, ["百"] = 100 }
-- “全部” is written full(), and a difference that must not be is around(0, 0).
local ALWAYS = { [0] = true, [100] = true }

local function add_numbers(text, set)
  for digits in text:gmatch "%d+%.?%d*" do set[tonumber(digits)] = true end
end

local function add_stated(clause, set)
  for _, figure in ipairs(clause.states or {}) do
    add_numbers(figure, set)
    for _, code in utf8.codes(figure) do set[NUMERALS[utf8.char(code)] or 0] = true end
  end
end

-- The years of a document and of the plans are those of all that is in them.
local function add_years(shown, clauses, set)
  local years = {}
  for _, document in ipairs(shown.documents or {}) do
    add_numbers(document.title .. " " .. (document.issued or ""), years)
  end
  for _, clause in pairs(clauses) do add_stated(clause, years) end
  for _, plan in ipairs(shown.plans or {}) do
    years[plan.from], years[plan.to] = true, true
  end
  for year in pairs(years) do
    if year > 1900 and year < 2100 then set[year] = true end
  end
end

-- Not the names of other series, and of a share only its parts: 0.3333 is stated as 1:3.
local NO_FIGURES = { kind = true, indicator = true, per = true, years = true }

local function each_number(value, visit)
  if type(value) == "number" then return visit(value) end
  if type(value) == "string" then
    for digits in value:gsub("10万", "万"):gmatch "%d+%.?%d*" do visit(tonumber(digits)) end
  elseif type(value) == "table" then
    for key, part in pairs(value) do
      if not NO_FIGURES[key] and not (key == "value" and value.whole) then each_number(part, visit) end
    end
  end
end

-- ---- comments ------------------------------------------------------------------------------------

local function lines_of(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line end
  return lines
end

local function opens(line) return line:find '^%s*[%w_:]+ "' ~= nil end

local function is_comment(line, indent)
  local own = line:match "^(%s*)%-%-"
  return own ~= nil and (indent == nil or #own == indent)
end

local function says(line) return line:find("本包自定", 1, true) ~= nil end

local function inside_says_own(lines, at)
  for i = at, #lines do
    if i > at and (opens(lines[i]) or is_comment(lines[i])) then return false end
    if says(lines[i]) then return true end
  end
  return false
end

-- The comment above a declaration, or above the run of declarations that it is in.
local function above_says_own(lines, at)
  local indent, seen = #lines[at]:match "^%s*", false
  for i = at - 1, 1, -1 do
    local comment = is_comment(lines[i], indent)
    if lines[i] == "" or seen and not comment then return false end
    if comment and says(lines[i]) then return true end
    seen = seen or comment
  end
  return false
end

local function says_own(lines, at) return inside_says_own(lines, at) or above_says_own(lines, at) end

-- ---- a pack as `pack show --format json` gives it ------------------------------------------------

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

local function stated_for(node, clauses, years)
  local set = setmetatable({}, { __index = function(_, key) return years[key] or ALWAYS[key] end })
  for _, id in ipairs(node.source) do add_stated(clauses[id] or {}, set) end
  return set
end

-- Figures that no clause named states and no comment calls the pack's own, each as a text.
-- shown: the decoded output of `pack show --format json` of the pack in `folder`.
function own_figures.unsaid(shown, folder)
  local clauses, years, files, list = {}, {}, {}, {}
  for _, document in ipairs(shown.documents or {}) do
    for _, clause in ipairs(document.clauses) do clauses[clause.id] = clause end
  end
  add_years(shown, clauses, years)
  walk(shown, function(node)
    if type(node.source) ~= "table" then return end
    local stated = stated_for(node, clauses, years)
    files[node.file] = files[node.file] or lines_of(folder .. "/" .. node.file)
    for _, field in ipairs(FIELDS) do
      each_number(node[field], function(number)
        if stated[number] or says_own(files[node.file], node.line) then return end
        list[#list + 1] = ("%s:%d: %s '%s' has %s"):format(node.file, node.line, node.id, field, number)
      end)
    end
  end)
  return list
end

return own_figures
