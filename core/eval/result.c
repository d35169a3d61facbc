// Encoding and checked decoding of results: see result.h.
#include "core/eval/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/plain_text.h"

enum { RESULT_FORMAT = 1, LONGEST_TEXT = 8192 };
static const double LARGEST_NUMBER = 1e15;
static const uint64_t CANONICAL_NAN = 0x7ff8000000000000u;

const char *item_state_name(ItemState state) {
    static const char *const names[ITEM_STATE_COUNT] = {"scored", "no_data", "not_applicable",
                                                        "failed"};
    return state < ITEM_STATE_COUNT ? names[state] : "unknown";
}

void result_init(RegionResult *result, const Description *description) {
    *result = (RegionResult){0};
    result->indicators = memory_new(description->indicator_count, sizeof *result->indicators);
}

void result_free(RegionResult *result) {
    free(result->indicators);
    free(result->warnings);
    free(result->assessments);
    free(result->failures);
    arena_free(&result->arena);
    *result = (RegionResult){0};
}

// ---- writing -----------------------------------------------------------------------------------

static void put_u8(Buffer *out, unsigned value) {
    unsigned char byte = (unsigned char)value;
    buffer_append(out, &byte, 1);
}

static void put_u32(Buffer *out, uint32_t value) {
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    buffer_append(out, bytes, sizeof bytes);
}

static void put_number(Buffer *out, double value) {
    uint64_t bits = CANONICAL_NAN;
    if (!isnan(value)) memcpy(&bits, &value, sizeof bits);
    put_u32(out, (uint32_t)bits);
    put_u32(out, (uint32_t)(bits >> 32));
}

static void put_text(Buffer *out, const char *text) {
    put_u32(out, (uint32_t)strlen(text));
    buffer_text(out, text);
}

void result_encode(const RegionResult *result, const Description *description, Buffer *out) {
    put_u32(out, RESULT_FORMAT);
    put_u32(out, (uint32_t)description->indicator_count);
    for (size_t i = 0; i < description->indicator_count; i++) {
        const IndicatorResult *indicator = &result->indicators[i];
        for (size_t s = 0; s < description->indicators[i].target_set_count; s++)
            put_u8(out, indicator->statuses[s]);
        for (int m = 0; m < METRIC_COUNT; m++)
            put_number(out, indicator->metrics[m]);
    }
    put_u32(out, (uint32_t)result->warning_count);
    for (size_t i = 0; i < result->warning_count; i++) {
        const RaisedWarning *warning = &result->warnings[i];
        put_u32(out, (uint32_t)warning->warning);
        put_u32(out, (uint32_t)warning->subject);
        put_u8(out, warning->level);
        put_text(out, warning->message);
    }
    put_u32(out, (uint32_t)result->assessment_count);
    for (size_t i = 0; i < result->assessment_count; i++) {
        const AssessmentResult *assessed = &result->assessments[i];
        put_u32(out, (uint32_t)assessed->assessment);
        put_u32(out, (uint32_t)assessed->unit);
        put_u32(out, (uint32_t)assessed->veto);
        for (size_t k = 0; k < description->assessments[assessed->assessment].item_count; k++) {
            put_u8(out, assessed->items[k].state);
            put_number(out, assessed->items[k].score);
        }
    }
    put_u32(out, (uint32_t)result->failure_count);
    for (size_t i = 0; i < result->failure_count; i++) {
        const RuleFailure *failure = &result->failures[i];
        put_u32(out, (uint32_t)failure->rule);
        put_u32(out, (uint32_t)failure->subject);
        put_u8(out, failure->outcome);
        put_text(out, failure->message);
    }
}

// ---- reading what is not trusted ---------------------------------------------------------------

typedef struct Reader {
    const char *bytes;
    size_t length, at;
    bool bad; // once true, everything read is 0
    const Description *description;
    Arena *arena;
} Reader;

static bool take(Reader *reader, size_t count, const char **bytes) {
    if (reader->bad || reader->length - reader->at < count) {
        reader->bad = true;
        return false;
    }
    *bytes = reader->bytes + reader->at;
    reader->at += count;
    return true;
}

static uint32_t get_u32(Reader *reader) {
    const char *bytes;
    if (!take(reader, 4, &bytes)) return 0;
    uint32_t value = 0;
    for (int i = 0; i < 4; i++)
        value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
    return value;
}

// A value from low to high, both allowed; anything else makes the whole bad.
static int get_index(Reader *reader, int low, int high) {
    int value = (int)get_u32(reader);
    if (value < low || value > high) reader->bad = true;
    return reader->bad ? low : value;
}

static int get_u8(Reader *reader, int limit) {
    const char *bytes;
    if (!take(reader, 1, &bytes)) return 0;
    int value = (unsigned char)*bytes;
    if (value >= limit) reader->bad = true;
    return reader->bad ? 0 : value;
}

static double get_number(Reader *reader) {
    uint64_t low = get_u32(reader), bits = low | (uint64_t)get_u32(reader) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    bool good = isnan(value) ? bits == CANONICAL_NAN : fabs(value) <= LARGEST_NUMBER;
    if (!good) reader->bad = true;
    return reader->bad ? NAN : value;
}

