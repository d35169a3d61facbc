// What another version of a pack would change, and why: three counties and two units, every figure
// worked out by hand.
//
//              mortality   screening   gap of incomes   late   attained   points           total
//   150802     10 met      80 met      15 met           0      3 of 3     60 + 24   + 10    94
//   150821     13 unmet    65 unmet    25 unmet         1      none        0 + 19.5 +  8    27.5
//   150822     11 met      72 met      22 unmet         0      2 of 3     40 + 21.6 + 10    71.6
#include "tests/unit/registry/workspace.h"

#include "core/analysis/impact.h"

enum { YEAR = 2024 };

static const char BASE[] =
    "pack { id = \"trial\", title = \"例\", region = \"150800\", version = \"1.0.0\", api = 1,\n"
    "  covers = \"children\", conventions = { digits = 2, rank_on = \"exact\" } }\n"
    "unit \"health\" { title = \"卫健委\" }\n"
    "unit \"education\" { title = \"教育局\" }\n"
    "data \"men\" { title = \"男性收入\", unit = \"元\" }\n"
    "data \"wives\" { title = \"女性收入\", unit = \"元\" }\n"
    "fact \"late\" { title = \"迟报\", unit = \"次\", default = 0 }\n"
    "fact \"reports\" { title = \"报告\", unit = \"份\" }\n"
    "fact \"falsified\" { title = \"造假\", unit = \"次\", default = 0 }\n"
    "plan \"women\" { title = \"规划\", from = 2021, to = 2030, baseline = 2020 }\n"
    "  :domain \"all\" { title = \"全部\" } {\n"
    "  indicator \"mortality\" { title = \"死亡率\", unit = \"1/10万\", lead = \"health\", digits = 1,\n"
    "    target = at_most(12) },\n"
    "  indicator \"screening\" { title = \"筛查率\", unit = \"%\", lead = \"health\", digits = 1,\n"
    "    target = at_least(70) },\n"
    "  indicator \"pay_gap\" { title = \"差距\", unit = \"%\", lead = \"education\", digits = 1,\n"
    "    target = at_most(20),\n"
    "    formula = function(men, wives) return 100 * (men - wives) / men end },\n"
    "}\n"
    "local limits = { red = 60, yellow = 70 }\n"
    "warning \"low\" { title = \"偏低\", on = \"indicator\", only = { \"screening\" },\n"
    "  level = function(value)\n"
    "    if value and value < limits.red then return \"red\" end\n"
    "    if value and value < limits.yellow then return \"yellow\" end\n"
    "  end }\n"
    "warning \"behind\" { title = \"达标率低\", on = \"plan\",\n"
    "  level = function(attainment)\n"
    "    if attainment and attainment < 0.5 then return \"orange\" end\n"
    "  end }\n"
    "assessment \"annual\" { title = \"年度\", of = \"children\", points = 100,\n"
    "  grades = { { 90, \"优秀\" }, { 60, \"合格\" }, { 0, \"不合格\" } },\n"
    "  item \"targets\" { title = \"达标\", points = 60,\n"
    "    score = function(points, attainment) return points * attainment end },\n"
    "  item \"level\" { title = \"水平\", points = 30,\n"
    "    score = function(points, screening) return proportion(points, screening, 100) end },\n"
    "  item \"reporting\" { title = \"报送\", points = 10,\n"
    "    score = function(points, late) return deduct(points, 2 * late) end },\n"
    "  veto \"fraud\" { title = \"造假\", when = function(falsified) return falsified > 0 end,\n"
    "    grade = \"不合格\" } }\n"
    "assessment \"units\" { title = \"单位\", of = \"unit\", points = 10,\n"
    "  grades = { { 0, \"参评\" } },\n"
    "  item \"sent\" { title = \"报告\", points = 10,\n"
    "    score = function(points, reports) return proportion(points, reports, 10) end } }\n";

// One replacement in the text of the pack; the last one of a list has no `from`.
typedef struct Edit {
    const char *from, *to;
} Edit;

typedef struct Trial {
    Workspace *workspace;
    LoadedPack before, after;
    ImpactAnalysis analysis;
} Trial;

// ---- packs and data ----------------------------------------------------------------------------

