// Canonical bytes of results: written, read back, and refused when they are not what they must be.
#include "tests/unit/eval/sample_result.h"

#include "core/base/language.h"

enum { YEAR = 2024, MORTALITY = 0, SCREENING = 1, DOUBLE = 3 }; // indicators of the sample
enum { ANNUAL = 0, UNITS = 1 };                                 // its assessments

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

static size_t size_of(bool own) {
    return own ? layout->own_size : layout->size;
}

// Decodes; true means that the bytes were taken, and then they say nothing but what was read.
static bool is_taken(const char *bytes, size_t length) {
    // A copy of its own, so that a sanitizer sees a read beyond the end.
    char *copy = memory_new(length, 1);
    memcpy(copy, bytes, length);
    RegionResult result;
    Error error = {0};
    bool taken = result_decode(copy, length, layout, &result, &error);
    if (taken) {
        uint32_t size;
        memcpy(&size, bytes + 4, sizeof size);
        bool own = size == layout->own_size;
        Buffer again = {0};
        uint8_t *record = sample_rebuild(&result, own);
        result_encode(layout, record, own, result.failures, result.failure_count, &again);
        assert_int_equal(again.length, length);
        assert_memory_equal(again.data, bytes, length);
        buffer_free(&again);
        free(record);
        result_free(&result);
    } else {
        assert_int_equal(error.code, ERROR_WORKER);
    }
    free(copy);
    return taken;
}

static void results_are_read_back_as_written(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        for (int own = 0; own <= 1; own++) {
            Buffer bytes = {0};
            sample_encode(layout, own, seed, &bytes);
            assert_true(is_taken(bytes.data, bytes.length));
            buffer_free(&bytes);
        }
    }
}

// ---- what is read ------------------------------------------------------------------------------

// Nothing but missing figures, nothing raised, nothing scored.
static uint8_t *plain_record(bool own) {
    uint8_t *record = memory_new(1, size_of(own));
    for (size_t at = 0; at < layout->number_bytes; at += sizeof(double))
        sample_put(record, at, NAN);
    for (size_t k = 0; k < description->assessments[ANNUAL].item_count; k++)
        sample_put(record, layout->assessments[ANNUAL].scores + k * sizeof(double), 0);
    memset(record + layout->statuses[0], STATUS_NO_DATA, layout->status_row_count);
    record[layout->assessments[ANNUAL].vetoes] = VETO_NONE;
    if (own) memset(record + layout->assessments[UNITS].vetoes, VETO_NONE, description->unit_count);
    assert_true(record_is_sound(layout, record, own));
    return record;
}

static size_t metric_offset(int indicator, Metric metric) {
    assert_true(layout->kept[indicator] >> metric & 1);
    return layout->metrics[indicator] +
           (size_t)layout_metric_place(layout->kept[indicator], metric) * sizeof(double);
}

// Decodes a good record with the failures of the sample.
static void decode(const uint8_t *record, bool own, RegionResult *result) {
    Buffer bytes = {0};
    Error error = {0};
    result_encode(layout, record, own, sample_failures, 2, &bytes);
    if (!result_decode(bytes.data, bytes.length, layout, result, &error))
        fail_msg("%s", error.message);
    RegionResult failures;
    result_read_failures(layout, (ResultBytes){bytes.data, bytes.length}, &failures);
    assert_int_equal(failures.failure_count, result->failure_count);
    for (size_t i = 0; i < failures.failure_count; i++) {
        assert_int_equal(failures.failures[i].rule, result->failures[i].rule);
        assert_string_equal(failures.failures[i].message, result->failures[i].message);
    }
    result_free(&failures);
    buffer_free(&bytes);
}

