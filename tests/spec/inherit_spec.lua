-- Packs that extend others: a chain of four, what goes wrong with one, what differs, and what a
-- parent's new version does to the packs that extend it.

local support = require "tests.spec.support"

local regions = [[
code,name,parent,level
000000,全国,,nation
150000,内蒙古自治区,000000,province
150800,巴彦淖尔市,150000,city
150802,临河区,150800,county
]]

local chain = { "land", "province", "city", "county" }

-- The chain's folders, side by side, in a fresh workspace.
local function family()
  local workspace = support.workspace()
  for _, name in ipairs(chain) do
    assert(workspace:shell(("cp -r '%s/tests/packs/inherit/%s' ."):format(support.root, name)).code == 0)
  end
  return workspace
end

local function activated()
  local workspace = family()
  workspace:expect(0, "init")
  workspace:write("regions.csv", regions)
  workspace:expect(0, "import", "--table", "regions", "regions.csv")
  for _, name in ipairs(chain) do workspace:expect(0, "pack", "activate", name) end
  return workspace
end

local function change(workspace, file, from, to)
  local text = support.read_file(workspace:path(file))
  local at, last = text:find(from, 1, true)
  assert(at, from .. " is not in " .. file)
  workspace:write(file, text:sub(1, at - 1) .. to .. text:sub(last + 1))
end

local function hashes(workspace)
  local of = {}
  for _, row in ipairs(workspace:json(0, "pack", "list")) do
    if row.state == "active" then of[row.pack] = row.hash end
  end
  return of
end

local function small(id, extends, more)
  return ([[
pack { id = "%s", %s title = "包", region = "150802", version = "1.0.0", api = 1 }
]]):format(id, extends and ('extends = "%s",'):format(extends) or "") .. (more or "")
end

local base = [[
unit "health" { title = "卫健委" }
fact "late" { title = "迟报", unit = "次", default = 0 }
plan "women" { title = "规划", from = 2021, to = 2030, baseline = 2020 }
  :domain "health" { title = "健康" } {
    indicator "mortality" { title = "死亡率", unit = "‰", lead = "health", target = at_most(5) },
    indicator "literacy" { title = "识字率", unit = "%", lead = "health", target = at_least(95) },
  }
warning "off_track" { on = "indicator", title = "未达标", only = { "literacy" }, level = function(status)
  if status == "unmet" then return "red" end end }
]]

