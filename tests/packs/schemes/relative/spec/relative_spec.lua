local function indicator_of(id, observations)
  return evaluate({ year = 2024, observations = observations }).indicators[id]
end

describe("a relative target", function()
  it("follows the other figure, of a breakdown too", function()
    assert.equal("met", indicator_of("new_members_female", { new_members_female = 31.2, ["party_members.female"] = 31.2 }).status)
    local behind = indicator_of("new_members_female", { new_members_female = 31.1, ["party_members.female"] = 31.2 })
    assert.equal("unmet", behind.status)
    assert.equal(31.2, behind.target)
    assert.near(0.1, behind.gap, 1e-9)
  end)

  it("may be a share of it", function()
    assert.equal("met", indicator_of("rural_service", { rural_service = 81, ["service.urban"] = 90 }).status)
    assert.equal("unmet", indicator_of("rural_service", { rural_service = 80.9, ["service.urban"] = 90 }).status)
  end)

  it("may leave a margin", function()
    assert.equal("met", indicator_of("enrolment", { enrolment = 88.1, city_enrolment = 90.1 }).status)
    assert.equal("unmet", indicator_of("enrolment", { enrolment = 88, city_enrolment = 90.1 }).status)
  end)

  it("needs the other figure", function()
    assert.equal("no_data", indicator_of("enrolment", { enrolment = 88 }).status)
  end)

  it("may be a ratio of two numbers: one to three is reached at 0.33", function()
    assert.equal("met", indicator_of("counsellors", { counsellors = 0.33 }).status)
    assert.equal("unmet", indicator_of("counsellors", { counsellors = 0.32 }).status)
  end)
end)