static void values_are_read_back(void **state) {
    (void)state;
    uint8_t *record = plain_record(true);
    RegionResult read;
    sample_put(record, metric_offset(MORTALITY, METRIC_VALUE), 14.3);
    record[layout->statuses[MORTALITY]] = STATUS_UNMET;
    record[layout->statuses[SCREENING] + 1] = STATUS_MET;
    record[layout->levels[0] + MORTALITY] = LEVEL_RED;
    record[layout->levels[2]] = LEVEL_ORANGE;
    const AssessmentPlace *annual = &layout->assessments[ANNUAL],
                          *units = &layout->assessments[UNITS];
    sample_put(record, annual->scores + 3 * sizeof(double), 39.5);
    record[annual->states + 1] = ITEM_FAILED;
    record[annual->vetoes] = VETO_NONE + 1;
    sample_put(record, units->scores + sizeof(double), 7.25);
    decode(record, true, &read);
    assert_int_equal(read.year, YEAR);
    assert_true(read.indicators[MORTALITY].metrics[METRIC_VALUE] == 14.3);
    assert_int_equal(read.indicators[MORTALITY].statuses[0], STATUS_UNMET);
    assert_int_equal(read.indicators[SCREENING].statuses[1], STATUS_MET);
    assert_int_equal(read.warning_count, 2);
    assert_int_equal(read.warnings[0].subject, MORTALITY);
    assert_int_equal(read.warnings[0].level, LEVEL_RED);
    assert_string_equal(read.warnings[0].message, "现值 14.3");
    assert_int_equal(read.warnings[1].warning, 2);
    assert_int_equal(read.warnings[1].subject, -1);
    assert_string_equal(read.warnings[1].message, "");
    assert_int_equal(read.assessment_count, 3); // the region, and two units
    assert_int_equal(read.assessments[0].unit, -1);
    assert_int_equal(read.assessments[0].veto, 0);
    assert_int_equal(read.assessments[0].items[1].state, ITEM_FAILED);
    assert_true(read.assessments[0].items[3].score == 39.5);
    assert_int_equal(read.assessments[2].unit, 1);
    assert_int_equal(read.assessments[2].veto, -1);
    assert_true(read.assessments[2].items[0].score == 7.25);
    assert_int_equal(read.failure_count, 2);
    assert_int_equal(read.failures[0].outcome, CALL_STUCK);
    assert_int_equal(read.failures[0].subject, 2);
    assert_string_equal(read.failures[1].message, "pack.lua:17: 出错");
    result_free(&read);
    free(record);
}

static void what_is_the_same_everywhere_is_derived(void **state) {
    (void)state;
    uint8_t *record = plain_record(false);
    RegionResult read;
    record[layout->statuses[SCREENING]] = STATUS_NOT_APPLICABLE;
    decode(record, false, &read);
    assert_true(read.indicators[MORTALITY].metrics[METRIC_TARGET] == 12);
    assert_true(read.indicators[MORTALITY].metrics[METRIC_PACE] == 0.4);
    assert_true(isnan(read.indicators[DOUBLE].metrics[METRIC_TARGET])); // narrows has no number
    assert_true(read.indicators[DOUBLE].metrics[METRIC_PACE] == 0.4);
    assert_true(isnan(read.indicators[SCREENING].metrics[METRIC_TARGET])); // not its target
    assert_true(isnan(read.indicators[SCREENING].metrics[METRIC_PACE]));
    assert_true(isnan(read.indicators[MORTALITY].metrics[METRIC_VOLATILITY])); // not needed
    assert_int_equal(read.assessment_count, 1);
    result_free(&read);
    free(record);
}

static void subjects_that_are_not_assessed_are_left_out(void **state) {
    (void)state;
    uint8_t *record = plain_record(true);
    RegionResult read;
    record[layout->assessments[ANNUAL].vetoes] = VETO_ABSENT;
    memset(record + layout->assessments[ANNUAL].states, ITEM_NOT_APPLICABLE,
           description->assessments[ANNUAL].item_count);
    decode(record, true, &read);
    assert_int_equal(read.assessment_count, 2);
    assert_int_equal(read.assessments[0].assessment, UNITS);
    result_free(&read);
    free(record);
}

