-- 指标的界限：文件写明的数，低于、恰好、高于各一次。

local function status(id, values, year)
  local result = evaluate { year = year or 2020, observations = { [id] = values } }
  return result.indicators[id].status
end

describe("写明数的指标", function()
  it("参加就业创业培训的妇女不少于 6 万人", function()
    assert.equal("unmet", status("women_trained", 5.99))
    assert.equal("met", status("women_trained", 6))
    assert.equal("met", status("women_trained", 6.01))
  end)

  it("毛入园率各年都保持在 98% 以上", function()
    assert.equal("met", status("kindergarten_enrolment", { [2018] = 98, [2019] = 98.2, [2020] = 98.5 }))
    assert.equal("near", status("kindergarten_enrolment", { [2018] = 97.9, [2019] = 98.2, [2020] = 98.5 }))
    assert.equal("unmet", status("kindergarten_enrolment", 97.9))
    -- 2018年以前的不算。
    assert.equal("met", status("kindergarten_enrolment", { [2012] = 90, [2017] = 97, [2020] = 98 }))
  end)

  it("贫困家庭子女巩固率 100%", function()
    assert.equal("unmet", status("poor_retention", 99.9))
    assert.equal("met", status("poor_retention", 100))
  end)

  it("残疾儿童少年入学率 95%", function()
    assert.equal("unmet", status("disabled_enrolment", 94.9))
    assert.equal("met", status("disabled_enrolment", 95))
    assert.equal("met", status("disabled_enrolment", 96))
  end)

  it("立案率、查处率 100%", function()
    assert.equal("unmet", status("cases_filed", 99.95))
    assert.equal("met", status("cases_filed", 100))
    assert.equal("unmet", status("cases_investigated", 99.9))
    assert.equal("met", status("cases_investigated", 100))
  end)

  it("全覆盖即 100%", function()
    for _, id in ipairs { "two_cancers_coverage", "left_behind_pairing", "community_sites" } do
      assert.equal("unmet", status(id, 99.9))
      assert.equal("met", status(id, 100))
    end
  end)

  it("每年听取汇报至少 1 次，办 10 件实事", function()
    assert.equal("unmet", status("standing_meetings", 0))
    assert.equal("met", status("standing_meetings", 1))
    assert.equal("met", status("standing_meetings", 2))
    assert.equal("unmet", status("practical_things", 9))
    assert.equal("met", status("practical_things", 10))
  end)
end)

describe("只写方向的指标", function()
  it("女性比例较上年提高", function()
    assert.equal("met", status("management_female", { [2019] = 28.1, [2020] = 28.2 }))
    assert.equal("unmet", status("management_female", { [2019] = 28.1, [2020] = 28.1 }))
  end)

  it("参保率较上年提高，已到 100% 的不再要求", function()
    assert.equal("met", status("female_pension", { [2019] = 98.1, [2020] = 98.2 }))
    assert.equal("unmet", status("female_pension", { [2019] = 98.2, [2020] = 98.2 }))
    assert.equal("met", status("female_pension", { [2019] = 100, [2020] = 100 }))
  end)

  it("村（居）两委较三年前的上届提高", function()
    assert.equal("met", status("village_heads_female", { [2015] = 10.0, [2018] = 10.4 }, 2018))
    assert.equal("unmet", status("village_heads_female", { [2015] = 10.0, [2017] = 9.8, [2018] = 10.0 }, 2018))
  end)

  it("出生缺陷率较上年降低", function()
    assert.equal("met", status("birth_defects", { [2019] = 92.0, [2020] = 91.0 }))
    assert.equal("unmet", status("birth_defects", { [2019] = 92.0, [2020] = 93.0 }))
  end)

  it("代表比例较上届提高", function()
    assert.equal("met", status("congress_female", { [2012] = 26.0, [2017] = 27.5 }, 2017))
    assert.equal("unmet", status("congress_female", { [2012] = 26.0, [2017] = 25.0 }, 2017))
  end)
end)
