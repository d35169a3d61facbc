-- The author's guide does what it says: its commands are run in order in a fresh folder, what it
-- shows of their output is looked for, and its pieces of Lua together are a pack that passes its
-- own specs. Both languages hold the same code.

local support = require "tests.spec.support"

-- The fenced blocks before the reference, as { kind = "sh", text = … }.
local function blocks_of(path)
  local guide = support.read_file(path):match "^(.-)<!%-%- reference:begin %-%->"
  local blocks = {}
  for kind, text in guide:gmatch "```([%l ]*)\n(.-)```" do blocks[#blocks + 1] = { kind = kind, text = text } end
  return blocks
end

local function joined(blocks, kind)
  local texts = {}
  for _, block in ipairs(blocks) do
    if block.kind == kind then texts[#texts + 1] = block.text end
  end
  assert(#texts > 0, "the guide has no block of " .. kind)
  return table.concat(texts, "\n")
end

local function without_comments(text)
  return (text:gsub("[ ]*#[^\n]*", ""):gsub("[ ]*%-%-[^\n]*", ""))
end

local guides = {
  { path = "plugins/README.md", language = "zh" },
  { path = "plugins/README.en.md", language = "en" },
}

for _, guide in ipairs(guides) do
  describe(guide.path, function()
    local blocks = blocks_of(guide.path)
    local workspace

    before_each(function() workspace = support.workspace() end)
    after_each(function() workspace:remove() end)

    it("has commands that do what it shows", function()
      workspace:write("bin/biaochi", ("#!/bin/sh\nexec '%s' \"$@\" --lang %s\n"):format(support.binary, guide.language))
      workspace:shell "chmod +x bin/biaochi"
      local shown = {}
      for line in joined(blocks, "sh"):gmatch "[^\n]+" do
        local wanted = tonumber(line:match "#.-(%d+)%s*$") or 0
        local result = workspace:shell("PATH=$PWD/bin:$PATH; " .. line)
        assert.equal(wanted, result.code, line .. "\n" .. result.out .. result.err)
        shown[#shown + 1] = result.out .. result.err
      end
      local all = table.concat(shown, "\n")
      for line in joined(blocks, "text"):gmatch "[^\n]+" do
        assert(all:find(line, 1, true), "no command prints: " .. line .. "\n" .. all)
      end
    end)

    it("has Lua that is a pack and passes its specs", function()
      workspace:write_pack("guide", {
        ["pack.lua"] = joined(blocks, "lua pack"),
        ["spec/guide_spec.lua"] = joined(blocks, "lua spec"),
      })
      assert.is_true(workspace:json(0, "pack", "test", "guide").specs_passed > 0)
      workspace:write_pack("guide_child", {
        ["pack.lua"] = joined(blocks, "lua child"),
        ["spec/guide_child_spec.lua"] = joined(blocks, "lua child spec"),
      })
      assert.is_true(workspace:json(0, "pack", "test", "guide_child").specs_passed > 0)
    end)
  end)
end

describe("the guides", function()
  it("hold the same code in both languages", function()
    local chinese, english = blocks_of(guides[1].path), blocks_of(guides[2].path)
    for _, kind in ipairs { "sh setup", "sh", "lua pack", "lua spec", "lua child", "lua child spec" } do
      assert.equal(without_comments(joined(chinese, kind)), without_comments(joined(english, kind)))
    end
  end)
end)
