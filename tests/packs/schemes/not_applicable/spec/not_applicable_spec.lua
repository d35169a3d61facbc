local function safety(has_ports)
  return evaluate({ year = 2024, observations = {
    has_ports = has_ports, ports_checked = 50, schools_checked = 90, homes_checked = 80,
  } }).assessments.safety
end

describe("an item that does not apply", function()
  it("counts where it does", function() assert.equal("79.00", safety(1).printed) end) -- 45 + 24 + 10

  it("gives its points to the others where it does not", function()
    local result = safety(0)
    assert.equal(62.5, result.items.schools.points) -- 50 · 100/80
    assert.equal(56.25, result.items.schools.score)
    assert.equal(30, result.items.homes.score)
    assert.equal(0, result.items.ports.points)
    assert.equal("86.25", result.printed)
    assert.equal(100, result.maximum)
    assert.equal("良好", result.grade)
  end)
end)
