-- What every file of the project must be like.

local tree = require "tests.lint.tree"

local MOST_LINES = 700
local texts = { ".c", ".h", ".lua", ".sql", ".md", ".cmake", ".txt", ".py", ".R", ".yml" }

describe("files", function()
  it("fit in a room: 700 lines of code at most", function()
    local long = {}
    for _, path in ipairs(tree.files(".c", ".h", ".lua", ".sql")) do
      local count = 0
      for _ in io.lines(path) do count = count + 1 end
      -- The editor stubs are made from the table of the pack API and read by editors only.
      local made = path == "scripts/meta/biaochi.lua"
      if not made and count > MOST_LINES then
        long[#long + 1] = ("%s has %d lines"):format(path, count)
      end
    end
    assert.equal("", table.concat(long, "\n"))
  end)

  it("name no path of the machine they were written on", function()
    local wrong = {}
    tree.lines(tree.files(table.unpack(texts)), function(path, number, line)
      if path:match "^tests/lint/" then return end
      if line:match "/home/%w" or line:match "/root/" then
        wrong[#wrong + 1] = ("%s:%d: %s"):format(path, number, line)
      end
    end)
    assert.equal("", table.concat(wrong, "\n"))
  end)

  it("are UTF-8 with plain line ends, no trailing blanks and a newline at the end", function()
    local wrong = {}
    for _, path in ipairs(tree.files(table.unpack(texts))) do
      local file = assert(io.open(path, "rb"))
      local bytes = file:read "a"
      file:close()
      local trailing = bytes:match "[ \t]\n" and not path:match "%.md$"
      local good = utf8.len(bytes) and not bytes:find("\r", 1, true) and not trailing and
        (bytes == "" or bytes:sub(-1) == "\n")
      if not good then wrong[#wrong + 1] = path end
    end
    assert.equal("", table.concat(wrong, "\n"))
  end)

  it("link to files that are there", function()
    local wrong = {}
    tree.lines(tree.files ".md", function(path, number, line)
      local folder = path:match "^(.*/)" or ""
      for link in line:gmatch "%]%(([^)#]+)[^)]*%)" do
        local target = not link:match "^%a+:" and io.open(folder .. link)
        if target then
          target:close()
        elseif not link:match "^%a+:" then
          wrong[#wrong + 1] = ("%s:%d: there is no %s"):format(path, number, link)
        end
      end
    end)
    assert.equal("", table.concat(wrong, "\n"))
  end)
end)
