-- The tools that read the code for us find nothing.

local tree = require "tests.lint.tree"

local function finds_nothing(command)
  local good, output = tree.run(command)
  assert(good, output)
end

describe("tools", function()
  it("clang-format leaves every C file as it is", function()
    local good, output = tree.run("clang-format --dry-run -Werror " .. tree.words(tree.files(".c", ".h")))
    if good then return end
    local changed, seen = {}, {}
    for path in output:gmatch "([^\n:]+):%d+:%d+: error" do
      if not seen[path] then changed[#changed + 1] = path end
      seen[path] = true
    end
    assert.equal("", "run clang-format -i " .. table.concat(changed, " "))
  end)

  it("luacheck finds nothing in any Lua file", function()
    finds_nothing("luacheck --quiet --codes --no-color .")
  end)

  it("dash reads the shell scripts", function()
    for _, path in ipairs { "dev", ".ci/run" } do finds_nothing("dash -n " .. path) end
  end)
end)
