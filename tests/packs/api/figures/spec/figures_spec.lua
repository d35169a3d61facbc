-- What a pack keeps is about what is stored; its specs see every figure there is.

local values = { [2020] = 50, [2021] = 53, [2022] = 54, [2023] = 60, [2024] = 62 }
local result = evaluate { year = 2024, observations = { screening = values } }
local screening = result.indicators.screening

describe("figures", function()
  it("that the pack keeps are there", function()
    assert.equal(8, screening.gap)
    assert.equal(1, screening.peers_rank)
    assert.is_true(screening.volatility > 0)
  end)

  it("that it does not keep are there for specs all the same", function()
    assert.equal(2, screening.change)
    assert.near(70, screening.milestone, 0)
    assert.is_true(screening.reach_year > 2024)
  end)
end)
