// What figures rest on: see sample_grounds.h.
#include "core/registry/sample_grounds.h"

#include <stdlib.h>

#include "core/base/memory.h"

// ---- following what is named -------------------------------------------------------------------

typedef struct Following {
    const Description *description;
    SampleGround *ground;
    GroundOwner owner; // whose figures are followed
    bool *seen; // by indicator, once for each span and each other, so that no circle is followed
} Following;
enum { SEEN_WAYS = OF_ALL_YEARS + GROUND_OWNERS };

static void add_part(Following *following, size_t place, GroundOwner owner, GroundSpan span) {
    SampleGround *ground = following->ground;
    ARRAY_RESERVE(ground->parts, ground->count, ground->capacity);
    ground->parts[ground->count++] = (GroundPart){place, owner, span};
}

static void add_observed(Following *following, int series, int breakdown, GroundSpan span) {
    size_t place = ground_place(following->description, series, breakdown);
    if (following->owner != ITS_OWN) add_part(following, place, following->owner, OF_YEAR);
    if (following->owner != OF_PARENT) add_part(following, place, ITS_OWN, span);
}

// What inputs without a name of their own speak of; -1 for none.
typedef struct Judged {
    int indicator, plan, unit;
} Judged;

static void add_rule(Following *following, int rule, Judged judged, GroundSpan span);

// A series' total: observed, or derived from what its formula names.
static void add_series(Following *following, int series, GroundSpan span) {
    int indicator = following->description->series[series].indicator;
    add_observed(following, series, -1, span);
    if (indicator < 0) return;
    int way = following->owner == ITS_OWN ? (int)span : OF_ALL_YEARS + (int)following->owner;
    bool *seen = &following->seen[SEEN_WAYS * indicator + way];
    if (*seen) return;
    *seen = true;
    int formula = following->description->indicators[indicator].formula;
    if (formula >= 0) add_rule(following, formula, (Judged){indicator, -1, -1}, span);
}

// The same of other regions, derived there as here.
static void add_series_of(Following *following, int series, GroundOwner owner) {
    GroundOwner before = following->owner;
    following->owner = owner;
    add_series(following, series, OF_YEAR);
    following->owner = before;
}

static void add_target(Following *following, const Target *target) {
    bool measured = target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE;
    if (measured && target->series >= 0 && target->breakdown >= 0)
        add_observed(following, target->series, target->breakdown, OF_YEAR);
    else if (measured && target->series >= 0)
        add_series(following, target->series, OF_YEAR);
    for (size_t i = 0; i < target->part_count; i++)
        add_target(following, &target->parts[i]);
}

// All that is computed for an indicator.
static void add_indicator(Following *following, int indicator) {
    const Indicator *about = &following->description->indicators[indicator];
    add_series(following, about->series, OF_ALL_YEARS);
    if (about->counts >= 0) add_series(following, about->counts, OF_YEAR);
    if (about->among >= 0) add_series(following, about->among, OF_YEAR);
    for (size_t s = 0; s < about->target_set_count; s++)
        add_target(following, &about->target_sets[s].target);
}

static void add_plan(Following *following, int plan, int domain) {
    const Plan *about = &following->description->plans[plan];
    const int *indicators = domain >= 0 ? about->domains[domain].indicators : about->indicators;
    size_t count = domain >= 0 ? about->domains[domain].indicator_count : about->indicator_count;
    for (size_t i = 0; i < count; i++)
        add_indicator(following, indicators[i]);
}

static void add_metric(Following *following, int indicator, Metric metric) {
    int series = following->description->indicators[indicator].series;
    switch (metric) {
        case METRIC_VALUE: add_series(following, series, OF_YEAR); break;
        case METRIC_PEERS_MEAN:
        case METRIC_PEERS_MEDIAN:
        case METRIC_PEERS_RANK:
        case METRIC_PEERS_COUNT:
        case METRIC_PEERS_LOWER_QUARTILE:
        case METRIC_PEERS_UPPER_QUARTILE:
        case METRIC_PEERS_LEAST:
        case METRIC_PEERS_MOST:
        case METRIC_PEERS_DEVIATION: add_series_of(following, series, OF_PEERS); break;
        case METRIC_PARENT_VALUE: add_series_of(following, series, OF_PARENT); break;
        case METRIC_TARGET:
        case METRIC_MILESTONE:
        case METRIC_PACE: break;
        default: add_indicator(following, indicator); break;
    }
}

