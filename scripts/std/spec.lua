-- describe, it and assert for the specs beside a pack, in busted's manner, run inside the sandbox.

local host = ...

local function show(value, depth)
  depth = depth or 0
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) ~= "table" then
    return (type(value) == "function" or type(value) == "userdata") and type(value) or tostring(value)
  end
  if depth > 3 then return "{…}" end
  local keys, parts = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for i, key in ipairs(keys) do
    if i > 20 then
      parts[i] = "…"
      break
    end
    parts[i] = ("%s = %s"):format(tostring(key), show(value[key], depth + 1))
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for key, value in pairs(a) do if not same(value, b[key]) then return false end end
  for key in pairs(b) do if a[key] == nil then return false end end
  return true
end

local failure = {} -- marks an error raised by an assertion

local function fail(english, chinese, level)
  local at = host.where(level + 1)
  error({ failure, ("%s:%d: %s"):format(at.file, at.line, host.text(english, chinese)) }, 0)
end

local function expected(wanted, got, level)
  fail(("expected %s, got %s"):format(show(wanted), show(got)), ("应为 %s，实为 %s"):format(show(wanted), show(got)),
    level + 1)
end

local assertions = {}

function assertions.equal(wanted, got) if wanted ~= got then expected(wanted, got, 2) end end
function assertions.same(wanted, got) if not same(wanted, got) then expected(wanted, got, 2) end end
function assertions.is_true(got) if got ~= true then expected(true, got, 2) end end
function assertions.is_false(got) if got ~= false then expected(false, got, 2) end end
function assertions.is_nil(got) if got ~= nil then expected(nil, got, 2) end end

function assertions.is_not_nil(got)
  if got == nil then fail("expected a value, got nil", "应有值，实为 nil", 2) end
end

function assertions.near(wanted, got, tolerance)
  if type(got) ~= "number" or not (math.abs(wanted - got) <= tolerance) then
    fail(("expected %s ± %s, got %s"):format(show(wanted), show(tolerance), show(got)),
      ("应为 %s ± %s，实为 %s"):format(show(wanted), show(tolerance), show(got)), 2)
  end
end

function assertions.has_error(action, text)
  local good, message = pcall(action)
  if good then fail("expected an error", "应当出错而没有出错", 2) end
  if text and not tostring(message):find(text, 1, true) then expected(text, tostring(message), 2) end
end

setmetatable(assertions, {
  __index = function(_, name)
    local known = {}
    for each in pairs(assertions) do known[#known + 1] = each end
    table.sort(known)
    local near = host.nearest(tostring(name), known)
    error(host.text(("assert has no '%s'%s"):format(tostring(name), near and (" (did you mean '%s'?)"):format(near) or ""),
      ("assert 没有 '%s'%s"):format(tostring(name), near and ("（是否应为 '%s'？）"):format(near) or "")), 2)
  end,
  __call = function(_, value, message)
    if not value then fail(message or "assertion failed", message or "断言失败", 2) end
    return value
  end,
  __metatable = false,
})

local function run(load)
  local results, path, befores = {}, {}, {}

  local function describe(name, body)
    path[#path + 1] = tostring(name)
    body()
    befores[#path] = nil
    path[#path] = nil
  end

  local function before_each(body)
    local depth = #path
    befores[depth] = befores[depth] or {}
    table.insert(befores[depth], body)
  end

  local function it(name, body)
    local at = host.where(2)
    local good, message = pcall(function()
      for depth = 0, #path do
        for _, before in ipairs(befores[depth] or {}) do before() end
      end
      body()
    end)
    if not good and type(message) == "table" and message[1] == failure then message = message[2] end
    if not good and type(message) ~= "string" then message = host.text("an error that is no text", "错误值不是文本") end
    local title = {}
    for i, part in ipairs(path) do title[i] = part end
    title[#title + 1] = tostring(name)
    results[#results + 1] = {
      name = host.plain(table.concat(title, " ")), file = at.file, line = at.line, passed = good,
      message = not good and host.plain(message) or nil,
    }
  end

  load { describe = describe, it = it, before_each = before_each, assert = assertions }
  return results
end

return { run = run, names = { "describe", "it", "before_each", "assert" } }