// Blobs of a database begin wherever they begin.
static void bytes_may_begin_at_any_address(void **state) {
    (void)state;
    Buffer bytes = {0};
    sample_encode(layout, true, 9, &bytes);
    for (size_t shift = 0; shift < sizeof(double); shift++) {
        char *room = memory_new(bytes.length + shift, 1);
        RegionResult result;
        Error error = {0};
        memcpy(room + shift, bytes.data, bytes.length);
        assert_true(result_decode(room + shift, bytes.length, layout, &result, &error));
        result_free(&result);
        free(room);
    }
    buffer_free(&bytes);
}

static void bytes_without_a_record_of_this_layout_have_none(void **state) {
    (void)state;
    for (int own = 0; own <= 1; own++) {
        Buffer bytes = {0};
        uint8_t *record = plain_record(own);
        result_encode(layout, record, own, sample_failures, 2, &bytes);
        assert_memory_equal(result_record(layout, bytes.data, bytes.length), record, size_of(own));
        assert_true(result_has_failures(layout, bytes.data, bytes.length));
        for (size_t length = 0; length < 8 + size_of(own); length++) {
            assert_null(result_record(layout, bytes.data, length));
            assert_false(result_has_failures(layout, bytes.data, length));
        }
        buffer_clear(&bytes);
        result_encode(layout, record, own, NULL, 0, &bytes);
        assert_false(result_has_failures(layout, bytes.data, bytes.length));
        bytes.data[4]++;
        assert_null(result_record(layout, bytes.data, bytes.length));
        buffer_free(&bytes);
        free(record);
    }
}

// ---- hostile bytes -----------------------------------------------------------------------------

static void every_cut_is_refused(void **state) {
    (void)state;
    for (int own = 0; own <= 1; own++) {
        Buffer bytes = {0};
        uint8_t *record = plain_record(own);
        result_encode(layout, record, own, sample_failures, 2, &bytes);
        for (size_t length = 0; length < bytes.length; length++)
            assert_false(is_taken(bytes.data, length));
        buffer_append(&bytes, "", 1);
        assert_false(is_taken(bytes.data, bytes.length)); // something left over
        buffer_free(&bytes);
        free(record);
    }
}

static void changed_bytes_are_refused_or_mean_what_they_say(void **state) {
    (void)state;
    static const unsigned char odd[] = {0x00, 0xff, 0x7f, 0x80, 0x01, 0xf0, 0x1b, 0x9b};
    uint64_t seed = 20261122;
    size_t refused = 0, rounds = 20000;
    for (size_t round = 0; round < rounds; round++) {
        Buffer bytes = {0};
        sample_encode(layout, round % 2, round % 50 + 1, &bytes);
        for (uint32_t changes = 1 + sample_random(&seed) % 4; changes > 0; changes--) {
            size_t at = sample_random(&seed) % bytes.length;
            uint32_t how = sample_random(&seed);
            bytes.data[at] = how % 3 == 0   ? (char)(bytes.data[at] ^ (1 << (how >> 8) % 8))
                             : how % 3 == 1 ? (char)odd[(how >> 8) % sizeof odd]
                                            : (char)(how >> 8);
        }
        if (sample_random(&seed) % 4 == 0) bytes.length = sample_random(&seed) % (bytes.length + 1);
        if (!is_taken(bytes.data, bytes.length)) refused++;
        buffer_free(&bytes);
    }
    assert_in_range(refused, rounds / 4, rounds - rounds / 100);
}

static void put_u32(char *at, uint32_t value) {
    for (int i = 0; i < 4; i++)
        at[i] = (char)(value >> (8 * i));
}

