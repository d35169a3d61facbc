// What can be varied of a pack: see space.h.
#include "core/check/space.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/eval/layout.h"
#include "core/eval/peers.h"

enum { YEAR_WITHOUT_PLAN = 2025 };

// ---- columns -----------------------------------------------------------------------------------

int space_find(const Space *space, int series, int breakdown) {
    for (size_t c = 0; c < space->column_count; c++)
        if (space->columns[c].series == series && space->columns[c].breakdown == breakdown)
            return (int)c;
    return -1;
}

static void note_number(Column *column, double number) {
    if (isnan(number) || column->number_count == MOST_NUMBERS) return;
    for (size_t i = 0; i < column->number_count; i++)
        if (column->numbers[i] == number) return;
    column->numbers[column->number_count++] = number;
}

static void note_target(Column *column, const Target *target) {
    if (target->kind == TARGET_AROUND) {
        note_number(column, target->value - target->tolerance);
        note_number(column, target->value + target->tolerance);
    } else if (target->kind == TARGET_WITHIN) {
        note_number(column, target->low);
        note_number(column, target->high);
        note_number(column, target->outer_low);
        note_number(column, target->outer_high);
    } else {
        note_number(column, target->value);
    }
    for (size_t i = 0; i < target->part_count; i++)
        note_target(column, &target->parts[i]);
}

static void note_numbers(Column *column, const Indicator *indicator) {
    for (size_t s = 0; s < indicator->target_set_count; s++)
        note_target(column, &indicator->target_sets[s].target);
    for (size_t m = 0; m < indicator->milestone_count; m++)
        note_number(column, indicator->milestones[m].value);
    note_number(column, indicator->baseline);
}

static int add_column(Space *space, int series, int breakdown, bool of_unit) {
    const Description *description = space->description;
    int found = space_find(space, series, breakdown);
    if (found >= 0) return found;
    const Series *about = &description->series[series];
    int indicator = about->indicator;
    if (indicator >= 0 && breakdown < 0 && description->indicators[indicator].formula >= 0)
        return -1; // derived, never observed
    space->columns = memory_resize(space->columns, space->column_count + 1, sizeof *space->columns);
    Column *column = &space->columns[space->column_count];
    *column = (Column){.series = series,
                       .breakdown = breakdown,
                       .digits = about->digits,
                       .step = 1 / decimal_powers[about->digits],
                       .better = about->better,
                       .of_unit = of_unit,
                       .derives = true};
    if (indicator >= 0 && breakdown < 0) note_numbers(column, &description->indicators[indicator]);
    return (int)space->column_count++;
}

// `unit`: whose assessment the rule is part of, -1 for none.
static void add_input(Space *space, const Rule *rule, const Input *input, int unit) {
    const Description *description = space->description;
    if (input->kind != INPUT_VALUE || input->series < 0) return;
    bool own =
        unit >= 0 && input->breakdown < 0 && description->series[input->series].kind == SERIES_FACT;
    int first_unit = (int)(description->breakdown_count - description->unit_count);
    int column = add_column(space, input->series, own ? first_unit + unit : input->breakdown, own);
    if (column >= 0 && rule->place != PLACE_FORMULA) space->columns[column].derives = false;
}

// A breakdown named alone is that of the indicator the warning is about.
static void add_breakdowns(Space *space, const Warning *warning) {
    const Description *description = space->description;
    const Rule *rule = &description->rules[warning->level];
    if (warning->on != ON_INDICATOR) return;
    size_t count = warning->only_count ? warning->only_count : description->indicator_count;
    for (size_t i = 0; i < rule->input_count; i++) {
        const Input *input = &rule->inputs[i];
        if (input->kind != INPUT_VALUE || input->series >= 0) continue;
        for (size_t k = 0; k < count; k++) {
            int indicator = warning->only_count ? warning->only[k] : (int)k;
            int column = add_column(space, description->indicators[indicator].series,
                                    input->breakdown, false);
            if (column >= 0) space->columns[column].derives = false;
        }
    }
}

int space_unit_of(const Description *description, int assessment) {
    const Assessment *about = &description->assessments[assessment];
    if (about->of != OF_UNIT) return -1;
    for (size_t u = 0; u < description->unit_count; u++)
        if (assessment_is_of_unit(about, u)) return (int)u;
    return -1;
}

static void mark_unit_rules(const Description *description, int *units) {
    for (size_t a = 0; a < description->assessment_count; a++) {
        const Assessment *assessment = &description->assessments[a];
        int unit = space_unit_of(description, (int)a);
        for (size_t i = 0; i < assessment->item_count; i++) {
            if (assessment->items[i].score >= 0) units[assessment->items[i].score] = unit;
            if (assessment->items[i].applies >= 0) units[assessment->items[i].applies] = unit;
        }
        for (size_t v = 0; v < assessment->veto_count; v++)
            if (assessment->vetoes[v].when >= 0) units[assessment->vetoes[v].when] = unit;
    }
}

