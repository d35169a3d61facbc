// The summary of a pack's results, against sums over what `evaluate` says of each region.
#include "tests/unit/eval/sample_result.h"

#include "core/base/language.h"
#include "core/eval/result_json.h"
#include "core/view/summary_json.h"

enum { YEAR = 2024, MOST_REGIONS = 40 };

static Description *description;
static ResultLayout *layout;

static int set_up(void **state) {
    (void)state;
    language_set(LANGUAGE_ENGLISH);
    description = sample_describe(sample_text);
    layout = layout_new(description, YEAR, false);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    layout_free(layout);
    description_free(description);
    return 0;
}

// ---- a field of regions ------------------------------------------------------------------------

typedef struct Field {
    size_t count;
    json_t *results[MOST_REGIONS]; // as evaluate says them; NULL: not evaluated
    bool included[MOST_REGIONS];
    char codes[MOST_REGIONS][8];
    Overview overview;
    Standings *standings;
} Field;

static void put_region(Field *field, size_t region, uint64_t seed) {
    Buffer bytes = {0};
    RegionResult result;
    Error error = {0};
    sample_encode(layout, region == 0, seed, &bytes);
    const uint8_t *record = result_record(layout, bytes.data, bytes.length);
    overview_put(&field->overview, region, record);
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_put(&field->standings[a], region, record);
    assert_true(result_decode(bytes.data, bytes.length, layout, &result, &error));
    json_decref(field->results[region]);
    field->results[region] = result_to_json(description, &result, YEAR);
    result_free(&result);
    buffer_free(&bytes);
}

static Field *make_field(uint64_t seed, size_t count) {
    Field *field = memory_new(1, sizeof *field);
    field->count = count;
    overview_init(&field->overview, layout, count);
    field->standings = memory_new(description->assessment_count, sizeof *field->standings);
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_init(&field->standings[a], layout, (int)a, count);
    for (size_t r = 0; r < count; r++) {
        snprintf(field->codes[r], sizeof field->codes[r], "%06d", 150800 + (int)r);
        field->included[r] = (seed + r) % 5 != 4;
        if ((seed + r) % 7 != 6) put_region(field, r, seed * MOST_REGIONS + r);
    }
    return field;
}

static void free_field(Field *field) {
    for (size_t r = 0; r < field->count; r++)
        json_decref(field->results[r]);
    overview_free(&field->overview);
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_free(&field->standings[a]);
    free(field->standings);
    free(field);
}

static const char *code_of(size_t region, const void *context) {
    return ((const Field *)context)->codes[region];
}

static const char *name_of(size_t region, const void *context) {
    (void)context;
    return region % 2 ? "有名" : NULL;
}

static json_t *summary_of(const Field *field, bool all) {
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    const SummarySource source = {.overview = &field->overview,
                                  .standings = field->standings,
                                  .included = all ? NULL : field->included,
                                  .own = 0,
                                  .code = code_of,
                                  .name = name_of,
                                  .context = field};
    view_summary_write(&source, &json);
    json_error_t where;
    json_t *tree = json_loads(out.data, JSON_REJECT_DUPLICATES, &where);
    if (!tree) fail_msg("%s in %s", where.text, out.data);
    buffer_free(&out);
    return tree;
}

// What `evaluate` says of a region that is to be told of; NULL for another.
static const json_t *told(const Field *field, size_t region, bool all) {
    return all || field->included[region] ? field->results[region] : NULL;
}

static double number(const json_t *object, const char *key) {
    return json_number_value(json_object_get(object, key));
}

static int region_of(const json_t *row) {
    return atoi(json_string_value(json_object_get(row, "code"))) - 150800;
}

// ---- checks ------------------------------------------------------------------------------------

static void check_sums(const Field *field, bool all, const json_t *plan) {
    static const char *const keys[] = {"met", "near", "unmet", "no_data", "not_applicable"};
    const char *id = json_string_value(json_object_get(plan, "id"));
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        double sum = 0;
        for (size_t r = 0; r < field->count; r++)
            sum +=
                number(json_object_get(json_object_get(told(field, r, all), "plans"), id), keys[k]);
        assert_true(number(plan, keys[k]) == sum);
    }
}

// `value` of each region by its result; NaN for none.
typedef double (*ValueFunction)(const json_t *result);

