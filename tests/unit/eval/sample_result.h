// Results over the sample description, filled from a stream of numbers. Included by tests only.
#pragma once

#include <math.h>

#include "core/eval/result.h"
#include "tests/unit/pack/sample.h"

static inline double sample_number(uint64_t *seed) {
    uint32_t draw = sample_random(seed);
    if (draw % 4 == 0) return NAN;
    return ((double)draw - 1e9) / 1000;
}

// A result as evaluation could make it.
static inline void sample_fill(RegionResult *result, const Description *description,
                               uint64_t *seed) {
    result_init(result, description);
    for (size_t i = 0; i < description->indicator_count; i++) {
        for (int m = 0; m < METRIC_COUNT; m++)
            result->indicators[i].metrics[m] = sample_number(seed);
        for (int s = 0; s < MAX_TARGET_SETS; s++)
            result->indicators[i].statuses[s] = (uint8_t)(sample_random(seed) % STATUS_COUNT);
    }
    static const RaisedWarning warnings[] = {
        {0, 3, LEVEL_RED, "现值 14.3"}, {1, 0, LEVEL_BLUE, ""}, {2, -1, LEVEL_ORANGE, "行\n二"}};
    result->warning_count = sample_random(seed) % 4;
    result->warnings = memory_new(3, sizeof *result->warnings);
    memcpy(result->warnings, warnings, sizeof warnings);
    result->assessment_count = 2;
    result->assessments = memory_new(2, sizeof *result->assessments);
    for (int a = 0; a < 2; a++) {
        const Assessment *assessment = &description->assessments[a];
        AssessmentResult *assessed = &result->assessments[a];
        *assessed = (AssessmentResult){
            a, a == 1 ? 1 : -1,
            arena_new(&result->arena, assessment->item_count + 1, sizeof(ItemResult)),
            a == 0 ? (int)(sample_random(seed) % 2) - 1 : -1};
        for (size_t k = 0; k < assessment->item_count; k++) {
            ItemState state = (ItemState)(sample_random(seed) % ITEM_STATE_COUNT);
            double score = assessment->items[k].points * (sample_random(seed) % 100) / 100;
            assessed->items[k] = (ItemResult){state, state == ITEM_SCORED ? score : 0};
        }
    }
    result->failure_count = sample_random(seed) % 3;
    result->failures = memory_new(2, sizeof *result->failures);
    result->failures[0] = (RuleFailure){4, -1, CALL_RAISED, "pack.lua:17: 出错"};
    result->failures[1] = (RuleFailure){1, 2, CALL_STUCK, ""};
}
