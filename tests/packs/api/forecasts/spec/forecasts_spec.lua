-- Next year's value by each method, for series whose continuation is known.

local straight = { [2012] = 60, [2013] = 70, [2014] = 80, [2015] = 90, [2016] = 100, [2017] = 110 }
local growing = { [2013] = 100, [2014] = 110, [2015] = 121, [2016] = 133.1, [2017] = 146.41 }
local one_out = { [2012] = 60, [2013] = 70, [2014] = 80, [2015] = 150, [2016] = 100, [2017] = 110 }
-- Infant mortality in China, 2008 to 2017.
local infants = {
  [2008] = 14.9, [2009] = 13.8, [2010] = 13.1, [2011] = 12.1, [2012] = 10.3, [2013] = 9.5, [2014] = 8.9,
  [2015] = 8.1, [2016] = 7.5, [2017] = 6.8,
}

local function forecast(id, values)
  return evaluate { year = 2017, observations = { [id] = values } }.indicators[id].forecast
end

describe("forecast", function()
  it("ols continues the line through the last five values", function()
    assert.near(120, forecast("by_ols", straight), 1e-9)
    assert.near(forecast("by_ols", one_out), forecast("by_default", one_out), 0)
    assert.is_true(math.abs(forecast("by_ols", one_out) - 120) > 1)
  end)

  it("theil_sen is not moved by one value out of line", function()
    assert.near(120, forecast("by_theil_sen", one_out), 1e-9)
  end)

  it("cagr continues growth", function()
    assert.near(161.051, forecast("by_cagr", growing), 1e-9)
  end)

  it("holt continues a line", function()
    assert.near(120, forecast("by_holt", straight), 1e-9)
  end)

  it("gm11 gives the published model's value", function()
    -- −160.60 · e^(−0.0914 k) + 175.50, cumulated; the year's own value is the difference of two.
    local wanted = -160.60 * (math.exp(-0.0914 * 10) - math.exp(-0.0914 * 9))
    assert.near(wanted, forecast("by_gm11", infants), 0.01)
  end)

  it("least_error takes what fits best", function()
    assert.near(161.051, forecast("by_least_error", growing), 1e-6)
    assert.near(120, forecast("by_least_error", straight), 1e-6)
  end)

  it("is missing while there are too few values", function()
    assert.is_nil(forecast("by_ols", { [2016] = 1, [2017] = 2 }))
  end)
end)

-- Worked out in another language from the formulas of each method, over all ten years.
local intervals = {
  ols = { 5.997442434827, 6.12, 6.242557565174 },
  theil_sen = { 4.965066274095, 5.7, 6.434933725905 },
  cagr = { 6.082159913463, 6.254682076795, 6.432097879436 },
  holt = { 5.340868747694, 5.926140521591, 6.511412295489 },
  gm11 = { 5.689195848403, 6.162367097894, 6.635538347385 },
}

local function infants_in(method, year)
  local values = {}
  for known, value in pairs(infants) do values[known] = known <= year and value or nil end
  return evaluate { year = year, observations = { ["by_" .. method] = values } }.indicators["by_" .. method]
end

describe("an 80 % interval and a back-test error come with", function()
  for method, wanted in pairs(intervals) do
    it(method, function()
      local now = infants_in(method, 2017)
      assert.near(wanted[1], now.forecast_low, 1e-6)
      assert.near(wanted[2], now.forecast, 1e-6)
      assert.near(wanted[3], now.forecast_high, 1e-6)
      -- Each of the last three values beside what was forecast for it the year before.
      local sum = 0
      for year = 2015, 2017 do sum = sum + math.abs(infants_in(method, year - 1).forecast - infants[year]) end
      assert.near(sum / 3, now.forecast_error, 1e-9)
    end)
  end

  it("least_error, which has the least of them", function()
    local least = math.huge
    for method in pairs(intervals) do least = math.min(least, infants_in(method, 2017).forecast_error) end
    assert.near(least, infants_in("least_error", 2017).forecast_error, 0)
  end)

  it("no error while nothing can be forecast from the values before", function()
    assert.is_nil(infants_in("ols", 2010).forecast_error)
    assert.is_not_nil(infants_in("ols", 2011).forecast_error)
  end)
end)
