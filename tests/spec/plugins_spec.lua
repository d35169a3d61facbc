-- Every shipped pack is whole: it loads, its specs pass, it carries every clause of its document.
-- That its rules are fair is checked by properties_spec.lua in small, by ./dev test at full size.

local lfs = require "lfs"
local support = require "tests.spec.support"

local plugins = support.root .. "/plugins/"

local function shipped()
  local names = {}
  for name in lfs.dir(plugins) do
    if not name:find "^[._]" and support.exists(plugins .. name .. "/pack.lua") then names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

describe("the shipped packs", function()
  it("are the nation and the six regions of the source documents", function()
    assert.same({ "heshan", "linhe", "nansan", "nation", "pingdingshan", "xian", "zibo" }, shipped())
  end)

  for _, name in ipairs(shipped()) do
    describe(name, function()
      local workspace
      setup(function() workspace = support.workspace() end)
      teardown(function() workspace:remove() end)

      it("passes its specs in the sandbox", function()
        local tested = workspace:json(0, "pack", "test", plugins .. name)
        assert.is_true(tested.specs_passed > 0)
      end)

      -- The nation's plans are common knowledge; the other packs carry a document.
      if name ~= "nation" then
        it("carries every clause of its document", function()
          local covered = workspace:run("pack", "coverage", plugins .. name)
          local carried, wanted = covered.out:match "(%d+) of (%d+) clauses carried\n$"
          assert.equal(wanted, carried, covered.out .. covered.err)
          assert.equal(0, covered.code)
          assert.is_true(tonumber(wanted) > 5)
        end)
      end
    end)
  end

  it("Linhe has the 79 objectives of its plan, by domain 11+9+10+11+9+9+11+9", function()
    local workspace = support.workspace()
    finally(function() workspace:remove() end)
    local rows = workspace:json(0, "pack", "coverage", plugins .. "linhe")
    local counts, last = {}, nil
    for _, row in ipairs(rows) do
      local domain = row.clause:match "^(%l+)_goal_%d+$"
      if domain and domain ~= last then counts[#counts + 1] = 0 end
      if domain then counts[#counts] = counts[#counts] + 1 end
      last = domain or last
    end
    assert.same({ 11, 9, 10, 11, 9, 9, 11, 9 }, counts)
  end)
end)