// Every byte of a record, with every value it can have: what record_is_sound lets pass is taken,
// and what it refuses is not.
static void every_byte_of_a_record_is_looked_at(void **state) {
    (void)state;
    for (int own = 0; own <= 1; own++) {
        uint64_t seed = 5;
        uint8_t *record = sample_record(layout, own, &seed);
        size_t refused = 0;
        for (size_t at = 0; at < size_of(own); at++) {
            const uint8_t good = record[at];
            for (int value = 0; value < 256; value++) {
                Buffer bytes = {0};
                record[at] = (uint8_t)value;
                bool sound = record_is_sound(layout, record, own);
                result_encode(layout, record, own, NULL, 0, &bytes);
                if (is_taken(bytes.data, bytes.length) != sound)
                    fail_msg("byte %zu as %d: sound %d", at, value, sound);
                refused += !sound;
                buffer_free(&bytes);
            }
            record[at] = good;
        }
        assert_true(refused > size_of(own)); // on an average, of every byte some
        free(record);
    }
}

// ---- single lies -------------------------------------------------------------------------------

static uint64_t bits_of(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static void numbers_that_cannot_be_are_refused(void **state) {
    (void)state;
    const uint64_t lies[] = {bits_of(INFINITY),     bits_of(-INFINITY),    bits_of(1.1e15),
                             bits_of(-1.1e15),      bits_of(1e300),        bits_of(-0.0),
                             0x7ff8000000000001ull, 0xfff8000000000000ull, // NaN in other forms
                             0x7ff0000000000001ull, 0x7fffffffffffffffull};
    const uint64_t truths[] = {bits_of(NAN), bits_of(1e15), bits_of(-1e15), bits_of(5e-324), 0};
    uint8_t *record = plain_record(true);
    size_t scores = layout->assessments[ANNUAL].scores;
    for (size_t at = 0; at < layout->number_bytes; at += sizeof(double)) {
        double before = sample_get(record, at);
        for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
            memcpy(record + at, &lies[i], sizeof lies[i]);
            assert_false(record_is_sound(layout, record, true));
        }
        for (size_t i = 0; at < scores && i < sizeof truths / sizeof *truths; i++) {
            memcpy(record + at, &truths[i], sizeof truths[i]);
            assert_true(record_is_sound(layout, record, true));
        }
        sample_put(record, at, before);
    }
    // The units' scores stand apart from the other numbers.
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        memcpy(record + layout->assessments[UNITS].scores, &lies[i], sizeof lies[i]);
        assert_false(record_is_sound(layout, record, true));
        assert_true(record_is_sound(layout, record, false));
    }
    free(record);
}

typedef void (*Falsify)(uint8_t *record);

static void status_is_unknown(uint8_t *record) {
    record[layout->statuses[SCREENING] + 1] = STATUS_COUNT;
}
static void status_is_200(uint8_t *record) {
    record[layout->statuses[MORTALITY]] = 200;
}
static void level_is_unknown(uint8_t *record) {
    record[layout->levels[0]] = LEVEL_COUNT;
}
static void level_of_the_region_is_unknown(uint8_t *record) {
    record[layout->levels[2]] = 9;
}
static void item_state_is_unknown(uint8_t *record) {
    record[layout->assessments[ANNUAL].states + 2] = ITEM_STATE_COUNT;
}
static void score_is_over_the_points(uint8_t *record) {
    sample_put(record, layout->assessments[ANNUAL].scores + sizeof(double), 40.5);
}
static void score_is_negative(uint8_t *record) {
    sample_put(record, layout->assessments[ANNUAL].scores + sizeof(double), -0.5);
}
static void score_is_missing(uint8_t *record) {
    sample_put(record, layout->assessments[ANNUAL].scores + sizeof(double), NAN);
}
static void score_without_being_scored(uint8_t *record) {
    score_is_missing(record);
    sample_put(record, layout->assessments[ANNUAL].scores + sizeof(double), 10);
    record[layout->assessments[ANNUAL].states + 1] = ITEM_NO_DATA;
}
static void veto_is_unknown(uint8_t *record) {
    record[layout->assessments[ANNUAL].vetoes] = VETO_NONE + 2; // there is one
}
static void scored_without_being_assessed(uint8_t *record) {
    record[layout->assessments[ANNUAL].vetoes] = VETO_ABSENT;
}
static void unit_has_an_unknown_veto(uint8_t *record) {
    record[layout->assessments[UNITS].vetoes + 1] = VETO_NONE + 1; // there is none
}
static void unit_has_an_unknown_state(uint8_t *record) {
    record[layout->assessments[UNITS].states + 1] = ITEM_STATE_COUNT;
}
static void unit_has_more_than_the_points(uint8_t *record) {
    sample_put(record, layout->assessments[UNITS].scores + sizeof(double), 10.5);
}

