// Outliers among peers, in a region's own years, and in changes: see data_quality.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/analysis/data_quality_inside.h"
#include "core/base/language.h"
#include "core/stats/data_quality.h"
#include "core/stats/summary.h"

// Fewer say too little of what is usual.
enum { LEAST_PEERS = 8, LEAST_YEARS = 8, LEAST_CHANGES = 7 };
#define SERIOUS_SCORE 7.0

// Numbers that stand for rows: values, their logarithms, or changes.
typedef struct Column {
    const QualityRow **rows;
    double *numbers, *scores;
    double *units; // the step of each number's last digit, on its scale
    int *years;
    size_t count;
    bool logarithms;
} Column;

static Column column_new(size_t capacity) {
    return (Column){.rows = memory_new(capacity + 1, sizeof(QualityRow *)),
                    .numbers = memory_new(capacity + 1, sizeof(double)),
                    .scores = memory_new(capacity + 1, sizeof(double)),
                    .units = memory_new(capacity + 1, sizeof(double)),
                    .years = memory_new(capacity + 1, sizeof(int))};
}

static void column_free(Column *column) {
    free(column->rows);
    free(column->numbers);
    free(column->scores);
    free(column->units);
    free(column->years);
}

// The step of the last digit, on the scale the numbers are on.
static double unit_of(const Column *column, const QualityRow *row) {
    double unit = quality_unit(row);
    return column->logarithms ? unit / fabs(row->value) : unit;
}

static void column_add(Column *column, const QualityRow *row, double number, double unit) {
    column->rows[column->count] = row;
    column->years[column->count] = row->year;
    column->units[column->count] = unit;
    column->numbers[column->count++] = number;
}

// The least spread that can be seen: the step of most figures. One typed as "15" among "12.34" says
// nothing of how exact the others are.
static double least_spread(const Column *column) {
    return summary_median(column->units, column->count);
}

static bool are_sizes(const QualityData *data, const QualityGroup *group) {
    for (size_t i = 0; i < group->count; i++)
        if (!quality_is_size(data, group->rows[i])) return false;
    return true;
}

// Evidence and facts are counts of work or yes and no.
static bool is_measured(const QualityData *data, const QualityRow *row) {
    const Series *series = &data->description->series[row->series];
    if (series->kind == SERIES_FACT) return false;
    return series->indicator < 0 || !data->description->indicators[series->indicator].is_objective;
}

static const char *whose(QualityKind kind) {
    switch (kind) {
        case QUALITY_OUTLIER_PEERS: return T("regions beside it", "个同级区划");
        case QUALITY_CHANGE_PEERS: return T("changes of regions beside it", "个同级区划的变动");
        case QUALITY_CHANGE_SERIES: return T("changes of its own", "个历年变动");
        default: return T("years of its own, trend taken off", "个年份（已扣除趋势）");
    }
}

static void tell(QualityData *data, QualityKind kind, const Column *column, size_t i) {
    double score = column->scores[i];
    char number[64], median[64], why[400];
    bool is_change = kind == QUALITY_CHANGE_PEERS || kind == QUALITY_CHANGE_SERIES;
    int decimals = column->rows[i]->decimals + 1;
    if (column->logarithms && is_change) { // in per cent
        quality_text(100 * (exp(column->numbers[i]) - 1), 1, number);
        quality_text(100 * (exp(summary_median(column->numbers, column->count)) - 1), 1, median);
    } else {
        double middle = summary_median(column->numbers, column->count);
        quality_text(column->logarithms ? column->rows[i]->value : column->numbers[i], decimals - 1,
                     number);
        quality_text(column->logarithms ? exp(middle) : middle, decimals, median);
    }
    const char *unit = column->logarithms && is_change ? "%" : "";
    if (kind == QUALITY_OUTLIER_SERIES)
        snprintf(why, sizeof why, T("robust z %.1f of %zu %s", "稳健 z 值 %.1f，共 %zu %s"), score,
                 column->count, whose(kind));
    else
        snprintf(why, sizeof why,
                 T("robust z %.1f: %s%s against a median of %s%s of %zu %s",
                   "稳健 z 值 %.1f：%s%s，中位数 %s%s，共 %zu %s"),
                 score, number, unit, median, unit, column->count, whose(kind));
    quality_add(data, kind, fabs(score) >= SERIOUS_SCORE ? QUALITY_SERIOUS : QUALITY_DOUBTFUL,
                column->rows[i], why);
}

