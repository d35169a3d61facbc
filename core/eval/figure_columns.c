// Figures of many regions at once: see figures.h.
//
// What the kernels cannot do (targets other than a line to be over or under, forecasts other than
// the least squares line) is done region by region by figures.c, which is the truth in any case.
#include <math.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/eval/judge.h"
#include "core/stats/columns.h"

static const uint32_t LINE_METRICS = 1u << METRIC_FORECAST | 1u << METRIC_FORECAST_LOW |
                                     1u << METRIC_FORECAST_HIGH | 1u << METRIC_FORECAST_FINAL |
                                     1u << METRIC_REACH_YEAR;

// Loops over lanes: without branches, so that the compiler makes vector code of them. They are
// compiled for what processors have beside what all have; the bits are the same.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(BIAOCHI_SANITIZED)
#define OVER_LANES __attribute__((target_clones("avx2", "default"), noinline))
#else
#define OVER_LANES
#endif

// One indicator in one year over the lanes at hand.
typedef struct Lanes {
    const FigureSource *source;
    const Indicator *indicator;
    const Plan *plan;
    int year;
    size_t first, count;
    uint32_t needed;
    double *columns; // out
    ColumnHistory history;
    const double *years[FIGURE_MAX_YEARS];
    double value[FIGURE_LANES], printed[FIGURE_LANES], baseline[FIGURE_LANES];
    ColumnLine line;
    double least[FIGURE_LANES], most[FIGURE_LANES]; // where it was
} Lanes;

static bool is_line_target(const Target *target) {
    return target->kind <= TARGET_BELOW && target->part_count == 0;
}

static bool has_kernels(const FigureSource *source, const Indicator *indicator, uint32_t needed) {
    if (!source->kernels || indicator->applies_to_count > 0) return false;
    if (needed & LINE_METRICS && indicator->forecast != FORECAST_OLS) return false;
    for (size_t s = 0; s < indicator->target_set_count; s++)
        if (!is_line_target(&indicator->target_sets[s].target)) return false;
    return true;
}

// Where a metric goes; NULL when nobody asked for it.
static double *column_of(const Lanes *lanes, Metric metric) {
    if (!(lanes->needed >> metric & 1)) return NULL;
    return lanes->columns + layout_metric_place(lanes->needed, metric) * FIGURE_LANES;
}

static void fill(const Lanes *lanes, Metric metric, double value) {
    double *column = column_of(lanes, metric);
    for (size_t k = 0; column && k < lanes->count; k++)
        column[k] = value;
}

static void copy(const Lanes *lanes, Metric metric, const double *values) {
    double *column = column_of(lanes, metric);
    if (column) memcpy(column, values, lanes->count * sizeof *values);
}

OVER_LANES static void replace_missing(const double *values, size_t count, double missing,
                                       double *out) {
    for (size_t k = 0; k < count; k++)
        out[k] = isnan(values[k]) ? missing : values[k];
}

static void take_year(const Lanes *lanes, int year, double missing, double *out) {
    const double *values =
        figure_column(lanes->source, lanes->indicator->series, -1, year, lanes->first);
    for (size_t k = 0; !values && k < lanes->count; k++)
        out[k] = missing;
    if (values) replace_missing(values, lanes->count, missing, out);
}

static void take_history(Lanes *lanes) {
    const DatasetHeader *header = lanes->source->dataset->header;
    int first = lanes->source->first_year;
    if (lanes->year - first >= FIGURE_MAX_YEARS) first = lanes->year - FIGURE_MAX_YEARS + 1;
    if (first < header->first_year) first = header->first_year;
    int count = lanes->year >= first ? lanes->year - first + 1 : 0;
    for (int y = 0; y < count; y++)
        lanes->years[y] =
            figure_column(lanes->source, lanes->indicator->series, -1, first + y, lanes->first);
    lanes->history = (ColumnHistory){lanes->years, first, count, lanes->count};
}

