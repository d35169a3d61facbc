// Cases of a warning, counted: see backtest.h.
#include <math.h>
#include <stdlib.h>

#include "core/analysis/backtest_inside.h"

double backtest_precision(const BacktestCounts *counts) {
    size_t warned = counts->hits + counts->false_alarms;
    return warned ? (double)counts->hits / (double)warned : NAN;
}

double backtest_recall(const BacktestCounts *counts) {
    size_t followed = counts->hits + counts->misses;
    return followed ? (double)counts->hits / (double)followed : NAN;
}

double backtest_lead(const BacktestCounts *counts) {
    return counts->warned_events ? (double)counts->lead_sum / (double)counts->warned_events : NAN;
}

size_t backtest_cases(const BacktestCounts *counts) {
    return counts->hits + counts->misses + counts->false_alarms + counts->silences;
}

BacktestVerdict backtest_verdict(const BacktestCounts *counts) {
    if (backtest_cases(counts) == 0) return BACKTEST_NO_CASE;
    if (counts->due_years < BACKTEST_FEWEST_YEARS) return BACKTEST_FEW_YEARS;
    return counts->events < BACKTEST_FEWEST_EVENTS ? BACKTEST_FEW_EVENTS : BACKTEST_FAIR;
}

const char *backtest_verdict_name(BacktestVerdict verdict) {
    switch (verdict) {
        case BACKTEST_FAIR: return "fair";
        case BACKTEST_NO_CASE: return "no_case";
        case BACKTEST_FEW_YEARS: return "few_years";
        case BACKTEST_FEW_EVENTS: return "few_events";
    }
    return "";
}

bool backtest_has_case(const BacktestCounts *counts) {
    return backtest_cases(counts) + counts->pending + counts->unknown > 0;
}

bool backtest_shows_level(const WarningBacktest *test, WarningLevel level) {
    return level == LEVEL_NONE || test->raised[level] > 0;
}

// What is being counted: one warning from one level on.
typedef struct Counting {
    const YearList *list;
    const Description *description;
    const BacktestRequest *request;
    const BacktestReport *report;
    int warning;
    WarningLevel least; // that counts as warned
    bool *due_seen;     // by year of the list: an outcome fell due in it
} Counting;

// ---- one cell ----------------------------------------------------------------------------------

// One region's row in a year, for one indicator; −1 when it was not evaluated.
static int64_t cell_of(const Counting *counting, const YearResults *results, size_t region,
                       size_t indicator) {
    int64_t row = results ? results->row_of[region] : -1;
    if (row < 0) return -1;
    return row * (int64_t)counting->description->indicator_count + (int64_t)indicator;
}

static bool is_warned(const Counting *counting, int year, size_t region, size_t indicator) {
    const YearResults *results = year_list_find(counting->list, year);
    int64_t cell = cell_of(counting, results, region, indicator);
    return cell >= 0 && results->levels[counting->warning][cell] >= counting->least;
}

static bool has_plain_milestones(const Indicator *indicator) {
    TargetKind kind = indicator->target_sets[0].target.kind;
    return indicator->conventions.at == AT_MILESTONE || kind == TARGET_AT_LEAST ||
           kind == TARGET_AT_MOST || kind == TARGET_ABOVE || kind == TARGET_BELOW;
}

// 0 when nothing is due after the year.
static int due_year(const Counting *counting, size_t index, int year) {
    const Indicator *indicator = &counting->description->indicators[index];
    int last = counting->description->plans[indicator->plan].last_year;
    if (counting->request->horizon > 0) return year + counting->request->horizon;
    for (size_t i = 0; has_plain_milestones(indicator) && i < indicator->milestone_count; i++)
        if (indicator->milestones[i].year > year) return indicator->milestones[i].year;
    return last > year ? last : 0;
}

typedef enum Outcome { OUTCOME_PENDING, OUTCOME_UNKNOWN, OUTCOME_EVENT, OUTCOME_NONE } Outcome;

static Outcome outcome_of(const Counting *counting, int due, size_t region, size_t index) {
    if (due > counting->report->newest_year) return OUTCOME_PENDING;
    const YearResults *results = year_list_find(counting->list, due);
    int64_t cell = cell_of(counting, results, region, index);
    if (cell < 0) return OUTCOME_UNKNOWN;
    const Plan *plan = &counting->description->plans[counting->description->indicators[index].plan];
    // With a horizon the question is how the pack judges that year; else what was due in it.
    const uint8_t *statuses = counting->request->horizon > 0 ? results->states : results->due;
    switch ((Status)statuses[cell]) {
        case STATUS_MET: return OUTCOME_NONE;
        case STATUS_NEAR: return plan->conventions.near_counts ? OUTCOME_NONE : OUTCOME_EVENT;
        case STATUS_UNMET: return OUTCOME_EVENT;
        case STATUS_NO_DATA:
        case STATUS_NOT_APPLICABLE:
        case STATUS_COUNT: break;
    }
    return OUTCOME_UNKNOWN;
}

// ---- cases and events --------------------------------------------------------------------------

static void count_case(BacktestCounts *counts, Outcome outcome, bool warned) {
    switch (outcome) {
        case OUTCOME_PENDING: counts->pending++; break;
        case OUTCOME_UNKNOWN: counts->unknown++; break;
        case OUTCOME_EVENT: *(warned ? &counts->hits : &counts->misses) += 1; break;
        case OUTCOME_NONE: *(warned ? &counts->false_alarms : &counts->silences) += 1; break;
    }
}

