// Scores of one region and its units under both versions: see impact_inside.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact_inside.h"
#include "core/base/text.h"

// One subject of an assessment, on both sides.
typedef struct Subject {
    const AssessmentResult *results[SIDES]; // NULL where it is not assessed
    AssessmentTotal totals[SIDES];
    const Assessment *assessments[SIDES]; // of the results there are
    const ImpactAssessmentSum *sum;
} Subject;

// ---- what may be the cause ---------------------------------------------------------------------

static bool is_points(const Difference *difference) {
    return cause_is_presence(difference) || strcmp(difference->field, "points") == 0;
}

static bool is_grades(const Difference *difference) {
    return difference->field && strcmp(difference->field, "grades") == 0;
}

static bool is_grade(const Difference *difference) {
    return difference->field && strcmp(difference->field, "grade") == 0;
}

static bool says_who(const Difference *difference) {
    static const char *const fields[] = {"of", "only"};
    if (cause_is_presence(difference)) return true;
    return strcmp(difference->field, fields[0]) == 0 || strcmp(difference->field, fields[1]) == 0;
}

static const char *full_id(Comparison *comparison, const Subject *subject, const char *id) {
    Buffer text = {0};
    buffer_printf(&text, "%s.%s", subject->sum->id, id);
    const char *kept = arena_string(&comparison->arena, text.data);
    buffer_free(&text);
    return kept;
}

static RuleSubject rule_subject(const Assessment *assessment, int rule) {
    return (RuleSubject){rule, -1, assessment->plan};
}

// ---- items -------------------------------------------------------------------------------------

static bool is_inapplicable(const ItemDifference *item, int side) {
    return item->present[side] && item->states[side] == ITEM_NOT_APPLICABLE;
}

// What the item's rules gave on one side, before points are spread.
static const ItemResult *result_of(const Subject *subject, int side, const char *id) {
    int index = assessment_item(subject->assessments[side], id);
    return index >= 0 ? &subject->results[side]->items[index] : NULL;
}

static bool rules_gave_the_same(const Subject *subject, const char *id) {
    const ItemResult *before = result_of(subject, IMPACT_BEFORE, id);
    const ItemResult *after = result_of(subject, IMPACT_AFTER, id);
    return before && after && before->state == after->state &&
           impact_same_figure(before->score, after->score);
}

static bool caps_otherwise(const Comparison *comparison) {
    return impact_description(comparison->report, IMPACT_BEFORE)->conventions.cap_items !=
           impact_description(comparison->report, IMPACT_AFTER)->conventions.cap_items;
}

static void trace_rules(Comparison *comparison, const Subject *subject, ImpactItem *item,
                        uint64_t *set) {
    RuleSubject scores[SIDES], applies[SIDES];
    for (int s = 0; s < SIDES; s++) {
        const Item *declared = item->declared[s];
        scores[s] = rule_subject(subject->assessments[s], declared ? declared->score : -1);
        applies[s] = rule_subject(subject->assessments[s], declared ? declared->applies : -1);
    }
    impact_trace_rule(comparison, applies, &item->inputs, &item->input_count, set);
    impact_trace_rule(comparison, scores, &item->inputs, &item->input_count, set);
    if (caps_otherwise(comparison))
        causes_add_own(&comparison->causes, "pack", "", cause_is_conventions, set);
    if (!causes_is_empty(&comparison->causes, set)) return;
    impact_trace_further(comparison, applies, set);
    impact_trace_further(comparison, scores, set);
}

// `applies` counts where it said something else, the score's rule where there was a score.
static bool is_rule_of_applying(const Difference *difference) {
    return is_points(difference) || strcmp(difference->field, "applies") == 0;
}

static bool is_rule_of_score(const Difference *difference) {
    return cause_matters(difference) &&
           (!difference->field || strcmp(difference->field, "applies") != 0);
}

