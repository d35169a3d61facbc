// Counts by region: see overview.h.
#include "core/eval/overview.h"

#include <stdlib.h>
#include <string.h>

#include "core/eval/tally.h"

void overview_init(Overview *overview, const ResultLayout *layout, size_t region_count) {
    size_t plans = layout->description->plan_count;
    *overview =
        (Overview){.layout = layout,
                   .region_count = region_count,
                   .evaluated = memory_new(region_count, sizeof *overview->evaluated),
                   .counts = memory_new(region_count * plans, sizeof *overview->counts),
                   .levels = memory_new(region_count * LEVEL_COUNT, sizeof *overview->levels),
                   .failed_rules = memory_new(region_count, sizeof *overview->failed_rules)};
}

void overview_free(Overview *overview) {
    free(overview->evaluated);
    free(overview->counts);
    free(overview->levels);
    free(overview->failed_rules);
    *overview = (Overview){0};
}

static void count_warnings(const ResultLayout *layout, const uint8_t *record, uint32_t *levels) {
    const Description *description = layout->description;
    for (size_t w = 0; w < description->warning_count; w++) {
        const uint8_t *raised = record + layout->levels[w];
        size_t subjects = layout_warning_subjects(description, &description->warnings[w]);
        for (size_t s = 0; s < subjects; s++)
            levels[raised[s]] += raised[s] != LEVEL_NONE;
    }
}

void overview_put(Overview *overview, size_t region, const uint8_t *record) {
    const ResultLayout *layout = overview->layout;
    size_t plans = layout->description->plan_count;
    AttainmentCounts *counts = overview->counts + region * plans;
    uint32_t *levels = overview->levels + region * LEVEL_COUNT;
    memset(levels, 0, LEVEL_COUNT * sizeof *levels);
    for (size_t p = 0; p < plans; p++)
        counts[p] = record ? tally_record(layout, record, (int)p) : (AttainmentCounts){0};
    if (record) count_warnings(layout, record, levels);
    overview->evaluated[region] = record != NULL;
}

void overview_put_failed(Overview *overview, size_t region, uint32_t rules) {
    overview->failed_rules[region] = rules;
}
