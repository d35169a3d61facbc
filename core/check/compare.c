// The properties: see compare.h. Which of two worlds is better: compare_direction.c.
#include "core/check/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/eval/tally.h"

// A tenth of an item's points may always depend on a last digit.
static const double CLIFF_SHARE = 0.1;
static const double TOLERANCE = 1e-7;
static const double SMALL_SHARE = 0.01;

const About about_nothing = {.rule = -1,
                             .assessment = -1,
                             .item = -1,
                             .unit = -1,
                             .plan = -1,
                             .domain = -1,
                             .warning = -1,
                             .subject = -1};

const char *property_name(Property property) {
    static const char *const names[PROPERTY_COUNT] = {"rules", "bounds",  "monotone",
                                                      "cliff", "missing", "determinism"};
    return property < PROPERTY_COUNT ? names[property] : "unknown";
}

bool outcome_is_over_budget(CallOutcome outcome) {
    return outcome == CALL_OVER_TIME || outcome == CALL_OVER_MEMORY || outcome == CALL_STUCK;
}

bool about_same_rule(const About *left, const About *right) {
    return left->property == right->property && left->kind == right->kind &&
           left->rule == right->rule && left->assessment == right->assessment &&
           left->item == right->item && left->unit == right->unit && left->plan == right->plan &&
           left->domain == right->domain && left->warning == right->warning;
}

bool about_equal(const About *left, const About *right) {
    return about_same_rule(left, right) && left->subject == right->subject;
}

static About about(Property property, AboutKind kind) {
    About made = about_nothing;
    made.property = property;
    made.kind = kind;
    return made;
}

static About about_item(Property property, const AssessmentResult *assessed, int item) {
    About made = about(property, item < 0 ? ABOUT_TOTAL : ABOUT_ITEM);
    made.assessment = assessed->assessment;
    made.unit = assessed->unit;
    made.item = item;
    return made;
}

// ---- one world ---------------------------------------------------------------------------------

void compare_rules(const Comparison *comparison, const Outcome *outcome) {
    const RegionResult *result = outcome->result;
    for (size_t i = 0; i < result->failure_count; i++) {
        const RuleFailure *failure = &result->failures[i];
        Finding finding = {.about = about(PROPERTY_RULES, ABOUT_RULE), .outcome = failure->outcome};
        finding.about.rule = failure->rule;
        snprintf(finding.message, sizeof finding.message, "%s", failure->message);
        if (!comparison->visit(&finding, comparison->context)) return;
    }
}

static bool is_compared(const Comparison *comparison, const AssessmentResult *assessed) {
    const Description *description = comparison->space->description;
    return assessed->unit ==
           (comparison->of_units ? space_unit_of(description, assessed->assessment) : -1);
}

static bool is_leaf(const Assessment *assessment, size_t item) {
    return assessment->items[item].score >= 0;
}

static bool is_outside(double score, double points) {
    return !(score >= -TOLERANCE && score <= points + TOLERANCE);
}

static void bounds_of(const Comparison *comparison, const AssessmentResult *assessed) {
    const Description *description = comparison->space->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    bool go_on = true;
    for (size_t i = 0; i < assessment->item_count && go_on; i++) {
        if (!is_outside(total.item_scores[i], total.item_points[i])) continue;
        Finding finding = {.about = about_item(PROPERTY_BOUNDS, assessed, (int)i),
                           .first = total.item_scores[i],
                           .allowed = total.item_points[i]};
        go_on = comparison->visit(&finding, comparison->context);
    }
    if (go_on && is_outside(total.total, total.maximum)) {
        Finding finding = {.about = about_item(PROPERTY_BOUNDS, assessed, -1),
                           .first = total.total,
                           .allowed = total.maximum};
        (void)!comparison->visit(&finding, comparison->context);
    }
    arena_free(&arena);
}

void compare_bounds(const Comparison *comparison, const Outcome *outcome) {
    for (size_t a = 0; a < outcome->result->assessment_count; a++)
        if (is_compared(comparison, &outcome->result->assessments[a]))
            bounds_of(comparison, &outcome->result->assessments[a]);
}