static void add_indicator(Space *space, const Indicator *indicator) {
    add_column(space, indicator->series, -1, false);
    if (indicator->counts >= 0) add_column(space, indicator->counts, -1, false);
    if (indicator->among >= 0) add_column(space, indicator->among, -1, false);
}

static void find_columns(Space *space) {
    const Description *description = space->description;
    int *units = memory_new(description->rule_count, sizeof *units);
    for (size_t r = 0; r < description->rule_count; r++)
        units[r] = -1;
    mark_unit_rules(description, units);
    for (size_t i = 0; i < description->indicator_count; i++)
        add_indicator(space, &description->indicators[i]);
    for (size_t r = 0; r < description->rule_count; r++)
        for (size_t k = 0; k < description->rules[r].input_count; k++)
            add_input(space, &description->rules[r], &description->rules[r].inputs[k], units[r]);
    for (size_t w = 0; w < description->warning_count; w++)
        if (description->warnings[w].level >= 0) add_breakdowns(space, &description->warnings[w]);
    free(units);
}

void space_column_name(const Space *space, int column, char *text, size_t size) {
    const Column *about = &space->columns[column];
    const Description *description = space->description;
    const char *id = description->series[about->series].id;
    if (about->breakdown < 0)
        snprintf(text, size, "%s", id);
    else
        snprintf(text, size, "%s.%s", id, description->breakdowns[about->breakdown].id);
}

int space_column_plan(const Space *space, int column) {
    int indicator = space->description->series[space->columns[column].series].indicator;
    return indicator >= 0 ? space->description->indicators[indicator].plan : -1;
}

static bool applies_to(const Indicator *indicator, const char *code) {
    for (size_t i = 0; i < indicator->applies_to_count; i++)
        if (strcmp(indicator->applies_to[i], code) == 0) return true;
    return indicator->applies_to_count == 0;
}

bool space_applies(const Space *space, int column, int place) {
    int indicator = space->description->series[space->columns[column].series].indicator;
    return indicator < 0 ||
           applies_to(&space->description->indicators[indicator], space->codes[place]);
}

// ---- years and regions -------------------------------------------------------------------------

static void add_year(Space *space, int year) {
    for (size_t i = 0; i < space->year_count; i++)
        if (space->years[i] == year) return;
    if (space->year_count < MOST_YEARS) space->years[space->year_count++] = year;
}

// The middle of each plan, where milestones are under way, and its end, where targets are due.
static void find_years(Space *space) {
    const Description *description = space->description;
    for (size_t p = 0; p < description->plan_count; p++) {
        const Plan *plan = &description->plans[p];
        add_year(space, plan->first_year + (plan->last_year - plan->first_year) / 2);
        add_year(space, plan->last_year);
    }
    if (space->year_count == 0) add_year(space, YEAR_WITHOUT_PLAN);
}

static bool names_peers(const Description *description) {
    ResultLayout *layout = layout_new(description, YEAR_WITHOUT_PLAN, false);
    uint32_t needed = 0;
    for (size_t i = 0; i < description->indicator_count; i++)
        needed |= layout->needed[i];
    layout_free(layout);
    return (needed & PEER_METRICS) != 0;
}

// Indicators may be limited to regions by code: the child is one of those, where there are any.
static const char *child_code(const Description *description) {
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *indicator = &description->indicators[i];
        for (size_t k = 0; k < indicator->applies_to_count; k++)
            if (strcmp(indicator->applies_to[k], description->region) != 0 &&
                strlen(indicator->applies_to[k]) < MADE_CODE_SIZE)
                return indicator->applies_to[k];
    }
    return NULL;
}

static void find_places(Space *space) {
    const Description *description = space->description;
    bool of_children = false, of_own = description->plan_count > 0;
    for (size_t a = 0; a < description->assessment_count; a++) {
        of_children = of_children || description->assessments[a].of == OF_CHILDREN;
        of_own = of_own || description->assessments[a].of <= OF_SELF;
        space->has_units = space->has_units || description->assessments[a].of == OF_UNIT;
    }
    space->judges_child = of_children || description->covers != COVERS_SELF;
    space->judges_own = of_own || !space->judges_child;
    space->has_peers = names_peers(description);
    space->place_count = space->has_peers ? PLACES_MOST : PLACES_WITHOUT_PEERS;
    snprintf(space->codes[PLACE_OWN], MADE_CODE_SIZE, "%s", description->region);
    const char *child = child_code(description);
    for (size_t place = PLACE_CHILD; place < space->place_count; place++)
        snprintf(space->codes[place], MADE_CODE_SIZE, "%.12s00%c", description->region,
                 (char)('0' + place));
    if (child) snprintf(space->codes[PLACE_CHILD], MADE_CODE_SIZE, "%s", child);
}

void space_init(Space *space, const Description *description) {
    *space = (Space){.description = description};
    find_columns(space);
    find_years(space);
    find_places(space);
}

void space_free(Space *space) {
    free(space->columns);
    *space = (Space){0};
}

bool space_lacks_direction(const Space *space, size_t column) {
    const Column *about = &space->columns[column];
    return about->better == 0 && !about->derives &&
           (space->description->series[about->series].indicator < 0 || about->breakdown >= 0);
}
