local function rate(id, met, all)
  local observations = {}
  for i = 1, all do observations[id .. "_" .. i] = i <= met and 1 or 0 end
  return evaluate({ year = 2024, observations = observations }).plans[id].printed
end

describe("a rate", function()
  it("of Pingdingshan is cut off: 89.65 % and 96.22 %", function()
    assert.equal("89.65", rate("women_cut", 26, 29))
    assert.equal("96.22", rate("children_cut", 51, 53))
  end)

  it("would be rounded up to 89.66 % and 96.23 %", function()
    assert.equal("89.66", rate("women_rounded", 26, 29))
    assert.equal("96.23", rate("children_rounded", 51, 53))
  end)

  it("that lies in the middle, 1 of 32 or 3.125 %, goes up or to the even digit", function()
    assert.equal("3.13", rate("up", 1, 32))
    assert.equal("3.12", rate("to_even", 1, 32))
    assert.equal("9.38", rate("to_even", 3, 32))
  end)
end)