static char *edited(const Edit *edits) {
    char *text = memory_copy_string(BASE);
    for (; edits && edits->from; edits++) {
        const char *at = strstr(text, edits->from);
        if (!at) fail_msg("not in the pack: %s", edits->from);
        Buffer changed = {0};
        buffer_append(&changed, text, (size_t)(at - text));
        buffer_text(&changed, edits->to);
        buffer_text(&changed, at + strlen(edits->from));
        free(text);
        text = changed.data;
    }
    return text;
}

static void load(Workspace *workspace, const char *name, const Edit *edits, LoadedPack *pack) {
    char folder[200], path[240];
    char *text = edited(edits);
    snprintf(folder, sizeof folder, "%s/%s", workspace->files->folder, name);
    snprintf(path, sizeof path, "%s/pack.lua", folder);
    mkdir(folder, 0700);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
    free(text);
    ProblemList problems = {0};
    bool good = registry_load_folder(&workspace->host, folder, false, pack, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
    unlink(path);
    rmdir(folder);
}

static void put_data(Workspace *workspace) {
    static const RegionRow regions[] = {
        {"150800", ""}, {"150802", "150800"}, {"150821", "150800"}, {"150822", "150800"}};
    static const char *const series[] = {"mortality", "screening", "men", "wives", "late"};
    static const char *const values[3][5] = {{"10", "80", "100", "85", "0"},
                                             {"13", "65", "100", "75", "1"},
                                             {"11", "72", "100", "78", "0"}};
    put_regions(workspace->store, regions, COUNT_OF(regions));
    for (size_t r = 0; r < 3; r++)
        for (size_t s = 0; s < COUNT_OF(series); s++)
            put_entry(workspace->store, regions[r + 1].code, series[s], YEAR, values[r][s]);
    Entry sent[] = {entry_of("150800", "reports", "health", YEAR, "8"),
                    entry_of("150800", "reports", "education", YEAR, "5")};
    put_entries(workspace->store, sent, COUNT_OF(sent));
}

static void compare(Trial *trial) {
    ProblemList problems = {0};
    ImpactRequest request = {.before = &trial->before, .after = &trial->after, .who = "test"};
    bool good = impact_analyse(&trial->workspace->host, trial->workspace->store, &request,
                               &trial->analysis, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
    assert_int_equal(trial->analysis.report.year, YEAR);
}

static Trial *begin_from(void **state, const Edit *before, const Edit *after) {
    Trial *trial = memory_new(1, sizeof *trial);
    trial->workspace = *state;
    put_data(trial->workspace);
    load(trial->workspace, "before", before, &trial->before);
    load(trial->workspace, "after", after, &trial->after);
    compare(trial);
    return trial;
}

static Trial *begin(void **state, const Edit *edits) {
    return begin_from(state, NULL, edits);
}

static void end(Trial *trial) {
    impact_analysis_free(&trial->analysis);
    loaded_pack_free(&trial->before);
    loaded_pack_free(&trial->after);
    free(trial);
}

// ---- looking at a report -----------------------------------------------------------------------

static const ImpactScore *score_of(const Trial *trial, const char *region, const char *unit) {
    const ImpactReport *report = &trial->analysis.report;
    for (size_t i = 0; i < report->score_count; i++) {
        const ImpactScore *score = &report->scores[i];
        const char *of = score->unit ? score->unit : "";
        if (strcmp(score->region, region) == 0 && strcmp(of, unit) == 0) return score;
    }
    return NULL;
}

static void expect_score(const Trial *trial, const char *region, double before, double after) {
    const ImpactScore *score = score_of(trial, region, "");
    assert_non_null(score);
    assert_true(score->printed[IMPACT_BEFORE] == before);
    if (score->printed[IMPACT_AFTER] != after)
        fail_msg("%s: %g, not %g", region, score->printed[IMPACT_AFTER], after);
}

static const ImpactItem *item_of(const ImpactScore *score, const char *id) {
    for (size_t i = 0; i < score->item_count; i++)
        if (strcmp(score->items[i].id, id) == 0) return &score->items[i];
    fail_msg("item %s does not change", id);
    return NULL;
}

// "item annual.targets points, warning low" in the order of the differences.
static void expect_because(const Trial *trial, ImpactBecause because, const char *expected) {
    Buffer text = {0};
    buffer_text(&text, "");
    for (size_t i = 0; i < because.count; i++) {
        const Difference *difference = trial->analysis.report.causes[because.causes[i]].difference;
        buffer_printf(&text, "%s%s %s %s", i ? ", " : "", difference->kind, difference->id,
                      difference->field ? difference->field
                                        : difference_kind_name(difference->change));
    }
    assert_string_equal(text.length ? text.data : "", expected);
    buffer_free(&text);
}

static void expect_input(const ChangedInput *inputs, size_t count, const char *name,
                         const char *before, const char *after) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(inputs[i].name, name) != 0) continue;
        assert_string_equal(inputs[i].values[IMPACT_BEFORE], before);
        assert_string_equal(inputs[i].values[IMPACT_AFTER], after);
        return;
    }
    fail_msg("input %s is the same", name);
}

