-- 每种目标在界限处、界限上下的判定。

local function status(id, year, observations)
  return evaluate({ year = year, observations = observations }).indicators[id].status
end

-- 只有本指标一个数时的判定。
local function at(id, value)
  return status(id, 2030, { [id] = value })
end

local function check_at_least(id, limit, step)
  assert.equal("met", at(id, limit))
  assert.equal("met", at(id, limit + step))
  assert.equal("unmet", at(id, limit - step))
end

local function check_at_most(id, limit, step)
  assert.equal("met", at(id, limit))
  assert.equal("met", at(id, limit - step))
  assert.equal("unmet", at(id, limit + step))
end

describe("以上、以下", function()
  it("以上含本数", function()
    for id, limit in pairs {
      maternal_management = 93, cervical_screening = 70, cervical_treatment = 90,
      hiv_testing = 98, syphilis_testing = 98, hepatitis_b_testing = 98, hiv_treatment = 95, syphilis_treatment = 95,
      compulsory_retention = 96, upper_secondary_enrolment = 95, female_village_committee = 30,
      female_village_heads = 10, female_residents_heads = 40, female_pension = 95, rural_tap_water = 91,
    } do
      check_at_least(id, limit, 0.1)
    end
  end)

  it("死亡率、贫血率的以下含本数，母婴传播率 2% 以下不含本数", function()
    check_at_most("maternal_mortality", 12, 0.1)
    check_at_most("maternal_anaemia", 10, 0.1)
    check_at_most("female_illiteracy", 1, 0.1)
    assert.equal("unmet", at("hiv_mother_child", 2))
    assert.equal("met", at("hiv_mother_child", 1.9))
  end)

  it("建设 1 所标准化妇幼保健机构", function()
    assert.equal("met", at("standard_maternal_child_institutions", 1))
    assert.equal("unmet", at("standard_maternal_child_institutions", 0))
  end)

  it("至少配备一名女干部", function()
    check_at_least("government_women_leaders", 1, 1)
    assert.equal("met", at("townships_with_woman", 100))
    assert.equal("unmet", at("townships_with_woman", 99.9))
    check_at_least("township_women_heads", 1, 1)
  end)

  it("应保尽保为 100%", function()
    for _, id in ipairs { "minimum_living_women", "destitute_women", "low_income_women" } do
      assert.equal("met", at(id, 100))
      assert.equal("unmet", at(id, 99.9))
    end
  end)
end)

describe("左右和保持", function()
  it("45%、40% 左右：上下各 2 个百分点", function()
    for id, middle in pairs { female_employment_share = 45, female_urban_unit_share = 40 } do
      assert.equal("met", at(id, middle - 2))
      assert.equal("met", at(id, middle + 2))
      assert.equal("unmet", at(id, middle - 2.1))
      assert.equal("unmet", at(id, middle + 2.1))
    end
  end)

  it("社区居委会成员比例在 45% 至 55% 之间", function()
    assert.equal("met", at("female_residents_committee", 45))
    assert.equal("met", at("female_residents_committee", 55))
    assert.equal("unmet", at("female_residents_committee", 44.9))
    assert.equal("unmet", at("female_residents_committee", 55.1))
  end)

  it("保持、稳定在以上：有一年跌破的只算基本达标，当年跌破的未达标", function()
    for id, limit in pairs { female_senior_professional = 50, female_medical_insurance = 95 } do
      assert.equal("met", status(id, 2023, { [id] = { [2021] = limit, [2022] = limit + 1, [2023] = limit } }))
      assert.equal("near", status(id, 2023, { [id] = { [2021] = limit - 0.1, [2022] = limit, [2023] = limit } }))
      assert.equal("unmet", status(id, 2023, { [id] = { [2021] = limit, [2022] = limit, [2023] = limit - 0.1 } }))
    end
  end)
end)

