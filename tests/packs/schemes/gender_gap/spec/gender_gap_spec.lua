local country = {
  participation = 0.8, equal_pay = 0.7, earned_income = 0.6, managers = 0.2, professionals = 1.1,
  literacy = 0.96, primary = 1.02, secondary = 0.95, tertiary = 1.2,
  births = 0.89, healthy_life = 1.06,
  parliament = 1 / 3, ministers = 0.1, head_of_state = 0.2,
}

local function indicators(without)
  local observations = {}
  for id, value in pairs(country) do
    local left_out = false
    for _, name in ipairs(without or {}) do left_out = left_out or name == id end
    if not left_out then observations[id] = value end
  end
  return evaluate({ year = 2024, observations = observations }).indicators
end

describe("the fields", function()
  it("are weighted ratios, cut at parity", function()
    local got = indicators()
    -- 0.1592 + 0.217 + 0.1326 + 0.0298 + 0.121
    assert.near(0.6596, got.economy_index.value, 1e-9)
    -- (0.18336 + 0.459 + 0.2185 + 0.121) / 1.001: the published weights add up to 1.001
    assert.near(0.98186 / 1.001, got.education_index.value, 1e-9)
    -- 0.693 · 0.89/0.944 + 0.307
    assert.near(0.693 * 0.89 / 0.944 + 0.307, got.health_index.value, 1e-9)
    -- 0.103333 + 0.0247 + 0.0886
    assert.near(0.31 / 3 + 0.1133, got.politics_index.value, 1e-9)
  end)

  it("make the index by their mean", function()
    local wanted = (0.6596 + 0.98186 / 1.001 + 0.693 * 0.89 / 0.944 + 0.307 + 0.31 / 3 + 0.1133) / 4
    assert.near(wanted, indicators().gap_index.value, 1e-9)
  end)
end)

describe("what is missing", function()
  it("is left out while half the weight is there", function()
    -- Without equal pay 0.69 of the weight: (0.6596 − 0.217) / 0.69
    assert.near(0.4426 / 0.69, indicators({ "equal_pay" }).economy_index.value, 1e-9)
    assert.near(1, indicators({ "births", "literacy" }).education_index.value, 0.02)
  end)

  it("takes the field away when more is missing, and the index with it", function()
    local got = indicators { "births" }
    assert.equal("no_data", got.health_index.status)
    assert.equal("no_data", got.gap_index.status)
  end)
end)
