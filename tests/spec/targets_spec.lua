-- What people see of target sets, of the months a year runs over, of relative targets and of ratios: in
-- tables, rows, json and explanations.

local support = require "tests.spec.support"

local pack = support.pack_header:gsub("api = 1", "api = 1, terms = { 2021, 2026 }, "
  .. 'figures = { "count_low", "count_high", "forecast_error" }') .. [[
data "drowned" { title = "溺水死亡数", unit = "人", digits = 0 }
data "children_total" { title = "儿童数", unit = "人", digits = 0 }
data "party_members" { title = "党员比例", unit = "%", digits = 1 }
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020,
  conventions = { period = "health_year" } }
women:domain "health" { title = "妇女与健康" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委",
    targets = { nation = at_most(12), province = at_most(11), city = at_most(10), own = at_most(9) } },
  indicator "new_members" { title = "新党员中女性", unit = "%", digits = 1, lead = "组织部",
    target = not_below("party_members_female", { times = 0.9, margin = 1 }), conventions = { period = "term" } },
  indicator "drowning" { title = "溺水死亡率", unit = "1/10万", digits = 1, lead = "教育局", target = at_most(3),
    counts = "drowned", among = "children_total", per = 100000,
    formula = function(drowned, children_total) return 100000 * drowned / children_total end },
  indicator "balance" { title = "账户差额", unit = "元", digits = 0, lead = "财政局", target = around(0, 0) },
  indicator "share" { title = "女性比例", unit = "%", digits = 0, lead = "人社局", target = around(45, 2) },
  indicator "teachers" { title = "心理教师", unit = "人/班", digits = 2, lead = "教育局", target = ratio(1, 3) },
}
]]

local observations = [[
150800,mortality,total,2024,10.5
150800,new_members,total,2024,28
150800,teachers,total,2024,0.4
150800,balance,total,2024,0
150800,share,total,2024,44
150800,drowned,total,2024,2
150800,children_total,total,2024,80000
150800,party_members,female,2024,30
]]

local workspace

setup(function()
  workspace = support.office(pack)
  workspace:observe(observations, "region,indicator,breakdown,year,value")
  workspace:expect(0, "evaluate", "--year", 2024)
end)
teardown(function() workspace:remove() end)

local function find(rows, column, value)
  for _, row in ipairs(rows) do if row[column] == value then return row end end
  error("no row with " .. value)
end

describe("the table of a plan", function()
  local text
  before_each(function() text = workspace:expect(0, "evaluate", "--year", 2024, "--lang", "en").out end)

  it("says a target of exactly one value as that, not as a tolerance of nothing", function()
    assert.truthy(text:find("=0 ", 1, true), text)
    assert.truthy(text:find("45±2", 1, true), text)
    assert.falsy(text:find("±0", 1, true), text)
  end)

  it("says from which month to which its year runs, and an indicator's where it is another", function()
    local rows = support.table(text, "妇女发展规划 (2023-10 … 2024-09)")
    assert.equal("10.5", find(rows, "indicator", "孕产妇死亡率").value)
    assert.equal("28.0", find(rows, "indicator", "新党员中女性 (2021-01 … 2025-12)").value)
  end)

  it("shows every target beside its status", function()
    local row = find(support.table(text, "妇女发展规划"), "indicator", "孕产妇死亡率")
    assert.equal("≤9", row.target)
    assert.equal("unmet", row.status)
    assert.equal("city ≤10 unmet; nation ≤12 met; province ≤11 met", row["other targets"])
  end)

  it("prints a ratio and a line drawn by another figure as they are meant", function()
    local rows = support.table(text, "妇女发展规划")
    assert.equal("≥1:3", find(rows, "indicator", "心理教师").target)
    assert.equal("≥党员比例（女）×0.9−1", find(rows, "indicator", "新党员中女性 (2021-01 … 2025-12)").target)
  end)

  it("counts by every target set", function()
    local rows = support.table(text, "Attainment")
    assert.equal("100.00", find(rows, "domain", "by targets: nation")["attainment %"])
    assert.equal("0.00", find(rows, "domain", "by targets: city")["attainment %"])
  end)

  it("speaks Chinese", function()
    local chinese = workspace:expect(0, "evaluate", "--year", 2024, "--lang", "zh").out
    local row = find(support.table(chinese, "妇女发展规划（2023-10 … 2024-09）"), "指标", "孕产妇死亡率")
    assert.equal("市级 ≤10 未达标；国家 ≤12 达标；省级 ≤11 达标", row["其他目标"])
    find(support.table(chinese, "规划达标率"), "领域", "按国家目标")
  end)

  it("has no such column where nothing has another target", function()
    local plain = support.office()
    plain:observe "150800,mortality,2024,10.5\n"
    local _, columns = support.table(plain:expect(0, "evaluate", "--year", 2024).out, "妇女发展规划")
    plain:remove()
    for _, column in ipairs(columns) do assert.not_equal("other targets", column.name) end
  end)
end)