// ---- statuses ----------------------------------------------------------------------------------

// The line of a target at the printed precision.
static double line_of(const Indicator *indicator, double number) {
    return decimal_round(number, indicator->digits, indicator->conventions.rounding);
}

// The analyzer cannot see that figure_column and columns_round have written what is read here.
// NOLINTBEGIN(clang-analyzer-core.*)

// Met where the value is on the line or over it; `sign` −1 turns a line to stay under around.
OVER_LANES static void judge_reaching(const double *printed, const double *values, size_t count,
                                      double sign, double line, uint8_t *statuses) {
    for (size_t k = 0; k < count; k++) {
        int judged = printed[k] * sign >= line * sign ? STATUS_MET : STATUS_UNMET;
        statuses[k] = (uint8_t)(isnan(values[k]) ? STATUS_NO_DATA : judged);
    }
}

// Met where the value is over the line.
OVER_LANES static void judge_passing(const double *printed, const double *values, size_t count,
                                     double sign, double line, uint8_t *statuses) {
    for (size_t k = 0; k < count; k++) {
        int judged = printed[k] * sign > line * sign ? STATUS_MET : STATUS_UNMET;
        statuses[k] = (uint8_t)(isnan(values[k]) ? STATUS_NO_DATA : judged);
    }
}

// NOLINTEND(clang-analyzer-core.*)

static void judge_line(const Lanes *lanes, TargetKind kind, double line, uint8_t *statuses) {
    double sign = kind == TARGET_AT_LEAST || kind == TARGET_ABOVE ? 1 : -1;
    if (kind == TARGET_ABOVE || kind == TARGET_BELOW)
        judge_passing(lanes->printed, lanes->value, lanes->count, sign, line, statuses);
    else
        judge_reaching(lanes->printed, lanes->value, lanes->count, sign, line, statuses);
}

OVER_LANES static void measure_distance(const double *values, size_t count, double line,
                                        double *out) {
    for (size_t k = 0; k < count; k++)
        out[k] = fabs(values[k] - line);
}

OVER_LANES static void soften(const double *distance, size_t count, double allowed,
                              uint8_t *statuses) {
    for (size_t k = 0; k < count; k++) {
        bool near = (statuses[k] == STATUS_UNMET) & (distance[k] <= allowed);
        statuses[k] = near ? STATUS_NEAR : statuses[k];
    }
}

// What misses the line by no more than the tolerance is near.
static void judge_near(const Lanes *lanes, double line, uint8_t *statuses) {
    double percent = lanes->indicator->conventions.near_percent;
    if (!(percent > 0)) return;
    double allowed = decimal_round(fabs(line) * percent / 100, 9, ROUNDING_HALF_UP);
    double distance[FIGURE_LANES];
    measure_distance(lanes->printed, lanes->count, line, distance);
    columns_round(distance, lanes->count, 9, ROUNDING_HALF_UP, distance);
    soften(distance, lanes->count, allowed, statuses);
}

static void judge_sets(const Lanes *lanes, uint8_t *statuses) {
    const Indicator *indicator = lanes->indicator;
    for (size_t s = 0; s < indicator->target_set_count; s++) {
        const Target *target = &indicator->target_sets[s].target;
        double number = target->value;
        // Milestones belong to the set that counts.
        if (s == 0 && indicator->conventions.at == AT_MILESTONE) {
            double milestone = judge_milestone(indicator, lanes->year);
            if (!isnan(milestone)) number = milestone;
        }
        double line = line_of(indicator, number);
        judge_line(lanes, target->kind, line, statuses + s * FIGURE_LANES);
        judge_near(lanes, line, statuses + s * FIGURE_LANES);
    }
}

// ---- forecasts ---------------------------------------------------------------------------------

