local order = ""

before_each(function() order = order .. "a" end)

describe("before_each", function()
  before_each(function() order = order .. "b" end)

  it("runs before each spec, the outer one first", function()
    assert.equal("ab", order)
    order = ""
  end)

  describe("of an inner group", function()
    before_each(function() order = order .. "c" end)

    it("comes last", function()
      assert.equal("abc", order)
      order = ""
    end)
  end)

  it("of an inner group does not reach outside it", function()
    assert.equal("ab", order)
  end)
end)

describe("assert", function()
  it("equal", function()
    assert.equal("a", "a")
    assert.has_error(function() assert.equal(1, 2) end)
    assert.has_error(function() assert.equal({}, {}) end)
  end)

  it("same", function()
    assert.same({ 1, { a = 2 } }, { 1, { a = 2 } })
    assert.has_error(function() assert.same({ 1 }, { 1, 2 }) end)
    assert.has_error(function() assert.same({ 1, 2 }, { 1 }) end)
  end)

  it("near", function()
    assert.near(1, 1.05, 0.1)
    assert.has_error(function() assert.near(1, 1.2, 0.1) end)
    assert.has_error(function() assert.near(1, nil, 0.1) end)
    assert.has_error(function() assert.near(1, 0 / 0, 0.1) end)
  end)

  it("is_true, is_false", function()
    assert.is_true(true)
    assert.is_false(false)
    assert.has_error(function() assert.is_true(1) end)
    assert.has_error(function() assert.is_false(nil) end)
  end)

  it("is_nil, is_not_nil", function()
    assert.is_nil(nil)
    assert.is_not_nil(false)
    assert.has_error(function() assert.is_nil(false) end)
    assert.has_error(function() assert.is_not_nil(nil) end)
  end)

  it("has_error", function()
    assert.has_error(function() error "too late" end, "late")
    assert.has_error(function() assert.has_error(function() end) end)
    assert.has_error(function() assert.has_error(function() error "too late" end, "early") end)
  end)

  it("called itself, as in Lua", function()
    assert(true)
    assert.has_error(function() assert(false) end)
  end)
end)

describe("evaluate", function()
  it("needs a year", function()
    assert.has_error(function() evaluate { observations = {} } end)
  end)

  it("refuses what the pack does not declare", function()
    assert.has_error(function() evaluate { year = 2024, observations = { latte = 1 } } end, "late")
  end)

  it("refuses what is no figure", function()
    assert.has_error(function() evaluate { year = 2024, observations = { late = "three" } } end)
    assert.has_error(function() evaluate { year = 2024, observations = { late = { [2024] = true } } } end)
    assert.has_error(function() evaluate { year = 2024, observations = { late = { soon = 1 } } } end)
  end)
end)
