// Canonical bytes of results: written, read back, and refused when they are not what they must be.
#include "tests/unit/eval/sample_result.h"

#include "core/base/language.h"

static Description *description;

static int set_up(void **state) {
    (void)state;
    language_set(LANGUAGE_ENGLISH);
    description = sample_describe(sample_text);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    description_free(description);
    return 0;
}

static void encode_sample(uint64_t seed, Buffer *bytes) {
    RegionResult result;
    sample_fill(&result, description, &seed);
    result_encode(&result, description, bytes);
    result_free(&result);
}

// Decodes; true means that the bytes were taken, and then they must be those it encodes to again.
static bool is_taken(const char *bytes, size_t length) {
    // A copy of its own, so that a sanitizer sees a read beyond the end.
    char *copy = memory_new(length, 1);
    memcpy(copy, bytes, length);
    RegionResult result;
    Error error = {0};
    bool taken = result_decode(copy, length, description, &result, &error);
    if (taken) {
        Buffer again = {0};
        result_encode(&result, description, &again);
        assert_int_equal(again.length, length);
        assert_memory_equal(again.data, bytes, length);
        buffer_free(&again);
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
        Buffer bytes = {0};
        encode_sample(seed, &bytes);
        assert_true(is_taken(bytes.data, bytes.length));
        buffer_free(&bytes);
    }
}

static void values_are_read_back(void **state) {
    (void)state;
    uint64_t seed = 5;
    RegionResult written, read;
    Buffer bytes = {0};
    Error error = {0};
    sample_fill(&written, description, &seed);
    written.warning_count = 3;
    written.failure_count = 2;
    result_encode(&written, description, &bytes);
    assert_true(result_decode(bytes.data, bytes.length, description, &read, &error));
    assert_int_equal(read.warning_count, 3);
    assert_int_equal(read.warnings[0].subject, 3);
    assert_string_equal(read.warnings[2].message, "行\n二");
    assert_int_equal(read.assessments[1].unit, 1);
    assert_int_equal(read.failures[1].outcome, CALL_STUCK);
    assert_string_equal(read.failures[0].message, "pack.lua:17: 出错");
    result_free(&read);
    result_free(&written);
    buffer_free(&bytes);
}

static void every_cut_is_refused(void **state) {
    (void)state;
    Buffer bytes = {0};
    encode_sample(7, &bytes);
    for (size_t length = 0; length < bytes.length; length++)
        assert_false(is_taken(bytes.data, length));
    buffer_append(&bytes, "", 1);
    assert_false(is_taken(bytes.data, bytes.length)); // something left over
    buffer_free(&bytes);
}

