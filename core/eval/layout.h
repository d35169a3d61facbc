// Where each figure of a region stands in its record, and which figures there are.
//
// Only figures that somebody asked for are computed: those rules and messages name, value, target,
// progress and pace, and what the pack lists under `figures`. Of these the ones that are the same
// for every region (a fixed target, the pace of a plan) are derived when read; the others are kept,
// in one record of fixed size per region, numbers first. Host and workers derive the same layout
// from the same description. Immutable once made; any thread may read it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/pack/description.h"

// An observed figure that a message names: kept, so that the message can be told from the record.
typedef struct KeptValue {
    int series, breakdown; // breakdown -1: the total
} KeptValue;

// One assessment in the record. Subjects: 1, or the units of the pack's own region.
typedef struct AssessmentPlace {
    size_t subject_count;
    size_t scores; // double [subject][item]
    size_t states; // ItemState as a byte, likewise
    size_t vetoes; // by subject: VETO_ABSENT, VETO_NONE, or VETO_NONE + 1 + index of the veto
} AssessmentPlace;

enum { VETO_ABSENT, VETO_NONE }; // not assessed; no veto struck

typedef struct ResultLayout {
    const Description *description;
    int year;
    uint32_t *needed;    // by indicator: bits of the metrics that are computed
    uint32_t *kept;      // by indicator: those of them in the record
    double *constants;   // [indicator][METRIC_COUNT]: as layout_constant, NaN for others
    size_t *columns;     // by indicator: needed metrics of the indicators before it
    size_t column_count; // of all
    size_t *metrics;     // by indicator: offset of its first kept metric
    size_t *statuses;    // by indicator: offset of its statuses, one byte a target set
    size_t *status_rows; // by indicator: target sets of the indicators before it
    size_t status_row_count;
    KeptValue *values;
    size_t value_count, values_at;
    size_t *levels; // by warning: offset of its levels, one byte a subject
    AssessmentPlace *assessments;
    size_t number_bytes;      // the numbers of the record take its first bytes
    size_t end, size;         // of a record; from its end to its size it is 0
    size_t own_numbers;       // the pack's own region: behind its record its units' one,
    size_t own_end, own_size; // likewise
} ResultLayout;

// `everything`: all figures are needed, as for specs. The description must outlive the layout.
ResultLayout *layout_new(const Description *description, int year, bool everything);
void layout_free(ResultLayout *layout);

// Bytes from one region's record to the next in memory: a whole number of cache lines.
size_t layout_stride(const ResultLayout *layout);
// How many subjects a warning can be raised for.
size_t layout_warning_subjects(const Description *description, const Warning *warning);
// Whether a metric is the same for all regions that the indicator applies to; then its value.
bool layout_constant(const Description *description, int indicator, Metric metric, int year,
                     double *value);
// The place of an observed figure among the kept values; -1 when it is not kept.
int layout_find_value(const ResultLayout *layout, int series, int breakdown);

static inline int layout_metric_place(uint32_t bits, Metric metric) {
    return __builtin_popcount(bits & ((1u << metric) - 1));
}