// ---- two worlds --------------------------------------------------------------------------------

// The same assessment of the same subject in two worlds.
typedef struct AssessedTwice {
    const Assessment *assessment;
    const AssessmentResult *first, *second;
    AssessmentTotal before, after;
    bool same_items; // the same items apply, and none failed
} AssessedTwice;

typedef void (*AssessedVisitor)(const Comparison *comparison, const AssessedTwice *twice,
                                const Outcome *first, const Outcome *second);

static bool items_are_alike(const AssessedTwice *twice) {
    for (size_t i = 0; i < twice->assessment->item_count; i++) {
        ItemState first = twice->first->items[i].state, second = twice->second->items[i].state;
        if (first == ITEM_FAILED || second == ITEM_FAILED ||
            (first == ITEM_NOT_APPLICABLE) != (second == ITEM_NOT_APPLICABLE))
            return false;
    }
    return true;
}

static bool has_failed(const AssessedTwice *twice) {
    for (size_t i = 0; i < twice->assessment->item_count; i++)
        if (twice->first->items[i].state == ITEM_FAILED ||
            twice->second->items[i].state == ITEM_FAILED)
            return true;
    return false;
}

static void each_assessed(const Comparison *comparison, const Outcome *first, const Outcome *second,
                          AssessedVisitor visit) {
    const Description *description = comparison->space->description;
    const RegionResult *before = first->result, *after = second->result;
    size_t count = before->assessment_count < after->assessment_count ? before->assessment_count
                                                                      : after->assessment_count;
    for (size_t a = 0; a < count; a++) {
        AssessedTwice twice = {.assessment =
                                   &description->assessments[before->assessments[a].assessment],
                               .first = &before->assessments[a],
                               .second = &after->assessments[a]};
        if (!is_compared(comparison, twice.first)) continue;
        Arena arena = {0};
        twice.before = tally_assessment(description, twice.first, &arena);
        twice.after = tally_assessment(description, twice.second, &arena);
        twice.same_items = items_are_alike(&twice);
        visit(comparison, &twice, first, second);
        arena_free(&arena);
    }
}

static bool tell(const Comparison *comparison, About made, double first, double second,
                 double allowed) {
    Finding finding = {.about = made, .first = first, .second = second, .allowed = allowed};
    return comparison->visit(&finding, comparison->context);
}

static About about_veto(Property property, const AssessedTwice *twice, int veto) {
    About made = about(property, ABOUT_VETO);
    made.assessment = twice->first->assessment;
    made.unit = twice->first->unit;
    made.rule = twice->assessment->vetoes[veto].when;
    return made;
}

// Told when the second score is the lower one.
static void scores_fall(const Comparison *comparison, const AssessedTwice *twice,
                        Property property) {
    if (!twice->same_items) return;
    bool told = false;
    for (size_t i = 0; i < twice->assessment->item_count; i++) {
        double first = twice->before.item_scores[i], second = twice->after.item_scores[i];
        if (!is_leaf(twice->assessment, i) || second >= first - TOLERANCE) continue;
        told = true;
        if (property == PROPERTY_MONOTONE && twice->assessment->items[i].may_fall) continue;
        if (!tell(comparison, about_item(property, twice->first, (int)i), first, second, 0)) return;
    }
    if (!told && twice->after.total < twice->before.total - TOLERANCE)
        tell(comparison, about_item(property, twice->first, -1), twice->before.total,
             twice->after.total, 0);
}

static void monotone_of(const Comparison *comparison, const AssessedTwice *twice,
                        const Outcome *first, const Outcome *second) {
    (void)first, (void)second;
    scores_fall(comparison, twice, PROPERTY_MONOTONE);
    if (twice->second->veto >= 0 && twice->first->veto < 0)
        tell(comparison, about_veto(PROPERTY_MONOTONE, twice, twice->second->veto), 0, 0, 0);
}

