-- Sample data behind the server's live results: marked as the stored run of the same data marks it, whatever is put.

local served = require "tests.spec.served"
local support = require "tests.spec.support"

local json = require "dkjson"

local codes = { "150000", "150800", "150802", "150821" }
local pack = support.read_file(support.root .. "/tests/packs/registry/rich/pack.lua")

-- The province's and one county's figures are real, but for a unit's of the province; the others are samples where the
-- table says so.
local figures = { "region,indicator,breakdown,year,value,kind" }
local series = {
  { "mortality", "total", 14.2 }, { "screening", "total", 61, sample = true }, { "screening", "female", 64, sample = true },
  { "income", "male", 60000 }, { "income", "female", 50000, sample = true }, { "deaths", "total", 10, sample = true },
  { "births", "total", 900 }, { "compared", "total", 70 }, { "under_five", "total", 9, sample = true },
  { "late", "total", 4 }, { "late", "health", 3, sample = true }, { "awareness", "total", 1 },
}
for place, code in ipairs(codes) do
  for _, one in ipairs(series) do
    for year = 2019, 2024 do
      local sample = one.sample and year > 2020 and place < 4 and (place > 1 or one[2] == "health")
      local whole = one[1] == "late" or one[1] == "awareness"
      figures[#figures + 1] = ("%s,%s,%s,%d,%s,%s"):format(code, one[1], one[2], year,
        whole and one[3] or one[3] + place / 2 - (2024 - year) / 4, sample and "sample" or "reported")
    end
  end
end

-- Every mark in a tree, by its path, as "sample_observations of path" → how many.
local function marks_of(value, path, found)
  found = found or {}
  if type(value) ~= "table" then return found end
  for key, member in pairs(value) do
    if key == "sample_observations" or key == "sample_value" or key == "sample_regions" then
      found[(path or "") .. key] = member
    else
      marks_of(member, (path or "") .. key .. ".", found)
    end
  end
  return found
end

local function count(found)
  local members = 0
  for _ in pairs(found) do members = members + 1 end
  return members
end

