// Everybody a run assessed, side by side: the items' scores, the total, the grade and the place.
// One thread.
#pragma once

#include "core/base/json_writer.h"
#include "core/view/run_view.h"

enum { RANKING_MOST_ITEMS = 12 };

// A region, or a unit of the pack's own region.
typedef struct RankedSubject {
    const char *region; // the unit's own, or the region itself
    const char *code, *name;
    const char *grade, *veto;         // "" for none
    double total;                     // as it is ranked: exact, or as printed
    double items[RANKING_MOST_ITEMS]; // in the order of the ranking's; NaN for one that is left out
    size_t samples;                   // sample observations that the total rests on
    int32_t rank;                     // 1 is the best
} RankedSubject;

// Texts are the run's, the description's and the names'. Free with ranking_free.
typedef struct Ranking {
    const Assessment *assessment;
    size_t items[RANKING_MOST_ITEMS]; // indexes of those at the top, as many as fit
    size_t item_count;
    RankedSubject *subjects; // by place, then by code
    size_t count;
} Ranking;

// Ranks all subjects of an assessment (index) by the pack's conventions; those the view may tell of
// are in the ranking, with their places among all.
void ranking_read(const RunView *view, int assessment, Ranking *ranking);
void ranking_free(Ranking *ranking);
// { assessment, title, subjects: [{ rank, code, name, score, printed, grade, veto, items,
// sample_observations }] }: grade and veto null for none, items by id with those left out null.
void ranking_write(const Ranking *ranking, const Conventions *conventions, JsonWriter *json);
// The ranking of an assessment (index) as that tree (new reference).
json_t *ranking_json(const RunView *view, int assessment);