static double rate_of(const Comparison *comparison, const Outcome *outcome, int plan, int domain) {
    const Description *description = comparison->space->description;
    return tally_attainment(&description->plans[plan],
                            tally_counts(description, outcome->result->indicators, plan, domain));
}

// Told when the second rate is the lower one. Only plans that count a missing figure as unmet
// promise that leaving it out does not help.
static void rates_fall(const Comparison *comparison, const Outcome *first, const Outcome *second,
                       Property property) {
    const Description *description = comparison->space->description;
    for (size_t p = 0; p < description->plan_count; p++) {
        const Plan *plan = &description->plans[p];
        if (property == PROPERTY_MISSING && plan->conventions.no_data != NO_DATA_UNMET) continue;
        for (int d = -1; d < (int)plan->domain_count; d++) {
            double before = rate_of(comparison, first, (int)p, d);
            double after = rate_of(comparison, second, (int)p, d);
            if (isnan(before) || isnan(after) || after >= before - TOLERANCE) continue;
            About made = about(property, ABOUT_ATTAINMENT);
            made.plan = (int)p;
            made.domain = d;
            if (!tell(comparison, made, before, after, 0)) return;
            if (d < 0) break; // its domains say no more
        }
    }
}

void compare_monotone(const Comparison *comparison, const Outcome *worse, const Outcome *better) {
    each_assessed(comparison, worse, better, monotone_of);
    if (!comparison->of_units) rates_fall(comparison, worse, better, PROPERTY_MONOTONE);
}

// ---- cliffs ------------------------------------------------------------------------------------

bool compare_is_tiny(const Column *column, double first, double second) {
    double step = fabs(second - first), size = fmax(fabs(first), fabs(second));
    if (step > column->step * 1.5) return false;
    return column->digits > 0 || step <= size * SMALL_SHARE;
}

static bool names_plan_figures(const Description *description, int rule) {
    for (size_t i = 0; i < description->rules[rule].input_count; i++)
        if (description->rules[rule].inputs[i].kind == INPUT_PLAN) return true;
    return false;
}

static AttainmentCounts counts_of(const Description *description, const Outcome *outcome, int plan,
                                  const Input *input) {
    const IndicatorResult *indicators = outcome->result->indicators;
    return input->set > 0
               ? tally_counts_of_set(description, indicators, plan, input->domain, input->set)
               : tally_counts(description, indicators, plan, input->domain);
}

// Indicators of the plan or domain whose status is not the same.
static int count_changed(const Description *description, int plan, const Input *input,
                         const Outcome *first, const Outcome *second) {
    const Plan *about = &description->plans[plan];
    int changed = 0;
    for (size_t k = 0; k < about->indicator_count; k++) {
        int indicator = about->indicators[k];
        int set = description_target_set(description, indicator, input->set);
        if (input->domain >= 0 && description->indicators[indicator].domain != input->domain)
            continue;
        changed += set >= 0 && first->result->indicators[indicator].statuses[set] !=
                                   second->result->indicators[indicator].statuses[set];
    }
    return changed;
}

// How much of a rate the indicators that changed their status make up, over the plans and domains
// the rule names; at most all of it.
static double share_of_rate(const Comparison *comparison, const Rule *rule, int own_plan,
                            const Outcome *first, const Outcome *second) {
    const Description *description = comparison->space->description;
    double most = 0;
    for (size_t i = 0; i < rule->input_count; i++) {
        const Input *input = &rule->inputs[i];
        int plan = input->plan >= 0 ? input->plan : own_plan;
        if (input->kind != INPUT_PLAN || plan < 0) continue;
        const Plan *about = &description->plans[plan];
        int before = tally_assessable(about, counts_of(description, first, plan, input));
        int after = tally_assessable(about, counts_of(description, second, plan, input));
        int counted = before < after ? before : after;
        int changed = count_changed(description, plan, input, first, second);
        if (counted > 0) most = fmax(most, (double)changed / counted);
    }
    return fmin(most, 1);
}

