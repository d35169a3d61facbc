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

  it("shellcheck finds nothing in any shell script", function()
    local scripts = {}
    for _, path in ipairs(tree.files(".sh", "dev", "/run", "/postinst", "/prerm", "/postrm")) do
      local first = io.lines(path, "l")()
      if first and first:match "^#!/bin/sh" then scripts[#scripts + 1] = path end
    end
    assert(#scripts >= 6, "the scripts were not found: " .. table.concat(scripts, " "))
    finds_nothing("shellcheck " .. tree.words(scripts))
  end)
end)
