-- Packs that are taken out of service: on the command line, through a server, and in its watched folder.

local json = require "dkjson"
local served = require "tests.spec.served"
local support = require "tests.spec.support"

local warned = support.pack .. [[
warning "high" { on = "indicator", title = "偏高", only = { "mortality" }, message = "现值 {value}",
  level = function(value) if value and value > 12 then return "red" end end }
]]

local child = [[
pack { id = "branch", title = "分支", extends = "office", region = "150802", version = "1.0.0", api = 1 }
]]

local function newer(text, version) return (text:gsub('version = "1%.0%.0"', 'version = "' .. version .. '"')) end

local function states(workspace)
  local found = {}
  for _, row in ipairs(workspace:json(0, "pack", "list", "office")) do found[row.version] = row.state end
  return found
end

describe("pack retire", function()
  local workspace

  before_each(function()
    workspace = support.office(warned)
    workspace:observe "150802,mortality,2024,13\n150821,mortality,2024,11\n"
  end)

  after_each(function() workspace:remove() end)

  it("takes a pack out of service, and rolling back has it again", function()
    workspace:expect(0, "evaluate", "--quiet")
    local said = workspace:expect(0, "pack", "retire", "office")
    assert.equal("", said.out)
    assert.truthy(said.err:find("office is out of service; version %x+ was active until now"), said.err)
    assert.same({ ["1.0.0"] = "retired" }, states(workspace))
    assert.truthy(workspace:expect(6, "evaluate", "--pack", "office").err:find "no active pack is called")
    assert.equal(1, #workspace:json(0, "runs"))
    assert.truthy(workspace:expect(6, "pack", "retire", "office").err:find "no active pack is called")
    workspace:expect(6, "pack", "retire", "nobody")
    workspace:expect(0, "pack", "rollback", "office")
    assert.same({ ["1.0.0"] = "active" }, states(workspace))
    workspace:expect(0, "evaluate", "--pack", "office", "--quiet")
    local history = {}
    for _, row in ipairs(workspace:json(0, "pack", "list", "office", "--history")) do history[#history + 1] = row.action end
    assert.same({ "activate", "retire", "rollback" }, history)
    assert.equal("1", workspace:sql "SELECT count(*) FROM audit_log WHERE action = 'pack.retire' AND subject = 'office'")
    workspace:expect(0, "audit", "verify")
  end)

  it("leaves what a rollback goes back to as it was", function()
    workspace:write_pack("office", newer(warned, "1.1.0"))
    workspace:expect(0, "pack", "activate", "office")
    workspace:expect(0, "pack", "retire", "office")
    workspace:write_pack("office", newer(warned, "1.2.0"))
    workspace:expect(0, "pack", "activate", "office")
    workspace:expect(0, "pack", "rollback", "office")
    assert.same({ ["1.0.0"] = "retired", ["1.1.0"] = "active", ["1.2.0"] = "retired" }, states(workspace))
    workspace:expect(0, "pack", "retire", "office")
    workspace:write_pack("office", newer(warned, "1.1.0"))
    assert.is_true(workspace:json(0, "pack", "activate", "office").changed)
    workspace:expect(0, "pack", "rollback", "office")
    assert.same({ ["1.0.0"] = "active", ["1.1.0"] = "retired", ["1.2.0"] = "retired" }, states(workspace))
  end)

  it("is refused while rounds of the pack are open, and names them", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", "2024")
    local said = workspace:expect(1, "pack", "retire", "office").err
    assert.truthy(said:find("cannot be taken out of service while assessment rounds of it are open: 1 (annual, 2024)", 1,
      true), said)
    assert.same({ ["1.0.0"] = "active" }, states(workspace))
    said = workspace:expect(1, "pack", "retire", "office", "--lang", "zh").err
    assert.truthy(said:find("评估包 office 有进行中的考核轮次，不能停用：1（2024 年年度）", 1, true), said)
    workspace:expect(0, "round", "withdraw", "1", "--reason", "停用")
    workspace:expect(0, "pack", "retire", "office")
  end)

  it("is followed by any stored version that is activated by its hash", function()
    local first = workspace:json(0, "pack", "list", "office")[1].hash
    workspace:write_pack("office", newer(warned, "1.1.0"))
    workspace:expect(0, "pack", "activate", "office")
    workspace:expect(0, "pack", "retire", "office")
    workspace:shell "rm -r office"
    local said = workspace:json(0, "pack", "activate", "office", first:sub(1, 10))
    assert.same({ first, true, "1.0.0" }, { said.hash, said.changed, said.version })
    assert.same({ ["1.0.0"] = "active", ["1.1.0"] = "retired" }, states(workspace))
    assert.truthy(workspace:expect(6, "pack", "activate", "office", "0000").err:find 'pack "office" has no version 0000')
    assert.truthy(workspace:expect(6, "pack", "activate", "offce", first).err:find 'did you mean "office"')
  end)

  it("leaves the packs that extend it as they are, and says which they are", function()
    workspace:write_pack("branch", child)
    workspace:expect(0, "pack", "activate", "branch")
    local said = workspace:json(0, "pack", "retire", "office")
    assert.same({ "branch" }, said.kept)
    workspace:expect(0, "evaluate", "--pack", "branch", "--quiet")
    workspace:write_pack("branch", newer(child, "1.1.0"))
    assert.truthy(workspace:expect(1, "pack", "activate", "branch").err:find("office", 1, true))
    workspace:expect(0, "pack", "rollback", "office")
    workspace:expect(0, "pack", "activate", "branch")
  end)
end)

describe("a retired pack of a server", function()
  local workspace, server

  local function start() server = served.start(workspace, "--packs", "packs") end

  local function packs()
    local answer, ids = server:json(200, "GET", "/api/v1/packs"), {}
    for _, pack in ipairs(answer.packs) do ids[#ids + 1] = pack.id .. " " .. pack.version end
    for _, pack in ipairs(answer.retired) do ids[#ids + 1] = pack.id .. " " .. pack.version .. " retired" end
    return table.concat(ids, ", ")
  end

  local function warnings(query)
    local found = {}
    for _, row in ipairs(server:json(200, "GET", "/api/v1/warnings" .. (query or "")).warnings) do
      found[#found + 1] = row.region .. " " .. row.state
    end
    return table.concat(found, ", ")
  end

  local function wait_for_packs(wanted)
    server:wait_for(function() return packs() == wanted end, wanted)
  end

  before_each(function()
    workspace = support.office(warned)
    workspace:observe "150802,mortality,2024,13\n150821,mortality,2024,11\n"
    workspace:write("packs/office/pack.lua", warned)
    start()
  end)

  after_each(function() server:finish() end)

  it("is evaluated and warned of no more, stays so over a restart, and comes back with a new save", function()
    workspace:shell "(curl -sN --max-time 20 --unix-socket data/biaochi.sock http://localhost/api/v1/events >events) & true"
    server:wait_for(function()
      return support.exists(workspace:path "events") and support.read_file(workspace:path "events"):find "retry"
    end, "events")
    assert.equal("150802 raised", warnings())
    local said = workspace:expect(0, "pack", "retire", "office").err
    assert.truthy(said:find("the running server answers with it", 1, true), said)
    assert.equal("office 1.0.0 retired", packs())
    assert.equal("", warnings())
    assert.equal("150802 cleared", warnings "?open=false")
    server:wait_for(function() return support.read_file(workspace:path "events"):find "event: retired" end, "the event")
    local events = support.read_file(workspace:path "events")
    assert.truthy(events:find '"event":"cleared"' and events:find '"pack":"office","version":"1.0.0"', events)
    for _, path in ipairs { "packs/office", "results/office/summary", "packs/office/nodes" } do
      local refused = server:json(404, "GET", "/api/v1/" .. path)
      assert.equal('pack "office" was taken out of service', refused.error.message)
    end
    -- What was, can be read.
    assert.equal("retired", server:json(200, "GET", "/api/v1/packs/office/versions").versions[1].state)
    assert.equal(2, #server:json(200, "GET", "/api/v1/packs/office/activations").activations)
    assert.equal(200, server:ask("GET", "/api/v1/packs/office/files?version="
      .. server:json(200, "GET", "/api/v1/packs").retired[1].hash).status)
    assert.same({}, server:json(200, "GET", "/api/v1/packs/office/rounds").rounds)
    local run = server:json(200, "GET", "/api/v1/runs?pack=office").runs[1].run
    assert.equal(200, server:ask("GET", "/api/v1/runs/" .. run .. "/results").status)

    assert.equal(0, server:stop())
    start()
    local log = support.read_file(workspace:path "serve.err")
    assert.truthy(log:find "office 1%.0%.0 is out of service %(%x+%)", log)
    assert.equal("office 1.0.0 retired", packs())
    workspace:write("packs/office/pack.lua", newer(warned, "1.1.0"))
    wait_for_packs "office 1.1.0"
    server:wait_for(function() return warnings() == "150802 raised" end, "the warning")
  end)

  it("comes back when it is rolled back", function()
    assert.same({ pack = "office", kept = {}, hash = server:json(200, "GET", "/api/v1/packs/office").hash },
      server:json(200, "POST", "/api/v1/packs/office/retire"))
    assert.equal(404, server:ask("POST", "/api/v1/packs/office/retire").status)
    assert.same({}, server:json(200, "POST", "/api/v1/packs/office/rollback").impact)
    assert.equal("office 1.0.0", packs())
    assert.equal("150802 raised", warnings())
  end)

  it("comes back with any of its versions, or what was only tested, without the files", function()
    local function post(status, path, body)
      return server:json(status, "POST", "/api/v1/" .. path,
        { body = body and json.encode(body), headers = { "Content-Type: application/json" } })
    end
    local first = server:json(200, "GET", "/api/v1/packs/office").hash
    local tested = post(200, "candidates", { files = { ["pack.lua"] = newer(warned, "1.1.0") } })
    assert.same({ "tested", true, "office 1.0.0" }, { tested.state, tested.at_hand, packs() })
    server:json(200, "POST", "/api/v1/packs/office/retire")
    local active = server:json(200, "POST", ("/api/v1/candidates/%d/activate"):format(tested.id))
    assert.same({ "active", true, tested.hash, false }, { active.state, active.changed, active.hash, active.at_hand })
    assert.equal("office 1.1.0", packs())
    assert.truthy(post(409, ("candidates/%d/activate"):format(active.id)).error.message:find "only one that passed")

    server:json(200, "POST", "/api/v1/packs/office/retire")
    assert.equal(first, post(200, "packs/office/activate", { version = first:sub(1, 12) }).hash)
    assert.equal("office 1.0.0", packs())
    assert.equal("not_found", post(404, "packs/office/activate", { version = "0000" }).error.code)
    for _, body in ipairs { { version = "x" }, { version = "" }, { version = 1 }, { version = "00\0" },
      { version = first, files = {} } } do
      assert.equal("usage", post(400, "packs/office/activate", body).error.code)
    end
    local said = workspace:expect(0, "pack", "activate", "office", tested.hash:sub(1, 12)).err
    assert.truthy(said:find "office 1%.1%.0 is active" and said:find "the running server answers", said)
    assert.truthy(workspace:expect(6, "pack", "activate", "office", "0000").err:find 'pack "office" has no version 0000')
    assert.equal("office 1.1.0", packs())
  end)

  it("is gone for the server too when another process retires it", function()
    -- As a server of another machine on the same database does.
    workspace:shell "mv data/biaochi.sock data/away"
    local said = workspace:expect(0, "pack", "retire", "office").err
    workspace:shell "mv data/away data/biaochi.sock"
    assert.falsy(said:find("the running server", 1, true))
    wait_for_packs "office 1.0.0 retired"
    assert.equal("", warnings())
  end)
end)
