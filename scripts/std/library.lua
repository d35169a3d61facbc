-- What packs are offered of Lua's own library, made safe: sorted pairs, no addresses in texts,
-- nothing that reaches the interpreter. Tables of functions cannot be written to, so that a rule
-- cannot leave something behind for the next call.

local api, host = ...

local function read_only(name, functions)
  return setmetatable({}, {
    __index = functions,
    __newindex = function(_, key)
      error(host.text(("%s.%s cannot be set"):format(name, tostring(key)),
        ("不能给 %s.%s 赋值"):format(name, tostring(key))), 2)
    end,
    __metatable = false,
  })
end

local function picked(names, from)
  local functions = {}
  for _, name in ipairs(names) do functions[name] = from[name] end
  return functions
end

-- An address would differ from run to run and tell where memory lies.
local raw_tostring = tostring

local function safe_tostring(value)
  local kind = type(value)
  if kind == "table" or kind == "function" or kind == "userdata" then return kind end
  return raw_tostring(value)
end

_G.tostring = safe_tostring -- std's own messages name what packs give it

local rank_of_type = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
  local kind_a, kind_b = rank_of_type[type(a)], rank_of_type[type(b)]
  if kind_a ~= kind_b then return kind_a < kind_b end
  if kind_a <= 2 then return a < b end
  return kind_a == 3 and a == false and b == true
end

local function sorted_pairs(values)
  if type(values) ~= "table" then
    error(host.text("pairs takes a table, got " .. type(values), "pairs 的参数应为表，实为 " .. type(values)), 2)
  end
  local keys, sealed = {}, getmetatable(values) -- what rules hold is sealed once a pack is loaded
  for key in next, sealed and sealed.__index or values do
    if not rank_of_type[type(key)] then
      error(host.text("pairs cannot put keys in order that are tables or functions: use numbers, texts or booleans",
        "pairs 无法对表或函数类型的键排序：键应为数、文本或布尔值"), 2)
    end
    keys[#keys + 1] = key
  end
  table.sort(keys, before)
  local at = 0
  return function()
    at = at + 1
    local key = keys[at]
    if key ~= nil then return key, values[key] end
  end
end

local string_functions = picked(api.offered.string, string)
local raw_format = string.format

function string_functions.format(pattern, ...)
  if type(pattern) == "string" and pattern:gsub("%%%%", ""):find "%%[%-+ #0%d%.]*p" then
    error(host.text("%p is not offered", "不提供 %p"), 2)
  end
  local values = table.pack(...)
  for i = 1, values.n do
    local kind = type(values[i])
    if kind == "table" or kind == "function" then values[i] = kind end
  end
  return raw_format(pattern, table.unpack(values, 1, values.n))
end

-- Methods on texts reach the same functions and no others; arithmetic on texts is an error rather
-- than a guess.
local text_metatable = getmetatable("")
for key in pairs(text_metatable) do text_metatable[key] = nil end
text_metatable.__index = string_functions
text_metatable.__metatable = false

-- Lua's own sort takes its pivot from the clock, so that equal elements come out in another order
-- from run to run. A merge keeps them as they were.
local function merge(from, to, first, middle, last, precedes)
  local left, right = first, middle + 1
  for at = first, last do
    if left <= middle and (right > last or not precedes(from[right], from[left])) then
      to[at], left = from[left], left + 1
    else
      to[at], right = from[right], right + 1
    end
  end
end

local function stable_sort(list, precedes)
  if type(list) ~= "table" then
    error(host.text("table.sort takes a table, got " .. type(list), "table.sort 的参数应为表，实为 " .. type(list)), 2)
  end
  precedes = precedes or function(a, b) return a < b end
  local count, width = #list, 1
  local from, to = table.move(list, 1, count, 1, {}), {}
  while width < count do
    for first = 1, count, 2 * width do
      merge(from, to, first, math.min(first + width - 1, count), math.min(first + 2 * width - 1, count), precedes)
    end
    from, to, width = to, from, 2 * width
  end
  table.move(from, 1, count, 1, list)
end

local table_functions = picked(api.offered.table, table)
table_functions.sort = stable_sort

local names = {}
for _, name in ipairs(api.offered.globals) do names[name] = _G[name] end
names.pairs = sorted_pairs
names.tostring = safe_tostring
names.math = read_only("math", picked(api.offered.math, math))
names.string = read_only("string", string_functions)
names.table = read_only("table", table_functions)
names.utf8 = read_only("utf8", picked(api.offered.utf8, utf8))
return names
