-- 预警：逐年未达标、下年达标速度、变化较大、落后于全省或有关地区。

local function level(id, subject, result)
  for _, warning in ipairs(result.warnings) do
    if warning.id == id and warning.subject == subject then return warning.level, warning.message end
  end
end

local function of(id, values, year)
  return evaluate { year = year or 2015, observations = { [id] = values } }
end

describe("未达标", function()
  it("差距缩小黄色，扩大橙色", function()
    assert.equal("yellow", (level("not_reached", "preschool_enrolment",
      of("preschool_enrolment", { [2014] = 84, [2015] = 87 }))))
    assert.equal("orange", (level("not_reached", "preschool_enrolment",
      of("preschool_enrolment", { [2014] = 87, [2015] = 84 }))))
    assert.equal("orange", (level("not_reached", "infant_mortality",
      of("infant_mortality", { [2014] = 4.9, [2015] = 5.1 }))))
  end)

  it("差距不变，黄色", function()
    assert.equal("yellow", (level("not_reached", "preschool_enrolment",
      of("preschool_enrolment", { [2014] = 87, [2015] = 87 }))))
  end)

  it("规划第一年就预警", function()
    assert.equal("yellow", (level("not_reached", "preschool_enrolment",
      of("preschool_enrolment", { [2013] = 80, [2014] = 84 }, 2014))))
  end)

  it("没有上年报表数，从严按橙色", function()
    assert.equal("orange", (level("not_reached", "preschool_enrolment", of("preschool_enrolment", 87))))
  end)

  it("规划最后一年仍未达标，红色", function()
    assert.equal("red", (level("not_reached", "preschool_enrolment",
      of("preschool_enrolment", { [2015] = 87, [2016] = 89 }, 2016))))
  end)

  it("没有报数，红色；达标的、规划开始以前的不预警", function()
    assert.equal("red", (level("not_reached", "preschool_enrolment", of("infant_mortality", 4))))
    assert.is_nil((level("not_reached", "infant_mortality", of("infant_mortality", 4))))
    assert.is_nil((level("not_reached", "infant_mortality", of("infant_mortality", 9, 2013))))
  end)

  it("提示语写明上年、本年、目标、差距", function()
    local _, message = level("not_reached", "preschool_enrolment",
      of("preschool_enrolment", { [2014] = 84, [2015] = 87 }))
    for _, figure in ipairs { "84.0", "87.0", "90.0", "3.0" } do
      assert.is_not_nil(message:find(figure, 1, true), figure)
    end
  end)
end)

describe("下年达标速度", function()
  -- 所需：2015年距目标90还差，只剩2016年一年。
  local function speed(first, last)
    return (level("too_slow", "preschool_enrolment",
      of("preschool_enrolment", { [2013] = first, [2014] = (first + last) / 2, [2015] = last })))
  end

  it("年均升1点，需升3点：不足一半，橙色", function() assert.equal("orange", speed(85, 87)) end)
  it("年均升2点，需升3点：黄色", function() assert.equal("yellow", speed(83, 87)) end)
  it("年均升3点，需升3点：不预警", function() assert.is_nil(speed(81, 87)) end)
  it("年均升1.5点，正好一半：黄色；不动：红色", function()
    assert.equal("yellow", speed(84, 87))
    assert.equal("red", speed(87, 87))
  end)
  it("规划第一年就测算", function()
    assert.equal("orange", (level("too_slow", "preschool_enrolment",
      of("preschool_enrolment", { [2013] = 79, [2014] = 80 }, 2014))))
  end)
  it("不升反降：红色", function() assert.equal("red", speed(88, 87)) end)
  it("已达标：不预警", function() assert.is_nil(speed(92, 91)) end)
  it("没有历年数，测算不出速度：红色", function()
    assert.equal("red", (level("too_slow", "preschool_enrolment", of("preschool_enrolment", 87))))
  end)
end)

describe("变化较大", function()
  local function change(previous, value)
    return (level("changed_much", "green_space", of("green_space", { [2014] = previous, [2015] = value })))
  end

  it("满一成蓝色，满四分之一黄色", function()
    assert.equal("blue", change(10, 11))
    assert.equal("blue", change(10, 9))
    assert.equal("yellow", change(10, 12.5))
    assert.is_nil(change(10, 10.9))
    assert.equal("blue", change(10, 12.4))
    assert.equal("yellow", change(1, 2))
    assert.equal("blue", (level("changed_much", "green_space",
      of("green_space", { [2013] = 10, [2014] = 11 }, 2014))))
  end)

  it("没有上年报表数，无从对照，黄色", function() assert.equal("yellow", change(nil, 11)) end)

  it("由 0 变为非 0 黄色，仍为 0 不提示", function()
    assert.equal("yellow", change(0, 11))
    assert.is_nil(change(0, 0))
  end)
end)

describe("落后于全省或有关地区", function()
  -- 同级比较在下级区划之间进行，与鹤山和江门各市、区之间相同。
  local function compared(own, others, province)
    local regions = {
      own = { observations = { preschool_enrolment = own, ["preschool_enrolment.province"] = province } },
      other = { observations = { preschool_enrolment = others } },
    }
    return (level("behind_others", "preschool_enrolment", evaluate({ year = 2015, regions = regions }).regions.own))
  end

  it("两样都落后橙色，一样落后黄色", function()
    assert.equal("orange", compared(80, 88, 85))
    assert.equal("yellow", compared(80, 88, 75))
    assert.equal("yellow", compared(80, 70, 85))
    assert.is_nil(compared(80, 70, 75))
    -- 与全省、与均值持平不算落后。
    assert.is_nil(compared(80, 80, 80))
    -- 没有全省数、没有同级数，各按另一样。
    assert.equal("yellow", compared(80, 88, nil))
    assert.equal("yellow", compared(80, nil, 85))
    assert.equal("orange", compared(80, 81, 80.5))
  end)

  it("越低越好的，高于全省才算落后", function()
    local function infant(own, province)
      return (level("behind_others", "infant_mortality",
        evaluate { year = 2015, observations = { infant_mortality = own, ["infant_mortality.province"] = province } }))
    end
    assert.equal("yellow", infant(5, 4.9))
    assert.is_nil(infant(5, 5.2))
  end)

  it("已达标的不比较", function() assert.is_nil(compared(91, 95, 96)) end)
end)
