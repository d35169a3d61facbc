-- A pack's files over the API: opened, edited, offered again; and those of a new pack to start from.

local json = require "dkjson"

local served = require "tests.spec.served"
local support = require "tests.spec.support"

describe("a pack's files over the API", function()
  local workspace, server

  setup(function()
    workspace = support.office()
    workspace:write_pack("town", [[pack { id = "town", title = "临河区评估", region = "150802", version = "1.0.0", api = 1,
      extends = "office" }
    include "more"
    ]])
    workspace:write("town/more.lua", "-- 说明\n")
    workspace:expect(0, "pack", "activate", "town")
    server = served.start(workspace)
  end)

  teardown(function()
    assert.equal(0, server:stop())
    workspace:remove()
  end)

  local function get(path, status) return server:json(status or 200, "GET", path) end

  local function offer(files, query)
    return server:json(200, "POST", "/api/v1/candidates" .. (query or ""), { body = json.encode { files = files },
      headers = { "Content-Type: application/json" } })
  end

  local function names(files)
    local found = {}
    for name in pairs(files) do found[#found + 1] = name end
    table.sort(found)
    return found
  end

  it("are those of the folder, without those of the pack it extends, and offered again the same version", function()
    local town = get "/api/v1/packs/town/files"
    assert.same({ "more.lua", "pack.lua" }, names(town.files))
    assert.equal("-- 说明\n", town.files["more.lua"])
    assert.equal(support.read_file(workspace:path "town/pack.lua"), town.files["pack.lua"])
    local candidate = offer(town.files, "?activate=true")
    assert.same({ town.hash, true, false }, { candidate.hash, candidate.good, candidate.changed })
  end)

  it("are edited and activated, and the version before is there to be opened", function()
    local before = get "/api/v1/packs/office/files"
    local edited = { ["pack.lua"] = before.files["pack.lua"]:gsub('"1.0.0"', '"1.1.0"', 1) }
    assert.is_true(offer(edited, "?activate=true&keep_children=true").changed)
    local now = get "/api/v1/packs/office/files"
    assert.same({ "1.1.0", edited }, { now.version, now.files })
    assert.same(before, get("/api/v1/packs/office/files?version=" .. before.hash:sub(1, 12)))
    get("/api/v1/packs/office/files?version=000000000000", 404)
    get("/api/v1/packs/nothing/files", 404)
  end)

  it("of a new pack are those that the command line makes", function()
    workspace:expect(0, "pack", "new", "linhe", "--title", "临河区", "--region", "150802")
    local made = get "/api/v1/pack-template?id=linhe&title=%E4%B8%B4%E6%B2%B3%E5%8C%BA&region=150802"
    assert.same({ "pack.lua", "spec/pack_spec.lua" }, names(made.files))
    for _, group in ipairs { made.files, made.data } do
      for name, text in pairs(group) do assert.equal(support.read_file(workspace:path("linhe/" .. name)), text) end
    end
    local candidate = offer(made.files, "?activate=true")
    assert.is_true(candidate.good)
    assert.is_true(candidate.specs.passed > 0)
    assert.is_true(server:json(200, "POST", "/api/v1/imports/observations",
      { body = made.data["data/observations.csv"], headers = { "Content-Type: text/csv" } }).changed > 0)
    assert.is_true(get "/api/v1/packs/linhe".has_results)
  end)

  it("of a new pack that extends one differ from it in nothing", function()
    local made = get "/api/v1/pack-template?id=east&region=150821&extends=office"
    assert.same({ {}, "pack.lua" }, { made.data, names(made.files)[1] })
    assert.truthy(made.files["pack.lua"]:find('extends = "office"', 1, true))
    assert.is_true(offer(made.files, "?activate=true").good)
    local difference = get "/api/v1/packs/east/difference"
    assert.same({ "office", 0, 0, 0 },
      { difference.extends, difference.added, difference.removed, difference.changed })
  end)

  local function about(status, path, body)
    return server:json(status, "POST", "/api/v1/packs/" .. path,
      { body = json.encode(body), headers = { "Content-Type: application/json" } })
  end

  it("are told apart from the pack they extend before anybody stores them", function()
    local made = get "/api/v1/pack-template?id=west&region=150821&extends=office"
    made.files["pack.lua"] = made.files["pack.lua"] .. '\nremove.indicator "pay_gap"\n'
    local difference = about(200, "west/difference", { files = made.files })
    assert.same({ "west", "office", 1, "removed" },
      { difference.pack, difference.extends, difference.removed, difference.differences[1].change })
    workspace:write_pack("west", made.files)
    local shown = about(200, "west/nodes?kind=indicator", { files = made.files })
    assert.same(workspace:json(0, "pack", "show", "west", "--kind", "indicator"), shown.declarations)
    assert.truthy(about(404, "west/coverage", { files = made.files }).error.message:find "declares no document")
    get("/api/v1/packs/west", 404)
    local town = get "/api/v1/packs/town/versions".versions[1]
    assert.same(get "/api/v1/packs/town/difference", about(200, "town/difference", { version = town.hash:sub(1, 12) }))
    assert.truthy(about(404, "office/difference", { version = get "/api/v1/packs/office".hash }).error.message:find "extends no")
    assert.truthy(about(422, "other/difference", { files = made.files }).error.message:find '"west", not of "other"')
  end)

  it("are checked over made-up data as the command line does", function()
    local folder = support.root .. "/tests/packs/properties/cliff"
    local text = support.read_file(folder .. "/pack.lua")
    local id = text:match 'id = "([%l_]+)"'
    local found = about(200, id .. "/properties?cases=10&seed=3", { files = { ["pack.lua"] = text } })
    assert.is_false(found.ok)
    assert.same(workspace:json(1, "pack", "check", folder, "--properties", "--cases", 10, "--seed", 3), found)
    about(400, id .. "/properties?cases=1001", { files = { ["pack.lua"] = text } })
    assert.equal("pack", about(422, id .. "/properties", { files = { ["pack.lua"] = "pack {" } }).error.code)
  end)

  it("of a new pack are refused to what could be no pack", function()
    for _, query in ipairs { "", "?id=", "?id=East", "?id=../east", "?id=1st", "?id=" .. ("x"):rep(65), "?id=x&region=15",
      "?id=x&region=15080a", "?id=x&title=%22", "?id=x&title=a%0Ab", "?id=x&title=" .. ("x"):rep(201) } do
      assert.equal("usage", get("/api/v1/pack-template" .. query, 400).error.code, query)
    end
    get("/api/v1/pack-template?id=x&extends=nothing", 404)
  end)
end)