// Whether a warning of that year may count as an early word of the event due in `due`: not when it
// was of another milestone, nor when what it warned of came before.
static bool announces(const Counting *counting, size_t region, size_t indicator, int year,
                      int due) {
    int own = due_year(counting, indicator, year);
    if (!is_warned(counting, year, region, indicator)) return false;
    if (own == due) return true;
    return counting->request->horizon > 0 &&
           outcome_of(counting, own, region, indicator) != OUTCOME_EVENT;
}

// An event whose last case was in `year`.
static void count_event(const Counting *counting, BacktestCounts *counts, size_t region,
                        size_t indicator, int year, int due) {
    counts->events++;
    if (!is_warned(counting, year, region, indicator)) return;
    int first = year;
    while (announces(counting, region, indicator, first - 1, due))
        first--;
    counts->warned_events++;
    counts->lead_sum += (size_t)(due - first);
}

static bool is_case(const Counting *counting, int year, size_t region, size_t indicator) {
    const YearResults *results = year_list_find(counting->list, year);
    int64_t cell = cell_of(counting, results, region, indicator);
    return cell >= 0 && results->has_value[cell] && results->states[cell] != STATUS_NOT_APPLICABLE;
}

// Whether a later case has the same due year.
static bool is_last_case(const Counting *counting, size_t region, size_t indicator, int year,
                         int due) {
    for (int later = year + 1; later <= counting->report->last_year && later < due; later++)
        if (is_case(counting, later, region, indicator) &&
            due_year(counting, indicator, later) == due)
            return false;
    return true;
}

static void count_region(const Counting *counting, BacktestCounts *counts, size_t region,
                         size_t indicator) {
    for (int year = counting->report->first_year; year <= counting->report->last_year; year++) {
        int due = due_year(counting, indicator, year);
        if (due == 0 || !is_case(counting, year, region, indicator)) continue;
        Outcome outcome = outcome_of(counting, due, region, indicator);
        count_case(counts, outcome, is_warned(counting, year, region, indicator));
        if (outcome == OUTCOME_EVENT && is_last_case(counting, region, indicator, year, due))
            count_event(counting, counts, region, indicator, year, due);
        if (outcome == OUTCOME_EVENT || outcome == OUTCOME_NONE)
            counting->due_seen[due - counting->list->items[0].year] = true;
    }
}

// ---- one warning -------------------------------------------------------------------------------

static bool is_about(const Warning *warning, size_t indicator) {
    for (size_t i = 0; i < warning->only_count; i++)
        if (warning->only[i] == (int)indicator) return true;
    return warning->only_count == 0;
}

static int take_due_years(Counting *counting) {
    int count = 0;
    for (size_t y = 0; y < counting->list->count; y++) {
        count += counting->due_seen[y];
        counting->due_seen[y] = false;
    }
    return count;
}

static void add_counts(BacktestCounts *sum, const BacktestCounts *counts) {
    sum->hits += counts->hits;
    sum->misses += counts->misses;
    sum->false_alarms += counts->false_alarms;
    sum->silences += counts->silences;
    sum->pending += counts->pending;
    sum->unknown += counts->unknown;
    sum->events += counts->events;
    sum->warned_events += counts->warned_events;
    sum->lead_sum += counts->lead_sum;
}

static BacktestCounts count_indicator(Counting *counting, size_t indicator) {
    BacktestCounts counts = {0};
    for (size_t r = 0; r < counting->list->code_count; r++)
        count_region(counting, &counts, r, indicator);
    return counts;
}

static void count_levels(const Counting *counting, WarningBacktest *warning) {
    size_t count = counting->description->indicator_count;
    for (size_t y = 0; y < counting->list->count; y++) {
        const YearResults *results = &counting->list->items[y];
        if (!results->there || results->year > counting->report->last_year) continue;
        for (size_t cell = 0; cell < results->row_count * count; cell++)
            if (results->has_value[cell])
                warning->raised[results->levels[counting->warning][cell]]++;
    }
}

void backtest_count(const YearList *list, const Description *description,
                    const BacktestRequest *request, const BacktestReport *report,
                    WarningBacktest *warning) {
    const Warning *about = &description->warnings[warning->warning];
    Counting counting = {.list = list,
                         .description = description,
                         .request = request,
                         .report = report,
                         .warning = warning->warning,
                         .due_seen = memory_new(list->count, sizeof(bool))};
    bool *due_seen = memory_new(list->count, sizeof *due_seen);
    warning->indicators = memory_new(description->indicator_count, sizeof *warning->indicators);
    for (int level = LEVEL_BLUE; level < LEVEL_COUNT; level++) {
        BacktestCounts *sum = &warning->levels[level];
        counting.least = (WarningLevel)level;
        for (size_t y = 0; y < list->count; y++)
            due_seen[y] = false;
        for (size_t i = 0; i < description->indicator_count; i++) {
            if (!is_about(about, i)) continue;
            BacktestCounts counts = count_indicator(&counting, i);
            for (size_t y = 0; y < list->count; y++)
                due_seen[y] |= counting.due_seen[y];
            counts.due_years = take_due_years(&counting);
            add_counts(sum, &counts);
            if (level == LEVEL_BLUE) warning->indicators[i] = counts;
        }
        for (size_t y = 0; y < list->count; y++)
            sum->due_years += due_seen[y];
    }
    warning->levels[LEVEL_NONE] = warning->levels[LEVEL_BLUE];
    count_levels(&counting, warning);
    free(due_seen);
    free(counting.due_seen);
}
