local function scores(myopia, enrolment)
  local items = evaluate({ year = 2024, observations = {
    myopia = { [2023] = 50.1, [2024] = myopia }, enrolment = { [2023] = 88.4, [2024] = enrolment },
  } }).assessments.annual.items
  return { items.myopia.score, items.enrolment.score }
end

describe("beside last year", function()
  it("better earns all points", function() assert.same({ 6, 4 }, scores(50.0, 88.5)) end)
  it("flat is deducted", function() assert.same({ 4, 3 }, scores(50.1, 88.4)) end)
  it("worse is deducted more, or all", function() assert.same({ 0, 1 }, scores(50.2, 88.3)) end)

  it("a difference in binary is none: 0.1 + 0.2 is 0.3", function()
    local items = evaluate({ year = 2024, observations = { myopia = { [2023] = 0.3, [2024] = 0.1 + 0.2 } } })
    assert.equal(4, items.assessments.annual.items.myopia.score)
  end)

  it("nothing without last year's figure", function()
    local result = evaluate { year = 2024, observations = { myopia = 50 } }
    assert.equal("no_data", result.assessments.annual.items.myopia.state)
  end)
end)