describe("a chain of four", function()
  local workspace

  before_each(function() workspace = family() end)
  after_each(function() workspace:remove() end)

  it("passes the specs of each", function()
    for _, name in ipairs(chain) do assert.equal(1, workspace:json(0, "pack", "test", name).specs_passed) end
  end)

  it("says of everything which pack declares it", function()
    local places = {}
    local description = workspace:json(0, "pack", "show", "county")
    for _, row in ipairs(description.plans[1].domains[1].indicators) do places[row.id] = row.file .. ":" .. row.line end
    assert.equal("pack.lua:5", places.mortality)
    assert.equal("city/more.lua:11", places.screening)
    assert.equal("land/parts/health.lua:10", places.mortality_gap)
    assert.equal("province/more.lua:8", places.folic_acid)
    assert.same({ "city", "province", "land" }, { description.parents[1].id, description.parents[2].id,
      description.parents[3].id })
  end)

  it("is told apart by pack diff, of which the last line counts", function()
    local lines = support.lines(workspace:expect(0, "pack", "diff", "city", "--lang", "en").out)
    assert.equal("3 added, 3 removed, 4 changed", lines[#lines])
    local rows = support.table(table.concat(lines, "\n", 3) .. "\n")
    local found = {}
    for _, row in ipairs(rows) do found[row.kind .. " " .. row.id .. " " .. row.field] = row end
    local score = found["item annual.reporting score"]
    assert.same({ "changed", "land/pack.lua:30", "city/more.lua:6" }, { score.change, score.before, score.after })
    assert.equal("removed", found["indicator literacy -"].change)
    assert.equal("city/more.lua:9", found["indicator literacy -"].where)
    assert.equal("city/more.lua:10", found["objective legal_aid -"].where)
    assert.equal("added", found["fact visits -"].change)
    assert.equal("value=50 year=2025", found["indicator screening milestones"].before)
  end)

  it("is told apart as JSON too, and a pack that extends none has nothing to differ from", function()
    local got = workspace:json(0, "pack", "diff", "province")
    assert.same({ "province", "land", 4, 0, 3 }, { got.pack, got.extends, got.added, got.removed, got.changed })
    local target
    for _, row in ipairs(got.differences) do if row.field == "target" then target = row end end
    assert.same({ "mortality", 12, 10 }, { target.id, target.before.value, target.after.value })
    assert.truthy(workspace:expect(6, "pack", "diff", "land", "--lang", "en").err:find("extends no other", 1, true))
  end)

  it("is loaded from wherever it is named", function()
    for _, folder in ipairs { "county/", "./county", workspace:path "county" } do
      workspace:expect(0, "pack", "check", folder)
    end
    assert.equal(0, workspace:shell("cd county && " .. workspace:command("pack", "check", ".")).code)
  end)
end)

describe("a mistake in a pack that extends another", function()
  local workspace

  before_each(function()
    workspace = support.workspace()
    workspace:write_pack("base", small("base", nil, base))
  end)
  after_each(function() workspace:remove() end)

  -- The pack's text from line 2 on, and what must be told of it.
  local function finds(more, ...)
    workspace:write_pack("child", small("child", "base", more))
    local err = workspace:expect(1, "pack", "check", "child", "--lang", "en").err
    for _, text in ipairs { ... } do assert(err:find(text, 1, true), text .. "\nis not in\n" .. err) end
    return err
  end

  it("in an id is told with the nearest one", function()
    finds('override.indicator "mortalty" { target = at_most(4) }', 'child/pack.lua:2: override.indicator "mortalty"',
      '"base" declares no such indicator', "did you mean 'mortality'?")
    finds('remove.domain "women.helth"', "child/pack.lua:2: remove.domain", "did you mean 'women.health'?")
    finds('local women = override.plan "women" {}\nwomen:domain "helth" {} {}', "child/pack.lua:3:",
      "did you mean 'health'?")
  end)

  it("in a kind is told", function()
    finds('override.indicater "mortality" {}', "child/pack.lua:2:", "did you mean 'indicator'?")
    finds('override.objective "mortality" { title = "x" }', "is of the kind indicator",
      'write override.indicator "mortality"')
  end)

  it("in a field or a value is told", function()
    finds('override.indicator "mortality" { tilte = "x" }', "child/pack.lua:2:", "did you mean 'title'?")
    finds('override.indicator "mortality" { target = 4 }', "child/pack.lua:2:", "'target' must be a target")
    finds('override.indicator "mortality" { title = none }', "'title' is required and cannot be cleared")
    finds('override.indicator "mortality" { milestones = none }', "there is no 'milestones' to clear")
    finds('fact "visits" { title = "走访", unit = none }', "none only clears what is inherited")
  end)

  it("is an override whose id or braces were forgotten", function()
    finds('override.fact { default = 1 }', 'child/pack.lua:2: write override.fact "id" { … }: the id is missing')
    finds('override.fact "late"', 'child/pack.lua:2: override.fact "late" says nothing: add { … } after it')
  end)

  it("is a short id that two assessments use", function()
    local both = [[
assessment "%s" { title = "考核", of = "region", points = 1, plan = "women", grades = { { 0, "不合格" } },
  item "targets" { points = 1, score = function(points) return points end } }
]]
    workspace:write_pack("base", small("base", nil, base .. both:format "first" .. both:format "second"))
    finds('remove.item "targets"', 'child/pack.lua:2: remove.item "targets": there are several: say which',
      'write one of "first.targets", "second.targets"')
  end)

  it("is an id declared again", function()
    finds('fact "late" { title = "迟报", unit = "次" }', 'child/pack.lua:2: fact "late" is inherited from base/pack.lua:3',
      'override.fact "late"')
  end)

  it("is an id that it removed, or declares itself", function()
    finds('remove.fact "late"\noverride.fact "late" { default = 1 }', "child/pack.lua:3:",
      "it was removed at pack.lua:2")
    finds('fact "visits" { title = "走访", unit = "次" }\noverride.fact "visits" { default = 1 }', "child/pack.lua:3:",
      "this pack itself declares it at pack.lua:2")
  end)

  it("is told where something inherited names what was removed", function()
    local err = finds('remove.indicator "literacy"', 'base/pack.lua:9: warning "off_track": `only` names "literacy"',
      "it was removed at pack.lua:2")
    assert.falsy(err:find("child/base", 1, true))
  end)

  it("is told where something inherited names what went with its domain", function()
    finds('remove.domain "women.health"\noverride.indicator "mortality" { title = "新" }',
      'child/pack.lua:3: override.indicator "mortality": it was removed at pack.lua:2',
      'base/pack.lua:9: warning "off_track": `only` names "literacy"', "it was removed at pack.lua:2")
  end)

  it("is extending what is not there", function()
    workspace:write_pack("child", small("child", "bass"))
    local err = workspace:expect(1, "pack", "check", "child", "--lang", "en").err
    assert(err:find('child/pack.lua:1: there is no pack "bass"', 1, true), err)
    assert(err:find('did you mean "base"?', 1, true), err)
  end)

  it("is a circle", function()
    workspace:write_pack("child", small("child", "child"))
    assert.truthy(workspace:expect(1, "pack", "check", "child", "--lang", "en").err:find(
      "child/pack.lua:1: packs extend each other in a circle: child → child", 1, true))
    workspace:write_pack("a", small("a", "b"))
    workspace:write_pack("b", small("b", "a"))
    local err = workspace:expect(1, "pack", "check", "a", "--lang", "en").err
    assert(err:find("b/pack.lua:1: packs extend each other in a circle: a → b → a", 1, true), err)
  end)

  it("is a chain that is too long", function()
    workspace:write_pack("p0", small("p0", nil, base))
    for i = 1, 9 do workspace:write_pack("p" .. i, small("p" .. i, "p" .. i - 1)) end
    workspace:expect(0, "pack", "check", "p8")
    local err = workspace:expect(1, "pack", "check", "p9", "--lang", "en").err
    assert(err:find("p1/pack.lua:1: a pack extends at most 8 others", 1, true), err)
  end)

  it("is a parent that calls itself something else", function()
    workspace:write_pack("other", small("base", nil, base))
    workspace:write_pack("child", small("child", "other"))
    assert.truthy(workspace:expect(1, "pack", "check", "child", "--lang", "en").err:find(
      'child/pack.lua:1: extends = "other": the pack in that folder calls itself "base"', 1, true))
  end)

  it("is declaring something before extending, or overriding without", function()
    workspace:write_pack("child", 'unit "a" { title = "甲" }\n' .. small("child", "base"))
    assert.truthy(workspace:expect(1, "pack", "check", "child", "--lang", "en").err:find(
      "child/pack.lua:2: pack { extends = … } must come before", 1, true))
    workspace:write_pack("base", small("base", nil, base .. 'override.fact "late" { default = 1 }'))
    assert.truthy(workspace:expect(1, "pack", "check", "base", "--lang", "en").err:find(
      "base/pack.lua:11: override.fact \"late\": this pack extends no other", 1, true))
  end)

  it("in the parent is told with the parent's file", function()
    workspace:write_pack("base", small("base", nil, base .. "local = 1"))
    workspace:write_pack("child", small("child", "base"))
    assert.truthy(workspace:expect(1, "pack", "check", "child", "--lang", "en").err:find("^base/pack.lua:11: "))
  end)

  it("is named where names are many: lead, target, plan, grade, option, file", function()
    finds([[
local women = override.plan "women" {}
women:domain "more" { title = "更多" } {
  indicator "a" { title = "甲", unit = "%", lead = "helth", target = not_below("literacyy") },
  indicator "b" { title = "乙", unit = "%", lead = "health", target = at_least(1), applies_to = { "15o802" } },
}
assessment "annual" { title = "考核", of = "region", points = 1, plan = "womem", grades = { { 0, "不合格" } },
  item "i" { points = 1, score = function(points, literacy_progres) return points end },
  veto "v" { when = function(late) return late > 1 end, grade = "不及格" } }]],
      "did you mean 'health'?", "did you mean 'literacy'?", "did you mean 'women'?", "did you mean '不合格'?",
      "did you mean 'literacy_progress'?", '"15o802", which is not a code')
    finds('rises { pr = "year" }', "child/pack.lua:2:", "rises has no option 'pr' (did you mean 'per'?)")
    workspace:write("child/health.lua", "")
    finds('include "helth"', "child/pack.lua:2:", "did you mean 'health'?")
  end)
end)

describe("what a pack carries", function()
  local workspace

  before_each(function() workspace = activated() end)
  after_each(function() workspace:remove() end)

  it("evaluates, explains and replays without any folder", function()
    workspace:observe("150802,mortality,2024,11\n150802,late,2024,30\n")
    workspace:shell "rm -rf land province city county"
    workspace:expect(0, "evaluate", "--year", "2024", "--pack", "county", "--quiet")
    assert.equal(0, workspace:run("replay", "1").code)
    local text = workspace:expect(0, "explain", "150802", "annual.reporting", "--year", "2024", "--pack", "county").out
    assert(text:find("city/more.lua:6", 1, true), text)
    text = workspace:expect(0, "explain", "150802", "annual.targets", "--year", "2024", "--pack", "county").out
    assert(text:find("land/pack.lua:26", 1, true), text)
  end)

  it("is what its hash says: a parent's other text gives another", function()
    local before = workspace:json(0, "pack", "check", "county").hash
    assert.equal(hashes(workspace).county, before)
    change(workspace, "land/pack.lua", "全国", "中国")
    assert.are_not.equal(before, workspace:json(0, "pack", "check", "county").hash)
  end)

  it("comes from the workspace where there is no folder beside it", function()
    workspace:shell "mkdir apart && cp -r county apart && rm -rf land province city"
    assert.equal(hashes(workspace).county, workspace:json(0, "pack", "test", "apart/county").hash)
    local lines = support.lines(workspace:expect(0, "pack", "diff", "apart/county", "--lang", "en").out)
    assert.equal("1 added, 0 removed, 2 changed", lines[#lines])
  end)

  it("is the active version, not the folder beside it, when it is activated", function()
    change(workspace, "city/pack.lua", "巴彦淖尔市", "另一市")
    local said = workspace:expect(0, "pack", "activate", "county", "--lang", "en").err
    assert.truthy(said:find("county 1.0.0 was active already", 1, true), said)
  end)
end)

describe("activating", function()
  local workspace

  after_each(function() workspace:remove() end)

  it("needs the active parent", function()
    workspace = family()
    workspace:expect(0, "init")
    workspace:write("regions.csv", regions)
    workspace:expect(0, "import", "--table", "regions", "regions.csv")
    local err = workspace:expect(1, "pack", "activate", "province", "--lang", "en").err
    assert(err:find('province/pack.lua:3: the pack "land" is not active in this workspace', 1, true), err)
    assert(err:find("activate it first", 1, true), err)
  end)

  it("a parent takes along the packs that extend it, and rolling it back takes them back", function()
    workspace = activated()
    local before = hashes(workspace)
    change(workspace, "land/pack.lua", "points = 60", "points = 50")
    change(workspace, "land/pack.lua", "points = 40", "points = 50")
    change(workspace, "city/more.lua", "points, 5 * late", "points, 10 * late")
    workspace:expect(1, "pack", "activate", "land") -- the city's spec says 30 of 40 points
    assert.same(before, hashes(workspace))

    -- The city's spec as it must be on the new version: 50 − 2 × 5.
    change(workspace, "land/pack.lua", "points = 50", "points = 60")
    change(workspace, "land/pack.lua", "points = 50", "points = 40")
    change(workspace, "land/pack.lua", "全国", "中国")
    local said = workspace:expect(0, "pack", "activate", "land", "--lang", "en").err
    local after = hashes(workspace)
    for _, name in ipairs(chain) do
      assert.are_not.equal(before[name], after[name])
      assert.truthy(name == "land" or said:find(name .. " 1.0.0 follows it", 1, true))
    end
    assert.truthy(workspace:expect(0, "pack", "activate", "land", "--lang", "en").err:find("was active already", 1, true))

    said = workspace:expect(0, "pack", "rollback", "land", "--lang", "en").err
    assert.same(before, hashes(workspace))
    assert.truthy(said:find("county, which extends it, went back with it", 1, true))
  end)

  it("a parent tells programs what went along, and rolling it back what went back", function()
    workspace = activated()
    local before = hashes(workspace)
    change(workspace, "land/pack.lua", "全国", "中国")
    local result = workspace:expect(0, "pack", "activate", "land", "--format", "json")
    local told, after = support.decode(result.out), hashes(workspace)
    assert.equal("", result.err)
    table.sort(told.followers)
    assert.same({ ok = true, pack = "land", version = "1.0.0", hash = after.land, changed = true, by_server = false,
      followers = { "city", "county", "province" }, kept = {} }, told)
    told = workspace:json(0, "pack", "rollback", "land")
    table.sort(told.followers)
    assert.same({ ok = true, pack = "land", hash = before.land, changed = true, by_server = false,
      followers = { "city", "county", "province" }, kept = {} }, told)
    change(workspace, "land/pack.lua", "中国", "我国")
    result = workspace:expect(0, "pack", "activate", "land", "--keep-children", "--format", "csv")
    local rows = support.csv(result.out)
    assert.equal("", result.err)
    assert.same({ 1, "land", "true", "" }, { #rows, rows[1].pack, rows[1].changed, rows[1].followers })
    assert.truthy(rows[1].kept:find "province")
  end)

  it("a parent is refused, with the place, where a pack that extends it would break", function()
    workspace = activated()
    local before = hashes(workspace)
    change(workspace, "land/pack.lua", 'item "reporting"', 'item "reports"')
    local err = workspace:expect(1, "pack", "activate", "land", "--lang", "en").err
    assert(err:find('city/more.lua:6: override.item "annual.reporting"', 1, true), err)
    assert(err:find("did you mean 'annual.reports'?", 1, true), err)
    assert(err:find("county/pack.lua: extends city, which would break", 1, true), err)
    assert(err:find("of 3 active packs that extend it, 2 would break", 1, true), err)
    assert.same(before, hashes(workspace))

    local said = workspace:expect(0, "pack", "activate", "land", "--keep-children", "--lang", "en").err
    assert.truthy(said:find("city keeps the version of land that it carries", 1, true))
    local after = hashes(workspace)
    assert.are_not.equal(before.land, after.land)
    for _, name in ipairs { "province", "city", "county" } do assert.equal(before[name], after[name]) end
    local extends, behind = {}, {}
    for _, row in ipairs(workspace:json(0, "pack", "list")) do
      if row.state == "active" then extends[row.pack], behind[row.pack] = row.extends, row.behind end
    end
    assert.same({ province = "land 1.0.0", city = "province 1.0.0", county = "city 1.0.0" }, extends)
    assert.same({ province = "yes" }, behind)
    -- They go on as they were.
    workspace:observe "150802,mortality,2024,11\n"
    workspace:expect(0, "evaluate", "--year", "2024", "--pack", "county", "--quiet")

    -- What was left behind is not carried back: it never went along.
    workspace:expect(0, "pack", "rollback", "land")
    assert.same(before, hashes(workspace))
  end)

  it("a pack that was changed since keeps what it carries when its parent is rolled back", function()
    workspace = activated()
    change(workspace, "land/pack.lua", "全国", "中国")
    workspace:expect(0, "pack", "activate", "land")
    change(workspace, "county/pack.lua", "临河区", "临河")
    workspace:expect(0, "pack", "activate", "county")
    local before = hashes(workspace)
    local said = workspace:expect(0, "pack", "rollback", "land", "--lang", "en").err
    assert.truthy(said:find("county, which extends another version of it, keeps what it carries", 1, true), said)
    assert.equal(before.county, hashes(workspace).county)
    assert.are_not.equal(before.city, hashes(workspace).city)
  end)
end)

describe("pack new --extends", function()
  local workspace

  before_each(function()
    workspace = support.workspace()
    workspace:shell(("mkdir packs && cp -r '%s/plugins/nation' packs"):format(support.root))
  end)
  after_each(function() workspace:remove() end)

  it("makes a pack that passes its specs and differs in nothing", function()
    workspace:expect(0, "pack", "new", "--extends", "nation", "--region", "610100", "--dir", "packs")
    assert.equal(1, workspace:json(0, "pack", "test", "packs/nation_610100").specs_passed)
    workspace:expect(0, "pack", "new", "--extends", "nation", "--region", "610100", "packs/xian", "--title", "西安市")
    assert.equal("xian", workspace:json(0, "pack", "check", "packs/xian").pack)
    local got = workspace:json(0, "pack", "diff", "packs/xian")
    assert.same({ 0, 0, 0 }, { got.added, got.removed, got.changed })
  end)

  it("shows an override that works", function()
    workspace:expect(0, "pack", "new", "--extends", "nation", "--region", "610100", "packs/xian")
    local text = support.read_file(workspace:path "packs/xian/pack.lua")
    workspace:write("packs/xian/pack.lua", (text:gsub("\n%-%- (override[^\n]*)title = \"", "\n%1title = \"新")))
    workspace:expect(0, "pack", "test", "packs/xian")
    assert.equal(1, workspace:json(0, "pack", "diff", "packs/xian").changed)
  end)

  it("asks for the region, which is not the parent's", function()
    local result = workspace:expect(2, "pack", "new", "--extends", "nation", "packs/xian")
    assert.truthy(result.err:find("--extends needs --region CODE", 1, true), result.err)
    assert.is_false(support.exists(workspace:path "packs/xian"))
  end)

  it("makes nothing where the pack to extend is not there", function()
    local result = workspace:expect(6, "pack", "new", "--extends", "natoin", "--region", "610100", "packs/xian",
      "--lang", "en")
    assert.truthy(result.err:find('did you mean "nation"?', 1, true))
    assert.is_false(support.exists(workspace:path "packs/xian"))
    workspace:expect(2, "pack", "new", "--region", "610100")
  end)
end)

describe("pack test --watch", function()
  -- Starts watching the county, does the steps, and ends it.
  local function watching(before, steps)
    local workspace = family()
    workspace:write("watch.sh", ([[
%s
: >out >err
%s </dev/null >out 2>err &
watcher=$!
# Waits until the lines that match are as many as wanted.
wanted() {
  tries=0
  while [ "$(grep -c "$2" "$1")" -lt "$3" ]; do
    tries=$((tries + 1))
    [ $tries -lt 400 ] && kill -0 $watcher || { echo "waited for $2 in vain"; kill -KILL $watcher; cat out err; exit 9; }
    sleep 0.05
  done
}
wanted err "waiting for changes" 1
%s
kill -INT $watcher
wait $watcher
]]):format(before, workspace:command("pack", "test", "--watch", "county", "--lang", "en"), steps))
    local result = workspace:shell "sh watch.sh"
    workspace:remove()
    assert.equal(0, result.code, result.out .. result.err)
  end

  it("tests again when the pack or one that it extends is saved, until it is told to end", function()
    watching("", [[
echo "-- saved" >>county/pack.lua
wanted out "1 spec passed" 2
wanted err "waiting for changes" 2
echo "-- saved" >land/parts/new && mv land/parts/new land/parts/late.lua
wanted out "1 spec passed" 3
wanted err "waiting for changes" 3
mkdir county/parts
wanted err "waiting for changes" 4
echo "this is no Lua" >county/parts/broken.lua
echo 'include "parts/broken"' >>county/pack.lua
wanted err "county/parts/broken.lua:1:" 1]])
  end)

  it("tests again when a folder that was missing comes: one that it extends, or its own", function()
    watching("mv city away", [[
mv away city
wanted out "1 spec passed" 1
wanted err "waiting for changes" 2
mv county away
wanted err "cannot open the pack's folder" 1
echo "this is no Lua" >away/pack.lua
mv away county
wanted err "county/pack.lua:1:" 1]])
  end)
end)

describe("the sandbox of a pack that extends another", function()
  local workspace

  before_each(function()
    workspace = support.workspace()
    workspace:write_pack("base", { ["pack.lua"] = small("base", nil, base), ["secret.lua"] = "return 1" })
  end)
  after_each(function() workspace:remove() end)

  it("lets no include reach the other's files", function()
    for _, name in ipairs { "@base/secret", "../base/secret", "base/secret", "secret" } do
      workspace:write_pack("child", small("child", "base", ("include %q"):format(name)))
      assert.truthy(workspace:expect(1, "pack", "check", "child").err:find("child/pack.lua:2:", 1, true), name)
    end
    workspace:write_pack("base", { ["pack.lua"] = small("base", nil, base .. 'include "own"') })
    workspace:write_pack("child", { ["pack.lua"] = small("child", "base"), ["own.lua"] = "return 1" })
    assert.truthy(workspace:expect(1, "pack", "check", "child").err:find("base/pack.lua:11:", 1, true))
  end)

  it("takes no files that pretend to be the other's", function()
    for _, folder in ipairs { "@base", "base" } do
      workspace:write_pack("child", { ["pack.lua"] = small("child", "base"), [folder .. "/pack.lua"] = small("base") })
      local err = workspace:expect(1, "pack", "check", "child").err
      assert(err:find(folder .. "/pack.lua", 1, true), err)
      workspace:shell "rm -rf child"
    end
  end)

  it("keeps a name from passing for code of std", function()
    workspace:write_pack("std", small("std", nil, base))
    workspace:write_pack("child", small("child", "std"))
    assert.truthy(workspace:expect(1, "pack", "check", "child", "--lang", "en").err:find('"std" cannot be extended', 1, true))
  end)

  it("counts the limits of all together", function()
    workspace:write_pack("base", small("base", nil, base .. "while true do end"))
    workspace:write_pack("child", small("child", "base"))
    local err = workspace:expect(1, "pack", "check", "child", "--lang", "en").err
    assert(err:find("base/pack.lua:11: used more than 2000 ms", 1, true), err)
  end)

  it("keeps a caught error from passing a broken pack by", function()
    local opened = 'pcall(pack, { id = "child", extends = "base", title = "包", region = "150802", version = "1.0.0", api = 1 })\n'
    for _, trouble in ipairs { 'error "trouble"\n' .. small("base", nil, base), small("base", nil, base) .. 'error "trouble"' } do
      workspace:write_pack("base", trouble)
      for _, more in ipairs { "", small("child", nil, ""), base } do
        workspace:write_pack("child", opened .. more)
        assert.truthy(workspace:expect(1, "pack", "check", "child", "--lang", "en").err:find(
          'child/pack.lua:1: "base" could not be loaded', 1, true))
      end
    end
  end)

  it("lets no rule change what is inherited, which the next call would see", function()
    local spec = [[it("scores alike each time", function()
  for late = 1, 3 do
    assert.equal(2, evaluate { year = 2025, observations = { late = late } }.assessments.annual.items.a.score)
  end
end)]]
    local annual = [[
local late, women, early = override.fact "late", override.plan "women" {}, override.fact "early"
late {} early {}
assessment "annual" { title = "考核", of = "region", points = 2, plan = "women", grades = { { 0, "不合格" } },
  item "a" { points = 2, score = function(points) return pcall(%s) and 1 or points end } }
]]
    for _, forbidden in ipairs {
      'remove.fact, "early"', 'override.fact, "early"', 'early, { default = none }',
      'function() women:domain "health" { title = "新" } end',
    } do
      workspace:write_pack("base", small("base", nil, base .. 'fact "early" { title = "早报", unit = "次", default = 0 }'))
      workspace:write_pack("child", { ["spec/a_spec.lua"] = spec,
        ["pack.lua"] = small("child", "base", annual:format(forbidden)) })
      workspace:expect(0, "pack", "test", "child", "--lang", "en")
    end
  end)

  it("keeps a caught error from passing a missing pack by", function()
    workspace:write_pack("child", 'pcall(pack, { id = "child", extends = "none_there", title = "包", region = "150802", '
      .. 'version = "1.0.0", api = 1 })\n' .. base)
    assert.truthy(workspace:expect(1, "pack", "check", "child", "--lang", "en").err:find(
      'there is no pack "none_there"', 1, true))
  end)
end)
