-- The description of the API is what its parts make.

local tree = require "tests.lint.tree"

describe("the description of the API", function()
  it("was made from scripts/openapi as it is", function()
    local good, output = tree.run "lua5.4 scripts/openapi/generate.lua --check"
    assert(good, output)
  end)
end)
