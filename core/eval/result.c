// Encoding and checked decoding of results: see result.h.
#include "core/eval/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/eval/message.h"
#include "core/stats/columns.h"

enum { RESULT_FORMAT = 2, LONGEST_TEXT = 8192 };

const char *item_state_name(ItemState state) {
    static const char *const names[ITEM_STATE_COUNT] = {"scored", "no_data", "not_applicable",
                                                        "failed"};
    return state < ITEM_STATE_COUNT ? names[state] : "unknown";
}

void result_free(RegionResult *result) {
    free(result->indicators);
    free(result->warnings);
    free(result->assessments);
    free(result->failures);
    arena_free(&result->arena);
    *result = (RegionResult){0};
}

// ---- checking ----------------------------------------------------------------------------------

static bool bytes_below(const uint8_t *bytes, size_t count, unsigned limit) {
    unsigned worst = 0;
    for (size_t i = 0; i < count; i++)
        worst = bytes[i] > worst ? bytes[i] : worst;
    return count == 0 || worst < limit;
}

static double number_at(const uint8_t *record, size_t offset) {
    double number;
    memcpy(&number, record + offset, sizeof number);
    return number;
}

static bool numbers_are_plain(const uint8_t *numbers, size_t bytes) {
    return columns_are_plain((const double *)(const void *)numbers, bytes / sizeof(double));
}

// Of a subject that is not assessed no item applies.
static bool items_are_sound(const Assessment *assessment, bool absent, const uint8_t *states,
                            const uint8_t *scores) {
    for (size_t i = 0; i < assessment->item_count; i++) {
        double score = number_at(scores, i * sizeof(double));
        double most = states[i] == ITEM_SCORED ? assessment->items[i].points : 0;
        bool known = absent ? states[i] == ITEM_NOT_APPLICABLE : states[i] < ITEM_STATE_COUNT;
        if (!known || !(score >= 0 && score <= most)) return false;
    }
    return true;
}

static bool assessment_is_sound(const ResultLayout *layout, size_t index, const uint8_t *record) {
    const Assessment *assessment = &layout->description->assessments[index];
    const AssessmentPlace *place = &layout->assessments[index];
    for (size_t s = 0; s < place->subject_count; s++) {
        size_t first = s * assessment->item_count;
        uint8_t veto = record[place->vetoes + s];
        if (veto > VETO_NONE + assessment->veto_count ||
            !items_are_sound(assessment, veto == VETO_ABSENT, record + place->states + first,
                             record + place->scores + first * sizeof(double)))
            return false;
    }
    return true;
}

bool record_is_sound(const ResultLayout *layout, const uint8_t *record, bool own) {
    const Description *description = layout->description;
    if (!numbers_are_plain(record, layout->number_bytes) ||
        (own && !numbers_are_plain(record + layout->size, layout->own_numbers)))
        return false;
    if (!bytes_below(record + layout->end, layout->size - layout->end, 1) ||
        (own && !bytes_below(record + layout->own_end, layout->own_size - layout->own_end, 1)))
        return false;
    size_t indicators = description->indicator_count;
    if (indicators > 0 &&
        !bytes_below(record + layout->statuses[0], layout->status_row_count, STATUS_COUNT))
        return false;
    for (size_t w = 0; w < description->warning_count; w++)
        if (!bytes_below(record + layout->levels[w],
                         layout_warning_subjects(description, &description->warnings[w]),
                         LEVEL_COUNT))
            return false;
    for (size_t a = 0; a < description->assessment_count; a++) {
        bool there = own || description->assessments[a].of != OF_UNIT;
        if (there && !assessment_is_sound(layout, a, record)) return false;
    }
    return true;
}

// ---- writing -----------------------------------------------------------------------------------

static size_t record_size(const ResultLayout *layout, bool own) {
    return own ? layout->own_size : layout->size;
}

size_t result_size(const ResultLayout *layout, bool own) {
    return RESULT_RECORD_AT + record_size(layout, own) + sizeof(uint32_t);
}

void result_frame(const ResultLayout *layout, bool own, uint8_t *bytes) {
    uint32_t words[] = {RESULT_FORMAT, (uint32_t)record_size(layout, own)};
    for (int w = 0; w < 2; w++)
        for (int i = 0; i < 4; i++)
            bytes[4 * w + i] = (uint8_t)(words[w] >> (8 * i));
    memset(bytes + result_size(layout, own) - sizeof(uint32_t), 0, sizeof(uint32_t));
}

