// Calling a pack's rules without knowing what they are written in.
//
// A rule takes plain values and gives one. core/eval calls rules through a RuleCaller, which
// core/lua provides inside a worker, so that evaluation knows nothing of Lua.
//
// Rules are called in batches: one rule for many lanes, a lane being one row of the columns the
// arguments come from. Each lane's call stands for itself, with its own budget and its own failure;
// what the batch saves is all that need not be done again for every lane.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

typedef enum RuleValueKind {
    RULE_NIL,
    RULE_NUMBER,
    RULE_BOOLEAN,
    RULE_TEXT,
    RULE_SERIES, // as an argument only: years and values of equal length, ascending
} RuleValueKind;

// One value that a rule was given or gave, for who looks at a single call; all is borrowed.
typedef struct RuleValue {
    RuleValueKind kind;
    double number;    // RULE_NUMBER; RULE_BOOLEAN as 0 or 1
    const char *text; // RULE_TEXT: valid UTF-8 with a NUL
    const int *years; // RULE_SERIES
    const double *values;
    size_t count;
} RuleValue;

// What a call ended in.
typedef enum CallOutcome {
    CALL_OK,
    CALL_RAISED,      // the code raised an error
    CALL_BAD_RESULT,  // it gave what it must not: NaN, a table, text that is no UTF-8 …
    CALL_OVER_TIME,   // the CPU budget was used up
    CALL_OVER_MEMORY, // the memory cap refused an allocation
    CALL_STUCK,       // it did not stop and the worker was killed
    CALL_OUTCOME_COUNT
} CallOutcome;

// The stable name: "ok", "raised", "bad_result", "over_time", "over_memory", "stuck".
const char *call_outcome_name(CallOutcome outcome);

enum { RULE_SERIES_MOST = 128 }; // years of one series

// What a call may use, unless a caller is given other limits.
enum { RULE_CALL_CPU_MS = 200, SANDBOX_MEMORY_MIB = 64 };

// Where one argument of a rule comes from, for every lane.
typedef enum RuleColumnKind {
    RULE_COLUMN_NUMBERS,  // numbers[lane]; NaN is nil
    RULE_COLUMN_NUMBER,   // `number` for all lanes; NaN is nil
    RULE_COLUMN_WORDS,    // words[codes[lane]]; a code beyond the words is nil
    RULE_COLUMN_BOOLEANS, // codes[lane]: 0 false, 1 true, 2 nil
    RULE_COLUMN_SERIES,   // fetched lane by lane
} RuleColumnKind;

typedef struct RuleColumn {
    RuleColumnKind kind;
    const double *numbers;
    double number;
    const uint8_t *codes;
    const char *const *words; // valid UTF-8
    size_t word_count;
    // Fills years (ascending) and values, at most RULE_SERIES_MOST of each; gives how many.
    size_t (*series)(const void *context, size_t lane, int *years, double *values);
    const void *series_context;
} RuleColumn;

// All that is pointed to is borrowed until the batch is over.
typedef struct RuleBatch {
    int rule; // number in the description
    const RuleColumn *columns;
    size_t column_count;
    const uint32_t *lanes; // in the order they are called in
    size_t lane_count;
    int first_region;                // the status page shows first_region + lane
    bool needs_all;                  // a nil argument makes the result nil without a call
    const char *const *answer_words; // the texts the place understands, apart from each other
    size_t answer_word_count;
    // Out, at [lane] of the lanes called: a RuleValueKind, and the number; 0 or 1 of a boolean; the
    // index in answer_words of a text, −1 when it is none of them; NaN of nil.
    uint8_t *kinds;
    double *numbers;
    // A lane's call failed; its kind is RULE_NIL. The error has the file and line the rule's author
    // must look at. False ends the batch, true goes on behind it.
    bool (*failed)(void *context, uint32_t lane, CallOutcome outcome, const Error *error);
    void *failed_context;
} RuleBatch;

typedef struct RuleCaller {
    // Calls one rule for many lanes, lane by lane; false when `failed` ended it.
    bool (*call_batch)(void *context, const RuleBatch *batch);
    void *context;
} RuleCaller;