describe("rows and json", function()
  it("have a row's statuses by target set", function()
    local rows = support.csv(workspace:expect(0, "evaluate", "--year", 2024, "--format", "csv").out)
    assert.equal("own=unmet;city=unmet;nation=met;province=met", find(rows, "indicator", "mortality").statuses)
    assert.equal("", find(rows, "indicator", "teachers").statuses)
  end)

  it("carry statuses, counts and months", function()
    local region = workspace:json(0, "evaluate", "--year", 2024)[1].regions["150800"]
    assert.same({ own = "unmet", city = "unmet", nation = "met", province = "met" }, region.indicators.mortality.statuses)
    assert.equal(1, region.plans.women.targets.province.met)
    assert.same({ from = "2023-10", to = "2024-09" }, region.plans.women.period)
    assert.same({ from = "2021-01", to = "2025-12" }, region.indicators.new_members.period)
  end)
end)

describe("an explanation", function()
  local function explain(item) return workspace:expect(0, "explain", "150800", item, "--lang", "en").out end

  it("shows every target set", function()
    local text = explain "mortality"
    assert.truthy(text:find("period 2023-10 … 2024-09", 1, true))
    assert.truthy(text:find("target: nation = ≤12  met", 1, true))
    assert.truthy(text:find("target: city = ≤10  unmet", 1, true))
  end)

  it("shows the breakdown a line is drawn by", function()
    local text = explain "new_members"
    assert.truthy(text:find("compared with", 1, true))
    assert.truthy(text:find("党员比例", 1, true))
    assert.truthy(text:find("target not_below 26", 1, true))
  end)
end)

describe("a rate from few events", function()
  it("is explained with the limits it may as well have had", function()
    local text = workspace:expect(0, "explain", "150800", "drowning", "--lang", "en").out
    assert.truthy(text:find("events counted  as good as anything from 0.3 to 9.0", 1, true), text)
  end)
end)

describe("a pack is refused", function()
  local function problem_of(text)
    local fresh = support.workspace()
    fresh:write_pack("office", text)
    local result = fresh:expect(1, "pack", "check", "office", "--lang", "en")
    fresh:remove()
    return result.out .. result.err
  end

  local function with(fields)
    return support.pack_header .. ([[
data "deaths" { title = "死亡数", unit = "人" }
plan "women" { title = "规划", from = 2021, to = 2030, baseline = 2020 }:domain "health" { title = "健康" } {
  indicator "rate" { title = "死亡率", unit = "1/10万", lead = "卫健委", %s },
}
]]):format(fields)
  end

  it("when it counts what is not declared, or by halves", function()
    for fields, problem in pairs {
      ['counts = "death"'] = 'names "death", which is not declared',
      ['counts = "deaths", among = "deaths"'] = "needs `counts` and `per`",
      ["per = 1000"] = "`per` needs `counts`",
      ['counts = "deaths", per = 0'] = "above 0",
    } do
      assert.truthy(problem_of(with("target = at_most(1), " .. fields)):find(problem, 1, true), fields)
    end
  end)

  it("when its terms are out of order", function()
    local text = problem_of((support.pack:gsub("api = 1", "api = 1, terms = { 2021, 2016 }")))
    assert.truthy(text:find("'terms' must be years in ascending order", 1, true))
  end)

  it("when a term of office is its period and none is declared", function()
    local text = problem_of(with 'target = at_most(1), conventions = { period = "term" }')
    assert.truthy(text:find('indicator "rate": the period "term" needs `terms`', 1, true))
  end)

  it("when a rule names a target set that nothing has", function()
    local text = problem_of(with 'target = at_most(1)' .. [[
warning "w" { title = "预警", on = "indicator", level = function(status_nation) return status_nation and "red" end }
]])
    assert.truthy(text:find("unknown input 'status_nation'", 1, true))
  end)
end)
