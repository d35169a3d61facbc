-- That an explanation shows what the run holds, where each input came from, and why, and stays small.

local support = require "tests.spec.support"

local pack = support.pack_header .. [[
unit "health" { title = "卫健委" }
unit "labour" { title = "人社局" }
unit "schools" { title = "教育局" }
data "income_male" { title = "男性收入", unit = "元", digits = 0 }
data "income_female" { title = "女性收入", unit = "元", digits = 0 }
fact "late" { title = "迟报次数", unit = "次", default = 1, digits = 0 }
fact "has_coast" { title = "海岸线", unit = "公里", default = 0, digits = 0 }
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "妇女与健康" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
  indicator "screening" { title = "宫颈癌筛查率", unit = "%", digits = 1, lead = "卫健委", target = at_least(70),
    milestones = { [2025] = 60, [2028] = 66 }, conventions = { at = "milestone" } },
  indicator "pay_gap" { title = "男女收入差距", unit = "%", digits = 1, lead = "人社局", target = narrows(),
    formula = function(income_male, income_female) return 100 * (income_male - income_female) / income_male end },
}
warning "high" { title = "死亡率偏高", on = "indicator", only = { "mortality" }, message = "现为 {value}",
  level = function(value) if value and value > 12 then return "red" end end }
warning "behind" { title = "规划滞后", on = "plan",
  level = function(attainment) if attainment < 0.1 then return "orange" end end }
warning "missing" { title = "数据不足", on = "region", hold = 2,
  level = function(mortality) if not mortality then return "blue" end end }
assessment "annual" { title = "年度考核", of = "region", points = 100, grades = { { 80, "良好" }, { 0, "不合格" } },
  item "targets" { title = "目标达标", points = 50,
    score = function(points, attainment_women) return proportion(points, attainment_women, 1) end },
  item "coast" { title = "海岸管理", points = 10,
    applies = function(has_coast) return has_coast > 0 end,
    score = function(points, mortality_progress) return points * (mortality_progress or 0) end },
  item "reporting" { title = "按时报送", points = 40, applies = function(year) return year > 2000 end,
    score = function(points, late) return deduct(points, 100 * late) end },
}
assessment "members" { title = "成员单位考核", of = "unit", points = 10, grades = { { 0, "合格" } },
  item "punctual" { points = 10, score = function(points, late) return deduct(points, late) end } }
]]

local columns = "region,indicator,breakdown,year,value"
local observations = [[
150800,mortality,total,2024,9
150800,late,total,2024,4
150800,late,health,2024,3
150802,mortality,total,2020,16.9
150802,mortality,total,2023,13
150802,mortality,total,2024,13.3
150802,screening,total,2024,65
150802,income_male,total,2024,60000
150802,income_female,total,2024,48000
150802,late,total,2024,2
]]

local function office(text, rows)
  local workspace = support.office(text or pack)
  workspace:observe(rows or observations, columns)
  workspace:expect(0, "evaluate", "--year", 2024)
  return workspace
end

-- The line of a rule in the pack.
local function line_of(text)
  local before = pack:sub(1, (assert(pack:find(text, 1, true))))
  return select(2, before:gsub("\n", "")) + 1
end

local function walk(node, visit)
  visit(node)
  for _, child in ipairs(node.children or {}) do walk(child, visit) end
end

local function find(tree, fits)
  local found
  walk(tree, function(node) if not found and fits(node) then found = node end end)
  return found
end

local function by_id(tree, id)
  return assert(find(tree, function(node) return node.id == id end), "the tree has no " .. id)
end

local function by_title(tree, title)
  return assert(find(tree, function(node) return node.title == title end), "the tree has no " .. title)
end

local function titled(tree, part)
  return find(tree, function(node) return node.title:find(part, 1, true) end)
end

local function count(tree)
  local nodes = 0
  walk(tree, function() nodes = nodes + 1 end)
  return nodes
end

