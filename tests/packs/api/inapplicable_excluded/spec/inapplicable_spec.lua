describe("inapplicable excluded", function()
  it("takes the points off the total", function()
    local assessed = evaluate { year = 2024, observations = { raw_score = 20 } }.assessments.annual
    assert.near(20, assessed.total, 1e-9)
    assert.near(40, assessed.maximum, 1e-9)
    assert.equal(0, assessed.items.left_out.points)
  end)
end)
