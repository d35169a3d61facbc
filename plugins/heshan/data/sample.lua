-- 样例数据的依据：scripts/samples/generate.lua 按此生成 observations.csv。
--
-- 指标后的两个数是起始年和 2015 年的水平，均为假设，不是公布数；没有写的，由目标推出。
-- first：起始年；gaps：中间年份缺报的机会；beside：其他区划也有。

return {
  seed = 2015, last = 2015,
  beside = { "440703", "440704", "440705", "440781", "440783", "440785" }, -- 比较用的其他区划
  series = {
    -- 鹤山市妇女发展规划（2014-2016年）
    maternal_mortality = { 18.2, 15.8, beside = true },
    maternal_management = { 88.6, 91.2 },
    common_disease_screening = { 72.4, 78.6 },
    pre_pregnancy_checkup = { 78.3, 86.4 },
    female_exercise = { 31.2, 33.9 },
    female_upper_secondary = { 93.8, 95.3 },
    female_schooling_years = { 9.8, 10.1 },
    female_employment_share = { 43.1, 43.2 },
    maternity_insurance = { 91.2, 94.1 },
    departments_with_woman = { 52.0, 60.0 },
    female_village_committee = { 26.8, 29.1, beside = true },
    source_water_quality = { 100.0, 100.0 },
    toilet_ratio = { 1.18, 1.34 },
    complaints_closed = { 96.4, 97.8 },
    -- 鹤山市儿童发展规划（2014-2016年）
    infant_mortality = { 4.1, 3.6, beside = true },
    under_five_mortality = { 5.4, 4.7, beside = true },
    birth_defects = { 178.2, 181.5 },
    immunisation = { 97.8, 98.5 },
    student_fitness = { 86.3, 86.5 },
    preschool_enrolment = { 84.6, 88.8, beside = true },
    compulsory_retention = { 95.6, 96.6 },
    upper_secondary_enrolment = { 93.6, 95.1 },
    orphan_allowance = { 100.0, 100.0 },
    child_medical_insurance = { 95.2, 97.5 },
    parent_schools = { 71.0, 82.9, beside = true },
    green_space = { 13.62, 14.83 },
    air_quality_days = { 78.9, 86.8 },
    sex_ratio_at_birth = { 114.6, 112.1 },

    -- 成员单位和市里的年度工作：两个数是上下限；of 是总数，share 是占总数的比例；units：只有这些单位
    assessed = { 0, 0, units = { "committee_office", "jiangmen_committee", "jiangmen_office", "member_units" } },
    forms_on_time = { 2, 3 }, reports_on_time = { 1, 2 },
    changes_due = { 1, 3 }, changes_explained = { of = "changes_due", share = { 0.6, 1 } },
    report_parts = { 8, 10 },
    unmet_due = { 0, 2 }, unmet_analysed = { of = "unmet_due", share = { 0.6, 1 } },
    planned = {}, person_named = {},
    returned = { 1, 1, chance = 0.1 }, falsified = { none = true },
    units_due = { 32, 32 }, units_on_time = { of = "units_due", share = { 0.9, 1 } },
    city_reports_on_time = { 2, 2 }, report_copies = { 2, 2 }, key_units_reported = { 9, 10 },
  },
}
