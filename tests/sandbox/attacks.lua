-- Runs the attacks of tests/sandbox/attacks and sees to it that the host comes through: gives a
-- function that declares the specs of the attacks delivered in the ways named.
--
-- An attack begins with comment lines that say what it is and what must come of it:
--
--   -- expect: HOW CODE TEXT    the exit code, and a text of the output in which * is any run of
--                               characters of one line
--   -- for NAME, …: values      once for each value (apart by "; ", else by blanks), which stands
--                               where @NAME@ does; with several names a value has as many words
--   -- generate: EXPRESSION     Lua that gives the text which stands where @GENERATED@ does
--   -- file NAME: EXPRESSION    another file beside it, likewise
--
-- HOW it is delivered:
--   load    as the pack.lua of a pack that is checked
--   rule    as attack.lua of tests/packs/sandbox/attacked, which is activated and evaluated
--   replay  likewise, and its run is replayed
--   spec    as a spec of tests/packs/sandbox/good, which is tested
--   folder  as a shell script that makes the folder of a pack that is checked
--   worker  as the program of the workers (@COMMAND@: check, test, evaluate or explain the good
--           pack), behind tests/sandbox/frames.sh
--
-- Whatever comes of it: no control characters and no addresses are printed, what a rule did not
-- touch is evaluated all the same, and afterwards the good pack gives what it always gives. Nothing
-- is stored of an evaluation whose workers attacked, unless it went well in spite of them.

local support = require "tests.spec.support"

local attacks_folder, packs_folder = "tests/sandbox/attacks", "tests/packs/sandbox"

-- ---- reading attacks -------------------------------------------------------------------------

