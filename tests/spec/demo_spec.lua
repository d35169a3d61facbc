-- The demo's steps: shipped packs with their regions and data, evaluated twice; two in detail, all in a row a region.

local support = require "tests.spec.support"

local plugins = support.root .. "/plugins/"
local packs = { "nation", "pingdingshan" }

local all = { "heshan", "linhe", "nansan", "nation", "pingdingshan", "xian", "zibo" }

local function make_demo(workspace, chosen)
  workspace:expect(0, "init")
  local imports = {}
  for _, pack in ipairs(chosen or packs) do
    local folder = plugins .. pack
    workspace:expect(0, "import", "--table", "regions", folder .. "/data/regions.csv")
    workspace:expect(0, "pack", "activate", folder)
    for _, table_name in ipairs { "published", "observations" } do
      local path = ("%s/data/%s.csv"):format(folder, table_name)
      if support.exists(path) then imports[pack .. " " .. table_name] = workspace:json(0, "import", path) end
    end
  end
  return imports
end

local function find(rows, column, text)
  for _, row in ipairs(rows) do
    if row[column] == text then return row end
  end
  error("no row has " .. text, 2)
end

describe("the demo", function()
  local workspace, imports, evaluated, text

  setup(function()
    workspace = support.workspace()
    imports = make_demo(workspace)
    text = workspace:expect(0, "evaluate").out
    evaluated = {}
    for _, run in ipairs(workspace:json(0, "evaluate")) do evaluated[run.pack] = run end
  end)

  teardown(function() workspace:remove() end)

  it("imports every row of the shipped data", function()
    local files = 0
    for name, import in pairs(imports) do
      local path = ("%s%s/data/%s.csv"):format(plugins, name:match "(%S+) (%S+)")
      local _, lines = support.read_file(path):gsub("\n", "")
      assert.equal(lines - 1, import.rows)
      assert.equal(import.rows, import.added)
      files = files + 1
    end
    assert.equal(3, files)
  end)

  it("evaluates each pack for the newest year of its data", function()
    assert.equal(2024, evaluated.nation.year)
    assert.equal(2015, evaluated.pingdingshan.year)
  end)

  describe("Pingdingshan's mid-term rates of 2015", function()
    local plans

    before_each(function() plans = evaluated.pingdingshan.regions["410400"].plans end)

    it("are 26 of 29 and 51 of 53", function()
      assert.same({ 26, 29 }, { plans.women.met, plans.women.assessable })
      assert.same({ 51, 53 }, { plans.children.met, plans.children.assessable })
    end)

    it("print as published: 89.65 and 96.22, cut and not rounded", function()
      assert.equal("89.65", plans.women.printed)
      assert.equal("96.22", plans.children.printed)
      assert.equal("truncate", evaluated.pingdingshan.conventions.rounding)
    end)

    it("stand in the printed table", function()
      local city = text:sub((text:find("平顶山市 (410400)", 1, true)))
      local found = {}
      for _, row in ipairs(support.table(city, "Attainment")) do
        if row.domain == "all" then found[#found + 1] = row["attainment %"] end
      end
      assert.same({ "89.65", "96.22" }, found)
    end)

    it("follow from what the domains count", function()
      for _, plan in pairs(plans) do
        local met, assessable = 0, 0
        for _, domain in pairs(plan.domains) do
          met, assessable = met + domain.met, assessable + domain.assessable
        end
        assert.same({ plan.met, plan.assessable }, { met, assessable })
      end
    end)
  end)

  describe("the nation's maternal mortality of 2024", function()
    it("is 14.3 against 12, 53.06 % of the way after 40 % of the time", function()
      local indicators = support.table(text:match "\n(中国妇女发展纲要[^\n]*\nindicator.*)", "中国妇女发展纲要")
      local row = find(indicators, "indicator", "孕产妇死亡率")
      assert.same({ "1/10万", "14.3", "≤12", "unmet", "53.06", "40.00" },
        { row.unit, row.value, row.target, row.status, row["progress %"], row["pace %"] })
    end)

    it("has the same figures in JSON", function()
      local figures = evaluated.nation.regions["000000"].indicators.maternal_mortality
      assert.equal(14.3, figures.value)
      assert.equal(12, figures.target)
      assert.equal("unmet", figures.status)
      assert.near((14.3 - 16.9) / (12 - 16.9), figures.progress, 1e-12)
      assert.equal(0.4, figures.pace)
    end)
  end)

  it("counts every indicator of a plan once: met, near-met, unmet, no data, not applicable", function()
    for _, run in pairs(evaluated) do
      for code, region in pairs(run.regions) do
        local counted, listed = 0, 0
        for _, plan in pairs(region.plans) do
          counted = counted + plan.met + plan.near + plan.unmet + plan.no_data + plan.not_applicable
        end
        for _ in pairs(region.indicators) do listed = listed + 1 end
        assert.equal(listed, counted, run.pack .. " " .. code)
      end
    end
  end)

  describe("the nation's assessment", function()
    local rows

    before_each(function() rows = support.table(text, "年度综合评价") end)

    it("has items whose scores and points sum to the total", function()
      local points, score = 0, 0
      for _, row in ipairs(rows) do
        if row.item ~= "total" and not row.line:find "^ " then
          points, score = points + tonumber(row.points), score + tonumber(row.score)
        end
      end
      local total = find(rows, "item", "total")
      assert.equal(100, points)
      assert.equal(100, tonumber(total.points))
      assert.near(tonumber(total.score), score, 0.03)
    end)

    it("gives every region the grade of its score", function()
      local function grade_of(score)
        return score >= 90 and "优秀" or score >= 75 and "良好" or score >= 60 and "合格" or "不合格"
      end
      for code, region in pairs(evaluated.nation.regions) do
        local annual = region.assessments.annual
        assert.equal(grade_of(tonumber(annual.printed)), annual.grade, code)
      end
      assert.equal(evaluated.nation.regions["000000"].assessments.annual.grade, find(rows, "item", "total").state)
    end)
  end)

  it("ranks by score: no one stands before one with more, equals share a place", function()
    local ranked = support.table(text, "目标管理责任书年终综合考核: ranking")
    assert.equal(10, #ranked)
    for i = 2, #ranked do
      local before, after = ranked[i - 1], ranked[i]
      assert.is_true(tonumber(before.score) >= tonumber(after.score))
      assert.equal(before.score == after.score and before.rank or tostring(i), after.rank)
    end
  end)

  it("is summed up in a row a region that says what the whole says", function()
    local rows, seen = workspace:json(0, "evaluate", "--summary"), 0
    for _, row in ipairs(rows) do
      local run = evaluated[row.pack]
      local region = run.regions[row.region]
      local counted = { met = 0, near = 0, unmet = 0, no_data = 0 }
      for id, plan in pairs(region.plans) do
        for name in pairs(counted) do counted[name] = counted[name] + plan[name] end
        -- Plans that are not in force in the year have no rate there.
        if row.attainment:find(id .. " ", 1, true) then
          assert.truthy(row.attainment:find(("%s %s"):format(id, plan.printed or "-"), 1, true), row.attainment)
        end
      end
      if row.pack == "pingdingshan" then
        assert.same(counted, { met = row.met, near = row.near, unmet = row.unmet, no_data = row.no_data })
      end
      assert.equal(#(region.warnings or {}), row.red + row.orange + row.yellow + row.blue)
      seen = seen + 1
    end
    local regions = 0
    for _, run in pairs(evaluated) do
      for _ in pairs(run.regions) do regions = regions + 1 end
    end
    assert.equal(regions, seen)
  end)

  it("says which figures are sample data", function()
    assert.truthy(text:find("sample data, not published figures", 1, true))
    assert.is_true(evaluated.pingdingshan.sample_observations > 0)
    assert.equal(0, evaluated.nation.sample_observations)
  end)

  describe("run a second time", function()
    local before, again

    setup(function()
      before = workspace:sql ".dump"
      again = make_demo(workspace)
    end)

    it("imports nothing new", function()
      for _, import in pairs(again) do
        assert.equal(import.rows, import.unchanged)
        assert.same({ 0, 0 }, { import.added, import.revised })
      end
    end)

    it("finds the same runs and results", function()
      for _, run in ipairs(workspace:json(0, "evaluate")) do
        local first = evaluated[run.pack]
        assert.is_true(run.unchanged)
        assert.same({ first.run, first.result_hash }, { run.run, run.result_hash })
      end
      assert.equal(2, #workspace:json(0, "runs"))
    end)

    it("leaves the database's contents as they were", function()
      workspace:expect(0, "evaluate")
      assert.is_true(before == workspace:sql ".dump", "the dumps differ")
    end)
  end)

  it("replays both runs to the same bytes", function()
    for _, run in pairs(evaluated) do
      local replayed = workspace:json(0, "replay", run.run)[1]
      assert.equal("yes", replayed.same)
      assert.equal(run.result_hash, replayed.replayed)
    end
  end)
end)

describe("all shipped packs", function()
  local workspace, rows
  setup(function()
    workspace = support.workspace()
    make_demo(workspace, all)
    rows = workspace:json(0, "evaluate", "--summary")
  end)
  teardown(function() workspace:remove() end)

  local function rows_of(pack)
    local list = {}
    for _, row in ipairs(rows) do if row.pack == pack then list[#list + 1] = row end end
    return list
  end

  it("have every region in a row, with what was judged and how much of it is sample data", function()
    local counts, own = {}, {}
    for i, pack in ipairs(all) do
      local list = rows_of(pack)
      counts[i], own[i] = #list, list[1].region
      for _, row in ipairs(list) do
        assert.is_true(row.met > 0, pack .. " " .. row.region)
        assert.truthy(row.attainment:find "%d")
        assert.equal(pack == "nation", row.sample_observations == 0, pack .. " " .. row.region)
      end
    end
    assert.same({ 1, 1, 1, 1, 11, 14, 9 }, counts)
    assert.same({ "440784", "150802", "330000000201", "000000", "410400", "610100", "370300" }, own)
  end)

  it("add up all plans in force and say what was assessed, in either language", function()
    local linhe, runs = rows_of("linhe")[1], workspace:json(0, "evaluate", "--pack", "linhe")
    local plans, met = runs[1].regions["150802"].plans, 0
    for _, plan in pairs(plans) do met = met + plan.met end
    assert.equal(met, linhe.met)
    assert.truthy(linhe.attainment:find("women " .. plans.women.printed, 1, true), linhe.attainment)
    assert.equal("17 units", rows_of("pingdingshan")[1].assessed)
    local chinese = workspace:expect(0, "evaluate", "--summary", "--pack", "pingdingshan", "--lang", "zh").out
    assert.truthy(chinese:find("17 个单位", 1, true) and chinese:find("样例数据", 1, true), chinese)
  end)
end)
