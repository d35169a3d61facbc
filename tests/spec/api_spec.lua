-- The pack API at work: the packs in tests/packs/api assert what every part of it does, each in its
-- own specs, run inside the real sandbox.

local api = dofile "scripts/std/api.lua"
local binary = os.getenv "BIAOCHI_BINARY" or "build/biaochi"

local function read(command)
  local pipe = assert(io.popen(command, "r"))
  local output = pipe:read "a"
  local good, _, code = pipe:close()
  return output, good and 0 or code
end

local function pack_test(folder)
  return read(("'%s' pack test '%s' --format json --lang en 2>&1"):format(binary, folder))
end

local function write(path, text)
  local file = assert(io.open(path, "w"))
  assert(file:write(text))
  assert(file:close())
end

describe("packs of the API", function()
  local folders = read "ls -d tests/packs/api/*/"

  for folder in folders:gmatch "[^\n]+" do
    it("pass their specs: " .. folder, function()
      local output, code = pack_test(folder)
      assert.equal(0, code, output)
      assert.is_truthy(tonumber(output:match '"specs_passed": (%d+)') > 0, output)
    end)
  end
end)

-- A pack made from the table itself, so that a name added to it is tested at once.
describe("Lua inside a pack", function()
  local folder

  before_each(function()
    folder = read("mktemp -d"):gsub("\n$", "") .. "/offered"
    assert(os.execute(("mkdir -p '%s/spec'"):format(folder)))
    write(folder .. "/pack.lua", [[
pack { id = "offered", title = "Lua", region = "150800", version = "1.0.0", api = 1 }
plan "empty" { title = "空", from = 2021, to = 2030, baseline = 2020 }
]])
  end)

  after_each(function()
    assert(os.execute(("rm -r '%s'"):format((folder:gsub("/offered$", "")))))
  end)

  local function passes(lines)
    write(folder .. "/spec/offered_spec.lua", table.concat(lines, "\n") .. "\n")
    local output, code = pack_test(folder)
    assert.equal(0, code, output)
    assert.equal(tostring(#lines), output:match '"specs_passed": (%d+)')
  end

  it("offers what the table lists", function()
    local lines = {}
    for _, name in ipairs(api.offered.globals) do
      lines[#lines + 1] = ("it('%s', function() assert.is_not_nil(%s) end)"):format(name, name)
    end
    for _, library in ipairs { "math", "string", "table", "utf8" } do
      for _, name in ipairs(api.offered[library]) do
        local full = library .. "." .. name
        lines[#lines + 1] = ("it('%s', function() assert.is_not_nil(%s) end)"):format(full, full)
      end
    end
    passes(lines)
  end)

  it("offers nothing of what the table forbids", function()
    local lines = {}
    for _, name in ipairs(api.forbidden) do
      lines[#lines + 1] = ("it('%s', function() assert.has_error(function() return %s end, '%s') end)"):format(
        name, name, name)
    end
    passes(lines)
  end)
end)
