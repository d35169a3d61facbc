// One batch over a small pack and all it gave, for the tests of rules called in batches. Included
// by tests only.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "core/base/language.h"
#include "tests/unit/lua/small_pack.h"

enum { MOST_LANES = 4000, MOST_FAILURES = 64 };

static const SandboxLimits quick_limits = {
    .memory_bytes = 8u << 20, .load_cpu_ms = 2000, .call_cpu_ms = 20, .spec_cpu_ms = 2000};
static const SandboxLimits patient_limits = {
    .memory_bytes = 8u << 20, .load_cpu_ms = 2000, .call_cpu_ms = 5000, .spec_cpu_ms = 2000};

typedef struct Failure {
    uint32_t lane;
    CallOutcome outcome;
    Error error;
} Failure;

// A batch over lanes 0 … count − 1 and all it gave.
typedef struct Trial {
    SmallPack *pack;
    StatusPage page;
    uint32_t lanes[MOST_LANES];
    uint8_t kinds[MOST_LANES];
    double numbers[MOST_LANES];
    Failure failures[MOST_FAILURES];
    size_t failure_count, most_failures; // the batch is ended at most_failures
    RuleBatch batch;
} Trial;

static inline bool note_failure(void *context, uint32_t lane, CallOutcome outcome,
                                const Error *error) {
    Trial *trial = context;
    assert_true(trial->failure_count < MOST_FAILURES);
    assert_int_equal(trial->kinds[lane], RULE_NIL);
    assert_int_equal(atomic_load(&trial->page.rule), trial->batch.rule);
    assert_int_equal(atomic_load(&trial->page.region), trial->batch.first_region + (int)lane);
    trial->failures[trial->failure_count++] = (Failure){lane, outcome, *error};
    return trial->failure_count < trial->most_failures;
}

static inline Trial *trial_new(const SandboxLimits *limits, const char *prelude,
                               const char *const *rules, size_t count) {
    language_set(LANGUAGE_ENGLISH);
    Trial *trial = memory_new(1, sizeof *trial);
    trial->pack = small_pack_open(limits, &trial->page, prelude, rules, count);
    trial->most_failures = MOST_FAILURES;
    for (uint32_t lane = 0; lane < MOST_LANES; lane++)
        trial->lanes[lane] = lane;
    trial->batch = (RuleBatch){.lanes = trial->lanes,
                               .kinds = trial->kinds,
                               .numbers = trial->numbers,
                               .failed = note_failure,
                               .failed_context = trial};
    return trial;
}

static inline void trial_free(Trial *trial) {
    small_pack_free(trial->pack);
    free(trial);
}

static inline bool run(Trial *trial, int rule, const RuleColumn *columns, size_t column_count,
                       size_t lane_count) {
    trial->batch.rule = rule;
    trial->batch.columns = columns;
    trial->batch.column_count = column_count;
    trial->batch.lane_count = lane_count;
    trial->failure_count = 0;
    memset(trial->kinds, 0xee, sizeof trial->kinds);
    for (size_t lane = 0; lane < MOST_LANES; lane++)
        trial->numbers[lane] = -77;
    return small_pack_call(trial->pack, &trial->batch);
}

static inline void expect_nil(const Trial *trial, uint32_t lane) {
    assert_int_equal(trial->kinds[lane], RULE_NIL);
    assert_true(isnan(trial->numbers[lane]));
}

static inline void expect(const Trial *trial, uint32_t lane, RuleValueKind kind, double number) {
    if (trial->kinds[lane] != kind || trial->numbers[lane] != number)
        fail_msg("lane %u: kind %d number %.17g, expected kind %d number %.17g", lane,
                 trial->kinds[lane], trial->numbers[lane], (int)kind, number);
}