describe("an explanation", function()
  local workspace, evaluated

  setup(function()
    workspace = office()
    evaluated = workspace:json(0, "evaluate", "--year", 2024)[1]
  end)
  teardown(function() workspace:remove() end)

  local function explain(region, item, ...)
    return workspace:json(0, "explain", region, item, "--year", 2024, ...).tree
  end

  describe("has the value that evaluate gave", function()
    it("of an item", function()
      local given = evaluated.regions["150802"].assessments.annual.items.targets.score
      assert.near(given, tonumber(explain("150802", "annual.targets").value:match "^[%d.]+"), 0.005)
    end)

    it("of a plan", function()
      assert.equal(evaluated.regions["150802"].plans.women.printed .. "%", explain("150802", "women").value)
    end)

    it("of an indicator", function()
      for id, digits in pairs { mortality = "13.3 1/10万", screening = "65.0%", pay_gap = "20.0%" } do
        local node, figures = explain("150802", id), evaluated.regions["150802"].indicators[id]
        assert.equal(digits, node.value)
        assert.near(figures.value, tonumber(node.value:match "^[%d.]+"), 0.05)
        assert.equal(1, node.detail:find(figures.status, 1, true))
      end
    end)

    it("of a warning", function()
      local raised = {}
      for _, warning in ipairs(evaluated.regions["150802"].warnings) do raised[warning.warning or warning.id] = warning end
      local high = explain("150802", "high")
      assert.equal("raised for 1", high.value)
      assert.equal(raised.high.level, high.children[1].value)
      assert.equal(raised.high.message, high.children[1].detail)
      assert.is_nil(raised.missing)
      assert.equal("not raised", explain("150802", "missing").value)
    end)

    it("of an item of a unit", function()
      for unit, score in pairs { health = "7.00 / 10", labour = "9.00 / 10" } do
        local punctual = by_id(explain("150800", "members", "--unit", unit), "punctual")
        assert.equal(score, punctual.value)
        assert.equal(score:match "^%d+", punctual.result)
      end
    end)
  end)

  describe("says which figure of a fact was taken", function()
    it("the unit's own", function()
      local late = by_id(explain("150800", "members.punctual", "--unit", "health"), "late")
      assert.same({ "3", "卫健委", 1 }, { late.value, late.detail, #late.children })
      assert.equal("health", late.children[1].observation.breakdown)
    end)

    it("its default, where the unit has none, though the region has", function()
      local punctual = explain("150800", "members.punctual", "--unit", "labour")
      local given, late = by_title(punctual, "late"), by_id(punctual, "late")
      assert.same({ "1", "1 次", "人社局", 1 }, { given.value, late.value, late.detail, #late.children })
      assert.equal("1 次", titled(late, "nothing entered: the fact's default").value)
    end)

    it("its default, where nothing was entered", function()
      local coast = by_id(explain("150802", "annual.coast"), "has_coast")
      assert.equal("0 公里", coast.value)
      local note = titled(coast, "nothing entered: the fact's default")
      assert.equal("0 公里", note.value)
      assert.equal("0 公里", explain("150802", "has_coast").value)
    end)

    it("its default, where the figure was withdrawn", function()
      local other = office()
      other:observe("150802,late,total,2024,withdrawn\n", columns)
      other:expect(0, "evaluate", "--year", 2024)
      for _, item in ipairs { "annual.reporting", "late" } do
        local late = by_id(other:json(0, "explain", "150802", item, "--year", 2024).tree, "late")
        assert.equal("1 次", late.value)
        assert.equal("withdrawn", titled(late, "observation 2024").value)
        assert.equal("1 次", titled(late, "was withdrawn: the fact's default").value)
      end
      local text = other:expect(0, "explain", "150802", "late", "--year", 2024).out
      assert.truthy(text:find("the fact's default is taken = 1 次", 1, true), text)
      other:remove()
    end)
  end)

  describe("of an item that may not apply", function()
    it("shows the rule that says so, its inputs and its result", function()
      local coast = explain("150802", "annual.coast")
      assert.equal("not_applicable", coast.detail)
      local applies = by_title(coast, "applies")
      assert.same({ "pack.lua", line_of "applies = function(has_coast)", "false" },
        { applies.rule.file, applies.rule.line, applies.value })
      assert.equal("0", by_title(applies, "has_coast").value)
      assert.is_nil(titled(coast, "mortality_progress"))
    end)

    it("shows it too where it applies", function()
      local reporting = explain("150802", "annual.reporting")
      local applies = by_title(reporting, "applies")
      assert.same({ "true", "2024" }, { applies.value, by_title(applies, "year").value })
      assert.equal("0", reporting.result)
    end)
  end)

  describe("of a warning", function()
    it("shows what it was given where it was raised", function()
      local subject = explain("150802", "high").children[1]
      assert.same({ "mortality", "red" }, { subject.id, subject.value })
      assert.same({ "value", "13.3" }, { subject.children[1].title, subject.children[1].value })
      assert.is_nil(titled(subject, "warning: "), "the warning is shown below itself")
      assert.truthy(find(subject, function(node) return node.observation and node.observation.value == 13.3 end))
    end)

    it("shows it with the indicator it was raised for, where that is asked for", function()
      local warning = by_id(explain("150802", "mortality"), "high")
      assert.same({ "red", "现为 13.3", "13.3" }, { warning.value, warning.detail, by_title(warning, "value").value })
    end)

    it("shows what it was given where it was not raised", function()
      local high = explain("150800", "high")
      assert.equal("not raised", high.value)
      local subject = high.children[1]
      assert.same({ "mortality", "not raised", "9" }, { subject.id, subject.value, by_title(subject, "value").value })
    end)

    it("on a plan shows its inputs and below them the plan", function()
      local behind = explain("150802", "behind")
      assert.equal("not raised", behind.value)
      local given = by_title(behind.children[1], "attainment")
      assert.near(evaluated.regions["150802"].plans.women.attainment, tonumber(given.value), 1e-9)
      assert.truthy(by_id(given, "pay_gap"))
    end)

    it("that must hold shows each year it was asked about", function()
      local missing = explain("150802", "missing")
      assert.equal("must hold 2 years in a row", missing.detail)
      assert.equal("13.3", by_title(by_title(missing, "year 2024"), "mortality").value)
      assert.is_nil(titled(missing, "year 2023"), "the engine did not ask about 2023")

      local other = office(nil, (observations:gsub("150802,mortality,total,202[34],[%d.]+\n", "")))
      local raised = other:json(0, "explain", "150802", "missing", "--year", 2024).tree
      assert.equal("blue", raised.children[1].value)
      for _, year in ipairs { "year 2024", "year 2023" } do
        local node = by_title(raised, year)
        assert.same({ "blue", "missing" }, { node.value, by_title(node, "mortality").value })
      end
      other:remove()
    end)

    it("lists at most 20 of those it was not raised for, and says how many more there are", function()
      local other = office((support.wide_pack .. [[
warning "high" { title = "偏高", on = "indicator", level = function(value) if value and value > 900 then return "red" end end }
]]), "150800,figure1,total,2024,9\n")
      local tree = other:json(0, "explain", "150800", "high", "--year", 2024).tree
      assert.equal(21, #tree.children)
      assert.truthy(tree.children[21].title:find("480 more", 1, true))
      other:remove()
    end)
  end)

  it("of an indicator judged at a milestone shows the one in force", function()
    assert.truthy(explain("150802", "screening").detail:find("milestone of 2025: 60", 1, true))
    assert.is_nil(explain("150802", "mortality").detail:find("milestone", 1, true))
  end)

  it("shows below a metric the indicator it comes from", function()
    local other = office((pack:gsub("has_coast > 0", "has_coast == 0")))
    local progress = by_title(other:json(0, "explain", "150802", "annual.coast").tree, "mortality_progress")
    assert.equal("mortality", progress.children[1].id)
    assert.truthy(find(progress, function(node) return node.observation end))
    other:remove()
  end)

  it("tells each indicator once and names it afterwards", function()
    local tree = workspace:json(0, "explain", "150802", "annual", "--year", 2024).tree
    local told = {}
    walk(tree, function(node)
      if node.declared and not node.see_above then told[node.id] = (told[node.id] or 0) + 1 end
    end)
    assert.same({ mortality = 1, screening = 1, pay_gap = 1 }, told)
  end)
end)

describe("an explanation of formulas upon formulas", function()
  -- 9 layers of 4 formulas, each of which uses the whole layer below it: told out, 4^9 nodes.
  local function layered_pack()
    local lines = {
      support.pack_header,
      'local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }',
      'women:domain "all" { title = "全部" } {',
    }
    for layer = 0, 9 do
      for place = 1, 4 do
        local inputs = {}
        for k = 1, layer > 0 and 4 or 0 do inputs[k] = ("layer%d_%d"):format(layer - 1, k) end
        local formula = layer > 0 and (", formula = function(%s) return (%s) / 4 end"):format(
          table.concat(inputs, ", "), table.concat(inputs, " + ")) or ""
        local declaration = 'indicator "layer%d_%d" { title = "第%d层", unit = "%%", lead = "卫健委", target = at_least(1)%s },'
        lines[#lines + 1] = declaration:format(layer, place, layer, formula)
      end
    end
    lines[#lines + 1] = "}\n"
    return table.concat(lines, "\n")
  end

  it("is small and quick", function()
    local workspace = office(layered_pack(),
      "150800,layer0_1,total,2024,2\n150800,layer0_2,total,2024,2\n150800,layer0_3,total,2024,4\n150800,layer0_4,total,2024,8\n")
    local timed = workspace:shell("timeout 2 " .. workspace:command("explain", 150800, "layer9_1", "--format", "json"))
    assert.equal(0, timed.code, "not done after 2 s")
    local tree = support.decode(timed.out).tree
    assert.is_true(count(tree) < 1000, count(tree) .. " nodes")
    assert.equal("4.00%", tree.value)
    local above = assert(find(tree, function(node) return node.see_above end))
    assert.equal(by_id(tree, above.id).value, above.value)
    assert.is_nil(above.children)
    local text = workspace:expect(0, "explain", 150800, "layer9_1").out
    assert.truthy(text:find("(see above)", 1, true))
    assert.truthy(workspace:expect(0, "explain", 150800, "layer9_1", "--lang", "zh").out:find("见上", 1, true))
    workspace:remove()
  end)
end)

describe("an explanation that would be too large", function()
  local function plan_of(declarations)
    return support.pack_header
      .. 'local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }\n'
      .. "local figures = {}\n" .. declarations .. '\nwomen:domain "all" { title = "全部" } (figures)\n'
  end

  it("is cut at 50,000 nodes and says so", function()
    local rows = {}
    for figure = 1, 700 do
      for year = 1949, 2024 do rows[#rows + 1] = ("150800,figure%d,total,%d,1"):format(figure, year) end
    end
    local workspace = office(plan_of [[
for i = 1, 700 do
  figures[i] = indicator("figure" .. i) { title = "指标" .. i, unit = "%", lead = "卫健委", target = at_least(i) }
end]], table.concat(rows, "\n") .. "\n")
    local tree = workspace:json(0, "explain", 150800, "women", "--year", 2024).tree
    assert.equal(50000, count(tree))
    local last = tree.children[#tree.children].children
    assert.truthy(last[#last].title:find("the tree is cut here: it has 50000 nodes", 1, true), last[#last].title)
    workspace:remove()
  end)

  it("names what lies too deep, which can be explained by itself", function()
    local lines = {}
    for i = 1, 80 do
      local formula = i > 1 and (", formula = function(link%d) return link%d + 1 end"):format(i - 1, i - 1) or ""
      local declaration = 'figures[%d] = indicator "link%d" { title = "%d", unit = "%%", lead = "卫健委", target = at_least(1)%s }'
      lines[i] = declaration:format(i, i, i, formula)
    end
    local workspace = office(plan_of(table.concat(lines, "\n")), "150800,link1,total,2024,1\n")
    local tree = workspace:json(0, "explain", 150800, "link80", "--year", 2024).tree
    local deepest = by_id(tree, "link20")
    assert.same({ "20.00%", 1 }, { deepest.value, #deepest.children })
    assert.truthy(deepest.children[1].title:find("explain it by its own name", 1, true))
    assert.truthy(by_id(workspace:json(0, "explain", 150800, "link20", "--year", 2024).tree, "link1").children[1].observation)
    workspace:remove()
  end)
end)

describe("explain refuses", function()
  it("to explain a stored result that was changed", function()
    local workspace = office()
    workspace:sql [[UPDATE result SET payload = CAST(substr(payload, 1, length(payload) - 1) || x'07' AS BLOB)
      WHERE region = (SELECT number FROM region WHERE code = '150802')]]
    local result = workspace:expect(1, "explain", "150802", "mortality")
    assert.truthy(result.err:find("run 1 holds other figures for region 150802 than its rules give now", 1, true), result.err)
    assert.truthy(result.err:find("the stored data was changed", 1, true), result.err)
    assert.truthy(result.err:find("a replay of run 1", 1, true), result.err)
    assert.equal("", result.out)
    workspace:expect(0, "explain", "150800", "mortality")
    workspace:remove()
  end)

  it("a region that reported nothing, and says so", function()
    local workspace = office()
    for _, item in ipairs { "annual", "mortality", "high" } do
      local result = workspace:expect(6, "explain", "150821", item, "--year", 2024)
      assert.truthy(result.err:find("region 150821 reported nothing for 2024", 1, true), result.err)
      assert.is_nil(result.err:find("does not evaluate", 1, true), result.err)
    end
    local other = workspace:expect(6, "explain", "150000", "annual", "--year", 2024)
    assert.truthy(other.err:find("does not evaluate region 150000", 1, true), other.err)
    workspace:remove()
  end)

  it("a unit that is not there, and names one that is", function()
    local workspace = office()
    local result = workspace:expect(6, "explain", "150800", "members", "--unit", "nobody")
    assert.truthy(result.err:find("nobody", 1, true) and result.err:find("such as health", 1, true), result.err)
    workspace:remove()
  end)

  it("a unit that the assessment leaves out, and names one that it assesses", function()
    local workspace = office((pack:gsub('of = "unit",', 'of = "unit", only = { "labour" },')))
    workspace:expect(0, "explain", "150800", "members", "--unit", "labour")
    for _, asked in ipairs { "health", "nobody" } do
      local result = workspace:expect(6, "explain", "150800", "members", "--unit", asked)
      assert.truthy(result.err:find(asked, 1, true) and result.err:find("such as labour", 1, true), result.err)
    end
    local result = workspace:expect(6, "explain", "150800", "members", "--unit", "health")
    assert.truthy(result.err:find('"members" does not assess the unit health', 1, true), result.err)
    workspace:remove()
  end)

  it("what is no result, and says where it is listed", function()
    local workspace = office(pack .. 'form "yearly_table" { title = "年报表" }\n')
    local result = workspace:expect(6, "explain", "150802", "yearly_table")
    assert.truthy(result.err:find('has no item, plan, indicator, objective, task, data item, fact or warning "yearly_table"',
      1, true), result.err)
    assert.truthy(result.err:find("what the pack declares is listed", 1, true), result.err)
    workspace:remove()
  end)
end)
