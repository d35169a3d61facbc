// Trials of the troubled pack, whose rules do what figures tell them to: get stuck, never end, take
// all the memory, raise. Included by tests only.
#pragma once

#include "tests/unit/eval/engine_fixture.h"

// What the figures of the troubled pack make its rules do.
typedef enum How { CALM, STUCK, ENDLESS, FILLS_MEMORY, SLOW, RAISES } How;

static const char *const switches[] = {"in_warning", "in_each", "in_formula", "in_score"};

static inline void make_calm(Trial *trial) {
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        for (int year = TRIAL_FIRST_YEAR; year <= TRIAL_LAST_YEAR; year++)
            for (size_t r = 0; r < trial->region_count; r++)
                trial_set(trial, switches[i], year, r, CALM);
}

static inline Trial *troubled_trial(size_t regions) {
    Trial *trial = trial_of_folder("troubled");
    trial_fill(trial, regions, 100);
    make_calm(trial);
    for (size_t r = 0; r < regions; r++)
        trial_set(trial, "mortality", TRIAL_YEAR, r, 20 + (double)(r % 80));
    return trial;
}

static inline void run_with(Trial *trial, int workers, Results *results,
                            EngineStatistics *statistics) {
    trial->host.parallel = workers;
    Engine *engine = trial_engine(trial);
    trial_run(engine);
    results_take(results, engine, trial);
    *statistics = engine_statistics(engine);
    engine_free(engine);
}

// ---- what the results tell ---------------------------------------------------------------------

// A layout to read results by after their engine is gone.
typedef struct Reading {
    const Trial *trial;
    ResultLayout *layout;
    RegionResult result;
} Reading;

static inline Reading reading_begin(const Trial *trial) {
    return (Reading){.trial = trial,
                     .layout = layout_new(trial->code.description, TRIAL_YEAR, false)};
}

static const RegionResult *read_region(Reading *reading, const Results *results, size_t region) {
    Error error = {0};
    const Buffer *bytes = &results->regions[region];
    result_free(&reading->result);
    if (!result_decode(bytes->data, bytes->length, reading->layout, &reading->result, &error))
        fail_msg("region %zu: %s", region, error.message);
    return &reading->result;
}

static inline void reading_end(Reading *reading) {
    result_free(&reading->result);
    layout_free(reading->layout);
}

// The rule that reads a switch.
static inline int rule_of(const Trial *trial, const char *series) {
    const Description *description = trial->code.description;
    for (size_t r = 0; r < description->rule_count; r++)
        for (size_t i = 0; i < description->rules[r].input_count; i++)
            if (strcmp(description->rules[r].inputs[i].name, series) == 0) return (int)r;
    fail_msg("no rule reads %s", series);
    return -1;
}

static inline void assert_fails(Reading *reading, const Results *results, size_t region,
                                const char *series, CallOutcome outcome) {
    const RegionResult *result = read_region(reading, results, region);
    const Rule *rule = &reading->trial->code.description->rules[rule_of(reading->trial, series)];
    char place[100];
    snprintf(place, sizeof place, "%s:%d", rule->file, rule->line);
    if (result->failure_count == 0) fail_msg("nothing failed in region %zu", region);
    for (size_t i = 0; i < result->failure_count; i++) {
        const RuleFailure *failure = &result->failures[i];
        assert_int_equal(failure->rule, rule_of(reading->trial, series));
        assert_string_equal(call_outcome_name(failure->outcome), call_outcome_name(outcome));
        if (outcome != CALL_RAISED) assert_string_equal(failure->message, place);
    }
}