static void records_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Falsify falsify;
    } lies[] = {{"status_is_unknown", status_is_unknown},
                {"status_is_200", status_is_200},
                {"level_is_unknown", level_is_unknown},
                {"level_of_the_region_is_unknown", level_of_the_region_is_unknown},
                {"item_state_is_unknown", item_state_is_unknown},
                {"score_is_over_the_points", score_is_over_the_points},
                {"score_is_negative", score_is_negative},
                {"score_is_missing", score_is_missing},
                {"score_without_being_scored", score_without_being_scored},
                {"veto_is_unknown", veto_is_unknown},
                {"scored_without_being_assessed", scored_without_being_assessed},
                {"unit_has_an_unknown_veto", unit_has_an_unknown_veto},
                {"unit_has_an_unknown_state", unit_has_an_unknown_state},
                {"unit_has_more_than_the_points", unit_has_more_than_the_points}};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        uint8_t *record = plain_record(true);
        Buffer bytes = {0};
        lies[i].falsify(record);
        if (record_is_sound(layout, record, true)) fail_msg("%s is sound", lies[i].name);
        result_encode(layout, record, true, NULL, 0, &bytes);
        if (is_taken(bytes.data, bytes.length)) fail_msg("%s is taken", lies[i].name);
        buffer_free(&bytes);
        free(record);
    }
}

static void points_are_the_most_a_score_can_be(void **state) {
    (void)state;
    uint8_t *record = plain_record(true);
    const double points = description->assessments[ANNUAL].items[1].points;
    sample_put(record, layout->assessments[ANNUAL].scores + sizeof(double), points);
    assert_true(record_is_sound(layout, record, true));
    sample_put(record, layout->assessments[ANNUAL].scores + sizeof(double), nextafter(points, 1e9));
    assert_false(record_is_sound(layout, record, true));
    free(record);
}

// Bytes that belong to nothing are 0, so that the same results make the same bytes.
static void what_stands_between_figures_is_nothing(void **state) {
    (void)state;
    uint8_t *record = plain_record(true);
    const AssessmentPlace *annual = &layout->assessments[ANNUAL],
                          *units = &layout->assessments[UNITS];
    size_t ends[] = {annual->vetoes + 1, units->vetoes + description->unit_count};
    size_t limits[] = {layout->size, layout->own_size}, between = 0;
    for (int part = 0; part < 2; part++) {
        for (size_t at = ends[part]; at < limits[part]; at++, between++) {
            record[at] = 1;
            assert_false(record_is_sound(layout, record, true));
            record[at] = 0;
        }
    }
    assert_true(between > 0);
    free(record);
}

static void assert_u32_refused(Buffer *bytes, size_t at, uint32_t value) {
    char before[4];
    memcpy(before, bytes->data + at, 4);
    put_u32(bytes->data + at, value);
    if (is_taken(bytes->data, bytes->length)) fail_msg("%u at byte %zu is taken", value, at);
    memcpy(bytes->data + at, before, 4);
}

