// Names of call outcomes: see rule.h.
#include "core/pack/rule.h"

const char *call_outcome_name(CallOutcome outcome) {
    switch (outcome) {
        case CALL_OK: return "ok";
        case CALL_RAISED: return "raised";
        case CALL_BAD_RESULT: return "bad_result";
        case CALL_OVER_TIME: return "over_time";
        case CALL_OVER_MEMORY: return "over_memory";
        case CALL_STUCK: return "stuck";
        case CALL_OUTCOME_COUNT: break;
    }
    return "unknown";
}
