-- 预警：阈值为本包自定，这里守住它们。

local function find(result, id, subject)
  for _, warning in ipairs(result.warnings) do
    if warning.id == id and warning.subject == subject then return warning end
  end
end

local function maternal_mortality(values)
  local years = {}
  for i, value in ipairs(values) do years[2019 + i] = value end
  return evaluate { year = 2024, observations = { maternal_mortality = years } }
end

describe("预计达标困难", function()
  it("停滞不前的，红色", function()
    local result = maternal_mortality { 16.9, 16.8, 16.9, 16.8, 16.9 }
    assert.equal("red", find(result, "off_track", "maternal_mortality").level)
  end)

  -- 五年直线趋势每年降 0.47,2031 年到 12。
  it("晚于终期不足两年的，橙色", function()
    local result = maternal_mortality { 17.0, 17.0, 16.7, 15.9, 15.2 }
    assert.equal("orange", find(result, "off_track", "maternal_mortality").level)
  end)

  it("预计能按期达标、但完成率落后于时间进度的，黄色", function()
    local result = maternal_mortality { 17, 19, 18, 16, 15.1 }
    assert.equal("yellow", find(result, "off_track", "maternal_mortality").level)
  end)

  it("公布的 2020—2024 年数据不预警", function()
    local result = maternal_mortality { 16.9, 16.1, 15.7, 15.1, 14.3 }
    assert.is_nil(find(result, "off_track", "maternal_mortality"))
  end)

  it("规划期外不预警", function()
    local result = maternal_mortality { 21, 21, 21, 21, 21 }
    assert.is_nil(find(result, "off_track", "maternal_mortality_2011"))
    assert.is_not_nil(find(result, "off_track", "maternal_mortality"))
  end)
end)

describe("波动较大", function()
  it("小地区的死亡率逐年起落，橙色", function()
    local result = evaluate {
      year = 2017,
      observations = {
        maternal_mortality = { [2013] = 9.45, [2014] = 7.19, [2015] = 8.69, [2016] = 10.83, [2017] = 8.17 },
      },
    }
    assert.equal("orange", find(result, "volatile", "maternal_mortality_2011").level)
  end)

  it("平稳下降的不提示", function()
    local result = maternal_mortality { 16.9, 16.1, 15.7, 15.1, 14.3 }
    assert.is_nil(find(result, "volatile", "maternal_mortality"))
  end)
end)

describe("指标逆转", function()
  it("虽在目标以内，回升一成以上的，橙色", function()
    local result = evaluate {
      year = 2016,
      observations = { maternal_mortality = { [2015] = 15.07, [2016] = 17.12 } },
    }
    assert.equal("orange", find(result, "reversal", "maternal_mortality_2011").level)
  end)

  it("系统管理率由 91.6% 回落到 89.6%，黄色", function()
    local result = evaluate {
      year = 2017,
      observations = { maternal_management = { [2016] = 91.6, [2017] = 89.6 } },
    }
    assert.equal("yellow", find(result, "reversal", "maternal_management_2011").level)
  end)

  it("未达标而继续改善的不提示", function()
    local result = evaluate {
      year = 2024,
      observations = { maternal_mortality = { [2023] = 15.1, [2024] = 14.3 } },
    }
    assert.is_nil(find(result, "reversal", "maternal_mortality"))
  end)

  it("基期年只按上一周期的目标提示", function()
    local result = evaluate {
      year = 2020,
      observations = { maternal_mortality = { [2019] = 17.8, [2020] = 18.5 } },
    }
    assert.is_not_nil(find(result, "reversal", "maternal_mortality_2011"))
    assert.is_nil(find(result, "reversal", "maternal_mortality"))
  end)
end)