static double declared(const Item *item) {
    return isnan(item->cliff) ? CLIFF_SHARE * item->points : item->cliff;
}

static void cliffs_of(const Comparison *comparison, const AssessedTwice *twice,
                      const Outcome *first, const Outcome *second) {
    const Description *description = comparison->space->description;
    if (!twice->same_items) return;
    for (size_t i = 0; i < twice->assessment->item_count; i++) {
        const Item *item = &twice->assessment->items[i];
        double before = twice->before.item_scores[i], after = twice->after.item_scores[i];
        double points = twice->before.item_points[i], allowed = declared(item);
        if (item->score < 0 || before == after) continue;
        if (isnan(item->cliff) && names_plan_figures(description, item->score))
            allowed = fmax(allowed, item->points *
                                        share_of_rate(comparison, &description->rules[item->score],
                                                      twice->assessment->plan, first, second));
        allowed *= points / item->points; // where others do not apply it counts for more
        if (fabs(after - before) <= allowed + TOLERANCE) continue;
        if (!tell(comparison, about_item(PROPERTY_CLIFF, twice->first, (int)i), before, after,
                  allowed))
            return;
    }
}

void compare_cliffs(const Comparison *comparison, const Outcome *first, const Outcome *second) {
    each_assessed(comparison, first, second, cliffs_of);
}

static void look_for_jumps(const Comparison *comparison, const AssessedTwice *twice,
                           const Outcome *first, const Outcome *second) {
    (void)first, (void)second;
    if (!twice->same_items) return;
    for (size_t i = 0; i < twice->assessment->item_count; i++) {
        const Item *item = &twice->assessment->items[i];
        double jump = fabs(twice->after.item_scores[i] - twice->before.item_scores[i]);
        double allowed = declared(item) * twice->before.item_points[i] / item->points;
        if (item->score < 0 || jump <= allowed + TOLERANCE) continue;
        if (!tell(comparison, about_item(PROPERTY_CLIFF, twice->first, (int)i), 0, 0, allowed))
            return;
    }
}

static bool note_jump(const Finding *finding, void *context) {
    (void)finding;
    *(bool *)context = true;
    return false;
}

bool compare_may_hide_cliff(const Comparison *comparison, const Outcome *first,
                            const Outcome *second) {
    bool found = false;
    Comparison looking = *comparison;
    looking.visit = note_jump;
    looking.context = &found;
    each_assessed(&looking, first, second, look_for_jumps);
    return found;
}

// ---- missing figures ---------------------------------------------------------------------------

static const RaisedWarning *raised(const RegionResult *result, const RaisedWarning *like) {
    for (size_t i = 0; i < result->warning_count; i++)
        if (result->warnings[i].warning == like->warning &&
            result->warnings[i].subject == like->subject)
            return &result->warnings[i];
    return NULL;
}

// Whether an indicator has no value any more, or cannot be judged any more.
static bool is_lost(const IndicatorResult *missing, const IndicatorResult *reported) {
    return (isnan(missing->metrics[METRIC_VALUE]) && !isnan(reported->metrics[METRIC_VALUE])) ||
           (missing->statuses[0] == STATUS_NO_DATA && reported->statuses[0] != STATUS_NO_DATA);
}

// A rule about an indicator or a plan, -1 where it is about neither.
typedef struct Judging {
    const Rule *rule;
    int indicator, plan;
} Judging;

// Whether nothing is left that a rate could be made of.
static bool is_rate_lost(const Comparison *comparison, const Input *input, int own_plan,
                         const Outcome *missing, const Outcome *reported) {
    int plan = input->plan >= 0 ? input->plan : own_plan;
    const Description *description = comparison->space->description;
    return plan >= 0 &&
           tally_assessable(&description->plans[plan],
                            counts_of(description, missing, plan, input)) == 0 &&
           tally_assessable(&description->plans[plan],
                            counts_of(description, reported, plan, input)) > 0;
}