static const ImpactWarning *warning_of(const Trial *trial, const char *id, const char *region) {
    const ImpactReport *report = &trial->analysis.report;
    for (size_t i = 0; i < report->warning_change_count; i++) {
        const ImpactWarning *change = &report->warning_changes[i];
        if (strcmp(report->warnings[change->warning].id, id) == 0 &&
            strcmp(change->region, region) == 0)
            return change;
    }
    return NULL;
}

static void expect_levels(const ImpactWarning *change, WarningLevel before, WarningLevel after) {
    assert_non_null(change);
    assert_int_equal(change->levels[IMPACT_BEFORE], before);
    assert_int_equal(change->levels[IMPACT_AFTER], after);
}

static void expect_counts(const Trial *trial, size_t regions, size_t scores, size_t indicators,
                          size_t warnings) {
    const ImpactReport *report = &trial->analysis.report;
    assert_int_equal(report->changed_count, regions);
    assert_int_equal(report->score_count, scores);
    assert_int_equal(report->indicator_change_count, indicators);
    assert_int_equal(report->warning_change_count, warnings);
}

static size_t grade_moves(const Trial *trial, const char *from, const char *to) {
    const ImpactAssessmentSum *sum = &trial->analysis.report.assessments[0];
    size_t indexes[SIDES] = {sum->grade_count, sum->grade_count};
    for (size_t g = 0; g + 1 < sum->grade_count; g++) {
        if (strcmp(sum->grades[g], from) == 0) indexes[IMPACT_BEFORE] = g;
        if (strcmp(sum->grades[g], to) == 0) indexes[IMPACT_AFTER] = g;
    }
    assert_true(indexes[0] < sum->grade_count && indexes[1] < sum->grade_count);
    return sum->moves[indexes[IMPACT_BEFORE] * sum->grade_count + indexes[IMPACT_AFTER]];
}

// ---- nothing -----------------------------------------------------------------------------------

static void the_same_version_changes_nothing(void **state) {
    Trial *trial = begin(state, NULL);
    expect_counts(trial, 0, 0, 0, 0);
    assert_int_equal(trial->analysis.report.cause_count, 0);
    assert_int_equal(trial->analysis.report.region_count, 4);
    assert_true(impact_is_none(&trial->analysis.report));
    assert_int_equal(grade_moves(trial, "优秀", "优秀"), 1);
    end(trial);
}