// What looks ahead starts from this year's value, and keeps the bounds the series never left.
OVER_LANES static void bound(const Lanes *lanes, const double *forecasts, double ceiling,
                             double *out) {
    for (size_t k = 0; k < lanes->count; k++) {
        double forecast = forecasts[k];
        double capped = (lanes->most[k] <= ceiling) & (forecast > ceiling) ? ceiling : forecast;
        double bounded = (lanes->least[k] >= 0) & (forecast < 0) ? 0 : capped;
        out[k] = isnan(lanes->value[k]) ? NAN : bounded;
    }
}

static void put_forecast(const Lanes *lanes, Metric metric, const double *forecasts) {
    double *column = column_of(lanes, metric);
    bool share = strcmp(lanes->indicator->unit, "%") == 0;
    if (column) bound(lanes, forecasts, share ? 100 : INFINITY, column);
}

static void fill_forecasts(Lanes *lanes) {
    double at[FIGURE_LANES], low[FIGURE_LANES], high[FIGURE_LANES];
    if (!(lanes->needed & LINE_METRICS)) return;
    columns_fit_line(&lanes->history, &lanes->line);
    columns_range(&lanes->history, lanes->least, lanes->most);
    if (column_of(lanes, METRIC_FORECAST)) {
        columns_line_at(&lanes->line, lanes->year + 1, at);
        put_forecast(lanes, METRIC_FORECAST, at);
    }
    if (column_of(lanes, METRIC_FORECAST_FINAL)) {
        columns_line_at(&lanes->line, lanes->plan->last_year, at);
        put_forecast(lanes, METRIC_FORECAST_FINAL, at);
    }
    if (column_of(lanes, METRIC_FORECAST_LOW) || column_of(lanes, METRIC_FORECAST_HIGH)) {
        columns_line_interval(&lanes->line, lanes->year + 1, low, high);
        put_forecast(lanes, METRIC_FORECAST_LOW, low);
        put_forecast(lanes, METRIC_FORECAST_HIGH, high);
    }
}

// ---- the way to the target ---------------------------------------------------------------------

// The final target of the set that counts, and who has met it.
typedef struct Goal {
    const Target *target;
    double line, threshold; // printed; what must be reached to be over it
    TargetSide side;
    uint8_t statuses[FIGURE_LANES];
} Goal;

static void take_goal(const Lanes *lanes, Goal *goal) {
    const Indicator *indicator = lanes->indicator;
    goal->target = &indicator->target_sets[0].target;
    goal->line = goal->threshold = line_of(indicator, goal->target->value);
    TargetKind kind = goal->target->kind;
    goal->side =
        kind == TARGET_AT_LEAST || kind == TARGET_ABOVE ? TARGET_SIDE_UP : TARGET_SIDE_DOWN;
    if (kind == TARGET_ABOVE) goal->threshold = goal->line + pow(10, -indicator->digits);
    if (kind == TARGET_BELOW) goal->threshold = goal->line - pow(10, -indicator->digits);
    judge_line(lanes, kind, goal->line, goal->statuses);
}

// Who has met the target has gone at least all of the way; without a value there is nothing to say.
// A lane's `met` is 1 or 0.
OVER_LANES static void settle_progress(const Lanes *lanes, const double *met, double *progress) {
    for (size_t k = 0; k < lanes->count; k++) {
        double reached = (met[k] > 0) & (progress[k] < 1) ? 1 : progress[k];
        progress[k] = isnan(lanes->value[k]) ? NAN : reached;
    }
}

OVER_LANES static int any_on_the_line(const Lanes *lanes, const double *met,
                                      const double *progress) {
    double found = 0;
    for (size_t k = 0; k < lanes->count; k++)
        found = fmax(found, (met[k] <= 0) & (progress[k] >= 1) ? 1 : 0);
    return found > 0;
}

