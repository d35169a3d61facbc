-- Of 2 deaths Poisson's 95 % interval is 0.242209 to 7.224688, of none 0 to 3.688879.

local function figures(observations)
  return evaluate { year = 2024, observations = observations }
end

describe("a rate from counted events", function()
  it("has the interval of its events, by what they happen among", function()
    local mortality = figures({ deaths = 2, births = 10000 }).indicators.mortality
    assert.near(20, mortality.value, 1e-9)
    assert.near(2.42209279, mortality.count_low, 1e-6)
    assert.near(72.24687668, mortality.count_high, 1e-6)
  end)

  it("has an upper limit even of no events", function()
    local mortality = figures({ deaths = 0, births = 10000 }).indicators.mortality
    assert.equal(0, mortality.count_low)
    assert.near(36.88879454, mortality.count_high, 1e-6)
  end)

  it("has it by its own size where the population is not named", function()
    local reported = figures({ deaths = 2, reported = 20 }).indicators.reported
    assert.near(2.42209279, reported.count_low, 1e-6)
    local none = figures({ deaths = 0, reported = 0 }).indicators.reported
    assert.equal(0, none.count_low)
    assert.is_nil(none.count_high)
  end)

  it("has none where the events are not known", function()
    assert.is_nil(figures({ reported = 20 }).indicators.reported.count_low)
    assert.is_nil(figures({ deaths = -1, reported = 20 }).indicators.reported.count_low)
    assert.is_nil(figures({ deaths = 2, screening = 20 }).indicators.screening.count_low)
  end)

  it("does not warn of noise: two deaths after one are no rise, forty after twenty are", function()
    local births = { [2023] = 10000, [2024] = 10000 }
    assert.same({}, figures({ deaths = { [2023] = 1, [2024] = 2 }, births = births }).warnings)
    assert.equal("red", figures({ deaths = { [2023] = 20, [2024] = 40 }, births = births }).warnings[1].level)
  end)
end)

describe("a partial formula", function()
  it("is called with what there is", function()
    assert.near(80, figures({ screening = 90, counselling = 60 }).indicators.service_index.value, 1e-9)
    assert.near(90, figures({ screening = 90 }).indicators.service_index.value, 1e-9)
  end)

  it("may find it too little", function()
    assert.equal("no_data", figures({ counselling = 60 }).indicators.service_index.status)
    assert.equal("no_data", figures({}).indicators.service_index.status)
  end)
end)
