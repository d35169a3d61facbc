-- 样例数据的依据：scripts/samples/generate.lua 按此生成 observations.csv。
--
-- 指标后的两个数是起始年和 2015 年的水平，均为假设，不是公布数；没有写的，由目标推出。
-- below：下级区划是否也填报；first：起始年；gaps：中间年份缺报的机会。

return {
  seed = 2015, last = 2015,
  series = {
    -- 淄博市妇女发展“十二五”规划
    congress_female = { 25.2, 25.9, gaps = 1, below = false },
    consultative_female = { 27.4, 27.1, gaps = 1, below = false },
    premarital_checkup = { 61.6, 72.5, first = 2013, below = true },
    two_cancers_coverage = { 86.5, 95.2, first = 2013, below = true },
    policy_awareness = { 69.9, 76.4, first = 2013, below = true },
    policy_recognition = { 65.9, 72.5, first = 2013, below = true },
    -- 淄博市儿童发展“十二五”规划
    birth_defects = { 92.3, 87.6, first = 2013, below = true },
    newborn_screening = { 94.0, 96.0, first = 2013, below = true },
    preschool_enrolment = { 88.4, 90.9, first = 2013, below = true },
    public_kindergartens = { 319, 325, first = 2013, below = true },
    public_kindergarten_share = { 41.3, 44.2, first = 2013, below = true },
    -- 2015年妇女儿童工作要点
    gender_culture = { below = true },
    publicity_months = { below = true },
    training_mechanism = { below = false },
    urgent_problems = { below = true },
    comprehensive_assessment = { below = true },
    practical_mechanism = { below = true },
    monitoring_evaluation = { below = true },
    next_plan_drafting = { below = true },
    screening_project = { below = true },
    screening_funding = { below = true },
    relief_system = { below = true },
    relief_account = { below = true },
    counselling_station = { below = true },
    topic_research = { below = false },
    office_building = { below = true },
    work_mechanisms = { below = true },

    -- 区县的年度工作：两个数是上下限；of 是总数，share 是占总数的比例；sum 由其他数加减得出
    projects_planned = { 4, 8, below = true },
    projects_registered = { of = "projects_planned", share = { 0.95, 1 }, below = true },
    projects_reported = { of = "projects_planned", share = { 0.9, 1 }, below = true },
    projects_done = { of = "projects_planned", share = { 0.6, 1 }, below = true },
    supervision_notices = { 1, 1, chance = 0.4, below = true },
    self_check_done = { below = true }, items_checked = { 18, 24, below = true },
    items_agreed = { of = "items_checked", share = { 0.88, 1 }, below = true },
    next_plan_drafted = { 1, 1, below = true }, months_held = { 1, 2, below = true }, contest_held = { below = true },
    office_staff = { below = true }, office_establishment = { below = true }, office_funds = { below = true },
    staff_to_train = { 6, 11, below = true }, staff_trained = { of = "staff_to_train", share = { 0.6, 1 }, below = true },
    late_submissions = { 1, 1, chance = 0.25, below = true },
    falsified = { none = true }, funds_misused = { none = true },

    -- “两癌”资金和救助基金
    matching_due = { 36, 36, spread = 0.3, first = 2015, below = true, own = false },
    matching_paid = { of = "matching_due", share = { 0.9, 1 }, first = 2015, below = true, own = false },
    screening_carried = { 5, 5, first = 2015, below = true }, screening_income = { 90, 90, first = 2015, below = true },
    screening_paid = { of = "screening_income", share = { 0.85, 0.95 }, first = 2015, below = true },
    screening_on_purpose = { of = "screening_paid", share = { 1, 1 }, first = 2015, below = true },
    screening_balance = { sum = { "screening_carried", "screening_income", "-screening_paid" }, first = 2015, below = true },
    screening_planned = { 9000, 9000, first = 2015, below = true },
    screening_women = { of = "screening_planned", share = { 0.7, 1 }, first = 2015, below = true },
    relief_carried = { 1, 1, first = 2015, below = true }, relief_income = { 16, 16, first = 2015, below = true },
    relief_paid = { of = "relief_income", share = { 0.65, 0.75 }, first = 2015, below = true },
    relief_on_purpose = { of = "relief_paid", share = { 1, 1 }, first = 2015, below = true },
    relief_balance = { sum = { "relief_carried", "relief_income", "-relief_paid" }, first = 2015, below = true },
    relief_applied = { 18, 18, first = 2015, below = true },
    relief_reviewed = { of = "relief_applied", share = { 1, 1 }, first = 2015, below = true },
    relief_approved = { of = "relief_applied", share = { 0.75, 0.85 }, first = 2015, below = true },
    relief_granted = { of = "relief_approved", share = { 0.9, 1 }, first = 2015, below = true },
  },
}
