// Counts kept by region, against the results decoded and counted the long way.
#include "tests/unit/eval/sample_result.h"

#include "core/base/language.h"
#include "core/eval/overview.h"
#include "core/eval/tally.h"

enum { YEAR = 2024, REGIONS = 50, ROUNDS = 20 };

// The sample with other conventions of the pack.
static Description *describe(const char *conventions) {
    static const char usual[] = "'conventions':{'digits':2}";
    const char *at = strstr(sample_text, usual);
    Buffer text = {0};
    buffer_append(&text, sample_text, (size_t)(at - sample_text));
    buffer_text(&text, conventions);
    buffer_text(&text, at + strlen(usual));
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

static void check_region(const Overview *overview, size_t region, const Buffer *bytes) {
    const ResultLayout *layout = overview->layout;
    uint32_t levels[LEVEL_COUNT] = {0};
    RegionResult result;
    Error error = {0};
    assert_true(result_decode(bytes->data, bytes->length, layout, &result, &error));
    for (size_t w = 0; w < result.warning_count; w++)
        levels[result.warnings[w].level]++;
    for (int level = LEVEL_BLUE; level < LEVEL_COUNT; level++)
        assert_int_equal(overview_warnings(overview, region, (WarningLevel)level), levels[level]);
    for (size_t p = 0; p < layout->description->plan_count; p++) {
        AttainmentCounts wanted = tally_counts(layout->description, result.indicators, (int)p, -1);
        AttainmentCounts got = overview_counts(overview, region, (int)p);
        assert_memory_equal(&got, &wanted, sizeof got);
    }
    for (size_t i = 0; i < layout->description->indicator_count; i++)
        for (int m = 0; m < METRIC_COUNT; m++) {
            const uint8_t *record = result_record(layout, bytes->data, bytes->length);
            double got = result_metric(layout, record, (int)i, (Metric)m);
            double wanted = result.indicators[i].metrics[m];
            assert_true(got == wanted || (isnan(got) && isnan(wanted)));
        }
    result_free(&result);
}

static void check_with(const char *conventions) {
    Description *description = describe(conventions);
    ResultLayout *layout = layout_new(description, YEAR, false);
    Overview overview;
    overview_init(&overview, layout, REGIONS);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        for (size_t r = 0; r < REGIONS; r++) {
            Buffer bytes = {0};
            sample_encode(layout, r == 0, 1 + round * REGIONS + r, &bytes);
            overview_put(&overview, r, result_record(layout, bytes.data, bytes.length));
            assert_true(overview.evaluated[r]);
            check_region(&overview, r, &bytes);
            buffer_free(&bytes);
        }
    }
    overview_free(&overview);
    layout_free(layout);
    description_free(description);
}

static void counts_are_those_of_the_results(void **state) {
    (void)state;
    check_with("'conventions':{'digits':2}");
    check_with("'conventions':{'digits':2,'expected_counts':true}");
    check_with("'conventions':{'digits':2,'expected_counts':true,'count_evidence':false}");
}

static void a_region_without_results_counts_for_nothing(void **state) {
    (void)state;
    Description *description = describe("'conventions':{'digits':2}");
    ResultLayout *layout = layout_new(description, YEAR, false);
    Overview overview;
    Buffer bytes = {0};
    overview_init(&overview, layout, 2);
    assert_false(overview.evaluated[1]);
    sample_encode(layout, false, 3, &bytes);
    overview_put(&overview, 1, result_record(layout, bytes.data, bytes.length));
    overview_put(&overview, 1, NULL);
    const AttainmentCounts none = {0}, counts = overview_counts(&overview, 1, 0);
    assert_false(overview.evaluated[1]);
    assert_memory_equal(&counts, &none, sizeof none);
    for (int level = LEVEL_BLUE; level < LEVEL_COUNT; level++)
        assert_int_equal(overview_warnings(&overview, 1, (WarningLevel)level), 0);
    buffer_free(&bytes);
    overview_free(&overview);
    layout_free(layout);
    description_free(description);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_the_results),
        cmocka_unit_test(a_region_without_results_counts_for_nothing),
    };
    language_set(LANGUAGE_ENGLISH);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