static double attainment_of(const json_t *result) {
    const json_t *rate =
        json_object_get(json_object_get(json_object_get(result, "plans"), "women"), "attainment");
    return rate ? json_number_value(rate) : NAN;
}

static double total_of(const json_t *result) {
    const json_t *total =
        json_object_get(json_object_get(json_object_get(result, "assessments"), "annual"), "total");
    return total ? json_number_value(total) : NAN;
}

// Nobody who is not named as the best is better than those who are, and the other way round.
static void check_extremes(const Field *field, bool all, const json_t *summary, ValueFunction value,
                           size_t *count, double *mean) {
    const json_t *best = json_object_get(summary, "best"),
                 *worst = json_object_get(summary, "worst");
    bool named[MOST_REGIONS] = {false};
    const json_t *lists[] = {best, worst};
    double sum = 0;
    *count = 0;
    for (size_t l = 0; l < 2; l++) {
        size_t index;
        const json_t *row;
        double before = l == 0 ? INFINITY : -INFINITY;
        json_array_foreach(lists[l], index, row) {
            int region = region_of(row);
            double own = value(told(field, (size_t)region, all));
            assert_false(named[region]);
            assert_true(l == 0 ? own <= before : own >= before);
            assert_int_equal(json_is_null(json_object_get(row, "name")), region % 2 == 0);
            named[region] = true;
            before = own;
        }
    }
    size_t best_count = json_array_size(best), worst_count = json_array_size(worst);
    double least_best =
        best_count
            ? value(told(field, (size_t)region_of(json_array_get(best, best_count - 1)), all))
            : INFINITY;
    double most_worst =
        worst_count
            ? value(told(field, (size_t)region_of(json_array_get(worst, worst_count - 1)), all))
            : -INFINITY;
    for (size_t r = 0; r < field->count; r++) {
        double own = value(told(field, r, all));
        if (isnan(own)) continue;
        (*count)++;
        sum += own;
        assert_true(named[r] || (own <= least_best && own >= most_worst));
    }
    size_t half = (*count + 1) / 2;
    assert_int_equal(best_count, half < SUMMARY_SHOWN ? half : SUMMARY_SHOWN);
    assert_int_equal(worst_count,
                     *count - best_count < SUMMARY_SHOWN ? *count - best_count : SUMMARY_SHOWN);
    *mean = *count ? sum / (double)*count : NAN;
}

static void check_mean(const json_t *summary, double mean) {
    const json_t *said = json_object_get(summary, "mean");
    if (isnan(mean))
        assert_true(json_is_null(said));
    else
        assert_true(fabs(json_number_value(said) - mean) <= 1e-12 * fabs(mean));
}

static void check_plans(const Field *field, bool all, const json_t *summary) {
    const json_t *plans = json_object_get(summary, "plans"), *plan = json_array_get(plans, 0);
    size_t count;
    double mean;
    assert_int_equal(json_array_size(plans), 1);
    check_sums(field, all, plan);
    check_extremes(field, all, plan, attainment_of, &count, &mean);
    check_mean(plan, mean);
    const json_t *own = json_object_get(plan, "own"), *result = told(field, 0, all);
    assert_int_equal(json_is_null(own), result == NULL);
    if (!result) return;
    const json_t *wanted = json_object_get(json_object_get(result, "plans"), "women");
    assert_true(number(own, "met") == number(wanted, "met"));
    assert_true(number(own, "assessable") == number(wanted, "assessable"));
    if (json_object_get(wanted, "printed"))
        assert_true(
            json_equal(json_object_get(own, "printed"), json_object_get(wanted, "printed")));
}

static void check_assessments(const Field *field, bool all, const json_t *summary) {
    const json_t *annual = json_array_get(json_object_get(summary, "assessments"), 0);
    size_t count, index, graded = 0;
    double mean;
    const json_t *grade;
    check_extremes(field, all, annual, total_of, &count, &mean);
    check_mean(annual, mean);
    assert_true(number(annual, "assessed") == (double)count);
    json_array_foreach(json_object_get(annual, "grades"), index, grade) {
        size_t wanted = 0;
        for (size_t r = 0; r < field->count; r++) {
            const json_t *own = json_object_get(
                json_object_get(json_object_get(told(field, r, all), "assessments"), "annual"),
                "grade");
            wanted += own && json_equal((json_t *)own, json_object_get(grade, "name"));
        }
        assert_true(number(grade, "regions") == (double)wanted);
        graded += wanted;
    }
    assert_true(graded <= count);
    json_array_foreach(json_object_get(annual, "best"), index, grade) assert_int_equal(
        (int)number(grade, "rank"), standings_rank(&field->standings[0], (size_t)region_of(grade)));
}

