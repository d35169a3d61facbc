// Places, what is left of the scores, and sums over all regions: see impact.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact_inside.h"
#include "core/base/text.h"
#include "core/stats/rank.h"

// ---- places ------------------------------------------------------------------------------------

static void rank_side(ImpactReport *report, int assessment, int side, double *values,
                      size_t *places, int32_t *ranks) {
    const Conventions *conventions = &impact_description(report, side)->conventions;
    size_t count = 0;
    for (size_t i = 0; i < report->score_count; i++) {
        const ImpactScore *score = &report->scores[i];
        if (score->assessment != assessment || !score->present[side]) continue;
        values[count] =
            conventions->rank_on == RANK_ON_PRINTED ? score->printed[side] : score->totals[side];
        places[count++] = i;
    }
    rank_values(values, count, true, conventions->ties, ranks);
    for (size_t i = 0; i < count; i++)
        report->scores[places[i]].ranks[side] = ranks[i];
}

static void rank_scores(ImpactReport *report) {
    double *values = memory_new(report->score_count, sizeof *values);
    size_t *places = memory_new(report->score_count, sizeof *places);
    int32_t *ranks = memory_new(report->score_count, sizeof *ranks);
    for (size_t a = 0; a < report->assessment_count; a++)
        for (int side = 0; side < SIDES; side++)
            rank_side(report, (int)a, side, values, places, ranks);
    free(values);
    free(places);
    free(ranks);
}

// ---- what changed ------------------------------------------------------------------------------

static bool same_veto(const ImpactScore *score) {
    const Veto *const *vetoes = score->vetoes;
    return text_equal(vetoes[0] ? vetoes[0]->id : NULL, vetoes[1] ? vetoes[1]->id : NULL);
}

// Anything but its place.
static bool is_otherwise(const ImpactScore *score) {
    return score->item_count > 0 || score->present[0] != score->present[1] ||
           !impact_same_figure(score->totals[0], score->totals[1]) ||
           !impact_same_figure(score->printed[0], score->printed[1]) ||
           !text_equal(score->grades[0], score->grades[1]) || !same_veto(score);
}

// The conventions, where places are given by other ones; else NULL.
static const uint32_t *ranking_cause(ImpactReport *report) {
    const Conventions *before = &impact_description(report, IMPACT_BEFORE)->conventions;
    const Conventions *after = &impact_description(report, IMPACT_AFTER)->conventions;
    if (before->ties == after->ties && before->rank_on == after->rank_on) return NULL;
    for (size_t i = 0; i < report->differences.count; i++) {
        const Difference *difference = &report->differences.items[i];
        if (strcmp(difference->kind, "pack") != 0 || !cause_is_conventions(difference)) continue;
        uint32_t *cause = arena_new(&report->arena, 1, sizeof *cause);
        *cause = (uint32_t)i;
        return cause;
    }
    return NULL;
}

// Scores of a region stand together.
static void blame_ranking(ImpactReport *report, ImpactScore *score, const uint32_t *ranking,
                          const char **last_region) {
    score->because = (ImpactBecause){ranking, 1};
    if (*last_region && strcmp(*last_region, score->region) == 0) return;
    report->causes[*ranking].regions++;
    *last_region = score->region;
}

static void drop_unchanged(ImpactReport *report) {
    const uint32_t *ranking = ranking_cause(report);
    const char *last_region = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < report->score_count; i++) {
        ImpactScore *score = &report->scores[i];
        bool moved = score->ranks[0] != score->ranks[1], otherwise = is_otherwise(score);
        if (!moved && !otherwise) continue;
        if (!otherwise && ranking) blame_ranking(report, score, ranking, &last_region);
        score->by_others = !otherwise && !ranking;
        report->scores[kept++] = *score;
    }
    report->score_count = kept;
}

static void put_ranges(ImpactReport *report) {
    size_t at = 0;
    for (size_t r = 0; r < report->region_count; r++) {
        ImpactRegion *region = &report->regions[r];
        region->first_score = at;
        while (at < report->score_count && strcmp(report->scores[at].region, region->code) == 0)
            at++;
        region->score_count = at - region->first_score;
        report->changed_count += impact_region_changes(region);
    }
}

// ---- grades ------------------------------------------------------------------------------------

static void add_grades(ImpactAssessmentSum *sum, const Assessment *assessment) {
    for (size_t g = 0; assessment && g < assessment->grade_count; g++) {
        bool known = false;
        for (size_t k = 0; k < sum->grade_count; k++)
            known |= strcmp(sum->grades[k], assessment->grades[g].name) == 0;
        if (!known) sum->grades[sum->grade_count++] = assessment->grades[g].name;
    }
}

static void list_grades(ImpactAssessmentSum *sum) {
    size_t most = 1;
    for (int s = 0; s < SIDES; s++)
        most += sum->declared[s] ? sum->declared[s]->grade_count : 0;
    sum->grades = memory_new(most, sizeof *sum->grades);
    add_grades(sum, sum->declared[IMPACT_AFTER]);
    add_grades(sum, sum->declared[IMPACT_BEFORE]);
    sum->grades[sum->grade_count++] = NULL;
    sum->moves = memory_new(sum->grade_count * sum->grade_count, sizeof *sum->moves);
}