static void rules_that_only_moved_and_words_change_nothing(void **state) {
    const Edit edits[] = {
        {"unit \"health\"", "-- more lines\nlocal more = 1\n\nunit \"health\""},
        {"title = \"达标\", points", "title = \"目标达标\", points"},
        {"if attainment and attainment < 0.5", "-- why\n    if attainment and\n attainment < 0.5"},
        {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 0, 0, 0, 0);
    assert_int_equal(trial->analysis.report.cause_count, 1); // the title
    assert_true(impact_is_none(&trial->analysis.report));
    end(trial);
}

// As a program that did not tell rules' code apart stored it.
static void a_version_described_before_is_described_anew(void **state) {
    Trial *trial = memory_new(1, sizeof *trial);
    const Edit edits[] = {{"2 * late", "4 * late"}, {0}};
    trial->workspace = *state;
    put_data(trial->workspace);
    load(trial->workspace, "before", NULL, &trial->before);
    load(trial->workspace, "after", edits, &trial->after);
    size_t index;
    json_t *rule;
    json_object_del(trial->before.description_json, "rule_code");
    json_array_foreach(json_object_get(trial->before.description_json, "rules"), index, rule) {
        json_object_del(rule, "code");
        json_object_del(rule, "uses");
    }
    compare(trial);
    assert_int_equal(trial->analysis.report.cause_count, 1); // the rule stands where it stood
    expect_because(trial, score_of(trial, "150821", "")->because, "item annual.reporting score");
    end(trial);
}

// ---- one thing at a time -----------------------------------------------------------------------

// 11 is no longer met: 150822 attains 1 of 3, has 20 points less, and is warned of.
static void a_target_moves_statuses_scores_grades_and_warnings(void **state) {
    const Edit edits[] = {{"at_most(12)", "at_most(10.5)"}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 1, 1, 1, 1);
    expect_score(trial, "150822", 71.6, 51.6);
    const ImpactScore *score = score_of(trial, "150822", "");
    assert_string_equal(score->grades[IMPACT_BEFORE], "合格");
    assert_string_equal(score->grades[IMPACT_AFTER], "不合格");
    assert_int_equal(score->item_count, 1);
    const ImpactItem *item = item_of(score, "targets");
    assert_int_equal(item->contribution, -20 * (int64_t)BILLIONTHS);
    assert_int_equal(item->from_scoring, -20 * (int64_t)BILLIONTHS);
    expect_because(trial, item->because, "indicator mortality target");
    expect_input(item->inputs, item->input_count, "attainment", "0.6666666666666666",
                 "0.3333333333333333");
    const ImpactIndicator *indicator = &trial->analysis.report.indicator_changes[0];
    assert_int_equal(indicator->statuses[IMPACT_BEFORE], STATUS_MET);
    assert_int_equal(indicator->statuses[IMPACT_AFTER], STATUS_UNMET);
    expect_because(trial, indicator->because, "indicator mortality target");
    expect_levels(warning_of(trial, "behind", "150822"), LEVEL_NONE, LEVEL_ORANGE);
    expect_because(trial, warning_of(trial, "behind", "150822")->because,
                   "indicator mortality target");
    assert_int_equal(trial->analysis.report.causes[0].regions, 1);
    assert_int_equal(grade_moves(trial, "合格", "不合格"), 1);
    assert_int_equal(grade_moves(trial, "不合格", "不合格"), 1);
    end(trial);
}

// A: 50 + 32 + 10; B: 0 + 26 + 8; C: 33.33 + 28.8 + 10.
static void points_are_told_from_scoring(void **state) {
    const Edit edits[] = {{"points = 60", "points = 50"}, {"points = 30", "points = 40"}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 3, 3, 0, 0);
    expect_score(trial, "150802", 94, 92);
    expect_score(trial, "150821", 27.5, 34);
    expect_score(trial, "150822", 71.6, 72.13);
    const ImpactScore *score = score_of(trial, "150802", "");
    assert_int_equal(score->item_count, 2);
    assert_int_equal(item_of(score, "targets")->from_points, -10 * (int64_t)BILLIONTHS);
    assert_int_equal(item_of(score, "targets")->from_scoring, 0);
    expect_because(trial, item_of(score, "level")->because, "item annual.level points");
    expect_because(trial, score->because, "item annual.targets points, item annual.level points");
    const ImpactAssessmentSum *sum = &trial->analysis.report.assessments[0];
    assert_int_equal(sum->gained, 2);
    assert_int_equal(sum->lost, 1);
    assert_string_equal(sum->most_gained->region, "150821");
    assert_string_equal(sum->most_lost->region, "150802");
    // 150821 has nothing of the item whose points are fewer: half a gain is of its points alone.
    assert_int_equal(score_of(trial, "150821", "")->item_count, 2);
    end(trial);
}

// 72 is below 75, 65 below 66.
static void a_warnings_limits_raise_and_worsen(void **state) {
    const Edit edits[] = {{"red = 60, yellow = 70", "red = 66, yellow = 75"}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 2, 0, 0, 2);
    expect_levels(warning_of(trial, "low", "150822"), LEVEL_NONE, LEVEL_YELLOW);
    expect_levels(warning_of(trial, "low", "150821"), LEVEL_YELLOW, LEVEL_RED);
    expect_because(trial, warning_of(trial, "low", "150821")->because, "warning low level");
    const Difference *difference = trial->analysis.report.causes[0].difference;
    assert_string_equal(difference->uses, "limits"); // its own code is the same
    assert_string_equal(difference->place_after, "trial/pack.lua:22");
    const ImpactWarningSum *sum = &trial->analysis.report.warnings[0];
    assert_int_equal(sum->raised, 1);
    assert_int_equal(sum->risen, 1);
    assert_int_equal(sum->cleared, 0);
    end(trial);
}

// Of both incomes: 8.1, 14.3 and 12.4 are all met.
static void a_formula_reaches_the_scores_that_read_it(void **state) {
    const Edit edits[] = {{"(men - wives) / men end", "(men - wives) / (men + wives) end"}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 3, 2, 3, 0);
    expect_score(trial, "150821", 27.5, 47.5);
    expect_score(trial, "150822", 71.6, 91.6);
    assert_null(score_of(trial, "150802", ""));
    const ImpactItem *item = item_of(score_of(trial, "150822", ""), "targets");
    expect_because(trial, item->because, "indicator pay_gap formula");
    assert_string_equal(score_of(trial, "150822", "")->grades[IMPACT_AFTER], "优秀");
    const ImpactIndicatorSum *sum = &trial->analysis.report.indicators[2];
    assert_string_equal(sum->id, "pay_gap");
    assert_int_equal(sum->values, 3);
    assert_int_equal(sum->moves[STATUS_UNMET][STATUS_MET], 2);
    assert_int_equal(trial->analysis.report.causes[0].regions, 3);
    end(trial);
}

// 150821 has 87.5 now and passes 150822, of which nothing changed.
static void others_move_a_place(void **state) {
    const Edit edits[] = {{"return points * attainment end",
                           "return attainment == 0 and points or points * attainment end"},
                          {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 2, 2, 0, 0);
    expect_score(trial, "150821", 27.5, 87.5);
    const ImpactScore *moved = score_of(trial, "150822", "");
    assert_int_equal(moved->ranks[IMPACT_BEFORE], 2);
    assert_int_equal(moved->ranks[IMPACT_AFTER], 3);
    assert_true(moved->by_others);
    assert_int_equal(moved->because.count, 0);
    assert_false(score_of(trial, "150821", "")->by_others);
    expect_because(trial, score_of(trial, "150821", "")->because, "item annual.targets score");
    assert_int_equal(trial->analysis.report.assessments[0].moved, 2);
    end(trial);
}

// By its difference from 100 the order of the gaps is turned round; 150822 stays in the middle.
static void a_place_among_peers_passes_on_their_values(void **state) {
    const Edit ranked = {
        "function(points, screening) return proportion(points, screening, 100) end",
        "function(points, pay_gap_peers_rank) return points / pay_gap_peers_rank "
        "end"};
    const Edit before[] = {ranked, {0}};
    const Edit after[] = {ranked, {"100 * (men - wives) / men", "100 * wives / men"}, {0}};
    Trial *trial = begin_from(state, before, after);
    const ImpactItem *item = item_of(score_of(trial, "150802", ""), "level");
    assert_int_equal(item->contribution, -20 * (int64_t)BILLIONTHS);
    expect_input(item->inputs, item->input_count, "pay_gap_peers_rank", "1", "3");
    expect_because(trial, item->because, "indicator pay_gap formula");
    assert_true(score_of(trial, "150822", "")->by_others); // 65 are more than 60
    end(trial);
}

// Nobody reported what was falsified; all reported what was late.
static void the_default_of_a_fact_is_passed_on(void **state) {
    const Edit edits[] = {{"title = \"造假\", unit = \"次\", default = 0",
                           "title = \"造假\", unit = \"次\", default = 1"},
                          {"title = \"迟报\", unit = \"次\", default = 0",
                           "title = \"迟报\", unit = \"次\", default = 5"},
                          {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 3, 3, 0, 0);
    const ImpactScore *score = score_of(trial, "150802", "");
    assert_string_equal(score->vetoes[IMPACT_AFTER]->id, "fraud");
    expect_because(trial, score->because, "fact falsified default");
    end(trial);
}

static void the_limits_of_grades_move_grades_alone(void **state) {
    const Edit edits[] = {{"{ 60, \"合格\" }", "{ 75, \"合格\" }"}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 1, 1, 0, 0);
    const ImpactScore *score = score_of(trial, "150822", "");
    assert_int_equal(score->item_count, 0);
    assert_string_equal(score->grades[IMPACT_AFTER], "不合格");
    expect_because(trial, score->because, "assessment annual grades");
    end(trial);
}

// 80 points are 合格 by either limits: the limit of 75 is not why.
static void limits_that_decide_nothing_are_no_cause(void **state) {
    const Edit edits[] = {
        {"{ 60, \"合格\" }", "{ 75, \"合格\" }"},
        {"return deduct(points, 2 * late) end", "return deduct(points, 2 * late) / 2 end"},
        {0}};
    Trial *trial = begin(state, edits);
    const ImpactScore *score = score_of(trial, "150802", "");
    assert_string_equal(score->grades[IMPACT_BEFORE], "优秀");
    assert_string_equal(score->grades[IMPACT_AFTER], "合格"); // 89
    expect_because(trial, score->because, "item annual.reporting score");
    end(trial);
}

static void a_veto_strikes(void **state) {
    const Edit edits[] = {{"falsified > 0", "falsified >= 0"}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 3, 3, 0, 0);
    const ImpactScore *score = score_of(trial, "150802", "");
    assert_null(score->vetoes[IMPACT_BEFORE]);
    assert_string_equal(score->vetoes[IMPACT_AFTER]->id, "fraud");
    assert_string_equal(score->grades[IMPACT_AFTER], "不合格");
    expect_because(trial, score->because, "veto annual.fraud when");
    assert_int_equal(trial->analysis.report.assessments[0].vetoes_struck, 3);
    end(trial);
}

static void units_have_scores_of_their_own(void **state) {
    const Edit edits[] = {{"proportion(points, reports, 10)", "proportion(points, reports, 8)"},
                          {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 1, 2, 0, 0);
    const ImpactScore *health = score_of(trial, "150800", "health");
    assert_true(health->printed[IMPACT_BEFORE] == 8 && health->printed[IMPACT_AFTER] == 10);
    assert_string_equal(health->unit_title, "卫健委");
    const ImpactScore *education = score_of(trial, "150800", "education");
    assert_true(education->printed[IMPACT_AFTER] == 6.25);
    expect_because(trial, education->because, "item units.sent score");
    end(trial);
}

// ---- added, removed, not applicable ------------------------------------------------------------

static void items_are_added_and_removed(void **state) {
    const Edit edits[] = {
        {"item \"reporting\" { title = \"报送\", points = 10,\n"
         "    score = function(points, late) return deduct(points, 2 * late) end }",
         "item \"effort\" { title = \"努力\", points = 10,\n"
         "    score = function(points, mortality) return mortality < 12 and points or 0 end }"},
        {0}};
    Trial *trial = begin(state, edits);
    expect_score(trial, "150821", 27.5, 19.5);
    const ImpactScore *score = score_of(trial, "150821", "");
    assert_int_equal(score->item_count, 2);
    const ImpactItem *removed = item_of(score, "reporting"), *added = item_of(score, "effort");
    assert_null(removed->declared[IMPACT_AFTER]);
    assert_int_equal(removed->contribution, -8 * (int64_t)BILLIONTHS);
    expect_because(trial, removed->because, "item annual.reporting removed");
    assert_null(added->declared[IMPACT_BEFORE]);
    assert_int_equal(added->contribution, 0); // it has points to lose
    expect_because(trial, added->because, "item annual.effort added");
    assert_int_equal(trial->analysis.report.gone_count, 1);
    assert_string_equal(trial->analysis.report.gone[0].difference->id, "annual.reporting");
    assert_int_equal(trial->analysis.report.gone[0].regions, 3);
    end(trial);
}

static void a_warning_that_is_gone_is_told_first(void **state) {
    const Edit edits[] = {{"warning \"low\"", "warning \"lower\""}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 1, 0, 0, 2);
    assert_int_equal(trial->analysis.report.gone_count, 1);
    const ImpactGone *gone = &trial->analysis.report.gone[0];
    assert_string_equal(gone->difference->kind, "warning");
    assert_string_equal(gone->difference->id, "low");
    assert_int_equal(gone->regions, 1);
    expect_levels(warning_of(trial, "low", "150821"), LEVEL_YELLOW, LEVEL_NONE);
    expect_because(trial, warning_of(trial, "low", "150821")->because, "warning low removed");
    expect_levels(warning_of(trial, "lower", "150821"), LEVEL_NONE, LEVEL_YELLOW);
    end(trial);
}

// 150822 attains 2 of 2 without the gap it does not meet; 150802 all the same.
static void an_indicator_that_is_gone_is_no_longer_counted(void **state) {
    const Edit edits[] = {
        {"  indicator \"pay_gap\" { title = \"差距\", unit = \"%\", lead = \"education\", "
         "digits = 1,\n    target = at_most(20),\n    formula = function(men, "
         "wives) return 100 * (men - wives) / men end },\n",
         ""},
        {0}};
    Trial *trial = begin(state, edits);
    expect_score(trial, "150822", 71.6, 91.6);
    assert_null(score_of(trial, "150802", ""));
    expect_because(trial, score_of(trial, "150822", "")->because, "indicator pay_gap removed");
    assert_int_equal(trial->analysis.report.gone_count, 1);
    assert_int_equal(trial->analysis.report.gone[0].regions, 3);
    end(trial);
}

// 150821: 19.5 of 90 points are 21.67 of 100.
static void points_of_what_does_not_apply_are_spread(void **state) {
    const Edit edits[] = {{"points = 10,\n    score = function(points, late)",
                           "points = 10, applies = function(late) return late == 0 end,\n"
                           "    score = function(points, late)"},
                          {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 1, 1, 0, 0);
    expect_score(trial, "150821", 27.5, 21.67);
    const ImpactScore *score = score_of(trial, "150821", "");
    assert_int_equal(item_of(score, "reporting")->states[IMPACT_AFTER], ITEM_NOT_APPLICABLE);
    expect_because(trial, item_of(score, "reporting")->because, "item annual.reporting applies");
    expect_because(trial, item_of(score, "level")->because, "item annual.reporting applies");
    end(trial);
}

// ---- conventions -------------------------------------------------------------------------------

static void conventions_move_what_is_printed(void **state) {
    const Edit edits[] = {{"digits = 2", "digits = 0"}, {0}};
    Trial *trial = begin(state, edits);
    expect_score(trial, "150821", 27.5, 28);
    expect_score(trial, "150822", 71.6, 72);
    assert_null(score_of(trial, "150802", ""));
    expect_because(trial, score_of(trial, "150822", "")->because, "pack trial conventions");
    end(trial);
}

// 70, 70 and 8 points: who is behind two equals is third, or second.
static void conventions_move_places(void **state) {
    const Edit all = {"return points * attainment end",
                      "return attainment > 0 and points or 0 end"};
    const Edit none = {"return proportion(points, screening, 100) end", "return screening * 0 end"};
    const Edit before[] = {all, none, {0}};
    const Edit after[] = {all, none, {"digits = 2,", "digits = 2, ties = \"dense\","}, {0}};
    Trial *trial = begin_from(state, before, after);
    expect_counts(trial, 1, 1, 0, 0);
    const ImpactScore *score = score_of(trial, "150821", "");
    assert_int_equal(score->ranks[IMPACT_BEFORE], 3);
    assert_int_equal(score->ranks[IMPACT_AFTER], 2);
    assert_false(score->by_others);
    expect_because(trial, score->because, "pack trial conventions");
    assert_int_equal(trial->analysis.report.causes[0].regions, 1);
    end(trial);
}

// Within 10 % of 12 is near, and near counts: 13 counts as met.
static void conventions_move_statuses(void **state) {
    const Edit edits[] = {{"digits = 2,", "digits = 2, near_percent = 10, near_counts = true,"},
                          {0}};
    Trial *trial = begin(state, edits);
    const ImpactScore *score = score_of(trial, "150821", "");
    expect_because(trial, score->because, "pack trial conventions");
    const ImpactIndicatorSum *sum = &trial->analysis.report.indicators[0];
    assert_int_equal(sum->moves[STATUS_UNMET][STATUS_NEAR], 1);
    end(trial);
}

// ---- rules that fail ---------------------------------------------------------------------------

static void rules_that_fail_are_listed(void **state) {
    const Edit edits[] = {{"return proportion(points, screening, 100) end",
                           "if screening < 70 then error(\"no\") end "
                           "return proportion(points, screening, 100) end"},
                          {0}};
    Trial *trial = begin(state, edits);
    const ImpactReport *report = &trial->analysis.report;
    assert_int_equal(report->failure_count, 1);
    assert_string_equal(report->failures[0].rule->owner, "item \"annual.level\"");
    assert_int_equal(report->failures[0].outcome, CALL_RAISED);
    assert_non_null(strstr(report->failures[0].message, "no"));
    assert_string_equal(report->failures[0].region, "150821");
    assert_int_equal(report->failures[0].regions, 1);
    expect_score(trial, "150821", 27.5, 8);
    assert_int_equal(item_of(score_of(trial, "150821", ""), "level")->states[IMPACT_AFTER],
                     ITEM_FAILED);
    end(trial);
}

static void failures_that_were_there_are_not_new(void **state) {
    const Edit before[] = {{"return points * attainment end", "error(\"no\") end"}, {0}};
    Trial *trial = begin_from(state, before, before);
    assert_int_equal(trial->analysis.report.failure_count, 0);
    end(trial);
}

// ---- which regions -----------------------------------------------------------------------------

static void regions_that_are_no_longer_covered_lose_their_results(void **state) {
    const Edit edits[] = {{"covers = \"children\"", "covers = \"self\""}, {0}};
    Trial *trial = begin(state, edits);
    expect_counts(trial, 3, 3, 0, 2);
    const ImpactReport *report = &trial->analysis.report;
    assert_true(report->regions[1].present[IMPACT_BEFORE]);
    assert_false(report->regions[1].present[IMPACT_AFTER]);
    assert_false(score_of(trial, "150802", "")->present[IMPACT_AFTER]);
    expect_because(trial, score_of(trial, "150802", "")->because, "pack trial covers");
    expect_because(trial, warning_of(trial, "low", "150821")->because, "pack trial covers");
    end(trial);
}

static void the_most_changed_come_first(void **state) {
    const Edit edits[] = {{"(men - wives) / men end", "(men - wives) / (men + wives) end"},
                          {"points = 60", "points = 50"},
                          {"points = 30", "points = 40"},
                          {0}};
    Trial *trial = begin(state, edits);
    const ImpactReport *report = &trial->analysis.report;
    size_t *order = impact_most_changed(report);
    assert_int_equal(report->changed_count, 3);
    // 150802: 92 for 94; 150821: 50/3 + 26 + 8 for 27.5; 150822: 50 + 28.8 + 10 for 71.6
    assert_string_equal(report->regions[order[0]].code, "150821");
    assert_string_equal(report->regions[order[1]].code, "150822");
    assert_string_equal(report->regions[order[2]].code, "150802");
    free(order);
    expect_because(trial, item_of(score_of(trial, "150822", ""), "targets")->because,
                   "indicator pay_gap formula, item annual.targets points");
    end(trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(the_same_version_changes_nothing),
        REGISTRY_TEST(rules_that_only_moved_and_words_change_nothing),
        REGISTRY_TEST(a_version_described_before_is_described_anew),
        REGISTRY_TEST(a_target_moves_statuses_scores_grades_and_warnings),
        REGISTRY_TEST(points_are_told_from_scoring),
        REGISTRY_TEST(a_warnings_limits_raise_and_worsen),
        REGISTRY_TEST(a_formula_reaches_the_scores_that_read_it),
        REGISTRY_TEST(others_move_a_place),
        REGISTRY_TEST(a_place_among_peers_passes_on_their_values),
        REGISTRY_TEST(the_default_of_a_fact_is_passed_on),
        REGISTRY_TEST(the_limits_of_grades_move_grades_alone),
        REGISTRY_TEST(limits_that_decide_nothing_are_no_cause),
        REGISTRY_TEST(a_veto_strikes),
        REGISTRY_TEST(units_have_scores_of_their_own),
        REGISTRY_TEST(items_are_added_and_removed),
        REGISTRY_TEST(a_warning_that_is_gone_is_told_first),
        REGISTRY_TEST(an_indicator_that_is_gone_is_no_longer_counted),
        REGISTRY_TEST(points_of_what_does_not_apply_are_spread),
        REGISTRY_TEST(conventions_move_what_is_printed),
        REGISTRY_TEST(conventions_move_places),
        REGISTRY_TEST(conventions_move_statuses),
        REGISTRY_TEST(rules_that_fail_are_listed),
        REGISTRY_TEST(failures_that_were_there_are_not_new),
        REGISTRY_TEST(regions_that_are_no_longer_covered_lose_their_results),
        REGISTRY_TEST(the_most_changed_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