local function words(text)
  local list = {}
  for word in text:gmatch "%S+" do list[#list + 1] = word end
  return list
end

local function values_of(text)
  if not text:find "; " then return words(text) end
  local list = {}
  for value in (text .. "; "):gmatch "(.-); " do list[#list + 1] = value end
  return list
end

local function substitute(text, values)
  return (text:gsub("@([%u_]+)@", values))
end

local function computed(expression, values)
  return assert(load("return " .. substitute(expression, values)))()
end

-- All attacks a file stands for: each { name, text, values }.
local function expanded(name, text)
  local attacks = { { name = name, text = text, values = {} } }
  for names, values in text:gmatch "\n%S+ for ([%u, ]+): ([^\n]+)" do
    local longer = {}
    for _, attack in ipairs(attacks) do
      for _, value in ipairs(values_of(values)) do
        local now = { name = attack.name .. " " .. value, text = text, values = {} }
        for key, old in pairs(attack.values) do now.values[key] = old end
        local keys = words((names:gsub(",", " ")))
        local parts = #keys > 1 and words(value) or { value }
        for i, key in ipairs(keys) do now.values[key] = assert(parts[i], name .. ": too few values") end
        longer[#longer + 1] = now
      end
    end
    attacks = longer
  end
  return attacks
end

local function completed(attack)
  local expression = attack.text:match "\n%-%- generate: ([^\n]+)"
  if expression then attack.values.GENERATED = computed(expression, attack.values) end
  local header = attack.text:match "^[^\n]+"
  attack.how, attack.code, attack.wanted = header:match "^%S+ expect: (%l+) (%d+) ?(.*)$"
  assert(attack.how, attack.name .. ": the first line must be `expect: HOW CODE TEXT`")
  attack.code = tonumber(attack.code)
  attack.wanted = substitute(attack.wanted, attack.values)
  attack.body = substitute(attack.text, attack.values)
  attack.files = {}
  for file, content in attack.text:gmatch "\n%-%- file (%S+): ([^\n]+)" do
    attack.files[file] = computed(content, attack.values)
  end
  return attack
end

-- ---- what is looked at -----------------------------------------------------------------------

local function as_pattern(wanted)
  return (wanted:gsub("[%^%$%(%)%%%.%[%]%+%-%?]", "%%%0"):gsub("%*", "[^\n]*"))
end

local function shortened(output)
  return #output > 2000 and output:sub(1, 2000) .. "…" or output
end

local function check_output(output)
  assert.is_truthy(utf8.len(output), "what is printed is not UTF-8")
  assert.is_nil(output:find "[%z\1-\8\11-\31\127]", "a control character is printed")
  assert.is_nil(output:find "\u{80}" or output:find "\u{9b}", "a control character is printed")
  assert.is_nil(output:match "0x%x%x%x%x%x%x+", "an address is printed")
end

local function check_end(attack, result)
  local output = result.err .. result.out
  assert.equal(attack.code, result.code, shortened(output))
  assert(output:find(as_pattern(attack.wanted)), ("no '%s' in:\n%s"):format(attack.wanted, shortened(output)))
  check_output(output)
end

-- What the attacked pack's other rules gave.
local function check_rest(attack, run)
  local region = run.regions["150802"]
  assert.equal(14.3, region.indicators.steady.value)
  assert.equal(28.6, region.indicators.derived.value)
  local item = region.assessments.annual.items.steady
  assert.equal("scored", item.state)
  assert.is_true(item.score >= 14.3)
  local behind = 0
  for _, warning in ipairs(region.warnings) do behind = behind + (warning.id == "behind" and 1 or 0) end
  assert.equal(1, behind)
  for _, failure in ipairs(region.failures) do assert.equal("attack.lua", failure.file) end
  assert.equal(attack.code == 1, #region.failures > 0)
end

-- ---- delivering ------------------------------------------------------------------------------

local deliver = {}

function deliver.load(workspace, attack)
  workspace:write("attack/pack.lua", attack.body)
  for name, text in pairs(attack.files) do workspace:write("attack/" .. name, text) end
  local result = workspace:run("pack", "check", "attack")
  if attack.wanted:find "^[%w_/]+%.lua" then attack.wanted = "attack/" .. attack.wanted end
  check_end(attack, result)
end

function deliver.rule(workspace, attack)
  workspace:write("attacked/attack.lua", attack.body)
  workspace:expect(0, "pack", "activate", "attacked")
  if attack.code == 1 then
    attack.wanted = "rule failed: pack attacked, attack.lua:*, * \"*\", region 150802: " .. attack.wanted
  end
  check_end(attack, workspace:run("evaluate", "--pack", "attacked"))
  check_rest(attack, workspace:json(attack.code, "evaluate", "--pack", "attacked")[1])
end

function deliver.replay(workspace, attack)
  workspace:write("attacked/attack.lua", attack.body)
  workspace:expect(0, "pack", "activate", "attacked")
  workspace:expect(0, "evaluate", "--pack", "attacked")
  check_end(attack, workspace:run("replay", "1"))
end

function deliver.spec(workspace, attack)
  workspace:expect(0, "pack", "check", "good")
  workspace:write("attack/pack.lua", support.read_file(packs_folder .. "/good/pack.lua"))
  workspace:write("attack/spec/attack_spec.lua", attack.body)
  for name, text in pairs(attack.files) do workspace:write("attack/" .. name, text) end
  check_end(attack, workspace:run("pack", "test", "attack"))
end

function deliver.folder(workspace, attack)
  workspace:write("make.sh", attack.body)
  local made = workspace:shell("mkdir attack && sh -eu make.sh")
  assert.equal(0, made.code, made.err)
  check_end(attack, workspace:run("pack", "check", "attack"))
end

-- Runs a command about the good pack with `script` as the program of its workers.
local function run_with_worker(workspace, script, command, deadline_ms)
  local commands = {
    check = { "pack", "check", "good" }, test = { "pack", "test", "good" },
    evaluate = { "evaluate", "--pack", "good" }, explain = { "explain", "150802", "annual" },
  }
  local call = commands[command]
  call[#call + 1] = "--worker=" .. workspace:path "worker"
  call[#call + 1] = "--deadline-ms=" .. deadline_ms
  workspace:write("worker", "#!/bin/sh\n" .. support.read_file "tests/sandbox/frames.sh" .. script)
  assert.equal(0, workspace:shell(("chmod +x worker && ln -s '%s' honest"):format(support.binary)).code)
  return workspace:run(table.unpack(call))
end

function deliver.worker(workspace, attack)
  local command = attack.values.COMMAND
  if command == "explain" then workspace:expect(0, "evaluate", "--pack", "good") end
  attack.stores = command == "explain" or (command == "evaluate" and attack.code == 0)
  local deadline_ms = attack.wanted:match "deadline of (%d+) ms" or 20000
  check_end(attack, run_with_worker(workspace, attack.body, command, deadline_ms))
end

-- ---- the suite -------------------------------------------------------------------------------

local function suite(ways)
  local prepared, usual

  -- A workspace with two observations and the good pack active, which every attack gets a copy of.
  lazy_setup(function()
    prepared = support.workspace(true)
    prepared:write("regions.csv", "code,name,parent,level\n150802,临河区,,county\n")
    prepared:expect(0, "import", "--table", "regions", "regions.csv")
    assert.equal(0, prepared:shell(("cp -r '%s/%s/.' ."):format(support.root, packs_folder)).code)
    prepared:expect(0, "pack", "activate", "good")
    prepared:observe "150802,steady,2020,16.9\n150802,steady,2024,14.3\n"
    local other = support.workspace()
    assert.equal(0, other:shell(("cp -r '%s/.' ."):format(prepared.folder)).code)
    usual = other:json(0, "evaluate", "--pack", "good")[1].result_hash
    -- The record stands in the results behind eight bytes, and before the number of failures.
    other:shell "sqlite3 data/biaochi.db \"SELECT writefile('record', substr(payload, 9, length(payload) - 12)) FROM result\""
    prepared:write("record", support.read_file(other:path "record"))
    prepared:write("description.json", other:sql "SELECT description FROM pack_version WHERE pack = 'good'")
    other:remove()
  end)

  lazy_teardown(function() prepared:remove() end)

  local function run(attack)
    local workspace = support.workspace()
    finally(function() workspace:remove() end)
    assert.equal(0, workspace:shell(("cp -r '%s/.' ."):format(prepared.folder)).code)
    deliver[attack.how](workspace, completed(attack))
    assert.equal(0, workspace:run("pack", "check", "good").code)
    local good = workspace:json(0, "evaluate", "--pack", "good")[1]
    assert.equal(usual, good.result_hash)
    assert.equal(attack.stores or false, good.unchanged, "whether results were stored")
  end

  -- Without this an attack could be refused for another reason than the one it is about.
  if ways.worker then
    it("is one because of what it does: a worker that does as it should is believed", function()
      local workspace = support.workspace()
      finally(function() workspace:remove() end)
      assert.equal(0, workspace:shell(("cp -r '%s/.' ."):format(prepared.folder)).code)
      local result = run_with_worker(workspace, "evaluate\nfinish\nexec sleep 60\n", "evaluate", 20000)
      assert.equal(0, result.code, result.err)
      local good = workspace:json(0, "evaluate", "--pack", "good")[1]
      assert.same({ usual, true }, { good.result_hash, good.unchanged })
    end)
  end

  local listing = assert(io.popen("ls " .. attacks_folder, "r"))
  for name in listing:lines() do
    for _, attack in ipairs(expanded(name, support.read_file(attacks_folder .. "/" .. name))) do
      attack.how = attack.text:match "^%S+ expect: (%l+)"
      assert(deliver[attack.how], name .. ": there is no way of delivery called " .. tostring(attack.how))
      if ways[attack.how] then it("is withstood: " .. attack.name, function() run(attack) end) end
    end
  end
  listing:close()
end

return function(...)
  local ways = {}
  for _, way in ipairs { ... } do ways[way] = true end
  describe("attack", function() suite(ways) end)
end
