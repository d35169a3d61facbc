-- 条款数：主要目标 79 条、策略措施 96 条，一条不少，号码连续。

local GOALS = { health = 11, education = 9, economy = 10, decision = 11, security = 9, family = 9, environment = 11, law = 9 }
local MEASURES = {
  health = 13, education = 12, economy = 13, decision = 10, security = 11, family = 12, environment = 13, law = 12,
}

-- 某领域的节点所依据的条款：号码的集合。
local function numbers_carried(nodes, prefix)
  local carried, count = {}, 0
  for _, node in ipairs(nodes) do
    for _, clause in ipairs(node.source) do
      local number = tonumber(string.match(clause, "^" .. prefix .. "_(%d+)$"))
      if number and not carried[number] then
        carried[number], count = true, count + 1
      end
    end
  end
  return carried, count
end

local function check_domains(counts, folder, word)
  local total = 0
  for domain, wanted in pairs(counts) do
    local carried, count = numbers_carried(include(folder .. "/" .. domain), domain .. "_" .. word)
    assert.equal(wanted, count)
    for number = 1, wanted do assert.is_true(carried[number]) end
    total = total + count
  end
  return total
end

describe("条款", function()
  it("主要目标 79 条都有指标或佐证目标", function()
    assert.equal(79, check_domains(GOALS, "goals", "goal"))
  end)

  it("策略措施 96 条各为一项任务", function()
    assert.equal(96, check_domains(MEASURES, "measures", "measure"))
    local tasks = 0
    for domain in pairs(MEASURES) do
      for _, node in ipairs(include("measures/" .. domain)) do
        if node.kind == "task" then tasks = tasks + 1 end
      end
    end
    assert.equal(96, tasks)
  end)

  it("目标和措施分两个规划，达标率各算各的", function()
    local result = evaluate { year = 2024, observations = { health_measure_1 = 1, natural_delivery = 1 } }
    assert.equal(1, result.plans.women.met)
    assert.equal(1, result.plans.women_measures.met)
    assert.equal(1, result.plans.women_measures.domains.health.met)
    -- 96 项任务和 12 个指标中完成 1 项：0.9259…%。
    assert.equal("0.93", result.plans.women_measures.printed)
  end)

  it("没有数据的按未达标计，194 项里只有 1 项达标", function()
    local women = evaluate({ year = 2024, observations = { natural_delivery = 1 } }).plans.women
    assert.near(1 / 194, women.attainment, 0.000001)
  end)
end)