// What is observed of a series: its total or a breakdown; of a unit's fact, the unit's own.
static void add_value(Following *following, const Input *input, int unit, GroundSpan span) {
    const Description *description = following->description;
    size_t units_from = description->breakdown_count - description->unit_count;
    if (input->breakdown >= 0) {
        add_observed(following, input->series, input->breakdown, span);
        return;
    }
    add_series(following, input->series, span);
    if (unit >= 0) add_observed(following, input->series, (int)units_from + unit, span);
}

static void add_input(Following *following, const Input *input, Judged judged, GroundSpan span) {
    int indicator = input->indicator >= 0 ? input->indicator : judged.indicator;
    int plan = input->plan >= 0 ? input->plan : judged.plan;
    switch (input->kind) {
        case INPUT_METRIC:
            if (indicator < 0) break;
            if (input->metric == METRIC_VALUE && span == OF_ALL_YEARS)
                add_series(following, following->description->indicators[indicator].series, span);
            else
                add_metric(following, indicator, input->metric);
            break;
        case INPUT_STATUS:
        case INPUT_ON_TRACK:
        case INPUT_SERIES:
            if (indicator >= 0) add_indicator(following, indicator);
            break;
        case INPUT_VALUE: add_value(following, input, judged.unit, span); break;
        case INPUT_PLAN:
            if (plan >= 0) add_plan(following, plan, input->domain);
            break;
        case INPUT_POINTS:
        case INPUT_YEAR:
        case INPUT_PLAN_START:
        case INPUT_PLAN_END:
        case INPUT_PLAN_PACE: break;
    }
}

static void add_rule(Following *following, int rule, Judged judged, GroundSpan span) {
    const Rule *about = &following->description->rules[rule];
    for (size_t i = 0; i < about->input_count; i++)
        add_input(following, &about->inputs[i], judged, span);
}

// ---- putting in order --------------------------------------------------------------------------

static int by_owner_and_place(const void *left, const void *right) {
    const GroundPart *a = left, *b = right;
    if (a->owner != b->owner) return a->owner < b->owner ? -1 : 1;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return (int)b->span - (int)a->span; // the longest first: it has the others
}

static void end_ground(SampleGround *ground) {
    size_t kept = 0;
    if (ground->count)
        qsort(ground->parts, ground->count, sizeof *ground->parts, by_owner_and_place);
    for (size_t i = 0; i < ground->count; i++) {
        const GroundPart *part = &ground->parts[i], *last = kept ? &ground->parts[kept - 1] : NULL;
        if (last && last->owner == part->owner && last->place == part->place) continue;
        ground->parts[kept++] = *part;
        ground->own_count += part->owner == ITS_OWN;
    }
    ground->count = kept;
    ground->known = true;
}

static Following begin_ground(const Description *description, SampleGround *ground) {
    return (Following){.description = description,
                       .ground = ground,
                       .owner = ITS_OWN,
                       .seen =
                           memory_new(SEEN_WAYS * description->indicator_count + 1, sizeof(bool))};
}

static const SampleGround *finish(Following *following) {
    free(following->seen);
    end_ground(following->ground);
    return following->ground;
}

// ---- all of a pack -----------------------------------------------------------------------------

typedef struct GroundTable {
    SampleGround *items; // those not asked for yet are not known
    size_t count;
} GroundTable;

struct SampleGrounds {
    const Description *description;
    // How far the rows of the tables below lie apart: the most of any plan, assessment or warning
    // has, and one for the whole.
    size_t domains, units, items, subjects;
    GroundTable of_values, of_indicators; // by indicator
    GroundTable of_plans;                 // by plan and domain + 1
    GroundTable of_items;                 // by assessment, unit + 1 and item + 1
    GroundTable of_warnings;              // by warning and subject + 1
};

static size_t larger(size_t left, size_t right) {
    return left > right ? left : right;
}

static GroundTable table_new(size_t count) {
    return (GroundTable){memory_new(count, sizeof(SampleGround)), count};
}

