-- 目标判定：用公布过的数核对。

local function status(id, year, observations)
  return evaluate({ year = year, observations = observations }).indicators[id].status
end

describe("妇女纲要 2021—2030", function()
  it("孕产妇死亡率：2020 年 16.9,2024 年 14.3，完成率 53.06%，时间进度 40%", function()
    local result = evaluate {
      year = 2024,
      observations = { maternal_mortality = { [2020] = 16.9, [2024] = 14.3 } },
    }
    local indicator = result.indicators.maternal_mortality
    assert.equal("unmet", indicator.status)
    assert.near(0.530612, indicator.progress, 0.000001)
    assert.near(0.4, indicator.pace, 0.000001)
    assert.near(2.3, indicator.gap, 0.000001)
    assert.equal(14.5, indicator.milestone)
  end)

  it("12/10万以下含本数", function()
    assert.equal("met", status("maternal_mortality", 2030, { maternal_mortality = 12 }))
    assert.equal("unmet", status("maternal_mortality", 2030, { maternal_mortality = 12.1 }))
  end)

  it("城乡差距由分城乡的数推算，2022 年较 2020 年缩小", function()
    local result = evaluate {
      year = 2022,
      observations = {
        ["maternal_mortality.urban"] = { [2020] = 14.1, [2022] = 14.3 },
        ["maternal_mortality.rural"] = { [2020] = 18.5, [2022] = 16.6 },
      },
    }
    local gap = result.indicators.maternal_mortality_gap
    assert.near(2.3, gap.value, 0.000001)
    assert.near(4.4, gap.baseline, 0.000001)
    assert.equal("met", gap.status)
  end)

  it("母婴传播率 2% 以下不含本数", function()
    assert.equal("unmet", status("hiv_mother_child", 2024, { hiv_mother_child = 2 }))
    assert.equal("met", status("hiv_mother_child", 2024, { hiv_mother_child = 1.9 }))
  end)

  it("就业女性 45% 左右：上下 2 个百分点", function()
    assert.equal("met", status("female_employment_share", 2022, { female_employment_share = 43.2 }))
    assert.equal("unmet", status("female_employment_share", 2022, { female_employment_share = 42.9 }))
    assert.equal("unmet", status("female_employment_share", 2022, { female_employment_share = 47.1 }))
  end)

  it("女党员代表比例不低于党员中女性比例", function()
    local observations = { female_party_delegates = 29.5, female_party_members = 29.4 }
    assert.equal("met", status("female_party_delegates", 2022, observations))
    observations.female_party_members = 30.9
    assert.equal("unmet", status("female_party_delegates", 2022, observations))
  end)

  it("医保稳定在 95% 以上：规划期内有一年跌破，即使回升也只是基本达标", function()
    local kept = { female_medical_insurance = { [2021] = 95.1, [2022] = 95.3 } }
    local broken = { female_medical_insurance = { [2021] = 94.9, [2022] = 95.3 } }
    assert.equal("met", status("female_medical_insurance", 2022, kept))
    assert.equal("near", status("female_medical_insurance", 2022, broken))
  end)

  it("焦虑、抑郁患病率：增幅小于上年为上升趋势减缓", function()
    local slower = { anxiety_depression = { [2021] = 5.0, [2022] = 5.4, [2023] = 5.6 } }
    local faster = { anxiety_depression = { [2021] = 5.0, [2022] = 5.4, [2023] = 5.9 } }
    assert.equal("met", status("anxiety_depression", 2023, slower))
    assert.equal("unmet", status("anxiety_depression", 2023, faster))
  end)

  it("人大女代表逐届提高", function()
    local observations = { female_congress_delegates = { [2018] = 24.9, [2023] = 26.5 } }
    assert.equal("met", status("female_congress_delegates", 2023, observations))
  end)
end)

describe("儿童纲要 2021—2030", function()
  it("2024 年三项死亡率都已达到终期目标", function()
    local result = evaluate {
      year = 2024,
      observations = { neonatal_mortality = 2.5, infant_mortality = 4.0, under_five_mortality = 5.6 },
    }
    assert.equal("met", result.indicators.neonatal_mortality.status)
    assert.equal("met", result.indicators.infant_mortality.status)
    assert.equal("met", result.indicators.under_five_mortality.status)
    assert.equal(0, result.indicators.under_five_mortality.gap)
    assert.equal(3, result.plans.children.met)
    assert.equal("100.00", result.plans.children.printed)
  end)

  it("伤害死亡率降幅没有基期观测值，按 0 起算", function()
    local result = evaluate { year = 2025, observations = { child_injury_decline = 12 } }
    assert.near(0.6, result.indicators.child_injury_decline.progress, 0.000001)
    assert.equal("unmet", result.indicators.child_injury_decline.status)
  end)

  it("儿童友好城市试点数在全国适用", function()
    assert.equal("met", status("child_friendly_cities", 2025, { child_friendly_cities = 100 }))
  end)

  it("儿童友好城市试点数对省不适用", function()
    local result = evaluate {
      year = 2025,
      regions = { ["410000"] = { observations = { child_friendly_cities = 3 } } },
    }
    assert.equal("not_applicable", result.regions["410000"].indicators.child_friendly_cities.status)
  end)
end)

describe("2011—2020 纲要", function()
  it("与新纲要同一序列，只在各自的规划期内判定", function()
    local result = evaluate {
      year = 2020,
      observations = { maternal_mortality = { [2010] = 30.0, [2020] = 16.9 } },
    }
    assert.equal("not_applicable", result.indicators.maternal_mortality.status)
    assert.equal("met", result.indicators.maternal_mortality_2011.status)
    assert.equal(16.9, result.indicators.maternal_mortality_2011.value)
    assert.near(1.31, result.indicators.maternal_mortality_2011.progress, 0.000001)
  end)

  it("2015 年 20.1 尚未达到 20", function()
    assert.equal("unmet", status("maternal_mortality_2011", 2015, { maternal_mortality = 20.1 }))
  end)

  it("2018 年常见病筛查率 75.5% 未达 80%", function()
    assert.equal("unmet", status("common_disease_screening", 2018, { common_disease_screening = 75.5 }))
  end)

  it("2020 年村委会成员女性 24.2% 未达 30%", function()
    assert.equal("unmet", status("female_village_committee_2011", 2020, { female_village_committee = 24.2 }))
  end)

  it("巩固率同时用于两个纲要", function()
    local result = evaluate { year = 2020, observations = { compulsory_retention = 95.2 } }
    assert.equal("met", result.indicators.compulsory_retention_2011.status)
    assert.equal("met", result.indicators.women_compulsory_retention_2011.status)
    assert.equal("not_applicable", result.indicators.compulsory_retention.status)
  end)

  it("就业女性保持在 40% 以上", function()
    assert.equal("met", status("female_employment_share_2011", 2018, { female_employment_share = 43.7 }))
  end)
end)
