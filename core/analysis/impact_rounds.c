// Open assessment rounds that a change touches: see impact.h.
#include <string.h>

#include "core/analysis/impact.h"

typedef struct Search {
    ImpactReport *report;
    size_t capacity;
} Search;

static const ImpactAssessmentSum *find_sum(const ImpactReport *report, const char *id) {
    for (size_t i = 0; i < report->assessment_count; i++)
        if (strcmp(report->assessments[i].id, id) == 0) return &report->assessments[i];
    return NULL;
}

static size_t count_changed(const ImpactReport *report, const ImpactAssessmentSum *sum) {
    size_t count = 0;
    for (size_t i = 0; i < report->score_count; i++)
        count += &report->assessments[report->scores[i].assessment] == sum;
    return count;
}

// What changes was evaluated for one year only: of rounds of another one it is known whether their
// assessment is gone, and no more.
static bool add_round(const StoreRound *row, void *context, Error *error) {
    (void)error;
    Search *search = context;
    ImpactReport *report = search->report;
    const ImpactAssessmentSum *sum = find_sum(report, row->assessment);
    ImpactRound found = {.gone = !sum || !sum->declared[IMPACT_AFTER],
                         .changed =
                             sum && row->year == report->year ? count_changed(report, sum) : 0};
    if (!found.gone && found.changed == 0) return true;
    round_from_row(row, &found.round);
    ARRAY_RESERVE(report->rounds, report->round_count, search->capacity);
    report->rounds[report->round_count++] = found;
    return true;
}

bool impact_find_rounds(Store *store, ImpactReport *report, Error *error) {
    Search search = {.report = report};
    const StoreRoundQuery open = {.pack = report->sides[IMPACT_AFTER].pack->description->id,
                                  .open_only = true};
    return store_read_rounds(store, &open, add_round, &search, error);
}
