// Making data up, running the pack over it, comparing: see check.h.
#include "core/check/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/check/check_inside.h"
#include "core/check/counter_example.h"
#include "core/check/generate.h"

enum {
    WORLDS_AT_A_TIME = 512,
    WORLDS_OF_SHRINKING = 64,
    WORLDS_WANTED = 16000, // over all years, when no number of cases is asked for
    WORLDS_OF_A_CASE = 14, // about
    FEWEST_CASES = 4,
    MOST_CASES = 60,
    WILD_PERCENT = 12,
    MOST_ALIKE = 4, // that are made small, to keep the smallest
};

// ---- what was found ----------------------------------------------------------------------------

static bool is_known(const Checking *checking, const About *about) {
    for (size_t i = 0; i < checking->known; i++)
        if (about_same_rule(&checking->report->examples[i].finding.about, about)) return true;
    return false;
}

bool checking_note(const Finding *finding, void *context) {
    Checking *checking = context;
    CheckReport *report = checking->report;
    size_t alike = 0;
    for (size_t i = 0; i < report->example_count; i++)
        if (about_same_rule(&report->examples[i].finding.about, &finding->about)) {
            // From one situation one is enough.
            if (report->examples[i].common.number == checking->first->common->number) return true;
            alike++;
        }
    // What an earlier year has shown is shown.
    if (alike == MOST_ALIKE || (alike > 0 && is_known(checking, &finding->about))) return true;
    bool single = checking->second == NULL;
    CounterExample example = {.finding = *finding,
                              .common = world_copy(checking->first->common),
                              .varied = checking->first->varied,
                              .first = checking->first->varied.value,
                              .second = single ? NAN : checking->second->varied.value,
                              .year = stage_year(checking->stage),
                              .of_units = checking->of_units};
    if (single && example.varied.column >= 0 && !isnan(example.first))
        world_add(&example.common, example.varied);
    if (single) example.varied.column = -1;
    ARRAY_RESERVE(report->examples, report->example_count, report->example_capacity);
    report->examples[report->example_count++] = example;
    return true;
}

Comparison checking_comparison(Checking *checking, const Lane *first, const Lane *second) {
    checking->first = first;
    checking->second = second;
    return (Comparison){.space = &checking->report->space,
                        .year = stage_year(checking->stage),
                        .of_units = checking->of_units,
                        .visit = checking_note,
                        .context = checking};
}

// ---- one case ----------------------------------------------------------------------------------

// A rule that runs over its budget costs so much each time that nothing else can be checked.
static void note_budget(Checking *checking, const RegionResult *result) {
    for (size_t i = 0; i < result->failure_count; i++)
        if (outcome_is_over_budget(result->failures[i].outcome)) checking->over_budget = true;
}

static void check_alone(Checking *checking, const Outcome *outcome) {
    note_budget(checking, outcome->result);
    Comparison comparison = checking_comparison(checking, outcome->lane, NULL);
    compare_rules(&comparison, outcome);
    compare_bounds(&comparison, outcome);
    checking->report->checked[PROPERTY_RULES]++;
    checking->report->checked[PROPERTY_BOUNDS]++;
}

static void check_order(Checking *checking, const Outcome *low, const Outcome *high) {
    Comparison comparison = checking_comparison(checking, low->lane, high->lane);
    int direction = compare_direction(&comparison, low, high);
    if (direction == 0) return;
    const Outcome *worse = direction > 0 ? low : high, *better = direction > 0 ? high : low;
    comparison = checking_comparison(checking, worse->lane, better->lane);
    compare_monotone(&comparison, worse, better);
    checking->report->checked[PROPERTY_MONOTONE]++;
}

// Neighbours on the ladder: a smallest step is a cliff or not, a larger one may hide a cliff.
static void check_step(Checking *checking, const Outcome *low, const Outcome *high) {
    const Column *column = &checking->report->space.columns[low->lane->varied.column];
    Comparison comparison = checking_comparison(checking, low->lane, high->lane);
    double first = low->lane->varied.value, second = high->lane->varied.value;
    if (compare_is_tiny(column, first, second)) {
        compare_cliffs(&comparison, low, high);
        checking->report->checked[PROPERTY_CLIFF]++;
    } else if (compare_may_hide_cliff(&comparison, low, high)) {
        gaps_add(checking, low->lane, second);
    }
}

