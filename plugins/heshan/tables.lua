-- 三张报表的行：妇女、儿童两个规划的全部指标。预警也只看这些指标。

local women_table = {
  "maternal_mortality", "maternal_management", "common_disease_screening", "pre_pregnancy_checkup",
  "female_exercise", "female_upper_secondary", "female_schooling_years", "female_employment_share",
  "maternity_insurance", "departments_with_woman", "female_village_committee", "source_water_quality",
  "toilet_ratio", "complaints_closed",
}

local children_table = {
  "infant_mortality", "under_five_mortality", "birth_defects", "immunisation", "student_fitness",
  "preschool_enrolment", "compulsory_retention", "upper_secondary_enrolment", "orphan_allowance",
  "child_medical_insurance", "parent_schools", "green_space", "air_quality_days", "sex_ratio_at_birth",
}

local all = table.move(women_table, 1, #women_table, 1, {})
table.move(children_table, 1, #children_table, #all + 1, all)

return { women = women_table, children = children_table, all = all }
