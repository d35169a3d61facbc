-- Every example of the reference is a piece of a pack that loads: each stands in the least that it
-- needs around it.

local support = require "tests.spec.support"

local api = dofile "scripts/std/api.lua"

local UNITS = [[
unit "federation" { title = "妇联" }
unit "justice" { title = "司法局" }
unit "statistics" { title = "统计局" }
unit "office" { title = "妇儿工委办公室" }
]]
local HEALTH = 'unit "health" { title = "市卫生健康委" }\n'
local PLAN = 'local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }\n'
local SCREENING = [[indicator "screening" {
  title = "筛查率", unit = "%", target = at_least(70), milestones = { [2025] = 60 }, lead = "health",
},]]
local FACTS = 'fact "late_submissions" { title = "迟报次数", unit = "次", default = 0 }\n' ..
  'fact "falsified" { title = "弄虚作假", unit = "起", default = 0 }\n'

local function domain(members) return ('women:domain "members" { title = "领域" } {\n%s\n}\n'):format(members) end
local function assessed(points, parts)
  return ('assessment "of_example" { title = "考核", of = "region", points = %d, grades = { { 6, "合格" }, { 0, "不合格" } },\n%s\n}\n')
    :format(points, parts)
end

local BASE = UNITS .. HEALTH .. PLAN .. domain(SCREENING)
local PARENT = BASE .. FACTS .. [[
assessment "annual" { title = "考核", of = "region", points = 60, grades = { { 6, "合格" }, { 0, "不合格" } },
  item "targets" { points = 50, score = function(points) return points end },
  item "innovation" { points = 10, score = function(points) return points end },
}
]]

-- What a declaration's example is put into; those not named here stand at the top of a whole pack.
local around = {
  pack = function() return BASE end,
  unit = function(example) return example .. "\n" .. UNITS .. PLAN .. domain(SCREENING) end,
  plan = function(example) return UNITS .. HEALTH .. example .. "\n" .. domain(SCREENING) end,
  domain = function(example) return UNITS .. HEALTH .. PLAN .. example end,
  fact = function(example) return BASE .. example end,
  indicator = function(example) return UNITS .. HEALTH .. PLAN .. domain(example) end,
  objective = function(example) return BASE .. 'women:domain "more" { title = "更多" } {' .. example .. "}" end,
  task = function(example) return BASE .. 'women:domain "more" { title = "更多" } {' .. example .. "}" end,
  clause = function(example)
    return BASE .. 'document "d" { title = "规划" } {' .. example .. "}"
  end,
  item = function(example) return BASE .. FACTS .. assessed(60, example) end,
  veto = function(example)
    return BASE .. FACTS .. assessed(10, 'item "work" { points = 10, score = function(points) return points end },\n' .. example)
  end,
  remove = function(example) return example .. '\noverride.item "annual.targets" { points = 60 }' end,
}

local head = 'pack { id = "example", title = "示例区", region = "150802", version = "1.0.0", api = 1 }\n'

describe("the reference's example of", function()
  local workspace
  before_each(function() workspace = support.workspace() end)
  after_each(function() workspace:remove() end)

  local examples = table.move(api.inheritance, 1, #api.inheritance, #api.declarations + 1, { table.unpack(api.declarations) })
  for _, declaration in ipairs(examples) do
    it(declaration.name .. " is part of a pack that loads", function()
      local example = declaration.example
      assert.is_nil(example:find("…", 1, true), "the example is not written out")
      local child = declaration.name == "override" or declaration.name == "remove" or declaration.name == "none"
      local put = around[declaration.name] or function(text) return child and text or BASE .. FACTS .. text end
      local text = put(example)
      if child then
        workspace:write("parent/pack.lua", (head:gsub('"example"', '"parent"')) .. PARENT)
        text = head:gsub(" }\n", ', extends = "parent" }\n') .. text
      else
        text = (declaration.name == "pack" and example .. "\n" or head) .. text
      end
      workspace:write("example/pack.lua", text)
      workspace:write("example/health.lua", "-- nothing")
      workspace:expect(0, "pack", "check", "example")
    end)
  end
end)