static void check_case(Checking *checking, const Case *the_case, const Lane *lanes,
                       const RegionResult *results) {
    size_t rungs = the_case->rung_count;
    for (size_t i = 0; i < rungs + the_case->with_missing; i++) {
        Outcome outcome = {&results[i], &lanes[i]};
        check_alone(checking, &outcome);
    }
    for (size_t i = 0; i + 1 < rungs && !the_case->wild; i++) {
        Outcome low = {&results[i], &lanes[i]}, high = {&results[i + 1], &lanes[i + 1]};
        check_order(checking, &low, &high);
        check_step(checking, &low, &high);
    }
    for (size_t i = 0; i < rungs && the_case->with_missing && !the_case->wild; i++) {
        Outcome missing = {&results[rungs], &lanes[rungs]}, reported = {&results[i], &lanes[i]};
        Comparison comparison = checking_comparison(checking, missing.lane, reported.lane);
        compare_missing(&comparison, &missing, &reported);
        checking->report->checked[PROPERTY_MISSING]++;
    }
}

// ---- many cases --------------------------------------------------------------------------------

static size_t lanes_of_case(const Case *the_case, Lane *lanes) {
    size_t count = the_case->rung_count + the_case->with_missing;
    for (size_t i = 0; i < count; i++) {
        double value = i < the_case->rung_count ? the_case->rungs[i] : NAN;
        Observation varied = {the_case->column, the_case->world.subject, the_case->year, value};
        lanes[i] = (Lane){&the_case->world, varied};
    }
    return count;
}

static bool run_cases(Checking *checking, Case *cases, size_t count) {
    Lane *lanes = memory_new(count * (MOST_RUNGS + 1), sizeof *lanes);
    size_t lane_count = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        lane_count += lanes_of_case(&cases[i], lanes + lane_count);
    RegionResult *results = memory_new(lane_count, sizeof *results);
    bool good = stage_evaluate(checking->stage, lanes, lane_count, results, checking->problems);
    for (size_t i = 0; good && i < count; i++) {
        check_case(checking, &cases[i], lanes + at, results + at);
        at += cases[i].rung_count + cases[i].with_missing;
    }
    for (size_t i = 0; good && i < lane_count; i++)
        result_free(&results[i]);
    good = good && (checking->over_budget || gaps_follow(checking));
    if (good && !checking->over_budget && !checking->compared_bytes)
        good = check_bytes(checking, lanes, lane_count);
    checking->report->worlds += lane_count;
    free(results);
    free(lanes);
    return good;
}

static int subject_of(const Space *space, size_t situation, int column) {
    if (space->columns[column].of_unit) return PLACE_OWN;
    if (!space->judges_own) return PLACE_CHILD;
    if (!space->judges_child) return PLACE_OWN;
    int place = (int)((situation + (size_t)column) % 2);
    return space_applies(space, column, place) ? place : 1 - place;
}

// A figure of a plan is tried in the years of that plan.
static int year_of(const Space *space, size_t situation, int column) {
    int plan = space_column_plan(space, column), fitting[MOST_YEARS], count = 0;
    for (size_t i = 0; i < space->year_count; i++) {
        const Plan *about = plan >= 0 ? &space->description->plans[plan] : NULL;
        if (!about || (space->years[i] >= about->first_year && space->years[i] <= about->last_year))
            fitting[count++] = space->years[i];
    }
    return count > 0 ? fitting[situation % (size_t)count] : space->years[0];
}

