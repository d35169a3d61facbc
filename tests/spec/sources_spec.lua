-- Every number, date, deadline, unit, table, fund rule and role of the six source documents is in the
-- packs, in a declaration that names the clause where it stands. $BIAOCHI_PLUGINS names another folder of packs.

local own_figures = require "tests.spec.own_figures"
local sources = require "tests.spec.sources"
local support = require "tests.spec.support"

local PACKS = { "linhe", "pingdingshan", "heshan", "nansan", "xian", "zibo" }
local KINDS = { number = true, date = true, unit = true, role = true, table = true, fund = true, target = true }

-- These files' lines end in \n.
local function rows_in(path) return support.csv((support.read_file(path):gsub("\n", "\r\n"))) end

local function rows_of(pack) return rows_in("tests/data/sources/" .. pack .. ".csv") end

local function published_in(folder)
  local published, path = {}, folder .. "/data/published.csv"
  for _, row in ipairs(support.exists(path) and rows_in(path) or {}) do
    if row.kind == "stated" then published[#published + 1] = row end
  end
  return published
end

local workspace
before_each(function() workspace = support.workspace() end)
after_each(function() workspace:remove() end)

describe("what the source document says", function()
  local folder = os.getenv "BIAOCHI_PLUGINS" or support.root .. "/plugins"

  for _, pack in ipairs(PACKS) do
    it("is in the pack " .. pack, function()
      local shown = workspace:json(0, "pack", "show", folder .. "/" .. pack)
      local missing = sources.missing(shown, rows_of(pack), published_in(folder .. "/" .. pack))
      assert.equal("", table.concat(missing, "\n"))
    end)
  end

  for _, pack in ipairs(PACKS) do
    it("is told from what the pack " .. pack .. " chose itself", function()
      local shown = workspace:json(0, "pack", "show", folder .. "/" .. pack)
      assert.equal("", table.concat(own_figures.unsaid(shown, folder .. "/" .. pack), "\n"))
    end)
  end

  -- The document gives each of the 38 tasks one lead and its responsible units, in this order.
  it("names the units of each task in Xi'an, and no others", function()
    local shown, wanted = workspace:json(0, "pack", "show", folder .. "/xian"), {}
    for _, row in ipairs(rows_of "xian") do
      local role = row.text:match "^牵头单位" or row.text:match "^责任单位"
      local clause = role and "t" .. row.at
      if role then wanted[clause] = (wanted[clause] or "") .. role .. row.value:match "^[^|]+" .. ";" end
    end
    local titles, found = {}, {}
    for _, unit in ipairs(shown.units) do titles[unit.id] = unit.title end
    for _, task in ipairs(workspace:json(0, "pack", "show", folder .. "/xian", "--kind", "task")) do
      local text = "牵头单位" .. titles[task.lead] .. ";"
      for _, unit in ipairs(task.units or {}) do text = text .. "责任单位" .. titles[unit] .. ";" end
      found[task.source[1]] = text
    end
    assert.same(wanted, found)
  end)

  it("is listed by place, kind and value", function()
    for _, pack in ipairs(PACKS) do
      local rows = rows_of(pack)
      assert.is_true(#rows > 40, pack)
      for i, row in ipairs(rows) do
        local line = ("%s.csv:%d"):format(pack, i + 1)
        assert.equal(pack, row.pack, line)
        assert.is_true(KINDS[row.kind], line .. " is of no kind: " .. row.kind)
        assert.is_true(row.text ~= "" and row.value ~= "", line)
        assert.is_true(#sources.tokens(row.at) > 0, line .. " is nowhere: " .. row.at)
      end
    end
  end)

  it("has 79 objectives and 96 measures in Linhe's eight domains, 38 tasks in Xi'an", function()
    local places = {}
    for _, pack in ipairs { "linhe", "xian" } do
      for _, row in ipairs(rows_of(pack)) do places[row.at] = true end
    end
    local objectives, measures, tasks = 0, 0, 0
    for place in pairs(places) do
      if place:find("目标", 1, true) then objectives = objectives + 1 end
      if place:find("措施", 1, true) then measures = measures + 1 end
      if place:find "^%d+$" then tasks = tasks + 1 end
    end
    assert.same({ 79, 96, 38 }, { objectives, measures, tasks })
  end)
end)

describe("the list", function()
  local LEAVES = [[
unit "health" { title = "市卫健委" }
unit "finance" { title = "市财政局" }
document "plan" { title = "规划", issued = "2018-05-08" } {
  clause "front" { at = "落款", title = "日期", background = "印发日期" },
  clause "g1" { at = "二(一)主要目标 1", title = "两项比率" },
  clause "g10" { at = "二(一)主要目标 10", title = "另一项" },
}
local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "rate" { title = "孕产妇系统管理率", unit = "%", lead = "health", units = { "finance" }, due = "2025-12",
    target = at_least(93), source = "g1" },
  indicator "other" { title = "知晓率", unit = "%", lead = "finance", target = at_least(95), source = "g10" },
}
]]

  local function row(at, text, value) return { at = at, kind = "number", text = text, value = value } end

  local function missing(rows)
    workspace:write("listed/pack.lua", support.pack_header .. LEAVES)
    return sources.missing(workspace:json(0, "pack", "show", "listed"), rows)
  end

  it("passes what the place holds", function()
    assert.same({}, missing {
      row("二（一）目标1", "93%", "93"), row("二(一)目标1", "率", "“孕产妇”系统管理率"),
      row("二(一)目标1", "牵头单位:市卫健委", "市卫健委"), row("二(一)目标1", "责任单位:市财政局", "市财政局"),
      row("二(一)目标1", "或者", "92|93"), row("二(一)", "任一目标", "95"), row("二(一)目标1", "期限", "2025-12"),
      row("落款", "印发", "2018-05-08"),
    })
  end)

  it("counts the figures published for what is declared there", function()
    workspace:write("listed/pack.lua", support.pack_header .. LEAVES)
    local shown = workspace:json(0, "pack", "show", "listed")
    local published = { { indicator = "rate", value = "94.5" } }
    assert.same({}, sources.missing(shown, { row("二(一)目标1", "94.5%", "94.5") }, published))
    assert.equal(1, #sources.missing(shown, { row("二(一)目标10", "94.5%", "94.5") }, published))
  end)

  it("finds what the place does not hold", function()
    local rows = {
      row("二(一)目标1", "94%", "94"), row("二(一)目标1", "另一处的数", "95"), row("二(一)目标10", "另一处的数", "93"),
      row("二(一)目标1", "牵头单位:市财政局", "市财政局"), row("二(一)目标1", "责任单位:市卫健委", "市卫健委"),
      row("二(一)目标1", "期限", "2026-12"), row("三(一)", "没有这一处", "93"),
    }
    local list = missing(rows)
    assert.equal(#rows, #list, table.concat(list, "\n"))
    assert.truthy(list[1]:find("not in what carries g1", 1, true), list[1])
    assert.truthy(list[7]:find("no clause is there", 1, true), list[7])
  end)
end)

describe("a pack's own figures", function()
  local LEAVES = [[
unit "health" { title = "市卫健委" }
document "plan" { title = "规划(2021-2030年)" } {
  clause "g1" { at = "一 1", title = "两项", states = { "1:3", "七个", "5月19日" } },
}
local women = plan "women" { title = "妇女规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "健康" } {
  indicator "midwives" { title = "助产士", unit = "1/10万", lead = "health", target = ratio(1, 3), source = "g1" },

  COMMENT
  indicator "around" { title = "左右", unit = "%", lead = "health", target = around(7, 2), source = "g1" },
}
form "table" { title = "报表", due = "05-19", year = 2021, by = { "health" }, source = "g1" }
]]

  local function unsaid(from, to)
    local text = LEAVES:gsub("COMMENT", "-- 容差为本包自定。")
    if from then
      local first, last = assert(text:find(from, 1, true))
      text = text:sub(1, first - 1) .. to .. text:sub(last + 1)
    end
    workspace:write("own/pack.lua", support.pack_header .. text)
    return own_figures.unsaid(workspace:json(0, "pack", "show", "own"), workspace:path "own")
  end

  it("pass when the document states them or a comment says whose they are", function() assert.same({}, unsaid()) end)

  it("are told when nobody says whose they are", function()
    local changes = { { "ratio(1, 3)", "ratio(1, 4)", "midwives 'target' has 4" }, { "05-19", "05-20", "table 'due' has 20" },
      { "year = 2021", "year = 2022", "table 'year' has 2022" }, { "助产士", "助产士1:4", "midwives 'title' has 4" },
      { "-- 容差为本包自定。", "-- 容差", "around 'target' has 2" } }
    for _, change in ipairs(changes) do
      local list = unsaid(change[1], change[2])
      assert.equal(1, #list, change[3])
      assert.truthy(list[1]:find(change[3], 1, true), list[1])
    end
  end)
end)
