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

static inline void sample_put(uint8_t *record, size_t offset, double number) {
    memcpy(record + offset, &number, sizeof number);
}

static inline double sample_get(const uint8_t *record, size_t offset) {
    double number;
    memcpy(&number, record + offset, sizeof number);
    return number;
}

static inline void sample_fill_assessment(const ResultLayout *layout, size_t index, uint8_t *record,
                                          uint64_t *seed) {
    const Assessment *assessment = &layout->description->assessments[index];
    const AssessmentPlace *place = &layout->assessments[index];
    for (size_t s = 0; s < place->subject_count; s++) {
        bool absent = sample_random(seed) % 4 == 0;
        record[place->vetoes + s] =
            absent ? VETO_ABSENT
                   : (uint8_t)(VETO_NONE + sample_random(seed) % (assessment->veto_count + 1));
        for (size_t k = 0; k < assessment->item_count; k++) {
            size_t cell = s * assessment->item_count + k;
            uint8_t state =
                absent ? ITEM_NOT_APPLICABLE : (uint8_t)(sample_random(seed) % ITEM_STATE_COUNT);
            double score = assessment->items[k].points * (sample_random(seed) % 100) / 100;
            record[place->states + cell] = state;
            sample_put(record, place->scores + cell * sizeof score,
                       state == ITEM_SCORED ? score : 0);
        }
    }
}

// A record as evaluation could make it, with the units' part behind it when it is the own region's.
// Free with free.
static inline uint8_t *sample_record(const ResultLayout *layout, bool own, uint64_t *seed) {
    const Description *description = layout->description;
    uint8_t *record = memory_new(1, own ? layout->own_size : layout->size);
    for (size_t i = 0; i < description->indicator_count; i++) {
        for (size_t s = 0; s < description->indicators[i].target_set_count; s++)
            record[layout->statuses[i] + s] = (uint8_t)(sample_random(seed) % STATUS_COUNT);
        size_t kept = (size_t)__builtin_popcount(layout->kept[i]);
        for (size_t k = 0; k < kept; k++)
            sample_put(record, layout->metrics[i] + k * sizeof(double), sample_number(seed));
    }
    for (size_t v = 0; v < layout->value_count; v++)
        sample_put(record, layout->values_at + v * sizeof(double), sample_number(seed));
    for (size_t w = 0; w < description->warning_count; w++)
        for (size_t s = 0; s < layout_warning_subjects(description, &description->warnings[w]); s++)
            record[layout->levels[w] + s] = (uint8_t)(sample_random(seed) % LEVEL_COUNT);
    for (size_t a = 0; a < description->assessment_count; a++)
        if (own || description->assessments[a].of != OF_UNIT)
            sample_fill_assessment(layout, a, record, seed);
    return record;
}

// Two failures that the sample description knows.
static const RuleFailure sample_failures[] = {{1, 2, CALL_STUCK, ""},
                                              {4, -1, CALL_RAISED, "pack.lua:17: 出错"}};

// The bytes of a sample with up to two failures.
static inline void sample_encode(const ResultLayout *layout, bool own, uint64_t seed, Buffer *out) {
    uint8_t *record = sample_record(layout, own, &seed);
    result_encode(layout, record, own, sample_failures, sample_random(&seed) % 3, out);
    free(record);
}

// The record that a result stands for: all that was read from it, and nothing else.
static inline uint8_t *sample_rebuild(const RegionResult *result, bool own) {
    const ResultLayout *layout = result->layout;
    const Description *description = layout->description;
    uint8_t *record = memory_new(1, own ? layout->own_size : layout->size);
    for (size_t i = 0; i < description->indicator_count; i++) {
        const IndicatorResult *indicator = &result->indicators[i];
        memcpy(record + layout->statuses[i], indicator->statuses,
               description->indicators[i].target_set_count);
        size_t at = layout->metrics[i];
        for (int m = 0; m < METRIC_COUNT; m++) {
            if (!(layout->kept[i] >> m & 1)) continue;
            sample_put(record, at, indicator->metrics[m]);
            at += sizeof(double);
        }
    }
    memcpy(record + layout->values_at, result->values, layout->value_count * sizeof(double));
    for (size_t w = 0; w < result->warning_count; w++) {
        const RaisedWarning *raised = &result->warnings[w];
        size_t subject = raised->subject >= 0 ? (size_t)raised->subject : 0;
        record[layout->levels[raised->warning] + subject] = (uint8_t)raised->level;
    }
    for (size_t a = 0; a < description->assessment_count; a++)
        if (own || description->assessments[a].of != OF_UNIT)
            memset(record + layout->assessments[a].states, ITEM_NOT_APPLICABLE,
                   layout->assessments[a].subject_count * description->assessments[a].item_count);
    for (size_t i = 0; i < result->assessment_count; i++) {
        const AssessmentResult *assessed = &result->assessments[i];
        const AssessmentPlace *place = &layout->assessments[assessed->assessment];
        size_t items = description->assessments[assessed->assessment].item_count;
        size_t subject = assessed->unit >= 0 ? (size_t)assessed->unit : 0;
        record[place->vetoes + subject] = (uint8_t)(VETO_NONE + 1 + assessed->veto);
        for (size_t k = 0; k < items; k++) {
            size_t cell = subject * items + k;
            record[place->states + cell] = (uint8_t)assessed->items[k].state;
            sample_put(record, place->scores + cell * sizeof(double), assessed->items[k].score);
        }
    }
    return record;
}
