-- What `pack diff --impact` says before a version is activated, held against figures worked out by hand.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

-- 临河区 meets all three and has 60 + 40 points; 五原县 meets neither of two, was late five times and has
-- 0 + 30.
local figures = [[
150802,mortality,2024,10
150802,screening,2024,80
150802,income_male,2020,100
150802,income_female,2020,80
150802,income_male,2024,100
150802,income_female,2024,85
150802,late,2024,0
150821,mortality,2024,13
150821,screening,2024,65
150821,late,2024,5
]]

local district = [[
pack { id = "district", extends = "office", title = "临河区", region = "150802", version = "1.0.0", api = 1,
  covers = "self" }
warning "slow" { title = "迟报", on = "region", level = function(late) if late > 3 then return "red" end end }
]]

local function by(list, key, value)
  for _, row in ipairs(list) do
    if row[key] == value then return row end
  end
  error(("nothing has %s = %s"):format(key, tostring(value)), 2)
end

describe("pack diff --impact", function()
  local workspace

  before_each(function()
    workspace = support.office()
    workspace:observe(figures)
  end)

  after_each(function() workspace:remove() end)

  -- The pack with texts replaced, as the folder "next".
  local function change(...)
    local text = support.pack
    local edits = { ... }
    for i = 1, #edits, 2 do
      local first, last = text:find(edits[i], 1, true)
      assert(first, edits[i] .. " is not in the pack")
      text = text:sub(1, first - 1) .. edits[i + 1] .. text:sub(last + 1)
    end
    workspace:write_pack("next", text)
  end

  local function impact(...) return workspace:json(0, "pack", "diff", "--impact", "next", ...).impacts[1] end

  it("says that nothing changes where only words and lines do", function()
    change('title = "按时报送"', 'title = "按时上报"', "women:domain", "-- why\n\nwomen:domain")
    local got = impact()
    assert.same({ 0, {}, {}, {} }, { got.changed, got.gone, got.failures, got.details })
    assert.truthy(workspace:expect(0, "pack", "diff", "--impact", "next", "--lang", "en").out
      :find("Nothing changes.", 1, true))
    assert.truthy(workspace:expect(0, "pack", "diff", "--impact", "next", "--lang", "zh").out:find("没有变化。", 1, true))
  end)

  it("tells scores, places and the rule because of which they change", function()
    change("2 * late", "4 * late")
    local got = impact()
    assert.same({ "office", 2024, 2, 1, 0 },
      { got.pack, got.year, got.regions, got.changed, got.details_left_out })
    local cause = got.causes[1]
    assert.same({ "item", "annual.reporting", "score", "office/pack.lua:15", "office/pack.lua:15", 1 },
      { cause.kind, cause.id, cause.field, cause.before, cause.after, cause.regions })
    local detail = got.details[1]
    assert.same({ "150821", "五原县" }, { detail.region, detail.name })
    local score = detail.scores[1]
    assert.same({ { 30, 20 }, { "不合格", "不合格" }, { 0 }, false },
      { score.score, score.grade, score.because, score.by_others })
    local item = by(score.items, "id", "reporting")
    assert.same({ { 30, 20 }, { 40, 40 }, -10, -10, 0 },
      { item.score, item.points, item.contribution, item.from_scoring, item.from_points })
    assert.same({ { file = "pack.lua", line = 15 }, { file = "pack.lua", line = 15 } }, item.rule)
    local sum = by(got.assessments, "id", "annual")
    assert.same({ 0, 1, "150821", { 30, 20 } },
      { sum.gained, sum.lost, sum.most_lost.region, sum.most_lost.score })
  end)

  it("tells people in one sentence and tables", function()
    change("at_least(70)", "at_least(90)")
    local out = workspace:expect(0, "pack", "diff", "--impact", "next", "--lang", "en").out
    assert.truthy(out:find("Regions that change: 1 of 2. Scores: 0 up, 1 down; places moved: 0, grades changed: 0.", 1, true))
    assert.truthy(out:find("target: at_least(70) → at_least(90)  office/pack.lua:8 ", 1, true))
    assert.truthy(out:find("met → unmet: 1", 1, true))
    assert.truthy(out:find("临河区  100.00  80.00     -20", 1, true))
    out = workspace:expect(0, "pack", "diff", "--impact", "next", "--lang", "zh", "--region", "150802").out
    assert.truthy(out:find("attainment_women: 1 → 0.6666666666666666", 1, true))
    assert.truthy(out:find("达标 → 未达标", 1, true))
    out = workspace:expect(0, "pack", "diff", "--impact", "next", "--lang", "en", "--region", "150821").out
    assert.truthy(out:find("Nothing changes in 五原县 (150821).", 1, true))
  end)

  it("has a row in CSV for each change", function()
    change("at_least(70)", "at_least(90)")
    local rows = support.csv(workspace:expect(0, "pack", "diff", "--impact", "next", "--format", "csv").out)
    assert.equal(3, #rows)
    local score, item, indicator = by(rows, "kind", "score"), by(rows, "kind", "item"), by(rows, "kind", "indicator")
    assert.same({ "150802", "annual", "100", "80", "良好", "良好", "1", "1" }, { score.region, score.id, score.before,
      score.after, score.before_state, score.after_state, score.before_rank, score.after_rank })
    assert.same({ "annual.targets", "60", "40" }, { item.id, item.before, item.after })
    assert.same({ "screening", "80", "80", "met", "unmet" }, { indicator.id, indicator.before, indicator.after,
      indicator.before_state, indicator.after_state })
    for _, row in ipairs(rows) do
      assert.truthy(row.because:find("^indicator screening: target: at_least%(70%) → at_least%(90%)$"))
    end
  end)

  it("puts ids that disappear first", function()
    change('item "reporting"', 'item "filing"')
    local got = impact()
    assert.equal(1, #got.gone)
    assert.same({ "item", "annual.reporting", 2 }, { got.gone[1].kind, got.gone[1].id, got.gone[1].regions })
    local out = workspace:expect(0, "pack", "diff", "--impact", "next", "--lang", "en").out
    assert.truthy(out:find("Ids that disappear", 1, true) < out:find("Because of", 1, true))
  end)

  it("names the open assessment rounds that it touches", function()
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2024)
    workspace:expect(0, "round", "open", "office", "annual", "--year", 2023)
    workspace:expect(0, "round", "withdraw", 2, "--reason", "重复")
    change('title = "按时报送"', 'title = "按时上报"')
    assert.same({}, impact().rounds)
    change("at_least(70)", "at_least(90)")
    assert.same({ { id = 1, assessment = "annual", year = 2024, kind = "annual", state = "self_assessment", gone = false,
      changed = 1 } }, impact().rounds)
    change('assessment "annual"', 'assessment "yearly"')
    local round = impact().rounds[1]
    assert.same({ 1, true }, { round.id, round.gone })
    local out = workspace:expect(0, "pack", "diff", "--impact", "next", "--lang", "en").out
    assert.truthy(out:find("the assessment is gone: cannot be activated while it is open", 1, true), out)
  end)

  it("lists rules that would fail", function()
    change("return deduct(points, 2 * late)", "return late.count")
    local got = impact()
    assert.equal(1, #got.failures)
    local failure = got.failures[1]
    assert.same({ 'item "annual.reporting"', "pack.lua", 15, "raised", 2 },
      { failure.rule, failure.file, failure.line, failure.outcome, failure.regions })
    assert.truthy(failure.message:find "index")
  end)

  it("compares a stored version with the active one", function()
    local first = workspace:json(0, "pack", "list")[1].hash
    change("2 * late", "4 * late")
    workspace:expect(0, "pack", "activate", "next")
    local got = workspace:json(0, "pack", "diff", "--impact", "office", first:sub(1, 10)).impacts[1]
    assert.same({ 20, 30 }, got.details[1].scores[1].score)
    assert.equal(first, got.after.hash)
    assert.equal("item", got.causes[1].kind)
  end)

  it("stores nothing", function()
    workspace:expect(0, "evaluate", "--quiet")
    local before = workspace:sql "SELECT count(*) FROM run" .. workspace:sql "SELECT count(*) FROM pack_version"
    change("2 * late", "4 * late")
    impact()
    assert.equal(before,
      workspace:sql "SELECT count(*) FROM run" .. workspace:sql "SELECT count(*) FROM pack_version")
    assert.equal("1", workspace:sql "SELECT count(*) FROM pack_version")
  end)

  it("shows as many regions as asked for", function()
    change("points = 60", "points = 50", "points = 40", "points = 50")
    local got = impact("--regions", 1)
    assert.same({ 2, 1, 1 }, { got.changed, #got.details, got.details_left_out })
    assert.equal(2, #impact("--regions", 2).details)
    got = impact("--region", "150802")
    assert.same({ 1, "150802" }, { #got.details, got.details[1].region })
  end)

  it("refuses what it cannot compare", function()
    change("2 * late", "4 * late")
    local function refused(code, ...)
      return workspace:expect(code, "pack", "diff", ...).err
    end
    assert.truthy(refused(2, "next", "--year", 2024, "--lang", "en"):find("go with --impact", 1, true))
    assert.truthy(refused(2, "office", "abcdef", "--lang", "en"):find("compared with --impact", 1, true))
    assert.truthy(refused(2, "--impact", "next", "--regions", -1, "--lang", "en"):find("below 0", 1, true))
    assert.truthy(refused(6, "--impact", "office", "abcdef", "--lang", "en"):find("no version abcdef", 1, true))
    assert.truthy(refused(6, "--impact", "next", "--region", "999999", "--lang", "en"):find("999999", 1, true))
    assert.truthy(refused(6, "--impact", "next", "--year", 1999, "--lang", "en"):find("nothing reported for 1999", 1, true))
    workspace:write_pack("fresh", (support.pack:gsub('id = "office"', 'id = "fresh"')))
    assert.truthy(refused(6, "--impact", "fresh", "--lang", "en"):find("nothing to compare with", 1, true))
  end)

  describe("of a pack that others extend", function()
    before_each(function()
      workspace:write_pack("district", district)
      workspace:expect(0, "pack", "activate", "district")
    end)

    it("tells what changes in those that follow it too", function()
      change("2 * late", "1 + 2 * late")
      local impacts = workspace:json(0, "pack", "diff", "--impact", "next").impacts
      assert.equal(2, #impacts)
      assert.same({ "office", 2, "district", 1 },
        { impacts[1].pack, impacts[1].changed, impacts[2].pack, impacts[2].changed })
      local score = impacts[2].details[1].scores[1]
      assert.same({ 100, 99 }, score.score)
      local cause = impacts[2].causes[score.because[1] + 1]
      assert.same({ "item", "annual.reporting", "office/pack.lua:15" }, { cause.kind, cause.id, cause.after })
    end)

    it("tells which of them would break, and what changes in the others", function()
      change('fact "late"', 'fact "tardy"', "function(points, late) return deduct(points, 2 * late)",
        "function(points, tardy) return deduct(points, 2 * tardy)")
      local got = workspace:json(1, "pack", "diff", "--impact", "next")
      assert.is_false(got.ok)
      assert.equal(1, #got.impacts)
      assert.truthy(got.problems[1].file:find("district", 1, true))
      assert.truthy(workspace:expect(1, "pack", "diff", "--impact", "next").err:find("late", 1, true))
    end)

    it("compares a child with what it carries", function()
      workspace:write_pack("district", (district:gsub("late > 3", "late >= 0")))
      local got = workspace:json(0, "pack", "diff", "--impact", "district").impacts
      assert.equal(1, #got)
      assert.same({ "none", "red" }, got[1].details[1].warnings[1].level)
      assert.equal("slow", got[1].causes[1].id)
    end)
  end)

  describe("over the API", function()
    local server

    before_each(function() server = served.start(workspace) end)
    after_each(function() assert.equal(0, server:stop()) end)

    local function ask(status, body, query, type)
      return server:json(status, "POST", "/api/v1/packs/office/impact" .. (query or ""),
        { body = body, headers = { "Content-Type: " .. (type or "application/json"), "Accept-Language: en" } })
    end

    local function quoted(text) return '"' .. text:gsub('[\\"]', "\\%0"):gsub("\n", "\\n") .. '"' end

    it("compares files, an archive and a stored version", function()
      local changed = support.pack:gsub("2 %* late", "4 * late")
      local files = ('{ "files": { "pack.lua": %s } }'):format(quoted(changed))
      local got = ask(200, files)
      assert.same({}, got.problems)
      assert.same({ 30, 20 }, got.impacts[1].details[1].scores[1].score)
      workspace:write_pack("zipped", changed)
      assert.equal(0, workspace:shell("cd zipped && zip -q ../pack.zip pack.lua").code)
      local zip = ask(200, support.read_file(workspace:path "pack.zip"), "?regions=1", "application/zip")
      assert.same(got.impacts[1].after.hash, zip.impacts[1].after.hash)
      local hash = got.impacts[1].before.hash
      assert.equal(0, ask(200, ('{ "version": "%s" }'):format(hash:sub(1, 12))).impacts[1].changed)
    end)

    it("answers what it cannot compare in the one shape of errors", function()
      local function refused(status, ...) return ask(status, ...).error.message end
      assert.truthy(refused(400, "[1"):find "JSON")
      assert.truthy(refused(400, "{}"):find '"version" or "files"')
      assert.truthy(refused(400, '{ "version": 7 }'):find "hash of a stored version")
      assert.truthy(refused(404, '{ "version": "abcdef" }'):find "no version abcdef")
      assert.truthy(refused(404, '{ "version": "abcdef" }', "?region=99"):find "99")
      assert.truthy(refused(400, '{ "version": "abcdef" }', "?regions=0"):find "regions")
      local broken = ask(422, '{ "files": { "pack.lua": "pack {" } }').error
      assert.same({ "pack", "pack.lua", 1 }, { broken.code, broken.where.file, broken.where.line })
      local other = quoted((support.pack:gsub('id = "office"', 'id = "another"')))
      assert.truthy(refused(422, ('{ "files": { "pack.lua": %s } }'):format(other)):find '"another", not of "office"')
      assert.truthy(refused(422, "no archive", "", "application/zip"):find "ZIP")
    end)
  end)
end)
