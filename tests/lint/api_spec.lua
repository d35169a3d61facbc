-- The table of the pack API is the truth: what is made from it is up to date, what it lists exists,
-- is documented in both languages and is tested by the packs in tests/packs/api.

local tree = require "tests.lint.tree"

local api = dofile "scripts/std/api.lua"

-- Enough of what the host gives std for its files to load outside a worker.
local host = {
  text = function(english) return english end,
  where = function() return { file = "", line = 0 } end,
  nearest = function() end,
  decimal = function(value) return value end,
}

local function load_std(name, ...)
  return assert(loadfile("scripts/std/" .. name .. ".lua"))(...)
end

local function names_of(...)
  local names = {}
  for _, list in ipairs { ... } do
    for _, entry in ipairs(list) do names[#names + 1] = entry.name end
  end
  return names
end

local function keys_of(map)
  local names = {}
  for name, value in pairs(map) do
    if type(value) == "function" then names[#names + 1] = name end
  end
  return names
end

local function same_names(wanted, got)
  table.sort(wanted)
  table.sort(got)
  assert.same(wanted, got)
end

-- What the server answers is read by people without a command line, and so by people with one.
describe("messages and hints", function()
  it("of the rooms below the command line name no command or option of it", function()
    local found = {}
    local own = { "^core/cli/", "^core/bench/", "^core/host%.", "^core/main%.", "^core/worker/", "^tests/", "^db/migrate%.c$",
      "^db/sqlite%.c$" } -- the last two are about a database that cannot be served
    tree.lines(tree.files ".c", function(path, number, line)
      for _, place in ipairs(own) do
        if path:find(place) then return end
      end
      local text = line:match '^[^/"]*(".*)$'
      if text and (text:find "biaochi %l+ ?%l*" and not text:find "biaochi csrf" or text:find '[ "(]%-%-%l') then
        found[#found + 1] = ("%s:%d: %s"):format(path, number, line)
      end
    end)
    assert.equal("", table.concat(found, "\n"))
  end)
end)

describe("the table of the pack API", function()
  it("is what the stubs and the references were made from", function()
    local good, output = tree.run "lua5.4 scripts/meta/generate.lua --check"
    assert(good, output)
  end)

  it("documents everything in English and in Chinese", function()
    local missing = {}

    local function check(kind, entry)
      if not (entry.en and entry.en:match "%S") or entry.en:match "[\xe3-\xe9]" then
        missing[#missing + 1] = ("%s %s: English"):format(kind, entry.name)
      end
      if not (entry.zh and entry.zh:match "[\xe3-\xe9]") then
        missing[#missing + 1] = ("%s %s: Chinese"):format(kind, entry.name)
      end
    end

    for _, declaration in ipairs(api.declarations) do
      check("declaration", declaration)
      assert(declaration.example, declaration.name .. " has no example")
      for _, field in ipairs(declaration.fields) do check(declaration.name, field) end
    end
    for _, kind in ipairs { "inheritance", "targets", "scoring", "inputs", "conventions", "specs", "assertions" } do
      for _, entry in ipairs(api[kind]) do check(kind, entry) end
    end
    assert.equal("", table.concat(missing, "\n"))
  end)

  it("lists the declarations and targets that std has, and no others", function()
    local declare = load_std("declare", api, host)
    local declared = keys_of(declare.names)
    for _, name in ipairs(keys_of(load_std("matters", host, declare.kit).names)) do declared[#declared + 1] = name end
    -- `include` is added by main.lua; `domain` is a method of a plan.
    declared[#declared + 1] = "include"
    declared[#declared + 1] = "domain"
    same_names(names_of(api.declarations, api.targets), declared)
  end)

  it("lists what std offers packs that extend others, and nothing else", function()
    local declare = load_std("declare", api, host)
    local names = {}
    for name in pairs(load_std("inherit", api, host, declare.kit).names) do names[#names + 1] = name end
    same_names(names_of(api.inheritance), names)
  end)

  it("lists the scoring functions that std has, and no others", function()
    same_names(names_of(api.scoring), keys_of(load_std("scoring", host)))
  end)

  it("lists what specs may call, and no others", function()
    load_std("spec", host).run(function(names)
      same_names(names_of(api.assertions), keys_of(names.assert))
      local others = keys_of(names)
      others[#others + 1] = "evaluate" -- added by main.lua
      same_names(names_of(api.specs), others)
    end)
  end)
end)

describe("the packs in tests/packs/api", function()
  local text, parameters = {}, {}
  tree.lines(tree.files ".lua", function(path, _, line)
    if not path:match "^tests/packs/api/" then return end
    line = line:gsub("%s*%-%-.*", "")
    text[#text + 1] = line
    for list in line:gmatch "function%s*%(([^)]*)%)" do
      for name in list:gmatch "[%w_]+" do parameters[name] = true end
    end
  end)
  text = "\n" .. table.concat(text, "\n") .. "\n"

  -- Each pattern finds a use of the name; %s stands for it.
  local function untested(names, pattern)
    local missing = {}
    for _, name in ipairs(names) do
      if not text:find(pattern:format(name)) then missing[#missing + 1] = name end
    end
    assert.equal("", table.concat(missing, ", "))
  end

  it("use every declaration", function()
    untested(names_of(api.declarations), '[^%%w_.]%s%%s*[({"]')
  end)

  it("use every field of every declaration", function()
    for _, declaration in ipairs(api.declarations) do untested(names_of(declaration.fields), "[^%%w_.]%s%%s*=") end
  end)

  it("override and remove every kind of declaration, and clear fields", function()
    for _, declaration in ipairs(api.declarations) do
      local name = declaration.name
      if name ~= "pack" and name ~= "include" then
        untested({ name }, "override%%.%s%%s*\"")
        untested({ name }, "remove%%.%s%%s*\"")
      end
    end
    untested({ "none" }, "=%%s*%s[^%%w_]")
  end)

  it("use every target", function() untested(names_of(api.targets), '[^%%w_.]%s%%s*[({"]') end)
  it("use every scoring function", function() untested(names_of(api.scoring), "[^%%w_.]%s%%(") end)
  it("use what specs may call", function() untested(names_of(api.specs), "[^%%w_.]%s%%s*[({]") end)
  it("use every assertion", function() untested(names_of(api.assertions), "assert%%.%s%%(") end)

  it("take every input", function()
    local missing = {}
    for _, list in ipairs { api.inputs, api.breakdowns } do
      for _, input in ipairs(list) do
        if not parameters[input.name] then missing[#missing + 1] = input.name end
      end
    end
    assert.equal("", table.concat(missing, ", "))
  end)

  it("choose every value of every convention", function()
    for _, convention in ipairs(api.conventions) do
      local values = convention.values
      if type(values) == "table" then
        untested(values, convention.name .. '%%s*=%%s*"%s"')
      elseif values == "boolean" then
        untested({ "true", "false" }, convention.name .. "%%s*=%%s*%s")
      else
        untested({ convention.name }, "[^%%w_]%s%%s*=")
      end
    end
  end)
end)