static void trace_item(Comparison *comparison, const Subject *subject, const ItemDifference *from,
                       ImpactItem *item, const uint64_t *spread, uint64_t *set) {
    const Causes *causes = &comparison->causes;
    const char *id = full_id(comparison, subject, from->id);
    bool applied_otherwise =
        is_inapplicable(from, IMPACT_BEFORE) != is_inapplicable(from, IMPACT_AFTER);
    if (rules_gave_the_same(subject, from->id)) {
        causes_add_own(causes, "item", id, is_points, set);
        if (causes_is_empty(causes, set)) causes_join(causes, set, spread);
        return;
    }
    CauseFilter own = applied_otherwise ? is_rule_of_applying : is_rule_of_score;
    causes_add_own(causes, "item", id, own, set);
    if (item->declared[IMPACT_BEFORE] && item->declared[IMPACT_AFTER])
        trace_rules(comparison, subject, item, set);
}

// What moves the points of other items: points of their own, and whether they apply.
static void find_spread(Comparison *comparison, const Subject *subject, const ItemDifference *items,
                        size_t count, uint64_t *spread) {
    const Causes *causes = &comparison->causes;
    const Description *before = impact_description(comparison->report, IMPACT_BEFORE);
    const Description *after = impact_description(comparison->report, IMPACT_AFTER);
    for (size_t i = 0; i < count; i++) {
        const ItemDifference *item = &items[i];
        if (!item->leaf) continue;
        bool applied_otherwise =
            is_inapplicable(item, IMPACT_BEFORE) != is_inapplicable(item, IMPACT_AFTER);
        const char *id = full_id(comparison, subject, item->id);
        causes_add_own(causes, "item", id, applied_otherwise ? is_rule_of_applying : is_points,
                       spread);
        ImpactItem traced = {0};
        for (int s = 0; s < SIDES; s++) {
            int index = assessment_item(subject->assessments[s], item->id);
            traced.declared[s] = index >= 0 ? &subject->assessments[s]->items[index] : NULL;
        }
        if (applied_otherwise && traced.declared[0] && traced.declared[1])
            trace_rules(comparison, subject, &traced, spread);
    }
    if (before->conventions.inapplicable != after->conventions.inapplicable)
        causes_add_own(causes, "pack", "", cause_is_conventions, spread);
}

static bool counts_otherwise(const ItemDifference *item) {
    bool same_state = item->present[0] == item->present[1] && item->states[0] == item->states[1];
    return item->leaf && (!same_state || item->contribution != 0 ||
                          !impact_same_figure(item->points[0], item->points[1]));
}

static ImpactItem make_item(const Subject *subject, const ItemDifference *from, Arena *arena) {
    ImpactItem item = {.id = arena_string(arena, from->id),
                       .title = arena_string(arena, from->title),
                       .contribution = -from->contribution,
                       .from_scoring = -from->from_scoring,
                       .from_points = -from->from_points};
    for (int s = 0; s < SIDES; s++) {
        int index = assessment_item(subject->assessments[s], from->id);
        item.declared[s] = index >= 0 ? &subject->assessments[s]->items[index] : NULL;
        item.states[s] = from->states[s];
        item.scores[s] = from->scores[s];
        item.points[s] = from->points[s];
    }
    return item;
}

static void compare_items(Comparison *comparison, const Subject *subject, ImpactScore *score,
                          uint64_t *all) {
    const Causes *causes = &comparison->causes;
    Arena *arena = &comparison->report->arena;
    ItemSide sides[SIDES];
    for (int s = 0; s < SIDES; s++)
        sides[s] = (ItemSide){subject->assessments[s], subject->results[s], &subject->totals[s]};
    size_t count, changed = 0;
    ItemDifference *items = differences_of_items(sides, &comparison->arena, &count);
    for (size_t i = 0; i < count; i++)
        changed += counts_otherwise(&items[i]);
    ImpactItem *kept = changed ? arena_new(arena, changed, sizeof *kept) : NULL;
    uint64_t *spread = causes_new_set(causes), *set = causes_new_set(causes);
    if (changed) find_spread(comparison, subject, items, count, spread);
    for (size_t i = 0; i < count; i++) {
        if (!counts_otherwise(&items[i])) continue;
        ImpactItem *item = &kept[score->item_count++];
        *item = make_item(subject, &items[i], arena);
        causes_clear(causes, set);
        trace_item(comparison, subject, &items[i], item, spread, set);
        item->because = impact_keep(comparison, set);
        causes_join(causes, all, set);
    }
    score->items = kept;
    free(spread);
    free(set);
    free(items);
}

