// One region's results written straight, against the tree that `evaluate` prints.
#include "tests/unit/eval/sample_result.h"

#include "core/base/language.h"
#include "core/eval/result_json.h"
#include "core/view/region_json.h"

enum { YEAR = 2024, ROUNDS = 300, REGIONS = 40 };

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

// The tree as it reads after it was printed and parsed: 2.0 and 2 are one number.
static json_t *plain(json_t *tree) {
    char *text = json_dumps(tree, JSON_REAL_PRECISION(17));
    json_t *parsed = json_loads(text, JSON_DECODE_INT_AS_REAL, NULL);
    free(text);
    json_decref(tree);
    return parsed;
}

static json_t *written(const Buffer *bytes) {
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    Error error = {0};
    json_writer_begin_object(&json);
    assert_true(view_region_members(layout, (ResultBytes){bytes->data, bytes->length}, NULL, &json,
                                    &error));
    json_writer_end_object(&json);
    json_error_t where;
    json_t *tree = json_loads(out.data, JSON_DECODE_INT_AS_REAL | JSON_REJECT_DUPLICATES, &where);
    if (!tree) fail_msg("%s in %s", where.text, out.data);
    buffer_free(&out);
    return tree;
}

static json_t *as_evaluate_says(const Buffer *bytes) {
    RegionResult result;
    Error error = {0};
    assert_true(result_decode(bytes->data, bytes->length, layout, &result, &error));
    json_t *tree = plain(result_to_json(description, &result, YEAR));
    result_free(&result);
    return tree;
}

static void it_says_what_evaluate_says(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        Buffer bytes = {0};
        sample_encode(layout, seed % 2 == 0, seed, &bytes);
        json_t *wanted = as_evaluate_says(&bytes), *got = written(&bytes);
        if (!json_equal(wanted, got)) {
            char *left = json_dumps(wanted, JSON_SORT_KEYS),
                 *right = json_dumps(got, JSON_SORT_KEYS);
            fail_msg("seed %d:\n%s\n%s", (int)seed, left, right);
        }
        json_decref(wanted);
        json_decref(got);
        buffer_free(&bytes);
    }
}

static void damaged_bytes_write_nothing(void **state) {
    (void)state;
    Buffer bytes = {0}, out = {0};
    JsonWriter json = {.out = &out};
    Error error = {0};
    sample_encode(layout, false, 1, &bytes);
    json_writer_begin_object(&json);
    size_t before = out.length;
    assert_false(view_region_members(layout, (ResultBytes){bytes.data, bytes.length - 1}, NULL,
                                     &json, &error));
    assert_int_equal(error.code, ERROR_WORKER);
    assert_int_equal(out.length, before);
    buffer_free(&bytes);
    buffer_free(&out);
}

// ---- scores ------------------------------------------------------------------------------------

typedef struct Field {
    Buffer bytes[REGIONS];
    const uint8_t *records[REGIONS]; // NULL: not evaluated
    Standings *standings;
} Field;

static Field make_field(uint64_t seed) {
    Field field = {.standings = memory_new(description->assessment_count, sizeof *field.standings)};
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_init(&field.standings[a], layout, (int)a, REGIONS);
    for (size_t r = 0; r < REGIONS; r++) {
        if (r % 7 == 6) continue;
        sample_encode(layout, r == 0, seed * REGIONS + r, &field.bytes[r]);
        field.records[r] = result_record(layout, field.bytes[r].data, field.bytes[r].length);
        for (size_t a = 0; a < description->assessment_count; a++)
            standings_put(&field.standings[a], r, field.records[r]);
    }
    return field;
}

static void free_field(Field *field) {
    for (size_t r = 0; r < REGIONS; r++)
        buffer_free(&field->bytes[r]);
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_free(&field->standings[a]);
    free(field->standings);
}

static json_t *scores_of(const Field *field, size_t region, const int32_t *ranks,
                         const int32_t *ranked) {
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    const RegionScores scores = {description, field->standings, region, field->records[region],
                                 ranks,       ranked,           NULL};
    view_scores_write(&scores, &json);
    json_t *tree = json_loads(out.data, JSON_DECODE_INT_AS_REAL, NULL);
    assert_non_null(tree);
    buffer_free(&out);
    return tree;
}

static void check_score(const Field *field, size_t region, const json_t *score) {
    const char *id = json_string_value(json_object_get(score, "assessment"));
    const Standings *standings = &field->standings[description_assessment(description, id)];
    json_t *result = field->records[region] ? as_evaluate_says(&field->bytes[region]) : NULL;
    const json_t *said = json_object_get(json_object_get(result, "assessments"), id);
    static const char *const members[] = {"total", "printed", "grade", "veto"};
    for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
        const json_t *wanted = json_object_get(said, members[m]),
                     *got = json_object_get(score, members[m]);
        if (wanted)
            assert_true(json_equal((json_t *)wanted, (json_t *)got));
        else
            assert_true(json_is_null(got));
    }
    int32_t rank = standings_rank(standings, region);
    assert_int_equal((int)json_number_value(json_object_get(score, "rank")), rank);
    assert_int_equal(json_is_null(json_object_get(score, "rank")), said == NULL);
    size_t ranked = 0;
    for (size_t r = 0; r < REGIONS; r++)
        ranked += standings_rank(standings, r) > 0;
    assert_int_equal((int)json_number_value(json_object_get(score, "ranked")), ranked);
    json_decref(result);
}

// Places as they follow from the scores, by assessment.
static void count_places(const Field *field, size_t region, int32_t *ranks, int32_t *ranked) {
    for (size_t a = 0; a < description->assessment_count; a++) {
        ranks[a] = standings_rank(&field->standings[a], region);
        ranked[a] = 0;
        for (size_t r = 0; r < REGIONS; r++)
            ranked[a] += standings_rank(&field->standings[a], r) > 0;
    }
}

static void scores_are_those_of_the_results(void **state) {
    (void)state;
    size_t assessed = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        Field field = make_field(seed);
        for (size_t r = 0; r < REGIONS; r++) {
            int32_t ranks[8], ranked[8];
            count_places(&field, r, ranks, ranked);
            json_t *scores = scores_of(&field, r, ranks, ranked);
            size_t index;
            const json_t *score;
            assert_int_equal(json_array_size(scores), 1); // the other assessment is of units
            json_array_foreach(scores, index, score) {
                check_score(&field, r, score);
                assessed += json_is_number(json_object_get(score, "total"));
            }
            json_decref(scores);
        }
        free_field(&field);
    }
    assert_true(assessed > 100);
}

static void places_are_those_at_hand(void **state) {
    (void)state;
    Field field = make_field(3);
    int32_t ranks[8] = {77, 77, 77}, ranked[8] = {99, 99, 99};
    size_t region = 0;
    while (standings_rank(&field.standings[0], region) == 0)
        region++;
    json_t *scores = scores_of(&field, region, ranks, ranked);
    assert_int_equal((int)json_number_value(json_object_get(json_array_get(scores, 0), "rank")),
                     77);
    assert_int_equal((int)json_number_value(json_object_get(json_array_get(scores, 0), "ranked")),
                     99);
    json_decref(scores);
    free_field(&field);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_evaluate_says),
        cmocka_unit_test(damaged_bytes_write_nothing),
        cmocka_unit_test(scores_are_those_of_the_results),
        cmocka_unit_test(places_are_those_at_hand),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
