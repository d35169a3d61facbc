-- 样例数据的依据：scripts/samples/generate.lua 按此生成 observations.csv。
--
-- 指标后的两个数是起始年和 2024 年的水平，均为假设，不是公布数；没有写的，由目标推出。
-- first：起始年；gaps：中间年份缺报的机会；beside：其他区划也有。

return {
  seed = 2024, last = 2024,
  series = {
    -- 临河区妇女发展规划（2021—2030年）
    female_life_expectancy = { 79.1, 80.05 },
    maternal_management = { 90.2, 93.1 },
    maternal_mortality = { 15.8, 12.4 },
    caesarean_rate = { 48.2, 45.3 },
    cancer_knowledge = { 72.5, 87.6 },
    cervical_screening = { 42.0, 63.0 },
    breast_screening = { 38.0, 51.3 },
    cervical_treatment = { 88.1, 92.0 },
    hiv_testing = { 97.2, 99.0 },
    hiv_mother_child = { 2.6, 1.7 },
    female_anxiety = { 4.8, 6.0 },
    maternal_anaemia = { 13.2, 10.1 },
    standard_maternal_child_institutions = { 0, 1 },
    compulsory_retention = { 95.1, 96.4 },
    girls_retention = { 95.0, 96.4 },
    upper_secondary_enrolment = { 91.8, 94.9 },
    female_schooling_years = { 9.9, 10.5 },
    female_employment_share = { 42.6, 43.8 },
    female_urban_unit_share = { 37.2, 38.9 },
    female_senior_professional = { 49.1, 51.6 },
    female_party_delegates = { 28.1, 30.4 },
    government_women_leaders = { 1, 2 },
    female_village_committee = { 26.4, 31.1 },
    female_village_heads = { 6.1, 9.6 },
    female_residents_heads = { 46.0, 48.1 },
    female_medical_insurance = { 95.6, 95.9 },
    female_pension = { 86.3, 92.6 },
    pollutant_emissions = { 5210.4, 4590.3 },
    rural_tap_water = { 84.2, 90.4 },
    rural_toilets = { 46.3, 68.0 },
    maternal_mortality_city = { 14.6, 12.0 },
    midwives = { 38, 46 },
    delivery_beds = { 120, 128 },
    science_literacy_male = { 10.9, 13.9 },
    science_literacy_female = { 8.6, 12.2 },
    income_male = { 41200, 52000 },
    income_female = { 32600, 43400 },
    female_party_members = { 28.4, 30.2 },
    village_delegates = { 4200, 4160 },
    village_delegates_women = { 1310, 1410 },
    housework_male = { 62, 71 },
    housework_female = { 148, 138 },

    -- 年度工作：两个数是上下限；of 是总数，share 是占总数的比例
    late_submissions = { 1, 1 }, returned = { none = true }, falsified = { none = true },
    unit_reports_due = { 32, 32 }, unit_reports_received = { of = "unit_reports_due", share = { 0.9, 1 } },
    supervisions = { 2, 2 }, meetings = { 1, 1 }, practical_projects_done = { 5, 5 }, funds_budgeted = { 1, 1 },
  },
}
