-- The pack API at work: the packs in tests/packs/api assert what every part of it does, each in its
-- own specs, run inside the real sandbox.

local lfs = require "lfs"
local support = require "tests.spec.support"

local api = dofile "scripts/std/api.lua"

local workspace

setup(function() workspace = support.workspace() end)
teardown(function() workspace:remove() end)

describe("packs of the API", function()
  local packs = support.root .. "/tests/packs/api/"

  for name in lfs.dir(packs) do
    if name:sub(1, 1) ~= "." then
      it("pass their specs: " .. name, function()
        assert.is_true(workspace:json(0, "pack", "test", packs .. name).specs_passed > 0)
      end)
    end
  end
end)

-- A pack made from the table itself, so that a name added to it is tested at once.
describe("Lua inside a pack", function()
  local function all_pass(specs)
    workspace:write_pack("offered", {
      ["pack.lua"] = support.pack,
      ["spec/offered_spec.lua"] = table.concat(specs, "\n"),
    })
    assert.equal(#specs, workspace:json(0, "pack", "test", "offered").specs_passed)
  end

  it("offers what the table lists", function()
    local names = { table.unpack(api.offered.globals) }
    for _, library in ipairs { "math", "string", "table", "utf8" } do
      for _, name in ipairs(api.offered[library]) do names[#names + 1] = library .. "." .. name end
    end
    local specs = {}
    for i, name in ipairs(names) do specs[i] = ("it('%s', function() assert.is_not_nil(%s) end)"):format(name, name) end
    all_pass(specs)
  end)

  it("offers nothing of what the table forbids", function()
    local specs = {}
    for i, name in ipairs(api.forbidden) do
      specs[i] = ("it('%s', function() assert.has_error(function() return %s end, '%s') end)"):format(name, name, name)
    end
    all_pass(specs)
  end)
end)
