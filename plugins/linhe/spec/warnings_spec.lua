-- 预警：预计达标困难、波动较大、缺报。

local function warnings_of(year, observations, subject)
  local found = {}
  for _, warning in ipairs(evaluate({ year = year, observations = observations }).warnings) do
    if warning.subject == subject then found[warning.id] = warning end
  end
  return found
end

-- 从 2020 年起逐年给数。
local function yearly(values)
  local by_year = {}
  for i, value in ipairs(values) do by_year[2019 + i] = value end
  return by_year
end

describe("预计达标困难", function()
  -- 农村自来水普及率，目标 91%。
  local function off_track(values)
    return warnings_of(2019 + #values, { rural_tap_water = yearly(values) }, "rural_tap_water").off_track
  end

  it("五年没有变化，看不到达标之年，红色", function()
    assert.equal("red", off_track({ 80, 80, 80, 80, 80 }).level)
  end)

  it("每年提高 0.5，2042 年才到，红色", function()
    assert.equal("red", off_track({ 80, 80.5, 81, 81.5, 82 }).level)
  end)

  it("每年提高 1，2031 年到，橙色", function()
    assert.equal("orange", off_track({ 80, 81, 82, 83, 84 }).level)
  end)

  it("每年提高 1.1，恰在 2030 年到，不预警", function()
    assert.is_nil(off_track({ 80, 81.1, 82.2, 83.3, 84.4 }))
  end)

  it("按近年趋势能到，但完成率落后于时间进度，黄色", function()
    -- 末五年 80、80、80、83、86.3,均值 81.86、斜率 1.56,2030 年为 91.22;完成率 6.3/11,时间进度 6/10。
    assert.equal("yellow", off_track({ 80, 80, 80, 80, 80, 83, 86.3 }).level)
  end)

  it("已达标的不预警，少于三个值的不预警", function()
    assert.is_nil(off_track({ 90, 90.5, 91 }))
    assert.is_nil(off_track({ 80, 80 }))
  end)

  it("提示语写明现值和目标", function()
    local message = off_track({ 80, 80.5, 81, 81.5, 82 }).message
    assert.is_not_nil(message:find("82", 1, true))
    assert.is_not_nil(message:find("91", 1, true))
  end)

  it("基期年不预警", function()
    local values = { [2018] = 80, [2019] = 80, [2020] = 80 }
    assert.is_nil(warnings_of(2020, { rural_tap_water = values }, "rural_tap_water").off_track)
  end)
end)

describe("没有按要求的方向变化", function()
  -- 农村卫生厕所普及率，要求比基期提高。
  local function of_toilets(values)
    return warnings_of(2019 + #values, { rural_toilets = yearly(values) }, "rural_toilets")
  end

  it("一直低于基期、看不到好转的红色", function()
    local warned = of_toilets({ 60, 59, 58, 57, 56 })
    assert.equal("red", warned.wrong_way.level)
    assert.is_not_nil(warned.wrong_way.message:find("基期 60", 1, true))
    assert.is_nil(warned.off_track)
  end)

  it("终期后两年内才回到基期以上的橙色，更晚的红色", function()
    -- 每年 0.5,要到 60.1:52 还差 16.2 年，57 还差 6.2 年(2031.2 年)。
    assert.equal("red", of_toilets({ 60, 50, 50.5, 51, 51.5, 52 }).wrong_way.level)
    assert.equal("orange", of_toilets({ 60, 55, 55.5, 56, 56.5, 57 }).wrong_way.level)
  end)

  it("低于基期、按趋势终期之前能回到基期以上的黄色，已高于基期的不预警", function()
    assert.equal("yellow", of_toilets({ 60, 55, 56, 57, 58, 59 }).wrong_way.level)
    assert.is_nil(of_toilets({ 60, 61, 62, 61, 61 }).wrong_way)
  end)

  it("有数值目标的仍作预计达标困难", function()
    local tap = { rural_tap_water = yearly { 80, 80, 80, 80, 80 } }
    assert.is_nil(warnings_of(2024, tap, "rural_tap_water").wrong_way)
  end)
end)

describe("上升趋势没有减缓", function()
  local function rising(values)
    return warnings_of(2019 + #values, { female_anxiety = yearly(values) }, "female_anxiety")
  end

  it("增幅与上年相同、大于上年的黄色，达到一倍半的橙色", function()
    assert.equal("yellow", rising({ 5, 5.4, 5.8 }).still_rising.level)
    assert.equal("yellow", rising({ 5, 5.4, 5.9 }).still_rising.level)
    assert.equal("orange", rising({ 5, 5.4, 6.1 }).still_rising.level)
    assert.equal("orange", rising({ 5, 5, 5.1 }).still_rising.level)
  end)

  it("增幅减小的、下降的、持平的不预警", function()
    assert.is_nil(rising({ 5, 5.4, 5.7 }).still_rising)
    assert.is_nil(rising({ 5, 4.6, 4.4 }).still_rising)
    assert.is_nil(rising({ 5, 5, 5 }).still_rising)
  end)

  it("没有达标之年可推算，不作预计达标困难", function()
    assert.is_nil(rising({ 5, 5.4, 6.1 }).off_track)
  end)
end)

describe("波动较大", function()
  local function volatile(values)
    return warnings_of(2019 + #values, { maternal_mortality = yearly(values) }, "maternal_mortality").volatile
  end

  -- 变化为 +d、−d、+d、−d:标准差(样本)为 d·√(4/3),平均水平为 (3×10 + 2×(10+d))/5。
  local function swinging(d) return { 10, 10 + d, 10, 10 + d, 10 } end

  it("系数 0.2 以上橙色，0.1 以上黄色，不足 0.1 不预警", function()
    assert.equal("orange", volatile(swinging(2)).level)
    assert.equal("yellow", volatile(swinging(1)).level)
    assert.is_nil(volatile(swinging(0.5)))
  end)

  it("只有几个的计数不看波动", function()
    local built = { standard_maternal_child_institutions = yearly { 0, 1, 1, 2, 1 } }
    assert.is_nil(warnings_of(2024, built, "standard_maternal_child_institutions").volatile)
  end)

  it("换届才变的不看波动", function()
    local elected = { female_village_heads = yearly { 6, 9, 9, 9, 9, 12 } }
    assert.is_nil(warnings_of(2025, elected, "female_village_heads").volatile)
  end)

  it("差距不看波动", function()
    local gap = { maternal_mortality_city = yearly { 10, 10, 10, 10, 10 }, maternal_mortality = yearly(swinging(0.9)) }
    assert.is_nil(warnings_of(2024, gap, "maternal_mortality_area_gap").volatile)
  end)

  it("平稳的不预警", function()
    assert.is_nil(volatile({ 10, 9.9, 9.8, 9.7, 9.6 }))
  end)
end)

describe("监测数据缺报", function()
  local DATA = { "maternal_mortality.urban", "maternal_mortality.rural" }
  for _, id in ipairs(include("reported").data) do DATA[#DATA + 1] = id end

  -- 佐证类目标在前、指标在后；由其他数推算的不在其中。
  local function reported_nodes()
    local objectives, indicators = {}, {}
    for _, domain in ipairs { "health", "education", "economy", "decision", "security", "family", "environment", "law" } do
      for _, node in ipairs(include("goals/" .. domain)) do
        local list = node.kind == "objective" and objectives or indicators
        if not node.formula then list[#list + 1] = node.id end
      end
    end
    return table.move(indicators, 1, #indicators, #objectives + 1, objectives)
  end

  -- 194 项中缺 `count` 项，其余各年都有数。
  local function warned(count)
    local years, observations = { 1, 1, 1, 1, 1, 1 }, {}
    for _, id in ipairs(DATA) do observations[id] = yearly(years) end
    for i, id in ipairs(reported_nodes()) do
      if i > count then observations[id] = yearly(years) end
    end
    local result = evaluate { year = 2025, observations = observations }
    assert.equal(count, result.plans.women.no_data)
    for _, warning in ipairs(result.warnings) do
      if warning.id == "not_reported" then return warning.level, warning.message end
    end
  end

  it("缺一成黄色，缺一半橙色", function()
    assert.is_nil((warned(0)))
    assert.is_nil((warned(19)))
    assert.equal("yellow", (warned(20)))
    assert.equal("yellow", (warned(96)))
    assert.equal("orange", (warned(97)))
  end)

  it("提示语写明缺几项", function()
    local _, message = warned(20)
    assert.is_not_nil(message:find("应评 194 项", 1, true))
    assert.is_not_nil(message:find("缺数据 20 项", 1, true))
  end)

  it("策略措施规划不受此限", function()
    assert.is_nil(warnings_of(2025, {}, "women_measures").not_reported)
  end)
end)