// ---- grades and vetoes -------------------------------------------------------------------------

// The grade that one side's limits give another side's score.
static const char *grade_by(const Assessment *assessment, const AssessmentTotal *total) {
    if (!(total->maximum > 0)) return NULL;
    double comparable =
        decimal_round(total->printed * assessment->points / total->maximum, 9, ROUNDING_HALF_UP);
    for (size_t g = 0; g < assessment->grade_count; g++)
        if (comparable >= assessment->grades[g].from) return assessment->grades[g].name;
    return assessment->grade_count ? assessment->grades[assessment->grade_count - 1].name : NULL;
}

static void trace_veto(Comparison *comparison, const Subject *subject, const Veto *veto,
                       uint64_t *set) {
    RuleSubject subjects[SIDES] = {{-1, -1, -1}, {-1, -1, -1}};
    for (int s = 0; s < SIDES; s++) {
        const Assessment *assessment = subject->assessments[s];
        for (size_t v = 0; v < assessment->veto_count; v++)
            if (strcmp(assessment->vetoes[v].id, veto->id) == 0)
                subjects[s] = rule_subject(assessment, assessment->vetoes[v].when);
    }
    uint64_t *own = causes_new_set(&comparison->causes);
    causes_add_own(&comparison->causes, "veto", full_id(comparison, subject, veto->id),
                   cause_matters, own);
    impact_trace_rule(comparison, subjects, NULL, NULL, own);
    if (causes_is_empty(&comparison->causes, own)) impact_trace_further(comparison, subjects, own);
    causes_join(&comparison->causes, set, own);
    free(own);
}

static void trace_grade(Comparison *comparison, const Subject *subject, const ImpactScore *score,
                        uint64_t *set) {
    const Causes *causes = &comparison->causes;
    const Veto *before = score->vetoes[IMPACT_BEFORE], *after = score->vetoes[IMPACT_AFTER];
    bool same_veto = before && after && strcmp(before->id, after->id) == 0;
    if (before && !same_veto) trace_veto(comparison, subject, before, set);
    if (after && !same_veto) trace_veto(comparison, subject, after, set);
    if (text_equal(score->grades[IMPACT_BEFORE], score->grades[IMPACT_AFTER])) return;
    if (same_veto)
        causes_add_own(causes, "veto", full_id(comparison, subject, after->id), is_grade, set);
    if (before || after) return;
    const AssessmentTotal *total = &subject->totals[IMPACT_AFTER];
    if (!text_equal(grade_by(subject->assessments[IMPACT_BEFORE], total),
                    grade_by(subject->assessments[IMPACT_AFTER], total)))
        causes_add_own(causes, "assessment", subject->sum->id, is_grades, set);
}

// ---- one subject -------------------------------------------------------------------------------

static void take_side(Comparison *comparison, int side, const Subject *subject,
                      ImpactScore *score) {
    const Description *description = impact_description(comparison->report, side);
    const AssessmentResult *results = subject->results[side];
    score->totals[side] = score->printed[side] = NAN;
    if (!results) return;
    const Assessment *assessment = subject->assessments[side];
    const AssessmentTotal *total = &subject->totals[side];
    score->present[side] = true;
    score->totals[side] = total->total;
    score->printed[side] = total->printed;
    score->grades[side] = total->grade >= 0 ? assessment->grades[total->grade].name : NULL;
    score->vetoes[side] = results->veto >= 0 ? &assessment->vetoes[results->veto] : NULL;
    if (results->unit < 0) return;
    score->unit = description->units[results->unit].id;
    score->unit_title = description->units[results->unit].title;
}

