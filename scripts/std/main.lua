-- Puts the parts of std together. The host runs this once in a fresh state, before any pack.
--
-- `host` offers: std(name) and compile(path, environment), which give functions; source(path),
-- whether the pack has that file; sources(prefix), what include may name below it;
-- register(function), which notes a rule and tells its parameters;
-- in_rule(), whether a rule is being called; where(level), the file and line of a caller;
-- nearest(wanted, names); decimal(value, digits, rounding); text(english, chinese), the one in the
-- language of messages; plain(text), cut to 4096 bytes of UTF-8 without control characters.
-- Gives: environment (all a pack can see), run (loads pack.lua), finish (the description), wanted
-- (what is missing of a pack that this one extends), specs (runs one spec file).

local host = ...

local api = host.std "api" ()
local library = host.std "library" (api, host)
local declare = host.std "declare" (api, host)
local matters = host.std "matters" (host, declare.kit)
local inherit = host.std "inherit" (api, host, declare.kit)
local scoring = host.std "scoring" (host)
local spec = host.std "spec" (host)

local environment = {}
local function offer(names)
  for name, value in pairs(names) do environment[name] = value end
end
offer(library)
offer(declare.names)
offer(matters.names)
offer(inherit.names)
offer(scoring)

local forbidden = {}
for _, name in ipairs(api.forbidden) do forbidden[name] = true end

local function known_names()
  local names = {}
  for name in pairs(environment) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- Reading a name that is not there is nearly always a misspelling; writing one is nearly always a
-- forgotten `local`, and would let one call of a rule leave something for the next.
local guard = {
  __index = function(_, name)
    name = type(name) == "string" and name or type(name)
    if forbidden[name] then
      error(host.text(("packs are not offered '%s'"):format(name), ("评估包中不提供 '%s'"):format(name)), 2)
    end
    local near = host.nearest(name, known_names())
    error(host.text(
      ("unknown name '%s'%s"):format(name, near and (" (did you mean '%s'?)"):format(near) or ""),
      ("未知的名称 '%s'%s"):format(name, near and ("（是否应为 '%s'？）"):format(near) or "")), 2)
  end,
  __newindex = function(_, name)
    error(host.text(("'%s' is not declared: write `local %s`"):format(tostring(name), tostring(name)),
      ("'%s' 未声明：请写 local %s"):format(tostring(name), tostring(name))), 2)
  end,
  __metatable = false,
}

local function guarded(more)
  local names = {}
  for name, value in pairs(environment) do names[name] = value end
  for name, value in pairs(more) do names[name] = value end
  return setmetatable({}, {
    __index = function(_, name)
      local value = names[name]
      if value ~= nil then return value end
      return guard.__index(nil, name)
    end,
    __newindex = guard.__newindex,
    __metatable = false,
  })
end

-- `include` for files below a prefix: a pack's own have none, those of one that it extends have "@ID/",
-- which no name can begin with. `inside` gives the environment that they are run in.
local function include_below(prefix, inside)
  local included = {}
  return function(name)
    if type(name) ~= "string" or not name:match "^[%w_/]+$" then
      error(host.text("include takes a name of letters, digits, _ and /",
        "include 的参数只能由字母、数字、_ 和 / 组成"), 2)
    end
    if host.in_rule() then
      error(host.text("a rule cannot include a file: include it at the top of this one",
        "规则中不能使用 include：请写在文件开头"), 2)
    end
    local path = prefix .. name .. ".lua"
    if included[path] == nil then
      included[path] = false
      if not host.source(path) then
        local near = host.nearest(name, host.sources(prefix))
        error(host.text(
          ("there is no file %s in the pack%s"):format(name .. ".lua", near and (" (did you mean '%s'?)"):format(near) or ""),
          ("包内没有文件 %s%s"):format(name .. ".lua", near and ("（是否应为 '%s'？）"):format(near) or "")), 2)
      end
      local result = host.compile(path, inside())()
      included[path] = result == nil and true or result
    elseif included[path] == false then
      error(host.text(("%s includes itself"):format(name .. ".lua"), ("%s 循环包含自身"):format(name .. ".lua")), 2)
    end
    return included[path]
  end
end

-- The environment of a pack's files, with their own `include`.
local function files_below(prefix, more)
  local names, inside = {}, nil
  for name, value in pairs(more) do names[name] = value end
  names.include = include_below(prefix, function() return inside end)
  inside = guarded(names)
  return inside
end

environment.include = include_below("", function() return guarded {} end) -- named in hints, and walked

declare.kit.run = function(id)
  local prefix = "@" .. id .. "/"
  host.compile(prefix .. "pack.lua", files_below(prefix, {}))()
end

return {
  environment = environment,
  run = function() host.compile("pack.lua", files_below("", {}))() end,
  wanted = inherit.wanted,
  finish = function() return inherit.wanted() or declare.finish() end,
  specs = function(path, evaluate)
    return spec.run(function(names)
      names.evaluate = evaluate
      host.compile(path, files_below("", names))()
    end)
  end,
}