static void changed_bytes_are_refused_or_mean_what_they_say(void **state) {
    (void)state;
    static const unsigned char odd[] = {0x00, 0xff, 0x7f, 0x80, 0x01, 0xf0, 0x1b, 0x9b};
    uint64_t seed = 20261122;
    size_t refused = 0, rounds = 20000;
    for (size_t round = 0; round < rounds; round++) {
        Buffer bytes = {0};
        encode_sample(round % 50 + 1, &bytes);
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

// ---- single lies -------------------------------------------------------------------------------

static void put_u32(char *at, uint32_t value) {
    for (int i = 0; i < 4; i++)
        at[i] = (char)(value >> (8 * i));
}

static void assert_u32_refused(Buffer *bytes, size_t at, uint32_t value) {
    char before[4];
    memcpy(before, bytes->data + at, 4);
    put_u32(bytes->data + at, value);
    if (is_taken(bytes->data, bytes->length)) fail_msg("%u at byte %zu is taken", value, at);
    memcpy(bytes->data + at, before, 4);
}

// Where the indicators end and the warnings' count stands.
static size_t warnings_offset(void) {
    size_t at = 8;
    for (size_t i = 0; i < description->indicator_count; i++)
        at += description->indicators[i].target_set_count + METRIC_COUNT * sizeof(double);
    return at;
}

static void counts_and_indexes_that_lie_are_refused(void **state) {
    (void)state;
    uint64_t seed = 3;
    RegionResult result;
    Buffer bytes = {0};
    sample_fill(&result, description, &seed);
    result.warning_count = 3;
    result.failure_count = 2;
    result_encode(&result, description, &bytes);
    result_free(&result);
    static const uint32_t counts[] = {4, 1000, 0x7fffffff, 0x80000000u, 0xffffffffu};
    size_t warnings = warnings_offset();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        assert_u32_refused(&bytes, 0, counts[i]);                   // the format
        assert_u32_refused(&bytes, 4, counts[i] + 1);               // indicators
        assert_u32_refused(&bytes, warnings, counts[i]);            // warnings
        assert_u32_refused(&bytes, warnings + 4, counts[i]);        // which warning
        assert_u32_refused(&bytes, warnings + 8, counts[i]);        // its subject
        assert_u32_refused(&bytes, warnings + 13, counts[i] + 100); // the length of its message
    }
    bytes.data[warnings + 12] = LEVEL_NONE;
    assert_false(is_taken(bytes.data, bytes.length));
    buffer_free(&bytes);
}

typedef void (*Falsify)(RegionResult *result);

static void metric_is_infinite(RegionResult *result) {
    result->indicators[0].metrics[0] = INFINITY;
}
static void metric_is_huge(RegionResult *result) {
    result->indicators[3].metrics[METRIC_COUNT - 1] = -1.1e15;
}
static void status_is_unknown(RegionResult *result) {
    result->indicators[1].statuses[1] = STATUS_COUNT;
}
static void level_is_unknown(RegionResult *result) {
    result->warnings[0].level = LEVEL_COUNT;
}
static void plan_stands_for_an_indicator(RegionResult *result) {
    result->warnings[1].subject = 1; // there is one plan
}
static void region_has_a_subject(RegionResult *result) {
    result->warnings[2].subject = 0;
}
static void message_has_an_escape(RegionResult *result) {
    result->warnings[0].message = "\x1b[2J";
}
static void message_has_a_c1_character(RegionResult *result) {
    result->warnings[0].message = "\xc2\x9b"
                                  "2J";
}
static void message_is_no_utf8(RegionResult *result) {
    result->failures[0].message = "\xed\xa0\x80";
}
static void message_is_too_long(RegionResult *result) {
    static char text[9000];
    memset(text, 'x', sizeof text - 1);
    result->failures[0].message = text;
}
static void score_is_over_the_points(RegionResult *result) {
    result->assessments[0].items[1] = (ItemResult){ITEM_SCORED, 40.5};
}
static void score_is_negative(RegionResult *result) {
    result->assessments[0].items[1] = (ItemResult){ITEM_SCORED, -0.5};
}
static void score_is_missing(RegionResult *result) {
    result->assessments[0].items[1] = (ItemResult){ITEM_SCORED, NAN};
}
static void score_without_being_scored(RegionResult *result) {
    result->assessments[0].items[1] = (ItemResult){ITEM_NO_DATA, 10};
}
static void unit_of_a_region(RegionResult *result) {
    result->assessments[0].unit = 0;
}
static void unit_is_unknown(RegionResult *result) {
    result->assessments[1].unit = 2;
}
static void veto_is_unknown(RegionResult *result) {
    result->assessments[0].veto = 1;
}
static void rule_is_unknown(RegionResult *result) {
    result->failures[0].rule = 10;
}
static void outcome_is_unknown(RegionResult *result) {
    result->failures[0].outcome = CALL_OUTCOME_COUNT;
}

static void results_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Falsify falsify;
    } lies[] = {{"metric_is_infinite", metric_is_infinite},
                {"metric_is_huge", metric_is_huge},
                {"status_is_unknown", status_is_unknown},
                {"level_is_unknown", level_is_unknown},
                {"plan_stands_for_an_indicator", plan_stands_for_an_indicator},
                {"region_has_a_subject", region_has_a_subject},
                {"message_has_an_escape", message_has_an_escape},
                {"message_has_a_c1_character", message_has_a_c1_character},
                {"message_is_no_utf8", message_is_no_utf8},
                {"message_is_too_long", message_is_too_long},
                {"score_is_over_the_points", score_is_over_the_points},
                {"score_is_negative", score_is_negative},
                {"score_is_missing", score_is_missing},
                {"score_without_being_scored", score_without_being_scored},
                {"unit_of_a_region", unit_of_a_region},
                {"unit_is_unknown", unit_is_unknown},
                {"veto_is_unknown", veto_is_unknown},
                {"rule_is_unknown", rule_is_unknown},
                {"outcome_is_unknown", outcome_is_unknown}};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        uint64_t seed = 11;
        RegionResult result;
        Buffer bytes = {0};
        sample_fill(&result, description, &seed);
        result.warning_count = 3;
        result.failure_count = 2;
        lies[i].falsify(&result);
        result_encode(&result, description, &bytes);
        result_free(&result);
        if (is_taken(bytes.data, bytes.length)) fail_msg("%s is taken", lies[i].name);
        buffer_free(&bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_read_back_as_written),
        cmocka_unit_test(values_are_read_back),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(changed_bytes_are_refused_or_mean_what_they_say),
        cmocka_unit_test(counts_and_indexes_that_lie_are_refused),
        cmocka_unit_test(results_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
