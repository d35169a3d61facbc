// Scores and places: see standing.h.
#include "core/eval/standing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/eval/tally.h"
#include "core/stats/rank.h"

void standings_init(Standings *standings, const ResultLayout *layout, int assessment,
                    size_t region_count) {
    size_t items = layout->description->assessments[assessment].item_count;
    *standings = (Standings){.layout = layout,
                             .assessment = assessment,
                             .region_count = region_count,
                             .totals = memory_new(region_count, sizeof(double)),
                             .printed = memory_new(region_count, sizeof(double)),
                             .grades = memory_new(region_count, sizeof(int)),
                             .items = memory_new(items, sizeof(ItemResult))};
    bool on_printed = layout->description->conventions.rank_on == RANK_ON_PRINTED;
    standings->ranked = on_printed ? standings->printed : standings->totals;
    for (size_t r = 0; r < region_count; r++)
        standings_put(standings, r, NULL);
}

void standings_free(Standings *standings) {
    free(standings->totals);
    free(standings->printed);
    free(standings->grades);
    free(standings->items);
    arena_free(&standings->arena);
    *standings = (Standings){0};
}

// False when the region is not assessed.
static bool read_items(const Standings *standings, const uint8_t *record,
                       AssessmentResult *assessed) {
    const ResultLayout *layout = standings->layout;
    const AssessmentPlace *place = &layout->assessments[standings->assessment];
    if (layout->description->assessments[standings->assessment].of == OF_UNIT ||
        record[place->vetoes] == VETO_ABSENT)
        return false;
    *assessed = (AssessmentResult){.assessment = standings->assessment,
                                   .unit = -1,
                                   .items = standings->items,
                                   .veto = record[place->vetoes] - VETO_NONE - 1};
    for (size_t i = 0; i < layout->description->assessments[standings->assessment].item_count;
         i++) {
        double score;
        memcpy(&score, record + place->scores + i * sizeof score, sizeof score);
        standings->items[i] = (ItemResult){(ItemState)record[place->states + i], score};
    }
    return true;
}

void standings_put(Standings *standings, size_t region, const uint8_t *record) {
    AssessmentResult assessed;
    standings->totals[region] = standings->printed[region] = NAN;
    standings->grades[region] = -1;
    if (!record || !read_items(standings, record, &assessed)) return;
    AssessmentTotal total =
        tally_assessment(standings->layout->description, &assessed, &standings->arena);
    standings->totals[region] = total.total;
    standings->printed[region] = total.printed;
    standings->grades[region] = total.grade;
    arena_free(&standings->arena);
}

void standings_rank_all(const Standings *standings, int32_t *ranks) {
    rank_values(standings->ranked, standings->region_count, true,
                standings->layout->description->conventions.ties, ranks);
}

int32_t standings_rank(const Standings *standings, size_t region) {
    double own = standings->ranked[region];
    int32_t better = 0, before = 0;
    if (isnan(own)) return 0;
    if (standings->layout->description->conventions.ties == RANK_DENSE) {
        int32_t *ranks = memory_new(standings->region_count, sizeof *ranks);
        standings_rank_all(standings, ranks);
        better = ranks[region] - 1;
        free(ranks);
        return better + 1;
    }
    for (size_t r = 0; r < standings->region_count; r++) {
        better += standings->ranked[r] > own;
        before += r < region && standings->ranked[r] == own;
    }
    bool ordinal = standings->layout->description->conventions.ties == RANK_ORDINAL;
    return better + 1 + (ordinal ? before : 0);
}
