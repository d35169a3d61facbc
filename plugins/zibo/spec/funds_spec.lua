-- “两癌”资金：账目平衡、专款专用、配套到位、审核发放。

local accounts

local function district()
  return evaluate({ year = 2015, regions = { ["370323"] = { observations = accounts } } }).regions["370323"]
end

local function find(result, id, subject)
  for _, warning in ipairs(result.warnings) do
    if warning.id == id and warning.subject == subject then return warning end
  end
end

before_each(function()
  accounts = {
    matching_due = 40, matching_paid = 40,
    screening_carried = 5, screening_income = 100, screening_paid = 98, screening_on_purpose = 98,
    screening_balance = 7, screening_planned = 20000, screening_women = 20000,
    relief_carried = 2, relief_income = 30, relief_paid = 25, relief_on_purpose = 25, relief_balance = 7,
    relief_applied = 30, relief_reviewed = 30, relief_approved = 25, relief_granted = 25,
  }
end)

describe("账目平衡", function()
  it("结转加收入减支出等于结余，差额为零，达标", function()
    local indicators = district().indicators
    assert.near(0, indicators.screening_difference.value, 1e-9)
    assert.equal("met", indicators.screening_difference.status)
    assert.equal("met", indicators.relief_difference.status)
  end)

  it("账上少 0.5 万元：未达标，橙色", function()
    accounts.screening_balance = 6.5
    local result = district()
    assert.near(0.5, result.indicators.screening_difference.value, 1e-9)
    assert.equal("unmet", result.indicators.screening_difference.status)
    assert.equal("orange", find(result, "account_unbalanced", "screening_difference").level)
    assert.is_nil(find(result, "account_unbalanced", "relief_difference"))
  end)

  it("账上多 2 万元：未达标，红色", function()
    accounts.relief_balance = 9
    local result = district()
    assert.near(-2, result.indicators.relief_difference.value, 1e-9)
    assert.equal("red", find(result, "account_unbalanced", "relief_difference").level)
  end)

  it("少报一个数，不能判定，也不算平衡，红色", function()
    accounts.screening_paid = nil
    local result = district()
    assert.equal("no_data", result.indicators.screening_difference.status)
    assert.equal("red", find(result, "account_unbalanced", "screening_difference").level)
    assert.equal("red", find(result, "not_special_use", "screening_special_use").level)
  end)

  -- 二进制小数的尾差不是账目不平。
  it("以分计的账目相抵为零", function()
    accounts.screening_carried, accounts.screening_income = 0.1, 0.2
    accounts.screening_paid, accounts.screening_balance = 0, 0.3
    assert.equal("met", district().indicators.screening_difference.status)
  end)
end)

describe("专款专用和到位", function()
  it("有一笔挪作他用即红色", function()
    accounts.relief_on_purpose = 24
    local result = district()
    assert.near(96, result.indicators.relief_special_use.value, 1e-9)
    assert.equal("red", find(result, "not_special_use", "relief_special_use").level)
  end)

  it("千万元中挪用 100 元也是红色，合规支出大于总支出的不能判定", function()
    accounts.relief_income, accounts.relief_paid, accounts.relief_on_purpose = 1000, 1000, 999.99
    local result = district()
    assert.equal("unmet", result.indicators.relief_special_use.status)
    assert.equal("red", find(result, "not_special_use", "relief_special_use").level)
    accounts.relief_on_purpose = 1000
    assert.equal("met", district().indicators.relief_special_use.status)
    accounts.relief_on_purpose = 1000.01
    assert.equal("no_data", district().indicators.relief_special_use.status)
  end)

  it("应配套、应检查报为零或没有报的，不能判定，红色", function()
    accounts.matching_due, accounts.matching_paid, accounts.screening_planned = 0, 0, nil
    local result = district()
    assert.equal("no_data", result.indicators.matching_rate.status)
    assert.equal("red", find(result, "fund_not_in_place", "matching_rate").level)
    assert.equal("red", find(result, "fund_not_in_place", "screening_done").level)
  end)

  it("配套到位率 59%、79%、99% 分别红、橙、黄，100% 不预警", function()
    for paid, level in pairs { [23.6] = "red", [31.6] = "orange", [39.6] = "yellow" } do
      accounts.matching_paid = paid
      assert.equal(level, find(district(), "fund_not_in_place", "matching_rate").level)
    end
    accounts.matching_paid = 40
    assert.is_nil(find(district(), "fund_not_in_place", "matching_rate"))
  end)

  it("审核和发放按人数", function()
    accounts.relief_granted = 20
    local indicators = district().indicators
    assert.near(80, indicators.relief_grant.value, 1e-9)
    assert.equal("unmet", indicators.relief_grant.status)
    assert.equal("met", indicators.relief_review.status)
  end)

  it("没有人申报的，审核发放不欠账", function()
    accounts.relief_applied, accounts.relief_reviewed = 0, 0
    accounts.relief_approved, accounts.relief_granted = 0, 0
    assert.equal("met", district().indicators.relief_review.status)
    assert.equal("met", district().indicators.relief_grant.status)
  end)

  it("市本级不看配套到位率", function()
    local city = evaluate { year = 2015, observations = { matching_due = 10, matching_paid = 5 } }
    assert.equal("not_applicable", city.indicators.matching_rate.status)
  end)
end)