describe("升降", function()
  it("乳腺癌筛查率既要达到 50%，又要逐年提高", function()
    local function screened(before, now)
      return status("breast_screening", 2025, { breast_screening = { [2024] = before, [2025] = now } })
    end
    assert.equal("met", screened(49.9, 50))
    assert.equal("unmet", screened(48, 49.9))
    assert.equal("unmet", screened(50, 50))
    assert.equal("unmet", screened(52, 51))
  end)

  it("防治知识知晓率既要 90%，又要高于基期", function()
    local function known(baseline, now)
      return status("cancer_knowledge", 2025, { cancer_knowledge = { [2020] = baseline, [2025] = now } })
    end
    assert.equal("met", known(80, 90))
    assert.equal("unmet", known(80, 89.9))
    assert.equal("unmet", known(92, 91))
  end)

  it("逐年提高只看上年，逐届提高看五年前", function()
    for _, id in ipairs { "rural_cervical_screened", "rural_breast_screened" } do
      assert.equal("met", status(id, 2025, { [id] = { [2023] = 9000, [2024] = 8000, [2025] = 8001 } }))
      assert.equal("unmet", status(id, 2025, { [id] = { [2023] = 7000, [2024] = 8000, [2025] = 8000 } }))
    end
    local function term(id, before, now)
      return status(id, 2026, { [id] = { [2021] = before, [2025] = 90, [2026] = now } })
    end
    for _, id in ipairs {
      "female_congress_deputies", "township_deputies", "female_congress_standing", "female_consultative_members",
      "female_consultative_standing",
    } do
      assert.equal("met", term(id, 28, 28.1))
      assert.equal("unmet", term(id, 28, 28))
    end
  end)

  it("逐步提高与基期相比", function()
    for _, id in ipairs {
      "female_life_expectancy", "female_healthy_life_expectancy", "female_mental_literacy",
      "female_health_literacy", "female_exercise", "female_fitness", "female_vocational_share",
      "female_science_talents", "female_lifelong_learning", "female_schooling_years", "female_graduate_employment",
      "female_skilled_workers", "low_income_women_income", "government_women_heads", "department_women_leaders",
      "department_women_heads", "female_village_party", "female_village_secretaries", "female_community_party",
      "female_community_secretaries", "institution_women_leaders", "female_directors", "female_supervisors",
      "female_managers", "female_association_members", "female_association_heads", "institution_women_delegates",
      "maternity_insurance", "female_pension_level", "female_unemployment_insurance", "female_injury_insurance",
      "urban_water_quality", "rural_toilets", "public_toilet_standard",
    } do
      assert.equal("met", status(id, 2025, { [id] = { [2020] = 30, [2024] = 40, [2025] = 31 } }))
      assert.equal("unmet", status(id, 2025, { [id] = { [2020] = 30, [2024] = 20, [2025] = 30 } }))
    end
  end)

  it("降低与基期相比，主要污染物排放逐年减少", function()
    for _, id in ipairs {
      "abortion_rate", "caesarean_rate", "unintended_pregnancy", "syphilis_mother_child", "hepatitis_b_mother_child",
      "female_occupational_disease",
    } do
      assert.equal("met", status(id, 2025, { [id] = { [2020] = 12, [2024] = 11, [2025] = 11.9 } }))
      assert.equal("unmet", status(id, 2025, { [id] = { [2020] = 12, [2024] = 13, [2025] = 12 } }))
    end
    local function emissions(before, now)
      return status("pollutant_emissions", 2025,
        { pollutant_emissions = { [2020] = 5000, [2024] = before, [2025] = now } })
    end
    assert.equal("met", emissions(4000, 3999.9))
    assert.equal("unmet", emissions(4000, 4000))
  end)

  it("上升趋势减缓：增幅小于上年", function()
    for _, id in ipairs { "female_anxiety", "female_depression" } do
      assert.equal("met", status(id, 2025, { [id] = { [2023] = 5, [2024] = 5.4, [2025] = 5.7 } }))
      assert.equal("unmet", status(id, 2025, { [id] = { [2023] = 5, [2024] = 5.4, [2025] = 5.8 } }))
      assert.equal("no_data", status(id, 2025, { [id] = { [2024] = 5.4, [2025] = 5.8 } }))
      assert.equal("met", status(id, 2025, { [id] = { [2023] = 5, [2024] = 4.6, [2025] = 4.5 } }))
    end
  end)
end)

describe("差距", function()
  it("孕产妇死亡率城乡差距由分城乡的数推算", function()
    local function gap(rural)
      return evaluate {
        year = 2025,
        observations = {
          ["maternal_mortality.rural"] = { [2020] = 19.6, [2025] = rural },
          ["maternal_mortality.urban"] = { [2020] = 12.3, [2025] = 10.6 },
        },
      }.indicators.maternal_mortality_gap
    end
    assert.near(7.3, gap(17.9).baseline, 0.000001)
    assert.equal("met", gap(17.8).status)
    assert.equal("unmet", gap(17.9).status)
  end)

  it("区域差距与全市相比，高于、低于一样看绝对值", function()
    local function gap(now)
      return status("maternal_mortality_area_gap", 2025, {
        maternal_mortality = { [2020] = 15.8, [2025] = now },
        maternal_mortality_city = { [2020] = 14.6, [2025] = 12 },
      })
    end
    assert.equal("met", gap(13.1))
    assert.equal("unmet", gap(13.2))
    assert.equal("unmet", gap(10.8))
  end)

  it("男女收入差距为男性收入的百分比", function()
    local gap = evaluate {
      year = 2024,
      observations = {
        income_male = { [2020] = 40000, [2024] = 50000 },
        income_female = { [2020] = 32000, [2024] = 41000 },
      },
    }.indicators.income_gap
    assert.near(20, gap.baseline, 0.000001)
    assert.near(18, gap.value, 0.000001)
    assert.equal("met", gap.status)
  end)

  it("科学素质、家务时间的差距缩小", function()
    assert.equal("met", status("science_literacy_gap", 2025, {
      science_literacy_male = { [2020] = 10.9, [2025] = 14 }, science_literacy_female = { [2020] = 8.6, [2025] = 12.1 },
    }))
    for women, wanted in pairs { [146] = "unmet", [145] = "met", [147] = "unmet" } do
      assert.equal(wanted, status("housework_gap", 2025, {
        housework_female = { [2020] = 148, [2025] = women }, housework_male = { [2020] = 62, [2025] = 60 },
      }))
    end
  end)
end)