// Why a subject is assessed by one version alone.
static void trace_presence(Comparison *comparison, const Subject *subject, const ImpactScore *score,
                           uint64_t *set) {
    const Causes *causes = &comparison->causes;
    causes_add_own(causes, "assessment", subject->sum->id, says_who, set);
    if (score->unit) causes_add_own(causes, "unit", score->unit, cause_is_presence, set);
    if (causes_is_empty(causes, set)) causes_add_own(causes, "pack", "", cause_matters, set);
}

static void trace_score(Comparison *comparison, const Subject *subject, ImpactScore *score) {
    const Causes *causes = &comparison->causes;
    uint64_t *set = causes_new_set(causes);
    if (score->present[IMPACT_BEFORE] && score->present[IMPACT_AFTER]) {
        compare_items(comparison, subject, score, set);
        trace_grade(comparison, subject, score, set);
        bool same_printed = impact_same_figure(score->printed[0], score->printed[1]);
        if (!same_printed && impact_same_figure(score->totals[0], score->totals[1]))
            causes_add_own(causes, "pack", "", cause_is_conventions, set);
    } else {
        trace_presence(comparison, subject, score, set);
    }
    score->because = impact_keep(comparison, set);
    free(set);
}

static void compare_subject(Comparison *comparison, Subject *subject) {
    ImpactReport *report = comparison->report;
    ImpactScore score = {.region = comparison->region,
                         .assessment = (int)(subject->sum - report->assessments)};
    for (int s = 0; s < SIDES; s++) {
        subject->assessments[s] = subject->sum->declared[s];
        if (subject->results[s])
            subject->totals[s] = tally_assessment(impact_description(comparison->report, s),
                                                  subject->results[s], &comparison->arena);
        take_side(comparison, s, subject, &score);
    }
    trace_score(comparison, subject, &score);
    ARRAY_RESERVE(report->scores, report->score_count, report->score_capacity);
    report->scores[report->score_count++] = score;
}

static const char *unit_of(const Comparison *comparison, int side,
                           const AssessmentResult *results) {
    return results->unit >= 0
               ? impact_description(comparison->report, side)->units[results->unit].id
               : "";
}

static const ImpactAssessmentSum *sum_of(const Comparison *comparison, int side,
                                         const AssessmentResult *results) {
    int pair = comparison->assessment_pairs[side][results->assessment];
    return &comparison->report->assessments[pair];
}

// The same subject's results on the other side.
static const AssessmentResult *find_results(const Comparison *comparison, int side,
                                            const ImpactAssessmentSum *sum, const char *unit) {
    if (!comparison->present[side]) return NULL;
    const RegionResult *result = &comparison->results[side];
    for (size_t i = 0; i < result->assessment_count; i++)
        if (sum_of(comparison, side, &result->assessments[i]) == sum &&
            strcmp(unit_of(comparison, side, &result->assessments[i]), unit) == 0)
            return &result->assessments[i];
    return NULL;
}

void impact_compare_scores(Comparison *comparison) {
    for (int side = SIDES - 1; side >= 0; side--) {
        const RegionResult *result = &comparison->results[side];
        for (size_t i = 0; comparison->present[side] && i < result->assessment_count; i++) {
            const AssessmentResult *results = &result->assessments[i];
            Subject subject = {.sum = sum_of(comparison, side, results)};
            const char *unit = unit_of(comparison, side, results);
            for (int s = 0; s < SIDES; s++)
                subject.results[s] =
                    s == side ? results : find_results(comparison, s, subject.sum, unit);
            // Those on both sides were compared from the version after.
            if (side == IMPACT_BEFORE && subject.results[IMPACT_AFTER]) continue;
            compare_subject(comparison, &subject);
        }
    }
}
