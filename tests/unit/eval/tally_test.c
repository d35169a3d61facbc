// Counts, rates, totals and grades that follow from results.
#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/base/language.h"
#include "core/eval/tally.h"

static void assert_near(double got, double wanted) {
    if (!(fabs(got - wanted) <= 1e-9)) fail_msg("%.12g is not %.12g", got, wanted);
}

// ---- counts ------------------------------------------------------------------------------------

// A plan of six indicators and an objective in two domains.
static Description *describe_plan(const char *conventions) {
    Buffer text = {0};
    buffer_printf(
        &text,
        "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1,'conventions':%s},"
        "'plans':[{'id':'plan','title':'规划','from':2021,'to':2030,'baseline':2020,'domains':[",
        conventions);
    for (int d = 0; d < 2; d++) {
        buffer_printf(&text, "%s{'id':'d%d','title':'领域','indicators':[", d ? "," : "", d);
        for (int i = 0; i < 3; i++)
            buffer_printf(&text,
                          "%s{'kind':'indicator','id':'i%d%d','title':'i','unit':'%%','lead':'我',"
                          "'target':{'kind':'at_least','value':1}}",
                          i ? "," : "", d, i);
        if (d == 1)
            buffer_text(&text,
                        ",{'kind':'objective','id':'o','title':'o','lead':'我','evidence':true}");
        buffer_text(&text, "]}");
    }
    buffer_text(&text, "]}]}");
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

// met, near, unmet (reached in 2028) | unmet (never), no data, not applicable, objective met
static void fill(IndicatorResult *indicators) {
    static const Status statuses[7] = {STATUS_MET,   STATUS_NEAR,    STATUS_UNMET,
                                       STATUS_UNMET, STATUS_NO_DATA, STATUS_NOT_APPLICABLE,
                                       STATUS_MET};
    for (int i = 0; i < 7; i++) {
        indicators[i].statuses[0] = (uint8_t)statuses[i];
        indicators[i].metrics[METRIC_REACH_YEAR] = i == 2 ? 2028 : NAN;
    }
}

static void counts_add_up_by_the_conventions(void **state) {
    (void)state;
    static const struct {
        const char *conventions;
        int met, near_met, unmet, no_data, out, assessable;
        double rate;
    } cases[] = {
        {"{}", 2, 1, 2, 1, 1, 5, 2.0 / 5},
        {"{'near_counts':true}", 2, 1, 2, 1, 1, 5, 3.0 / 5},
        {"{'no_data':'unmet'}", 2, 1, 2, 1, 1, 6, 2.0 / 6},
        {"{'expected_counts':true}", 3, 1, 1, 1, 1, 5, 3.0 / 5},
        {"{'count_evidence':false}", 1, 1, 2, 1, 2, 4, 1.0 / 4},
        {"{'near_counts':true,'expected_counts':true,'no_data':'unmet'}", 3, 1, 1, 1, 1, 6,
         4.0 / 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Description *description = describe_plan(cases[i].conventions);
        IndicatorResult indicators[7];
        fill(indicators);
        AttainmentCounts counts = tally_counts(description, indicators, 0, -1);
        assert_int_equal(counts.met, cases[i].met);
        assert_int_equal(counts.near_met, cases[i].near_met);
        assert_int_equal(counts.unmet, cases[i].unmet);
        assert_int_equal(counts.no_data, cases[i].no_data);
        assert_int_equal(counts.not_applicable, cases[i].out);
        assert_int_equal(counts.met + counts.near_met + counts.unmet + counts.no_data +
                             counts.not_applicable,
                         7);
        const Plan *plan = &description->plans[0];
        assert_int_equal(tally_assessable(plan, counts), cases[i].assessable);
        assert_near(tally_attainment(plan, counts), cases[i].rate);
        assert_near(tally_attainment_percent(plan, counts), 100 * cases[i].rate);
        AttainmentCounts first = tally_counts(description, indicators, 0, 0),
                         second = tally_counts(description, indicators, 0, 1);
        assert_int_equal(first.met + second.met, counts.met);
        assert_int_equal(first.unmet + second.unmet, counts.unmet);
        description_free(description);
    }
}

static void figures_are_told_by_name(void **state) {
    (void)state;
    Description *description = describe_plan("{'near_counts':true,'no_data':'unmet'}");
    const Plan *plan = &description->plans[0];
    IndicatorResult indicators[7];
    fill(indicators);
    AttainmentCounts counts = tally_counts(description, indicators, 0, -1);
    assert_near(tally_figure(plan, counts, FIGURE_ATTAINMENT), 3.0 / 6);
    assert_near(tally_figure(plan, counts, FIGURE_MET), 2);
    assert_near(tally_figure(plan, counts, FIGURE_NEAR), 1);
    assert_near(tally_figure(plan, counts, FIGURE_UNMET), 2);
    assert_near(tally_figure(plan, counts, FIGURE_NO_DATA), 1);
    assert_near(tally_figure(plan, counts, FIGURE_ASSESSABLE), 6);
    AttainmentCounts none = {.not_applicable = 3};
    assert_true(isnan(tally_figure(plan, none, FIGURE_ATTAINMENT)));
    assert_near(tally_figure(plan, none, FIGURE_ASSESSABLE), 0);
    description_free(description);
}

// What is met in the plan's last year is met in time; what has no data is not promoted.
static void only_the_unmet_and_the_near_can_be_expected(void **state) {
    (void)state;
    Description *description = describe_plan("{'expected_counts':true}");
    const Plan *plan = &description->plans[0];
    const Indicator *indicator = &description->indicators[0];
    assert_int_equal(tally_counted_status(indicator, plan, STATUS_UNMET, 2030), STATUS_MET);
    assert_int_equal(tally_counted_status(indicator, plan, STATUS_UNMET, 2030.01), STATUS_UNMET);
    assert_int_equal(tally_counted_status(indicator, plan, STATUS_UNMET, NAN), STATUS_UNMET);
    for (Status status = STATUS_MET; status < STATUS_COUNT; status++)
        if (status != STATUS_UNMET && status != STATUS_NEAR)
            assert_int_equal(tally_counted_status(indicator, plan, status, 2025), status);
    description_free(description);
}

// A value that went from unmet to near, forecast to be met in time either way, lowered the rate.
static void near_met_and_expected_counts_no_less_than_unmet_and_expected(void **state) {
    (void)state;
    Description *description = describe_plan("{'expected_counts':true}");
    const Plan *plan = &description->plans[0];
    const Indicator *indicator = &description->indicators[0];
    assert_int_equal(tally_counted_status(indicator, plan, STATUS_NEAR, 2030), STATUS_MET);
    assert_int_equal(tally_counted_status(indicator, plan, STATUS_NEAR, 2030.01), STATUS_NEAR);
    IndicatorResult worse[7], better[7];
    fill(worse);
    fill(better);
    better[2].statuses[0] = STATUS_NEAR;
    assert_near(tally_attainment(plan, tally_counts(description, worse, 0, -1)), 3.0 / 5);
    assert_near(tally_attainment(plan, tally_counts(description, better, 0, -1)), 3.0 / 5);
    description_free(description);
}

static void nothing_assessable_has_no_rate(void **state) {
    (void)state;
    Description *description = describe_plan("{}");
    IndicatorResult indicators[7] = {0};
    for (int i = 0; i < 7; i++)
        indicators[i].statuses[0] = STATUS_NO_DATA;
    AttainmentCounts counts = tally_counts(description, indicators, 0, -1);
    assert_true(isnan(tally_attainment(&description->plans[0], counts)));
    assert_int_equal(tally_assessable(&description->plans[0], counts), 0);
    description_free(description);
}

// The published 26 of 29 and 51 of 53.
static void published_rates_come_out_when_truncated(void **state) {
    (void)state;
    Description *description = describe_plan("{'rounding':'truncate'}");
    const Plan *plan = &description->plans[0];
    AttainmentCounts women = {.met = 26, .unmet = 3}, children = {.met = 51, .unmet = 2};
    const Conventions *conventions = &plan->conventions;
    assert_near(decimal_round(tally_attainment_percent(plan, women), conventions->digits,
                              conventions->rounding),
                89.65);
    assert_near(decimal_round(tally_attainment_percent(plan, children), conventions->digits,
                              conventions->rounding),
                96.22);
    assert_near(decimal_round(tally_attainment_percent(plan, children), 2, ROUNDING_HALF_UP),
                96.23);
    description_free(description);
}

// ---- totals ------------------------------------------------------------------------------------

static Description *describe_assessment(const char *conventions) {
    Buffer text = {0};
    buffer_printf(
        &text,
        "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1,'conventions':%s},"
        "'rules':[{'parameters':[]},{'parameters':[]},{'parameters':[]},{'parameters':[]}],"
        "'assessments':[{'id':'a','title':'a','of':'region','points':100,"
        "'grades':[{'from':90,'name':'优秀'},{'from':60,'name':'合格'},{'from':0,'name':'不合格'}],"
        "'items':[{'id':'group','points':60,'items':[{'id':'x','points':40,'score':0},{'id':'y','points':20,'score':1}]},"
        "{'id':'z','points':40,'score':2}],"
        "'vetoes':[{'id':'v','when':3,'grade':'不合格'}]}]}",
        conventions);
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

// Scores of x, y and z; NaN for one that does not apply.
static AssessmentTotal total_of(const char *conventions, double x, double y, double z, int veto,
                                Arena *arena) {
    Description *description = describe_assessment(conventions);
    const double scores[4] = {0, x, y, z};
    ItemResult items[4] = {{ITEM_SCORED, 0}};
    for (int i = 1; i < 4; i++)
        items[i] = isnan(scores[i]) ? (ItemResult){ITEM_NOT_APPLICABLE, 0}
                                    : (ItemResult){ITEM_SCORED, scores[i]};
    AssessmentResult assessed = {.assessment = 0, .unit = -1, .items = items, .veto = veto};
    AssessmentTotal total = tally_assessment(description, &assessed, arena);
    description_free(description);
    return total;
}

static void items_sum_to_the_total(void **state) {
    (void)state;
    Arena arena = {0};
    AssessmentTotal total = total_of("{}", 30, 10, 35, -1, &arena);
    assert_near(total.total, 75);
    assert_near(total.maximum, 100);
    assert_near(total.item_scores[0], 40);
    assert_near(total.item_points[0], 60);
    assert_int_equal(total.grade, 1);
    arena_free(&arena);
}

static void points_that_do_not_apply_are_dealt_with(void **state) {
    (void)state;
    static const struct {
        const char *conventions;
        double x, y, z, total, maximum;
        int grade;
    } cases[] = {
        {"{'inapplicable':'redistributed'}", 30, 10, NAN, 40 * 100.0 / 60, 100, 1},
        {"{'inapplicable':'full'}", 30, 10, NAN, 80, 100, 1},
        {"{'inapplicable':'excluded'}", 30, 10, NAN, 40, 60, 1}, // 合格 begins at 36 of 60
        {"{'inapplicable':'redistributed'}", NAN, 20, 40, 100, 100, 0},
        {"{'inapplicable':'excluded'}", NAN, 20, 40, 60, 60, 0},
        {"{'inapplicable':'redistributed'}", NAN, NAN, NAN, 0, 0, -1},
        {"{'inapplicable':'full'}", NAN, NAN, NAN, 100, 100, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = {0};
        AssessmentTotal total =
            total_of(cases[i].conventions, cases[i].x, cases[i].y, cases[i].z, -1, &arena);
        assert_near(total.total, cases[i].total);
        assert_near(total.maximum, cases[i].maximum);
        assert_int_equal(total.grade, cases[i].grade);
        arena_free(&arena);
    }
}

static void what_is_not_scored_earns_nothing(void **state) {
    (void)state;
    Description *description = describe_assessment("{}");
    for (ItemState not_scored = ITEM_NO_DATA; not_scored <= ITEM_FAILED; not_scored++) {
        if (not_scored == ITEM_NOT_APPLICABLE) continue;
        ItemResult items[4] = {
            {ITEM_SCORED, 0}, {not_scored, 0}, {ITEM_SCORED, 20}, {ITEM_SCORED, 40}};
        AssessmentResult assessed = {.assessment = 0, .unit = -1, .items = items, .veto = -1};
        Arena arena = {0};
        AssessmentTotal total = tally_assessment(description, &assessed, &arena);
        assert_near(total.total, 60);
        assert_near(total.maximum, 100);
        arena_free(&arena);
    }
    description_free(description);
}

static void a_veto_sets_the_grade_and_leaves_the_score(void **state) {
    (void)state;
    Arena arena = {0};
    AssessmentTotal total = total_of("{}", 40, 20, 40, 0, &arena);
    assert_near(total.total, 100);
    assert_int_equal(total.grade, 2);
    arena_free(&arena);
}

static void the_grade_is_for_the_printed_score(void **state) {
    (void)state;
    static const struct {
        const char *conventions;
        double z, printed;
        int grade;
    } cases[] = {
        {"{'digits':2}", 29.995, 90, 0},
        {"{'digits':2}", 29.994, 89.99, 1},
        {"{'digits':0}", 29.5, 90, 0},
        {"{'digits':2,'rounding':'truncate'}", 29.999, 89.99, 1},
        {"{'digits':0,'rounding':'half_even'}", 28.5, 88, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = {0};
        AssessmentTotal total = total_of(cases[i].conventions, 40, 20, cases[i].z, -1, &arena);
        assert_near(total.printed, cases[i].printed);
        assert_int_equal(total.grade, cases[i].grade);
        assert_near(total.total, 60 + cases[i].z);
        arena_free(&arena);
    }
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_add_up_by_the_conventions),
        cmocka_unit_test(figures_are_told_by_name),
        cmocka_unit_test(only_the_unmet_and_the_near_can_be_expected),
        cmocka_unit_test(near_met_and_expected_counts_no_less_than_unmet_and_expected),
        cmocka_unit_test(nothing_assessable_has_no_rate),
        cmocka_unit_test(published_rates_come_out_when_truncated),
        cmocka_unit_test(items_sum_to_the_total),
        cmocka_unit_test(points_that_do_not_apply_are_dealt_with),
        cmocka_unit_test(what_is_not_scored_earns_nothing),
        cmocka_unit_test(a_veto_sets_the_grade_and_leaves_the_score),
        cmocka_unit_test(the_grade_is_for_the_printed_score),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