SampleGrounds *sample_grounds_new(const Description *description) {
    SampleGrounds *grounds = memory_new(1, sizeof *grounds);
    *grounds = (SampleGrounds){.description = description, .units = description->unit_count + 1};
    for (size_t p = 0; p < description->plan_count; p++)
        grounds->domains = larger(grounds->domains, description->plans[p].domain_count);
    for (size_t a = 0; a < description->assessment_count; a++)
        grounds->items = larger(grounds->items, description->assessments[a].item_count);
    grounds->domains++;
    grounds->items++;
    grounds->subjects = larger(description->indicator_count, description->plan_count) + 1;
    grounds->of_values = table_new(description->indicator_count);
    grounds->of_indicators = table_new(description->indicator_count);
    grounds->of_plans = table_new(description->plan_count * grounds->domains);
    grounds->of_items = table_new(description->assessment_count * grounds->units * grounds->items);
    grounds->of_warnings = table_new(description->warning_count * grounds->subjects);
    return grounds;
}

static void table_free(GroundTable *table) {
    for (size_t i = 0; i < table->count; i++)
        free(table->items[i].parts);
    free(table->items);
}

void sample_grounds_free(SampleGrounds *grounds) {
    if (!grounds) return;
    table_free(&grounds->of_values);
    table_free(&grounds->of_indicators);
    table_free(&grounds->of_plans);
    table_free(&grounds->of_items);
    table_free(&grounds->of_warnings);
    free(grounds);
}

// ---- questions ---------------------------------------------------------------------------------

const SampleGround *sample_ground_of_value(SampleGrounds *grounds, int indicator) {
    SampleGround *ground = &grounds->of_values.items[indicator];
    if (ground->known) return ground;
    Following following = begin_ground(grounds->description, ground);
    add_series(&following, grounds->description->indicators[indicator].series, OF_YEAR);
    return finish(&following);
}

const SampleGround *sample_ground_of_indicator(SampleGrounds *grounds, int indicator) {
    SampleGround *ground = &grounds->of_indicators.items[indicator];
    if (ground->known) return ground;
    Following following = begin_ground(grounds->description, ground);
    add_indicator(&following, indicator);
    return finish(&following);
}

const SampleGround *sample_ground_of_plan(SampleGrounds *grounds, int plan, int domain) {
    SampleGround *ground =
        &grounds->of_plans.items[(size_t)plan * grounds->domains + (size_t)(domain + 1)];
    if (ground->known) return ground;
    Following following = begin_ground(grounds->description, ground);
    add_plan(&following, plan, domain);
    return finish(&following);
}

static bool stands_below(const Assessment *assessment, int item, int holder) {
    while (item >= 0 && item != holder)
        item = assessment->items[item].parent;
    return item == holder;
}

static void add_item(Following *following, const Assessment *about, int item, int unit) {
    const Judged judged = {-1, -1, unit};
    for (size_t i = 0; i < about->item_count; i++) {
        if (!stands_below(about, (int)i, item)) continue;
        if (about->items[i].score >= 0) add_rule(following, about->items[i].score, judged, OF_YEAR);
        if (about->items[i].applies >= 0)
            add_rule(following, about->items[i].applies, judged, OF_YEAR);
    }
    for (size_t v = 0; item < 0 && v < about->veto_count; v++)
        add_rule(following, about->vetoes[v].when, judged, OF_YEAR);
}

const SampleGround *sample_ground_of_item(SampleGrounds *grounds, int assessment, int item,
                                          int unit) {
    size_t row = (size_t)assessment * grounds->units + (size_t)(unit + 1);
    SampleGround *ground = &grounds->of_items.items[row * grounds->items + (size_t)(item + 1)];
    if (ground->known) return ground;
    Following following = begin_ground(grounds->description, ground);
    add_item(&following, &grounds->description->assessments[assessment], item, unit);
    return finish(&following);
}

const SampleGround *sample_ground_of_warning(SampleGrounds *grounds, int warning, int subject) {
    const Description *description = grounds->description;
    const Warning *about = &description->warnings[warning];
    SampleGround *ground =
        &grounds->of_warnings.items[(size_t)warning * grounds->subjects + (size_t)(subject + 1)];
    if (ground->known) return ground;
    Judged judged = {-1, -1, -1};
    if (about->on == ON_INDICATOR)
        judged = (Judged){subject, description->indicators[subject].plan, -1};
    if (about->on == ON_PLAN) judged.plan = subject;
    Following following = begin_ground(description, ground);
    add_rule(&following, about->level, judged, about->hold > 1 ? OF_ALL_YEARS : OF_YEAR);
    return finish(&following);
}

SampleGround sample_ground_of_metric(const Description *description, int indicator, Metric metric) {
    SampleGround ground = {0};
    Following following = begin_ground(description, &ground);
    add_metric(&following, indicator, metric);
    (void)finish(&following);
    return ground;
}