static void fill_progress(const Lanes *lanes, const Goal *goal) {
    double *progress = column_of(lanes, METRIC_PROGRESS);
    if (!progress) return;
    double target[FIGURE_LANES];
    for (size_t k = 0; k < lanes->count; k++)
        target[k] = goal->target->value;
    columns_progress(lanes->printed, lanes->baseline, target, goal->side, lanes->count, progress);
    double met[FIGURE_LANES];
    for (size_t k = 0; k < lanes->count; k++)
        met[k] = goal->statuses[k] == STATUS_MET;
    settle_progress(lanes, met, progress);
    if (!any_on_the_line(lanes, met, progress)) return;
    // All but the last step.
    for (size_t k = 0; k < lanes->count; k++)
        if (goal->statuses[k] != STATUS_MET && progress[k] >= 1)
            progress[k] =
                progress_toward(lanes->printed[k], lanes->baseline[k], goal->threshold, goal->side);
}

static void fill_gap(const Lanes *lanes, const Goal *goal) {
    double *gap = column_of(lanes, METRIC_GAP),
           *required = column_of(lanes, METRIC_REQUIRED_CHANGE);
    if (!gap && !required) return;
    double way[FIGURE_LANES];
    for (size_t k = 0; k < lanes->count; k++)
        way[k] = goal->threshold - lanes->printed[k];
    columns_round(way, lanes->count, 9, ROUNDING_HALF_UP, way);
    for (size_t k = 0; k < lanes->count; k++) {
        bool met = goal->statuses[k] == STATUS_MET, missing = isnan(lanes->value[k]);
        if (gap) gap[k] = missing ? NAN : met ? 0 : goal->side == TARGET_SIDE_UP ? way[k] : -way[k];
        if (required)
            required[k] =
                missing ? NAN
                : met   ? 0
                        : progress_required_change(0, way[k], lanes->year, lanes->plan->last_year);
    }
}

static void fill_reach(const Lanes *lanes, const Goal *goal) {
    double *reach = column_of(lanes, METRIC_REACH_YEAR);
    if (!reach) return;
    double threshold[FIGURE_LANES], next[FIGURE_LANES];
    bool over = false;
    for (size_t k = 0; k < lanes->count; k++)
        threshold[k] = goal->threshold;
    columns_line_reach(&lanes->line, threshold, goal->side, lanes->year, FORECAST_HORIZON_YEARS,
                       reach);
    for (size_t k = 0; k < lanes->count; k++)
        over = over || reach[k] <= lanes->year;
    // The fitted line may be over it this year although the value is not.
    if (over)
        columns_line_reach(&lanes->line, threshold, goal->side, lanes->year + 1,
                           FORECAST_HORIZON_YEARS, next);
    for (size_t k = 0; k < lanes->count; k++) {
        if (isnan(lanes->value[k]))
            reach[k] = NAN;
        else if (goal->statuses[k] == STATUS_MET)
            reach[k] = lanes->year;
        else if (reach[k] <= lanes->year)
            reach[k] = next[k];
    }
}

// ---- all of them -------------------------------------------------------------------------------

static void fill_constants(const Lanes *lanes) {
    static const Metric constants[] = {METRIC_PACE, METRIC_TARGET, METRIC_MILESTONE};
    const Description *description = lanes->source->description;
    int index = (int)(lanes->indicator - description->indicators);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        double value = NAN;
        if (layout_constant(description, index, constants[i], lanes->year, &value))
            fill(lanes, constants[i], value);
    }
}

static void fill_observed(Lanes *lanes) {
    copy(lanes, METRIC_VALUE, lanes->value);
    copy(lanes, METRIC_BASELINE, lanes->baseline);
    double *previous = column_of(lanes, METRIC_PREVIOUS), *change = column_of(lanes, METRIC_CHANGE);
    double before[FIGURE_LANES];
    if (previous || change) take_year(lanes, lanes->year - 1, NAN, before);
    if (previous) copy(lanes, METRIC_PREVIOUS, before);
    for (size_t k = 0; change && k < lanes->count; k++)
        change[k] = lanes->value[k] - before[k];
    if (change) columns_round(change, lanes->count, 9, ROUNDING_HALF_UP, change);
    double *column = column_of(lanes, METRIC_YEARS_OF_DATA);
    if (column) columns_years_of_data(&lanes->history, column);
    column = column_of(lanes, METRIC_RECENT_CHANGE);
    if (column) columns_recent_change(&lanes->history, column);
    column = column_of(lanes, METRIC_VOLATILITY);
    if (column) columns_volatility(&lanes->history, column);
}