static void check_warnings(const Field *field, bool all, const json_t *summary) {
    static const char *const levels[] = {"red", "orange", "yellow", "blue"};
    const json_t *warnings = json_object_get(summary, "warnings");
    double warned = 0;
    for (size_t r = 0; r < field->count; r++)
        warned += json_array_size(json_object_get(told(field, r, all), "warnings")) > 0;
    assert_true(number(warnings, "regions") == warned);
    for (size_t l = 0; l < 4; l++) {
        double count = 0;
        for (size_t r = 0; r < field->count; r++) {
            size_t index;
            const json_t *warning;
            json_array_foreach(json_object_get(told(field, r, all), "warnings"), index, warning)
                count +=
                strcmp(json_string_value(json_object_get(warning, "level")), levels[l]) == 0;
        }
        assert_true(number(warnings, levels[l]) == count);
    }
}

static void check(const Field *field, bool all) {
    json_t *summary = summary_of(field, all);
    size_t evaluated = 0;
    for (size_t r = 0; r < field->count; r++)
        evaluated += told(field, r, all) != NULL;
    assert_true(number(summary, "regions") == (double)evaluated);
    check_plans(field, all, summary);
    check_assessments(field, all, summary);
    check_warnings(field, all, summary);
    json_decref(summary);
}

static void it_sums_what_evaluate_says_of_each_region(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        Field *field = make_field(seed, 1 + (size_t)seed % MOST_REGIONS);
        check(field, true);
        check(field, false);
        free_field(field);
    }
}

static void a_changed_region_is_counted_anew(void **state) {
    (void)state;
    Field *field = make_field(7, 30);
    for (uint64_t change = 0; change < 60; change++) {
        size_t region = (size_t)(change * 11 % field->count);
        if (change % 6 == 5) {
            overview_put(&field->overview, region, NULL);
            for (size_t a = 0; a < description->assessment_count; a++)
                standings_put(&field->standings[a], region, NULL);
            json_decref(field->results[region]);
            field->results[region] = NULL;
        } else {
            put_region(field, region, 10000 + change);
        }
        check(field, false);
    }
    free_field(field);
}

static void nobody_is_best_and_worst(void **state) {
    (void)state;
    Field *field = make_field(1, 3);
    for (size_t r = 0; r < 3; r++)
        put_region(field, r, 5); // all the same
    json_t *summary = summary_of(field, true);
    const json_t *annual = json_array_get(json_object_get(summary, "assessments"), 0);
    const json_t *best = json_object_get(annual, "best"), *worst = json_object_get(annual, "worst");
    if (json_array_size(best) > 0) {
        assert_int_equal(json_array_size(best), 2);
        assert_int_equal(json_array_size(worst), 1);
        assert_int_equal(region_of(json_array_get(best, 0)), 0);
        assert_int_equal(region_of(json_array_get(best, 1)), 1);
        assert_int_equal(region_of(json_array_get(worst, 0)), 2);
    } else {
        fail_msg("the sample of this seed is not assessed");
    }
    json_decref(summary);
    free_field(field);
}

static void nothing_evaluated_is_nulls(void **state) {
    (void)state;
    Field *field = make_field(1, 1);
    overview_put(&field->overview, 0, NULL);
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_put(&field->standings[a], 0, NULL);
    json_t *summary = summary_of(field, true);
    const json_t *plan = json_array_get(json_object_get(summary, "plans"), 0);
    assert_true(number(summary, "regions") == 0);
    assert_true(json_is_null(json_object_get(plan, "own")));
    assert_true(json_is_null(json_object_get(plan, "mean")));
    assert_int_equal(json_array_size(json_object_get(plan, "best")), 0);
    json_decref(summary);
    free_field(field);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_sums_what_evaluate_says_of_each_region),
        cmocka_unit_test(a_changed_region_is_counted_anew),
        cmocka_unit_test(nobody_is_best_and_worst),
        cmocka_unit_test(nothing_evaluated_is_nulls),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