void result_encode(const ResultLayout *layout, const uint8_t *record, bool own,
                   const RuleFailure *failures, size_t failure_count, Buffer *out) {
    buffer_u32(out, RESULT_FORMAT);
    buffer_u32(out, (uint32_t)record_size(layout, own));
    buffer_append(out, record, record_size(layout, own));
    if (failure_count > MAX_FAILURES_PER_REGION) failure_count = MAX_FAILURES_PER_REGION;
    buffer_u32(out, (uint32_t)failure_count);
    for (size_t i = 0; i < failure_count; i++) {
        buffer_u32(out, (uint32_t)failures[i].rule);
        buffer_u32(out, (uint32_t)failures[i].subject);
        buffer_append(out, &(uint8_t){(uint8_t)failures[i].outcome}, 1);
        buffer_u32(out, (uint32_t)strlen(failures[i].message));
        buffer_text(out, failures[i].message);
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

static const char *take(Reader *reader, size_t count) {
    if (reader->bad || reader->length - reader->at < count) {
        reader->bad = true;
        return NULL;
    }
    const char *bytes = reader->bytes + reader->at;
    reader->at += count;
    return bytes;
}

static uint32_t get_u32(Reader *reader) {
    const char *bytes = take(reader, 4);
    return bytes ? memory_u32(bytes) : 0;
}

// A value from low to high, both allowed; anything else makes the whole bad.
static int get_index(Reader *reader, int low, int high) {
    int value = (int)get_u32(reader);
    if (value < low || value > high) reader->bad = true;
    return reader->bad ? low : value;
}

static const char *get_text(Reader *reader) {
    uint32_t length = get_u32(reader);
    if (length > LONGEST_TEXT) reader->bad = true;
    const char *bytes = take(reader, length);
    if (!bytes || !plain_text(bytes, length)) reader->bad = true;
    return reader->bad ? "" : arena_bytes(reader->arena, bytes, length);
}

bool result_subject_is_known(const Description *description, int subject) {
    return subject >= -1 &&
           (subject < (int)description->indicator_count || subject < (int)description->plan_count ||
            subject < (int)description->unit_count);
}

static CallOutcome get_outcome(Reader *reader) {
    const char *bytes = take(reader, 1);
    unsigned outcome = bytes ? (unsigned char)bytes[0] : CALL_OUTCOME_COUNT;
    if (outcome == CALL_OK || outcome >= CALL_OUTCOME_COUNT) reader->bad = true;
    return reader->bad ? CALL_OK : (CallOutcome)outcome;
}

static void read_failures(Reader *reader, RegionResult *result) {
    const Description *description = reader->description;
    size_t count = get_u32(reader);
    if (count > MAX_FAILURES_PER_REGION) reader->bad = true;
    if (reader->bad) return;
    result->failures = memory_new(count, sizeof *result->failures);
    for (size_t i = 0; i < count && !reader->bad; i++) {
        RuleFailure *failure = &result->failures[i];
        failure->rule = get_index(reader, 0, (int)description->rule_count - 1);
        failure->subject = (int)get_u32(reader);
        if (!result_subject_is_known(description, failure->subject)) reader->bad = true;
        failure->outcome = get_outcome(reader);
        failure->message = get_text(reader);
        if (!reader->bad) result->failure_count = i + 1;
    }
}

static void read_indicator(const ResultLayout *layout, size_t index, const uint8_t *record,
                           IndicatorResult *indicator) {
    const double *constants = layout->constants + index * METRIC_COUNT;
    uint32_t kept = layout->kept[index], constant = layout->needed[index] & ~kept;
    memcpy(indicator->statuses, record + layout->statuses[index],
           layout->description->indicators[index].target_set_count);
    bool applies = indicator->statuses[0] != STATUS_NOT_APPLICABLE;
    size_t at = layout->metrics[index];
    for (int m = 0; m < METRIC_COUNT; m++)
        indicator->metrics[m] = NAN;
    for (; kept; kept &= kept - 1, at += sizeof(double))
        indicator->metrics[__builtin_ctz(kept)] = number_at(record, at);
    for (; constant && applies; constant &= constant - 1)
        indicator->metrics[__builtin_ctz(constant)] = constants[__builtin_ctz(constant)];
}

static void read_warnings(RegionResult *result, const uint8_t *record) {
    const ResultLayout *layout = result->layout;
    const Description *description = layout->description;
    for (size_t w = 0; w < description->warning_count; w++) {
        const Warning *warning = &description->warnings[w];
        const uint8_t *levels = record + layout->levels[w];
        for (size_t s = 0; s < layout_warning_subjects(description, warning); s++) {
            if (levels[s] == LEVEL_NONE) continue;
            ARRAY_RESERVE(result->warnings, result->warning_count, result->warning_capacity);
            RaisedWarning *raised = &result->warnings[result->warning_count++];
            *raised = (RaisedWarning){(int)w, warning->on == ON_REGION ? -1 : (int)s,
                                      (WarningLevel)levels[s], ""};
            raised->message = message_text(result, raised);
        }
    }
}

static void read_assessment(RegionResult *result, size_t index, size_t subject,
                            const uint8_t *record) {
    const Assessment *assessment = &result->layout->description->assessments[index];
    const AssessmentPlace *place = &result->layout->assessments[index];
    uint8_t veto = record[place->vetoes + subject];
    if (veto == VETO_ABSENT) return;
    AssessmentResult assessed = {
        (int)index, assessment->of == OF_UNIT ? (int)subject : -1,
        arena_new(&result->arena, assessment->item_count + 1, sizeof(ItemResult)),
        veto - VETO_NONE - 1};
    for (size_t i = 0; i < assessment->item_count; i++) {
        size_t cell = subject * assessment->item_count + i;
        assessed.items[i] = (ItemResult){(ItemState)record[place->states + cell],
                                         number_at(record, place->scores + cell * sizeof(double))};
    }
    ARRAY_RESERVE(result->assessments, result->assessment_count, result->assessment_capacity);
    result->assessments[result->assessment_count++] = assessed;
}

static void read_record(RegionResult *result, const uint8_t *record, bool own) {
    const ResultLayout *layout = result->layout;
    const Description *description = layout->description;
    for (size_t i = 0; i < description->indicator_count; i++)
        read_indicator(layout, i, record, &result->indicators[i]);
    result->values = arena_new(&result->arena, layout->value_count, sizeof(double));
    memcpy(result->values, record + layout->values_at, layout->value_count * sizeof(double));
    read_warnings(result, record);
    for (size_t a = 0; a < description->assessment_count; a++)
        for (size_t s = 0; s < layout->assessments[a].subject_count; s++)
            if (own || description->assessments[a].of != OF_UNIT)
                read_assessment(result, a, s, record);
}

const uint8_t *result_record(const ResultLayout *layout, const char *bytes, size_t length) {
    Reader reader = {.bytes = bytes, .length = length};
    uint32_t format = get_u32(&reader), size = get_u32(&reader);
    bool known = format == RESULT_FORMAT && (size == layout->size || size == layout->own_size);
    return known ? (const uint8_t *)take(&reader, size) : NULL;
}

double result_metric(const ResultLayout *layout, const uint8_t *record, int indicator,
                     Metric metric) {
    uint32_t bit = 1u << metric, kept = layout->kept[indicator];
    bool applies = record[layout->statuses[indicator]] != STATUS_NOT_APPLICABLE;
    double value = NAN;
    if (kept & bit)
        return number_at(record, layout->metrics[indicator] +
                                     (size_t)layout_metric_place(kept, metric) * sizeof value);
    if (applies && layout->needed[indicator] & bit)
        value = layout->constants[indicator * METRIC_COUNT + (int)metric];
    return value;
}

bool result_has_failures(const ResultLayout *layout, const char *bytes, size_t length) {
    uint32_t size, count = 0;
    if (!result_record(layout, bytes, length)) return false;
    memcpy(&size, bytes + 4, sizeof size);
    if (length >= RESULT_RECORD_AT + size + sizeof count)
        memcpy(&count, bytes + RESULT_RECORD_AT + size, sizeof count);
    return count > 0;
}

void result_read_failures(const ResultLayout *layout, ResultBytes bytes, RegionResult *result) {
    uint32_t size;
    *result = (RegionResult){.layout = layout, .year = layout->year};
    if (!result_has_failures(layout, bytes.data, bytes.length)) return;
    memcpy(&size, bytes.data + 4, sizeof size);
    Reader reader = {.bytes = bytes.data,
                     .length = bytes.length,
                     .at = RESULT_RECORD_AT + size,
                     .description = layout->description,
                     .arena = &result->arena};
    read_failures(&reader, result);
}

bool result_decode(const char *bytes, size_t length, const ResultLayout *layout,
                   RegionResult *result, Error *error) {
    const Description *description = layout->description;
    *result = (RegionResult){.layout = layout, .year = layout->year};
    result->indicators = memory_new(description->indicator_count, sizeof *result->indicators);
    Reader reader = {
        .bytes = bytes, .length = length, .description = description, .arena = &result->arena};
    const uint8_t *record = result_record(layout, bytes, length);
    uint32_t size = 0;
    if (record) memcpy(&size, bytes + 4, sizeof size);
    bool own = size == layout->own_size;
    reader.bad = !record || !record_is_sound(layout, record, own);
    reader.at = reader.bad ? 0 : RESULT_RECORD_AT + size;
    read_failures(&reader, result);
    if (record && !reader.bad && reader.at == reader.length) {
        read_record(result, record, own);
        return true;
    }
    size_t at = reader.at;
    result_free(result);
    return error_set(error, ERROR_WORKER,
                     T("the results of a region are malformed near byte %zu of %zu",
                       "某行政区划的结果在第 %zu 字节（共 %zu）附近格式错误"),
                     at, length);
}