static void tell_outliers(QualityData *data, QualityKind kind, const Column *column) {
    quality_checked(data, kind, column->rows, column->count);
    for (size_t i = 0; i < column->count; i++)
        if (fabs(column->scores[i]) > QUALITY_OUTLIER_SCORE) tell(data, kind, column, i);
}

static double number_of(const Column *column, const QualityRow *row) {
    return column->logarithms ? log(row->value) : row->value;
}

static void add_change(Column *changes, const QualityRow *before, const QualityRow *row) {
    column_add(changes, row, number_of(changes, row) - number_of(changes, before),
               fmax(unit_of(changes, before), unit_of(changes, row)));
}

// ---- among peers
// -----------------------------------------------------------------------------------

static void judge_peers(QualityData *data, const QualityGroup *group) {
    Column values = column_new(group->count), changes = column_new(group->count);
    values.logarithms = changes.logarithms = are_sizes(data, group);
    for (size_t i = 0; i < group->count; i++) {
        const QualityRow *row = group->rows[i];
        const QualityRow *before =
            quality_find(data, row->region, row->series, row->breakdown, row->year - 1);
        column_add(&values, row, number_of(&values, row), unit_of(&values, row));
        if (!before || (changes.logarithms && !(before->value > 0))) continue;
        add_change(&changes, before, row);
    }
    if (values.count >= LEAST_PEERS) {
        quality_scores(values.numbers, values.count, least_spread(&values), values.scores);
        tell_outliers(data, QUALITY_OUTLIER_PEERS, &values);
    }
    if (changes.count >= LEAST_PEERS) {
        quality_scores(changes.numbers, changes.count, least_spread(&changes), changes.scores);
        tell_outliers(data, QUALITY_CHANGE_PEERS, &changes);
    }
    column_free(&values);
    column_free(&changes);
}

// Those of one parent among the rows of a series and year.
static void split_by_parent(QualityData *data, const QualityGroup *group) {
    if (group->count < LEAST_PEERS || !is_measured(data, group->rows[0])) return;
    const QualityRow **rows = memory_new(group->count, sizeof *rows);
    bool *taken = memory_new(group->count, sizeof *taken);
    for (size_t from = 0; from < group->count; from++) {
        size_t count = 0;
        int parent = data->regions[group->rows[from]->region].parent;
        for (size_t i = from; i < group->count && !taken[from]; i++) {
            if (taken[i] || data->regions[group->rows[i]->region].parent != parent) continue;
            rows[count++] = group->rows[i];
            if (i != from) taken[i] = true;
        }
        const QualityGroup peers = {rows, count};
        if (count >= LEAST_PEERS && parent >= 0) judge_peers(data, &peers);
    }
    free(rows);
    free(taken);
}

// ---- own years
// -------------------------------------------------------------------------------------

static void judge_series(QualityData *data, const QualityGroup *group) {
    if (group->count < LEAST_YEARS || !is_measured(data, group->rows[0])) return;
    Column values = column_new(group->count), changes = column_new(group->count);
    values.logarithms = changes.logarithms = are_sizes(data, group);
    for (size_t i = 0; i < group->count; i++) {
        const QualityRow *row = group->rows[i], *before = i ? group->rows[i - 1] : NULL;
        column_add(&values, row, number_of(&values, row), unit_of(&values, row));
        if (!before || before->year != row->year - 1) continue;
        add_change(&changes, before, row);
    }
    quality_trend_scores(values.years, values.numbers, values.count, least_spread(&values),
                         values.scores);
    tell_outliers(data, QUALITY_OUTLIER_SERIES, &values);
    if (changes.count >= LEAST_CHANGES) {
        quality_scores(changes.numbers, changes.count, least_spread(&changes), changes.scores);
        tell_outliers(data, QUALITY_CHANGE_SERIES, &changes);
    }
    column_free(&values);
    column_free(&changes);
}

static int same_year(const QualityRow *one, const QualityRow *other) {
    return one->series != other->series || one->breakdown != other->breakdown ||
           one->year != other->year;
}

static int same_series(const QualityRow *one, const QualityRow *other) {
    return one->region != other->region || one->series != other->series ||
           one->breakdown != other->breakdown;
}

void quality_outliers(QualityData *data) {
    quality_each_group(data, quality_by_year, same_year, split_by_parent);
    quality_each_group(data, quality_by_series, same_series, judge_series);
}