static const char *get_text(Reader *reader) {
    uint32_t length = get_u32(reader);
    const char *bytes;
    if (length > LONGEST_TEXT) reader->bad = true;
    if (!take(reader, length, &bytes)) return "";
    bool good = plain_text(bytes, length);
    if (!good) reader->bad = true;
    return reader->bad ? "" : arena_bytes(reader->arena, bytes, length);
}

// The number of records that follow; each takes at least `smallest` bytes, so that a lying count
// cannot make the host allocate.
static size_t get_count(Reader *reader, size_t smallest) {
    size_t count = get_u32(reader);
    if (!reader->bad && count > (reader->length - reader->at) / smallest) reader->bad = true;
    return reader->bad ? 0 : count;
}

static int subject_limit(const Description *description, WarningSubject on) {
    if (on == ON_INDICATOR) return (int)description->indicator_count - 1;
    return on == ON_PLAN ? (int)description->plan_count - 1 : -1;
}

static void read_indicators(Reader *reader, RegionResult *result) {
    const Description *description = reader->description;
    if (get_u32(reader) != description->indicator_count) reader->bad = true;
    for (size_t i = 0; i < description->indicator_count && !reader->bad; i++) {
        IndicatorResult *indicator = &result->indicators[i];
        for (size_t s = 0; s < description->indicators[i].target_set_count; s++)
            indicator->statuses[s] = (uint8_t)get_u8(reader, STATUS_COUNT);
        for (int m = 0; m < METRIC_COUNT; m++)
            indicator->metrics[m] = get_number(reader);
    }
}

static void read_warnings(Reader *reader, RegionResult *result) {
    const Description *description = reader->description;
    size_t count = get_count(reader, 13);
    result->warnings = memory_new(count, sizeof *result->warnings);
    for (size_t i = 0; i < count && !reader->bad; i++) {
        RaisedWarning *warning = &result->warnings[i];
        warning->warning = get_index(reader, 0, (int)description->warning_count - 1);
        if (reader->bad) return;
        WarningSubject on = description->warnings[warning->warning].on;
        warning->subject =
            get_index(reader, on == ON_REGION ? -1 : 0, subject_limit(description, on));
        warning->level = (WarningLevel)get_u8(reader, LEVEL_COUNT);
        if (warning->level == LEVEL_NONE) reader->bad = true;
        warning->message = get_text(reader);
        result->warning_count = i + 1;
    }
}

static void read_assessment(Reader *reader, AssessmentResult *assessed) {
    const Description *description = reader->description;
    assessed->assessment = get_index(reader, 0, (int)description->assessment_count - 1);
    if (reader->bad) return;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    bool of_unit = assessment->of == OF_UNIT;
    assessed->unit =
        get_index(reader, of_unit ? 0 : -1, of_unit ? (int)description->unit_count - 1 : -1);
    assessed->veto = get_index(reader, -1, (int)assessment->veto_count - 1);
    assessed->items = arena_new(reader->arena, assessment->item_count + 1, sizeof *assessed->items);
    for (size_t k = 0; k < assessment->item_count && !reader->bad; k++) {
        ItemResult *item = &assessed->items[k];
        item->state = (ItemState)get_u8(reader, ITEM_STATE_COUNT);
        item->score = get_number(reader);
        double most = item->state == ITEM_SCORED ? assessment->items[k].points : 0;
        if (!(item->score >= 0 && item->score <= most)) reader->bad = true;
    }
}

static void read_assessments(Reader *reader, RegionResult *result) {
    size_t count = get_count(reader, 12);
    result->assessments = memory_new(count, sizeof *result->assessments);
    for (size_t i = 0; i < count && !reader->bad; i++) {
        read_assessment(reader, &result->assessments[i]);
        if (!reader->bad) result->assessment_count = i + 1;
    }
}

static void read_failures(Reader *reader, RegionResult *result) {
    const Description *description = reader->description;
    size_t count = get_count(reader, 13);
    if (count > MAX_FAILURES_PER_REGION) reader->bad = true;
    if (reader->bad) return;
    result->failures = memory_new(count, sizeof *result->failures);
    int widest =
        (int)(description->indicator_count > description->plan_count ? description->indicator_count
                                                                     : description->plan_count);
    for (size_t i = 0; i < count && !reader->bad; i++) {
        RuleFailure *failure = &result->failures[i];
        failure->rule = get_index(reader, 0, (int)description->rule_count - 1);
        failure->subject = get_index(reader, -1, widest - 1);
        failure->outcome = (CallOutcome)get_u8(reader, CALL_OUTCOME_COUNT);
        failure->message = get_text(reader);
        if (!reader->bad) result->failure_count = i + 1;
    }
}

bool result_decode(const char *bytes, size_t length, const Description *description,
                   RegionResult *result, Error *error) {
    result_init(result, description);
    Reader reader = {
        .bytes = bytes, .length = length, .description = description, .arena = &result->arena};
    if (get_u32(&reader) != RESULT_FORMAT) reader.bad = true;
    read_indicators(&reader, result);
    read_warnings(&reader, result);
    read_assessments(&reader, result);
    read_failures(&reader, result);
    if (!reader.bad && reader.at == reader.length) return true;
    size_t at = reader.at;
    result_free(result);
    return error_set(error, ERROR_WORKER,
                     T("the results of a region are malformed near byte %zu of %zu",
                       "某行政区划的结果在第 %zu 字节（共 %zu）附近格式错误"),
                     at, length);
}