static bool is_observed_input(const Space *space, const Input *input, int indicator,
                              const Column *column) {
    int series = input->series >= 0 ? input->series
                 : indicator >= 0   ? space->description->indicators[indicator].series
                                    : -1;
    return input->kind == INPUT_VALUE && series == column->series &&
           (input->breakdown == column->breakdown || (column->of_unit && input->breakdown < 0));
}

// Whether a rule was told that a figure is missing which was there before, or that an indicator
// cannot be judged without it: it says for itself what it makes of that.
static bool is_handed_nothing(const Comparison *comparison, const Judging *judging,
                              const Outcome *missing, const Outcome *reported) {
    const Space *space = comparison->space;
    const Column *column = &space->columns[missing->lane->varied.column];
    for (size_t i = 0; i < judging->rule->input_count; i++) {
        const Input *input = &judging->rule->inputs[i];
        bool of_subject = input->kind != INPUT_PLAN && input->series < 0;
        int indicator = input->indicator >= 0 ? input->indicator
                        : of_subject          ? judging->indicator
                                              : -1;
        if (indicator >= 0 && is_lost(&missing->result->indicators[indicator],
                                      &reported->result->indicators[indicator]))
            return true;
        if (input->kind == INPUT_PLAN &&
            is_rate_lost(comparison, input, judging->plan, missing, reported))
            return true;
        if (is_observed_input(space, input, indicator, column)) return true;
    }
    return false;
}

static Judging judging_of(const Description *description, const RaisedWarning *raised_warning) {
    const Warning *warning = &description->warnings[raised_warning->warning];
    int indicator = warning->on == ON_INDICATOR ? raised_warning->subject : -1;
    int plan = warning->on == ON_PLAN ? raised_warning->subject
               : indicator >= 0       ? description->indicators[indicator].plan
                                      : -1;
    return (Judging){&description->rules[warning->level], indicator, plan};
}

// Of items that apply to one world only the share of the points is compared.
static void missing_scores(const Comparison *comparison, const AssessedTwice *twice) {
    if (twice->same_items) {
        scores_fall(comparison, twice, PROPERTY_MISSING);
        return;
    }
    if (has_failed(twice) || !(twice->before.maximum > 0) || !(twice->after.maximum > 0)) return;
    double before = twice->before.total / twice->before.maximum * twice->assessment->points;
    double after = twice->after.total / twice->after.maximum * twice->assessment->points;
    if (after < before - TOLERANCE)
        tell(comparison, about_item(PROPERTY_MISSING, twice->first, -1), before, after, 0);
}

static void missing_of(const Comparison *comparison, const AssessedTwice *twice,
                       const Outcome *missing, const Outcome *reported) {
    const Assessment *assessment = twice->assessment;
    missing_scores(comparison, twice);
    if (twice->second->veto < 0 || twice->first->veto >= 0) return;
    int rule = assessment->vetoes[twice->second->veto].when;
    Judging judging = {&comparison->space->description->rules[rule], -1, assessment->plan};
    if (!is_handed_nothing(comparison, &judging, missing, reported))
        tell(comparison, about_veto(PROPERTY_MISSING, twice, twice->second->veto), 0, 0, 0);
}

static void warnings_clear(const Comparison *comparison, const Outcome *missing,
                           const Outcome *reported) {
    for (size_t i = 0; i < reported->result->warning_count; i++) {
        const RaisedWarning *warning = &reported->result->warnings[i];
        Judging judging = judging_of(comparison->space->description, warning);
        if (raised(missing->result, warning) ||
            is_handed_nothing(comparison, &judging, missing, reported))
            continue;
        About made = about(PROPERTY_MISSING, ABOUT_WARNING);
        made.warning = warning->warning;
        made.subject = warning->subject;
        if (!tell(comparison, made, 0, 0, 0)) return;
    }
}

void compare_missing(const Comparison *comparison, const Outcome *missing,
                     const Outcome *reported) {
    each_assessed(comparison, missing, reported, missing_of);
    if (comparison->of_units) return;
    rates_fall(comparison, missing, reported, PROPERTY_MISSING);
    warnings_clear(comparison, missing, reported);
}