static Case make_case(const Checking *checking, size_t situation, int column) {
    const Space *space = &checking->report->space;
    size_t number = situation * space->column_count + (size_t)column;
    Random random = draw_stream(checking->request->seed, number);
    Case made = {.column = column,
                 .year = year_of(space, situation, column),
                 .wild = draw_percent(&random, WILD_PERCENT)};
    int subject = subject_of(space, situation, column);
    made.world = generate_world(space, &random, made.year, subject, made.wild);
    made.world.number = number;
    made.rung_count = generate_ladder(space, &random, &made.world, column, made.year, made.rungs);
    (void)world_take(&made.world, column, subject, made.year);
    // What nothing was entered for is what the pack says by default.
    const Series *series = &space->description->series[space->columns[column].series];
    made.with_missing = isnan(series->default_value);
    return made;
}

static bool is_wanted(const Checking *checking, size_t situation, int column) {
    const Space *space = &checking->report->space;
    int subject = subject_of(space, situation, column);
    return space->columns[column].of_unit == checking->of_units &&
           year_of(space, situation, column) == stage_year(checking->stage) &&
           space_applies(space, column, subject);
}

static bool go_on(const Checking *checking) {
    const JobHost *host = checking->request->host;
    return !host->progress ||
           host->progress(checking->report->cases, checking->cases_in_all, host->progress_context);
}

static bool run_and_forget(Checking *checking, Case *cases, size_t *count) {
    bool good = *count == 0 || run_cases(checking, cases, *count);
    for (size_t i = 0; i < *count; i++)
        world_free(&cases[i].world);
    checking->report->cases += *count;
    *count = 0;
    if (good && !go_on(checking)) {
        problems_addf(checking->problems, ERROR_CANCELLED, NULL, 0, 0, "%s",
                      T("the check was cancelled", "检查已取消"));
        good = false;
    }
    return good;
}

static bool check_on_stage(Checking *checking) {
    enum { CASES_AT_A_TIME = WORLDS_AT_A_TIME / WORLDS_OF_A_CASE };
    const Space *space = &checking->report->space;
    size_t most = checking->of_units ? 1 : CASES_AT_A_TIME;
    Case *cases = memory_new(CASES_AT_A_TIME, sizeof *cases);
    size_t count = 0;
    bool good = true;
    for (size_t s = 0; s < checking->situations && good; s++)
        for (size_t c = 0; c < space->column_count && good && !checking->over_budget; c++) {
            if (!is_wanted(checking, s, (int)c)) continue;
            cases[count++] = make_case(checking, s, (int)c);
            if (count == most) good = run_and_forget(checking, cases, &count);
        }
    good = good && (checking->over_budget || run_and_forget(checking, cases, &count));
    for (size_t i = 0; i < count; i++)
        world_free(&cases[i].world);
    free(cases);
    return good;
}

// ---- stages ------------------------------------------------------------------------------------

static Stage *open_stage(Checking *checking, int year, size_t worlds, bool plain) {
    StageRequest request = {.host = checking->request->host,
                            .pack = checking->request->pack,
                            .space = &checking->report->space,
                            .year = year,
                            .worlds = worlds,
                            .plain = plain};
    Error error = {0};
    Stage *stage = stage_new(&request, &error);
    if (!stage) problems_add(checking->problems, &error);
    return stage;
}

// Of what says the same only the smallest is kept. A failure may have turned out to be of a kind
// that another year has shown already.
static size_t keep_smallest(CheckReport *report, size_t index) {
    CounterExample *examples = report->examples;
    for (size_t i = 0; i < index; i++) {
        if (!about_same_rule(&examples[i].finding.about, &examples[index].finding.about)) continue;
        if (examples[index].common.count < examples[i].common.count) {
            CounterExample smaller = examples[index];
            examples[index] = examples[i];
            examples[i] = smaller;
        }
        world_free(&examples[index].common);
        report->example_count--;
        memmove(examples + index, examples + index + 1,
                (report->example_count - index) * sizeof *examples);
        return 1;
    }
    return 0;
}

// Where a rule runs over its budget, that alone is said.
static void keep_over_budget(Checking *checking) {
    CheckReport *report = checking->report;
    size_t kept = checking->known;
    for (size_t i = checking->known; checking->over_budget && i < report->example_count; i++) {
        bool over = report->examples[i].finding.about.kind == ABOUT_RULE &&
                    outcome_is_over_budget(report->examples[i].finding.outcome);
        if (over)
            report->examples[kept++] = report->examples[i];
        else
            world_free(&report->examples[i].common);
    }
    if (checking->over_budget) report->example_count = kept;
}

