-- The tools that read the code for us find nothing.

local tree = require "lint.tree"

local function finds_nothing(command)
  local good, output = tree.run(command)
  assert(good, output)
end

describe("tools", function()
  it("clang-format leaves every C file as it is", function()
    finds_nothing("clang-format --dry-run -Werror " .. tree.words(tree.files(".c", ".h")))
  end)

  it("luacheck finds nothing in any Lua file", function()
    finds_nothing("luacheck --quiet --codes --no-color .")
  end)

  it("dash reads the shell scripts", function()
    for _, path in ipairs { "dev", ".ci/run" } do finds_nothing("dash -n " .. path) end
  end)
end)