static void counts_and_indexes_that_lie_are_refused(void **state) {
    (void)state;
    static const uint32_t lies[] = {11, 1000, 0x7fffffff, 0x80000000u, 0xfffffffeu};
    for (int own = 0; own <= 1; own++) {
        uint8_t *record = plain_record(own);
        Buffer bytes = {0};
        result_encode(layout, record, own, sample_failures, 2, &bytes);
        assert_true(is_taken(bytes.data, bytes.length));
        size_t failures = 8 + size_of(own);
        for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
            assert_u32_refused(&bytes, 0, lies[i]);             // the format
            assert_u32_refused(&bytes, 4, lies[i]);             // the size of the record
            assert_u32_refused(&bytes, failures, lies[i]);      // how many failures
            assert_u32_refused(&bytes, failures + 4, lies[i]);  // which rule
            assert_u32_refused(&bytes, failures + 8, lies[i]);  // its subject
            assert_u32_refused(&bytes, failures + 13, lies[i]); // the length of its message
        }
        assert_u32_refused(&bytes, 0, 1); // the format before
        assert_u32_refused(&bytes, 4, (uint32_t)size_of(!own));
        assert_u32_refused(&bytes, failures, 0); // something is left over
        assert_u32_refused(&bytes, failures, 1);
        buffer_free(&bytes);
        free(record);
    }
}

static void failures_that_cannot_be_are_refused(void **state) {
    (void)state;
    static char text[9000];
    memset(text, 'x', sizeof text - 1);
    const RuleFailure lies[] = {
        {(int)description->rule_count, -1, CALL_RAISED, "x"},
        {-1, -1, CALL_RAISED, "x"},
        {0, -2, CALL_RAISED, "x"},
        {0, 4, CALL_RAISED, "x"}, // four indicators, one plan, two units
        {0, -1, CALL_OUTCOME_COUNT, "x"},
        {0, -1, (CallOutcome)255, "x"},
        {0, -1, CALL_OK, "x"},           // went well, and yet it failed
        {0, -1, CALL_RAISED, "\x1b[2J"}, // an escape
        {0, -1, CALL_RAISED,
         "\xc2\x9b"
         "2J"},                               // a control character of two bytes
        {0, -1, CALL_RAISED, "\xed\xa0\x80"}, // no UTF-8
        {0, -1, CALL_RAISED, "\xff"},
        {0, -1, CALL_RAISED, text},
    };
    uint8_t *record = plain_record(false);
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        Buffer bytes = {0};
        result_encode(layout, record, false, &lies[i], 1, &bytes);
        if (is_taken(bytes.data, bytes.length)) fail_msg("failure %zu is taken", i);
        buffer_free(&bytes);
    }
    free(record);
}

static void failures_beyond_the_most_are_not_kept(void **state) {
    (void)state;
    enum { MANY = MAX_FAILURES_PER_REGION + 5 };
    RuleFailure *failures = memory_new(MANY, sizeof *failures);
    for (int i = 0; i < MANY; i++)
        failures[i] = (RuleFailure){i % 10, -1, CALL_RAISED, "x"};
    uint8_t *record = plain_record(false);
    Buffer bytes = {0};
    RegionResult result;
    Error error = {0};
    result_encode(layout, record, false, failures, MANY, &bytes);
    assert_true(result_decode(bytes.data, bytes.length, layout, &result, &error));
    assert_int_equal(result.failure_count, MAX_FAILURES_PER_REGION);
    result_free(&result);
    buffer_free(&bytes);
    free(record);
    free(failures);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_read_back_as_written),
        cmocka_unit_test(values_are_read_back),
        cmocka_unit_test(what_is_the_same_everywhere_is_derived),
        cmocka_unit_test(subjects_that_are_not_assessed_are_left_out),
        cmocka_unit_test(bytes_may_begin_at_any_address),
        cmocka_unit_test(bytes_without_a_record_of_this_layout_have_none),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(changed_bytes_are_refused_or_mean_what_they_say),
        cmocka_unit_test(every_byte_of_a_record_is_looked_at),
        cmocka_unit_test(numbers_that_cannot_be_are_refused),
        cmocka_unit_test(records_that_cannot_be_are_refused),
        cmocka_unit_test(points_are_the_most_a_score_can_be),
        cmocka_unit_test(what_stands_between_figures_is_nothing),
        cmocka_unit_test(counts_and_indexes_that_lie_are_refused),
        cmocka_unit_test(failures_that_cannot_be_are_refused),
        cmocka_unit_test(failures_beyond_the_most_are_not_kept),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