static size_t grade_index(const ImpactAssessmentSum *sum, const char *grade) {
    for (size_t g = 0; g + 1 < sum->grade_count; g++)
        if (grade && strcmp(sum->grades[g], grade) == 0) return g;
    return sum->grade_count - 1;
}

static void count_subjects(ImpactReport *report) {
    for (size_t a = 0; a < report->assessment_count; a++)
        list_grades(&report->assessments[a]);
    for (size_t i = 0; i < report->score_count; i++) {
        const ImpactScore *score = &report->scores[i];
        ImpactAssessmentSum *sum = &report->assessments[score->assessment];
        for (int s = 0; s < SIDES; s++)
            sum->subjects[s] += score->present[s];
        if (!score->present[0] || !score->present[1]) continue;
        size_t from = grade_index(sum, score->grades[IMPACT_BEFORE]);
        sum->moves[from * sum->grade_count + grade_index(sum, score->grades[IMPACT_AFTER])]++;
    }
}

void impact_finish_scores(ImpactReport *report) {
    rank_scores(report);
    count_subjects(report);
    drop_unchanged(report);
    put_ranges(report);
}

// ---- sums --------------------------------------------------------------------------------------

static double gain_of(const ImpactScore *score) {
    double gain = score->printed[IMPACT_AFTER] - score->printed[IMPACT_BEFORE];
    return isnan(gain) ? 0 : decimal_round(gain, 9, ROUNDING_HALF_UP);
}

static void sum_score(ImpactAssessmentSum *sum, const ImpactScore *score) {
    if (!score->present[0] || !score->present[1]) return;
    double gain = gain_of(score);
    sum->gained += gain > 0;
    sum->lost += gain < 0;
    sum->moved += score->ranks[0] != score->ranks[1];
    sum->vetoes_struck += !score->vetoes[IMPACT_BEFORE] && score->vetoes[IMPACT_AFTER];
    sum->vetoes_off += score->vetoes[IMPACT_BEFORE] && !score->vetoes[IMPACT_AFTER];
    if (gain > 0 && (!sum->most_gained || gain > gain_of(sum->most_gained)))
        sum->most_gained = score;
    if (gain < 0 && (!sum->most_lost || gain < gain_of(sum->most_lost))) sum->most_lost = score;
}

static void sum_warning(ImpactWarningSum *sum, const ImpactWarning *change) {
    WarningLevel before = change->levels[IMPACT_BEFORE], after = change->levels[IMPACT_AFTER];
    if (before == LEVEL_NONE)
        sum->raised++;
    else if (after == LEVEL_NONE)
        sum->cleared++;
    else if (after > before)
        sum->risen++;
    else
        sum->sunk++;
}

void impact_sum_up(ImpactReport *report) {
    for (size_t i = 0; i < report->score_count; i++)
        sum_score(&report->assessments[report->scores[i].assessment], &report->scores[i]);
    for (size_t i = 0; i < report->indicator_change_count; i++) {
        const ImpactIndicator *change = &report->indicator_changes[i];
        ImpactIndicatorSum *sum = &report->indicators[change->indicator];
        sum->values += !impact_same_figure(change->values[0], change->values[1]);
        if (change->statuses[0] != change->statuses[1])
            sum->moves[change->statuses[IMPACT_BEFORE]][change->statuses[IMPACT_AFTER]]++;
    }
    for (size_t i = 0; i < report->warning_change_count; i++)
        sum_warning(&report->warnings[report->warning_changes[i].warning],
                    &report->warning_changes[i]);
}

// ---- asked of a report -------------------------------------------------------------------------

bool impact_region_changes(const ImpactRegion *region) {
    return region->score_count + region->indicator_count + region->warning_count > 0 ||
           region->present[0] != region->present[1];
}

bool impact_is_none(const ImpactReport *report) {
    return report->changed_count + report->failure_count + report->gone_count == 0;
}

// How much a region changes, to put the most changed first.
typedef struct Weight {
    size_t region;
    double gain;
    size_t warnings, indicators;
} Weight;

static int by_weight(const void *left, const void *right) {
    const Weight *a = left, *b = right;
    if (a->gain != b->gain) return a->gain > b->gain ? -1 : 1;
    if (a->warnings != b->warnings) return a->warnings > b->warnings ? -1 : 1;
    if (a->indicators != b->indicators) return a->indicators > b->indicators ? -1 : 1;
    return a->region < b->region ? -1 : a->region > b->region;
}

size_t *impact_most_changed(const ImpactReport *report) {
    Weight *weights = memory_new(report->changed_count, sizeof *weights);
    size_t *order = memory_new(report->changed_count, sizeof *order), count = 0;
    for (size_t r = 0; r < report->region_count; r++) {
        const ImpactRegion *region = &report->regions[r];
        if (!impact_region_changes(region)) continue;
        Weight weight = {r, 0, region->warning_count, region->indicator_count};
        for (size_t i = 0; i < region->score_count; i++)
            weight.gain =
                fmax(weight.gain, fabs(gain_of(&report->scores[region->first_score + i])));
        weights[count++] = weight;
    }
    if (count) qsort(weights, count, sizeof *weights, by_weight);
    for (size_t i = 0; i < count; i++)
        order[i] = weights[i].region;
    free(weights);
    return order;
}