describe("sample data in live results", function()
  local workspace, server, headers

  setup(function()
    workspace = support.workspace()
    workspace:expect(0, "init")
    workspace:write("regions.csv", support.regions)
    workspace:expect(0, "import", "--table", "regions", "regions.csv")
    workspace:write_pack("rich", pack)
    workspace:expect(0, "pack", "activate", "rich")
    workspace:write("figures.csv", table.concat(figures, "\n") .. "\n")
    workspace:expect(0, "import", "figures.csv")
    server = served.start(workspace)
  end)
  teardown(function() server:finish() end)

  local function get(path, options) return server:json(200, "GET", "/api/v1" .. path, options) end
  local function live(region) return get("/results/rich/regions/" .. region) end

  local function put(kind, value, more)
    local figure = { region = "150802", indicator = "screening", year = 2024, value = value, kind = kind }
    for name, member in pairs(more or {}) do figure[name] = member end
    local answer = server:json(200, "PUT", "/api/v1/observations", { body = json.encode { observations = { figure } } })
    assert.is_false(answer.whole)
    return answer
  end

  -- What every answer marks is what the stored run of the same data marks. Gives its marks by region.
  local function assert_marked_as_stored()
    local scores, all = get "/results/rich/scores", {}
    local stored = get("/runs/" .. scores.run .. "/results")
    local observations, regions = 0, 0
    for _, row in ipairs(scores.regions) do
      local wanted = stored.regions[row.region]
      local region = live(row.region)
      assert.equal(wanted.sample_observations, region.sample_observations)
      assert.equal(wanted.sample_observations, row.sample_observations)
      local marks = marks_of(wanted)
      marks.sample_observations = nil
      assert.same(marks, marks_of(region.result))
      for _, score in ipairs(row.scores) do
        assert.equal(wanted.assessments[score.assessment].sample_observations, score.sample_observations)
      end
      local alone = get("/results/rich/scores/" .. row.region)
      assert.same({ row.scores, row.sample_observations }, { alone.scores, alone.sample_observations })
      observations = observations + (wanted.sample_observations or 0)
      regions = regions + (wanted.sample_observations and 1 or 0)
      all[row.region] = marks_of(wanted)
    end
    local summary = get("/results/rich/summary").summary
    assert.same({ observations, regions }, { summary.sample_observations, summary.sample_regions })
    local function assert_rows(list, group)
      for _, about in ipairs(list) do
        local resting = 0
        for _, region in pairs(stored.regions) do
          if region[group][about.id].sample_observations then resting = resting + 1 end
        end
        assert.equal(resting, about.sample_regions)
        for _, rows in ipairs { about.best, about.worst } do
          for _, row in ipairs(rows) do
            assert.equal(stored.regions[row.code][group][about.id].sample_observations, row.sample_observations)
          end
        end
      end
    end
    assert_rows(summary.plans, "plans")
    assert_rows(summary.assessments, "assessments")
    return all
  end

  it("is counted as the stored run counts it", function()
    local marks = assert_marked_as_stored()
    assert.equal(24, marks["150802"].sample_observations)
    assert.truthy(count(marks["150802"]) > 15)
    assert.is_nil(marks["150821"].sample_observations)
    -- A figure beside its peers rests on theirs too.
    assert.truthy(marks["150821"]["assessments.annual.items.place.sample_observations"])
    local units = live("150000").result.assessments.units.units
    assert.equal(1, units.health.sample_observations)
    assert.is_nil(units.labour.sample_observations)
  end)

  it("goes at once when a real figure takes its place, and comes back with a sample", function()
    local before = assert_marked_as_stored()
    put("reported", "66.6")
    local after = assert_marked_as_stored()
    assert.equal(before["150802"].sample_observations - 1, after["150802"].sample_observations)
    assert.truthy(before["150802"]["indicators.screening.sample_value"])
    assert.is_nil(after["150802"]["indicators.screening.sample_value"])
    assert.same(before["150800"], after["150800"])
    put("sample", "62.5")
    assert.same(before, assert_marked_as_stored())
  end)

  it("that changes alone, with all results as they were, is another answer", function()
    local before = server:ask("GET", "/api/v1/results/rich/regions/150802")
    put("reported", "62.5")
    local after = server:ask("GET", "/api/v1/results/rich/regions/150802",
      { headers = { "If-None-Match: " .. before.headers.etag } })
    assert.equal(200, after.status)
    local one, other = support.decode(before.body), support.decode(after.body)
    assert.same(one.result.indicators.screening.value, other.result.indicators.screening.value)
    assert.equal(one.sample_observations - 1, other.sample_observations)
    put("sample", "62.5")
    assert_marked_as_stored()
  end)

  it("of a year before all that is looked at counts with its region", function()
    local before = live("150821")
    put("sample", "40", { region = "150821", year = 1990 })
    local after = live("150821")
    assert.equal(before.run, after.run) -- no result has changed
    assert.equal(1, after.sample_observations)
    assert.same(before.result.indicators.mortality, after.result.indicators.mortality)
    assert.equal(1, after.result.indicators.screening.sample_observations)
    put("reported", "40", { region = "150821", year = 1990 })
    assert.is_nil(live("150821").sample_observations)
    assert_marked_as_stored()
  end)

  it("of other regions is told to nobody who may not see them", function()
    workspace:shell(("printf 'Mulberry-17\\n' | %s"):format(workspace:command("user", "add", "county", "--role", "office",
      "--region", "150821", "--password-stdin")))
    workspace:sql "UPDATE account SET must_change_password = 0"
    local answer
    server:wait_for(function()
      answer = server:ask("POST", "/api/v1/session", { body = '{"name":"county","password":"Mulberry-17"}' })
      return answer.status == 200
    end, "the account to be known")
    headers = { "Cookie: " .. answer.headers["set-cookie"]:match "^[^;]+" }
    local summary = get("/results/rich/summary", { headers = headers }).summary
    assert.same({ 1, 0, 0 }, { summary.regions, summary.sample_observations, summary.sample_regions })
    assert.same({ "150821" }, { summary.plans[1].best[1].code })
    local scores = get("/results/rich/scores", { headers = headers })
    assert.equal(1, #scores.regions)
    assert.is_nil(scores.regions[1].sample_observations)
    assert.equal(403, server:ask("GET", "/api/v1/results/rich/regions/150802", { headers = headers }).status)
    -- What its own figures rest on it may know, of peers too, as in the stored run.
    local own = get("/results/rich/scores/150821", { headers = headers })
    assert.same(get("/results/rich/scores/150821").scores, own.scores)
  end)

  it("is behind nothing once it is taken out", function()
    server:json(200, "DELETE", "/api/v1/samples?region=150802")
    local left = assert_marked_as_stored()
    assert.is_nil(left["150802"].sample_observations)
    assert.is_true(left["150800"].sample_observations > 0)
    server:json(200, "DELETE", "/api/v1/samples")
    for _, marks in pairs(assert_marked_as_stored()) do assert.same({}, marks) end
    for path, marked in pairs(marks_of(get "/results/rich/summary")) do assert.equal(0, marked, path) end
    assert.same({}, marks_of(get "/results/rich/scores"))
  end)
end)