// What has no kernel and needs none of the others' work.
static void fill_lane_by_lane(const Lanes *lanes) {
    double *error = column_of(lanes, METRIC_FORECAST_ERROR);
    for (size_t k = 0; error && k < lanes->count; k++)
        error[k] =
            figure_forecast_error(lanes->source, lanes->indicator, lanes->year, lanes->first + k);
    double *low = column_of(lanes, METRIC_COUNT_LOW), *high = column_of(lanes, METRIC_COUNT_HIGH);
    for (size_t k = 0; (low || high) && k < lanes->count; k++) {
        double limits[2];
        figure_count_interval(lanes->source, lanes->indicator, lanes->year, lanes->first + k,
                              &limits[0], &limits[1]);
        if (low) low[k] = limits[0];
        if (high) high[k] = limits[1];
    }
}

static void compute_lanes(Lanes *lanes, uint8_t *statuses) {
    const Indicator *indicator = lanes->indicator;
    Goal goal;
    take_history(lanes);
    take_year(lanes, lanes->year, NAN, lanes->value);
    take_year(lanes, lanes->plan->baseline_year, indicator->baseline, lanes->baseline);
    memcpy(lanes->printed, lanes->value, lanes->count * sizeof *lanes->value);
    columns_round(lanes->printed, lanes->count, indicator->digits, indicator->conventions.rounding,
                  lanes->printed);
    judge_sets(lanes, statuses);
    fill_constants(lanes);
    fill_observed(lanes);
    fill_forecasts(lanes);
    take_goal(lanes, &goal);
    fill_progress(lanes, &goal);
    fill_gap(lanes, &goal);
    fill_reach(lanes, &goal);
    fill_lane_by_lane(lanes);
    size_t columns = (size_t)__builtin_popcount(lanes->needed);
    for (size_t c = 0; c < columns; c++)
        columns_plain(lanes->columns + c * FIGURE_LANES, lanes->count);
}

static void compute_one_by_one(const Lanes *lanes, int index, uint8_t *statuses) {
    size_t sets = lanes->indicator->target_set_count;
    for (size_t k = 0; k < lanes->count; k++) {
        IndicatorResult result;
        figure_indicator(lanes->source, index, lanes->year, lanes->first + k, lanes->needed,
                         &result);
        for (size_t s = 0; s < sets; s++)
            statuses[s * FIGURE_LANES + k] = result.statuses[s];
        double *column = lanes->columns + k;
        for (int m = 0; m < METRIC_COUNT; m++) {
            if (!(lanes->needed >> m & 1)) continue;
            *column = result.metrics[m];
            column += FIGURE_LANES;
        }
    }
}

void figure_columns(const FigureSource *source, int index, int year, size_t first, size_t count,
                    uint32_t needed, double *columns, uint8_t *statuses) {
    const Indicator *indicator = &source->description->indicators[index];
    Lanes lanes; // most of it is room that need not be cleared
    lanes.source = source;
    lanes.indicator = indicator;
    lanes.plan = &source->description->plans[indicator->plan];
    lanes.year = year;
    lanes.first = first;
    lanes.count = count;
    lanes.needed = needed;
    lanes.columns = columns;
    bool in_plan = year >= lanes.plan->first_year && year <= lanes.plan->last_year;
    if (in_plan && has_kernels(source, indicator, needed))
        compute_lanes(&lanes, statuses);
    else
        compute_one_by_one(&lanes, index, statuses);
}