describe("比例和相对目标", function()
  it("助产士与产床 1:3", function()
    local function staffed(midwives)
      return status("midwife_bed_ratio", 2030, { midwives = midwives, delivery_beds = 120 })
    end
    assert.equal("met", staffed(40))
    assert.equal("unmet", staffed(39))
    assert.equal("unmet", at("midwife_ratio_institutions", 99.9))
  end)

  it("分母为 0 的没有数据", function()
    assert.equal("no_data", status("midwife_bed_ratio", 2030, { midwives = 0, delivery_beds = 0 }))
    assert.equal("no_data", status("income_gap", 2030, { income_male = 0, income_female = 0 }))
    assert.equal("no_data",
      status("female_village_delegates", 2030, { village_delegates_women = 0, village_delegates = 0 }))
  end)

  it("妇女村民代表占三分之一以上", function()
    local function seated(women)
      local observations = { village_delegates_women = women, village_delegates = 4200 }
      return status("female_village_delegates", 2030, observations)
    end
    assert.equal("met", seated(1400))
    assert.equal("unmet", seated(1399))
  end)

  it("女党代表比例不低于女党员比例", function()
    local function delegates(share)
      local observations = { female_party_delegates = share, female_party_members = 30.2 }
      return status("female_party_delegates", 2026, observations)
    end
    assert.equal("unmet", status("township_party_delegates", 2026,
      { township_party_delegates = 30.1, female_party_members = 30.2 }))
    assert.equal("met", delegates(30.2))
    assert.equal("unmet", delegates(30.1))
    assert.equal("no_data", at("female_party_delegates", 30))
  end)

  it("职代会女性比例不低于女职工比例", function()
    assert.equal("met", status("female_staff_delegates", 2026, { female_staff_delegates = 38, female_employees = 38 }))
    assert.equal("unmet", status("female_staff_delegates", 2026, { female_staff_delegates = 37.9, female_employees = 38 }))
  end)

  it("策略措施：届中女干部比例不低于届初，事业单位决策管理层不低于女职工比例", function()
    for id, floor in pairs {
      women_leaders_kept = "women_leaders_term_start", institution_women_managers = "female_institution_employees",
    } do
      assert.equal("met", status(id, 2026, { [id] = 25, [floor] = 25 }))
      assert.equal("unmet", status(id, 2026, { [id] = 24.9, [floor] = 25 }))
      assert.equal("no_data", at(id, 25))
    end
  end)

  it("女童、女性不低于全体", function()
    assert.equal("met", status("girls_retention", 2025, { girls_retention = 96.4, compulsory_retention = 96.4 }))
    assert.equal("unmet", status("girls_retention", 2025, { girls_retention = 96.3, compulsory_retention = 96.4 }))
    assert.equal("unmet", status("female_upper_secondary", 2025,
      { female_upper_secondary = 94.8, upper_secondary_enrolment = 94.9 }))
  end)
end)

describe("策略措施中的全覆盖", function()
  it("100% 才算达标", function()
    for _, id in ipairs {
      "health_education_courses", "referral_network", "fitness_township", "fitness_village", "fitness_community",
      "fitness_circle", "women_councils", "community_service_facilities",
    } do
      assert.equal("met", at(id, 100))
      assert.equal("unmet", at(id, 99.9))
    end
  end)
end)

describe("策略措施中的设施", function()
  it("至少建成一个区级全民健身中心", function()
    check_at_least("fitness_centre", 1, 1)
  end)
end)

describe("佐证", function()
  it("填报 1 为达标，0 为未达标，不填为缺数据", function()
    assert.equal("met", at("gender_policy_review", 1))
    assert.equal("unmet", at("gender_policy_review", 0))
    assert.equal("no_data", at("gender_policy_review", nil))
  end)

  it("任务同样以佐证判定", function()
    assert.equal("met", at("law_measure_12", 1))
    assert.equal("no_data", at("law_measure_12", nil))
  end)
end)