// What was found on a stage is made small there.
static bool shrink_found(Checking *checking) {
    Shrinking shrinking = {checking->small, &checking->report->space, checking->problems};
    keep_over_budget(checking);
    for (size_t i = checking->known; i < checking->report->example_count; i++) {
        CounterExample *example = &checking->report->examples[i];
        if (!shrink(&shrinking, example) ||
            !explain_failure(checking->request, &checking->report->space, example,
                             checking->problems))
            return false;
        i -= keep_smallest(checking->report, i);
    }
    return true;
}

static bool check_year(Checking *checking, int year, bool of_units) {
    checking->known = checking->report->example_count;
    checking->of_units = of_units;
    checking->compared_bytes = false;
    checking->stage = open_stage(checking, year, of_units ? 1 : WORLDS_AT_A_TIME, false);
    checking->small = open_stage(checking, year, of_units ? 1 : WORLDS_OF_SHRINKING, false);
    checking->plain = open_stage(checking, year, of_units ? 1 : WORLDS_OF_SHRINKING, true);
    bool good = checking->stage && checking->small && checking->plain && check_on_stage(checking) &&
                shrink_found(checking);
    stage_free(checking->stage);
    stage_free(checking->small);
    stage_free(checking->plain);
    return good;
}

static size_t situations_for(const CheckRequest *request, const Space *space) {
    if (request->cases > 0) return request->cases;
    size_t columns = space->column_count ? space->column_count : 1;
    size_t wanted = WORLDS_WANTED / (WORLDS_OF_A_CASE * columns);
    return wanted < FEWEST_CASES ? FEWEST_CASES : wanted > MOST_CASES ? MOST_CASES : wanted;
}

static bool stands_before(const CheckReport *report, const CounterExample *left,
                          const CounterExample *right) {
    const char *left_file, *right_file;
    int left_line, right_line;
    if (left->finding.about.property != right->finding.about.property)
        return left->finding.about.property < right->finding.about.property;
    counter_example_place(report, left, &left_file, &left_line);
    counter_example_place(report, right, &right_file, &right_line);
    int files = strcmp(left_file, right_file);
    return files < 0 || (files == 0 && left_line < right_line);
}

// By property and place; what stands at the same place stays as it was found. There are few.
static void sort_examples(CheckReport *report) {
    for (size_t i = 1; i < report->example_count; i++) {
        CounterExample moved = report->examples[i];
        size_t at = i;
        for (; at > 0 && stands_before(report, &moved, &report->examples[at - 1]); at--)
            report->examples[at] = report->examples[at - 1];
        report->examples[at] = moved;
    }
}

bool check_properties(const CheckRequest *request, CheckReport *report, ProblemList *problems) {
    *report = (CheckReport){0};
    space_init(&report->space, request->pack->description);
    Checking checking = {.request = request, .report = report, .problems = problems};
    const Space *space = &report->space;
    checking.situations = situations_for(request, space);
    checking.cases_in_all = checking.situations * space->column_count;
    bool good = true;
    for (size_t y = 0; y < space->year_count && good && !checking.over_budget; y++) {
        good = check_year(&checking, space->years[y], false);
        if (good && space->has_units && !checking.over_budget)
            good = check_year(&checking, space->years[y], true);
    }
    gaps_free(&checking.gaps);
    sort_examples(report);
    return good;
}

void check_report_free(CheckReport *report) {
    for (size_t i = 0; i < report->example_count; i++)
        world_free(&report->examples[i].common);
    free(report->examples);
    space_free(&report->space);
    *report = (CheckReport){0};
}

size_t check_example_count(const CheckReport *report, Property property) {
    size_t count = 0;
    for (size_t i = 0; i < report->example_count; i++)
        count += report->examples[i].finding.about.property == property;
    return count;
}
