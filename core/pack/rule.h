// Calling a pack's rules without knowing what they are written in.
//
// A rule takes plain values and gives one. core/eval calls rules through a RuleCaller, which
// core/lua provides inside a worker, so that evaluation knows nothing of Lua.
#pragma once

#include <stddef.h>

#include "core/base/error.h"

typedef enum RuleValueKind {
    RULE_NIL,
    RULE_NUMBER,
    RULE_BOOLEAN,
    RULE_TEXT,
    RULE_SERIES, // as an argument only: years and values of equal length, ascending
} RuleValueKind;

typedef struct RuleValue {
    RuleValueKind kind;
    double number;    // RULE_NUMBER; RULE_BOOLEAN as 0 or 1
    const char *text; // RULE_TEXT: valid UTF-8 with a NUL; as a result it lives until the next call
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

typedef struct RuleCaller {
    // Calls rule number `rule` of the description. On CALL_OK the result is filled, else the error,
    // with the file and line the rule's author must look at.
    CallOutcome (*call)(void *context, int rule, const RuleValue *arguments, size_t count,
                        RuleValue *result, Error *error);
    // Says which region the next calls are for, for the worker's status page.
    void (*enter_region)(void *context, int region);
    void *context;
} RuleCaller;
