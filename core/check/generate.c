// Made-up observations: see generate.h.
#include "core/check/generate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HISTORY_YEARS = 5, TYPICAL_TRIES = 3 };

typedef enum Manner { MANNER_YES_NO, MANNER_PERCENT, MANNER_COUNT, MANNER_AMOUNT } Manner;

double column_round(const Column *column, double value) {
    return decimal_round(value, column->digits, ROUNDING_HALF_UP);
}

// ---- values ------------------------------------------------------------------------------------

static bool is_evidence(const Space *space, const Column *column) {
    int indicator = space->description->series[column->series].indicator;
    return indicator >= 0 && space->description->indicators[indicator].is_objective;
}

static Manner manner_of(const Space *space, const Column *column) {
    const Series *series = &space->description->series[column->series];
    if (is_evidence(space, column) || strcmp(series->unit, "是否") == 0) return MANNER_YES_NO;
    if (strcmp(series->unit, "%") == 0) return MANNER_PERCENT;
    return series->kind == SERIES_FACT && column->digits == 0 ? MANNER_COUNT : MANNER_AMOUNT;
}

static double amount(Random *random) {
    return pow(10, draw_between(random, 0, 5));
}

static double count(Random *random) {
    static const double counts[] = {0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 50, 100};
    return counts[draw_below(random, sizeof counts / sizeof *counts)];
}

// Near one of the column's numbers, or anywhere up to twice of it.
static double around_number(const Column *column, Random *random) {
    double number = column->numbers[draw_below(random, column->number_count)];
    if (draw_percent(random, 40))
        return number + column->step * ((double)draw_below(random, 5) - 2);
    double far = fmax(fabs(number), 10 * column->step);
    return draw_percent(random, 60) ? draw_between(random, number - far / 2, number + far / 2)
                                    : draw_between(random, 0, number + far);
}

static double typical(const Space *space, const Column *column, Random *random) {
    Manner manner = manner_of(space, column);
    double value;
    if (manner == MANNER_YES_NO) return (double)draw_below(random, 2);
    if (column->number_count > 0)
        value = around_number(column, random);
    else if (manner == MANNER_PERCENT)
        value = draw_between(random, 0, 100);
    else if (manner == MANNER_COUNT)
        value = count(random);
    else
        value = amount(random);
    if (manner == MANNER_PERCENT) value = fmin(fmax(value, 0), 100);
    return column_round(column, value);
}

static double wild(const Column *column, Random *random) {
    double values[] = {0, 0, column->step, -column->step, 1, -1, -100, 1e6, -1e6};
    return values[draw_below(random, sizeof values / sizeof *values)];
}

// A year before: a little better or worse, now and then much.
static double earlier(const Space *space, const Column *column, Random *random, double value,
                      int years) {
    Manner manner = manner_of(space, column);
    if (manner == MANNER_YES_NO || draw_percent(random, 10)) return typical(space, column, random);
    double most = fmax(fabs(value) * 0.05, 2 * column->step) * years;
    double before = value + draw_between(random, -most, most);
    if (manner == MANNER_PERCENT) before = fmin(before, 100);
    return column_round(column, value >= 0 ? fmax(before, 0) : before);
}

// ---- worlds ------------------------------------------------------------------------------------

static void add_history(const Space *space, Random *random, int year, Observation now,
                        World *world) {
    const Column *column = &space->columns[now.column];
    int plan = space_column_plan(space, now.column);
    int baseline = plan >= 0 ? space->description->plans[plan].baseline_year : year;
    for (int y = year - HISTORY_YEARS; y < year; y++) {
        if (draw_percent(random, 10)) continue;
        double value = earlier(space, column, random, now.value, year - y);
        world_add(world, (Observation){now.column, now.place, y, value});
    }
    if (baseline < year - HISTORY_YEARS && draw_percent(random, 90))
        world_add(world, (Observation){now.column, now.place, baseline,
                                       earlier(space, column, random, now.value, HISTORY_YEARS)});
}

// A fact is of the year alone: what it was before, no rule sees.
static bool has_history(const Space *space, const Column *column) {
    return space->description->series[column->series].kind != SERIES_FACT;
}

static void add_column(const Space *space, Random *random, int year, int column, int place,
                       bool is_wild, World *world) {
    const Column *about = &space->columns[column];
    if (!space_applies(space, column, place) || draw_percent(random, is_wild ? 50 : 8)) return;
    double value = is_wild ? wild(about, random) : typical(space, about, random);
    Observation now = {column, place, year, value};
    world_add(world, now);
    if (has_history(space, about)) add_history(space, random, year, now, world);
}

// Whether anybody can see the observations of a place.
static bool is_seen(const Space *space, int place, int subject) {
    return place == subject || space->has_peers;
}

World generate_world(const Space *space, Random *random, int year, int subject, bool is_wild) {
    World world = {.subject = subject};
    for (int place = 0; place < (int)space->place_count; place++)
        for (size_t c = 0; c < space->column_count; c++)
            if (is_seen(space, place, subject))
                add_column(space, random, year, (int)c, place, is_wild, &world);
    return world;
}

// ---- ladders -----------------------------------------------------------------------------------

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

typedef struct Ladder {
    const Column *column;
    bool percent;
    double *rungs;
    size_t count;
} Ladder;

static void add_rung(Ladder *ladder, double value) {
    value = column_round(ladder->column, value);
    if (isnan(value) || ladder->count == MOST_RUNGS) return;
    if (ladder->percent && (value < 0 || value > 100)) return;
    for (size_t i = 0; i < ladder->count; i++)
        if (ladder->rungs[i] == value) return;
    ladder->rungs[ladder->count++] = value;
}

static void add_with_neighbours(Ladder *ladder, double value) {
    add_rung(ladder, value);
    add_rung(ladder, value - ladder->column->step);
    add_rung(ladder, value + ladder->column->step);
}

static double value_in(const World *world, int column, int year) {
    int found = world_find(world, column, world->subject, year);
    return found >= 0 ? world->items[found].value : NAN;
}

size_t generate_ladder(const Space *space, Random *random, const World *world, int column, int year,
                       double rungs[MOST_RUNGS]) {
    const Column *about = &space->columns[column];
    Manner manner = manner_of(space, about);
    Ladder ladder = {about, manner == MANNER_PERCENT, rungs, 0};
    if (manner == MANNER_YES_NO) {
        add_rung(&ladder, 0);
        add_rung(&ladder, 1);
        return ladder.count;
    }
    add_rung(&ladder, value_in(world, column, year));
    for (int i = 0; i < 2 && about->number_count > 0; i++)
        add_with_neighbours(&ladder, about->numbers[draw_below(random, about->number_count)]);
    add_with_neighbours(&ladder, value_in(world, column, year - 1));
    add_rung(&ladder, 0);
    if (manner == MANNER_PERCENT) add_rung(&ladder, 100);
    for (int i = 0; i < TYPICAL_TRIES; i++)
        add_rung(&ladder, typical(space, about, random));
    add_with_neighbours(&ladder, typical(space, about, random));
    qsort(rungs, ladder.count, sizeof *rungs, ascending);
    return ladder.count;
}
