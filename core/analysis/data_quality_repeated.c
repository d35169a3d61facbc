// The same figure again and again, in years on end or in many regions: see data_quality.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/data_quality_inside.h"
#include "core/base/language.h"
#include "core/stats/data_quality.h"
#include "core/stats/summary.h"

// Two digits say little: small counts stay the same by nature.
enum {
    LEAST_REPEATS = 3,
    MANY_REPEATS = 5,
    TELLING_DIGITS = 3,
    LEAST_REGIONS = 8,
    LEAST_SHARED = 3
};
enum { MOST_NAMED = 5, DIFFERENT_STEPS = 10 };
#define UNLIKELY 0.01

static bool may_repeat(const QualityData *data, const QualityRow *row) {
    const Series *series = &data->description->series[row->series];
    return series->kind == SERIES_FACT || quality_is_bound(data, row) ||
           (series->indicator >= 0 &&
            data->description->indicators[series->indicator].is_objective);
}

// ---- years
// -----------------------------------------------------------------------------------------

static void tell_years(QualityData *data, const QualityGroup *group, size_t from, size_t to) {
    const QualityRow *first = group->rows[from], *last = group->rows[to - 1];
    size_t count = to - from, samples = 0;
    char number[64], why[200];
    if (!quality_is_asked(data, first->region, first->year, last->year)) return;
    for (size_t i = from; i < to; i++)
        samples += group->rows[i]->sample;
    quality_text(first->value, first->decimals, number);
    snprintf(why, sizeof why,
             T("%s in all %zu years from %d to %d", "%2$zu 年均为 %1$s（%3$d—%4$d 年）"), number,
             count, first->year, last->year);
    bool telling = first->significant >= TELLING_DIGITS;
    QualitySeverity severity = !telling                ? QUALITY_NOTICE
                               : count >= MANY_REPEATS ? QUALITY_SERIOUS
                                                       : QUALITY_DOUBTFUL;
    // The finding is of the year asked for, so that it is not left out.
    QualityRow about = *last;
    if (data->request->year) about.year = data->request->year;
    size_t before = data->report->count;
    quality_add(data, QUALITY_REPEATED_YEARS, severity, &about, why);
    if (data->report->count == before) return;
    data->report->findings[before].first_year = first->year;
    data->report->findings[before].last_year = last->year;
    data->report->findings[before].samples = samples;
}

static void judge_years(QualityData *data, const QualityGroup *group) {
    for (size_t from = 0, to; from < group->count; from = to) {
        const QualityRow *first = group->rows[from];
        for (to = from + 1; to < group->count; to++) {
            const QualityRow *row = group->rows[to];
            bool next = row->year == group->rows[to - 1]->year + 1;
            if (!next || row->value != first->value) break;
        }
        if (may_repeat(data, first)) continue;
        quality_checked(data, QUALITY_REPEATED_YEARS, group->rows + from, to - from);
        if (to - from >= LEAST_REPEATS) tell_years(data, group, from, to);
    }
}

static int same_series(const QualityRow *one, const QualityRow *other) {
    return one->region != other->region || one->series != other->series ||
           one->breakdown != other->breakdown;
}

// ---- regions
// ---------------------------------------------------------------------------------------

static void tell_regions(QualityData *data, const QualityRow **rows, size_t count, size_t of,
                         double chance) {
    Buffer why = {0};
    char number[64];
    size_t samples = 0;
    bool asked = false;
    for (size_t i = 0; i < count; i++) {
        samples += rows[i]->sample;
        asked = asked || quality_is_asked(data, rows[i]->region, rows[i]->year, rows[i]->year);
    }
    if (!asked) return;
    quality_text(rows[0]->value, rows[0]->decimals, number);
    buffer_printf(&why, T("%s in %zu of %zu regions", "%2$zu/%3$zu 个区划均为 %1$s"), number, count,
                  of);
    if (chance < 1)
        buffer_printf(&why, T(", by chance p = %.2g", "，偶然相同的概率 p = %.2g"), chance);
    buffer_text(&why, T(": ", "："));
    for (size_t i = 0; i < count && i < MOST_NAMED; i++)
        buffer_printf(&why, "%s%s", i ? T(", ", "、") : "", data->regions[rows[i]->region].name);
    if (count > MOST_NAMED) buffer_text(&why, T(" …", "……"));
    QualityRow about = *rows[0];
    about.region = -1;
    bool most = 2 * count >= of && count < of;
    size_t before = data->report->count;
    quality_add(data, QUALITY_REPEATED_REGIONS, most ? QUALITY_SERIOUS : QUALITY_DOUBTFUL, &about,
                why.data);
    if (data->report->count > before) data->report->findings[before].samples = samples;
    buffer_free(&why);
}

static int by_value(const void *left, const void *right) {
    const QualityRow *one = *(const QualityRow *const *)left,
                     *other = *(const QualityRow *const *)right;
    if (one->value != other->value) return one->value < other->value ? -1 : 1;
    return one->region < other->region ? -1 : one->region > other->region;
}

// The width of the middle 80 % of the figures.
static double middle_spread(const QualityRow **rows, size_t count) {
    double *values = memory_new(count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = rows[i]->value;
    double spread = summary_quantile(values, count, 0.9) - summary_quantile(values, count, 0.1);
    free(values);
    return spread;
}

static void judge_regions(QualityData *data, const QualityGroup *group) {
    if (group->count < LEAST_REGIONS) return;
    const QualityRow **rows = memory_new(group->count, sizeof *rows);
    memcpy(rows, group->rows, group->count * sizeof *rows);
    qsort(rows, group->count, sizeof *rows, by_value);
    double spread = middle_spread(rows, group->count);
    for (size_t from = 0, to; from < group->count; from = to) {
        for (to = from + 1; to < group->count && rows[to]->value == rows[from]->value; to++)
            continue;
        size_t shared = to - from;
        bool telling = rows[from]->significant >= TELLING_DIGITS && !may_repeat(data, rows[from]);
        if (!telling) continue;
        quality_checked_group(data, QUALITY_REPEATED_REGIONS, rows + from, shared);
        double chance =
            quality_coincidence((int)shared, group->count, quality_unit(rows[from]), spread);
        // Where all figures lie close together, as rates near 100 do, many are the same by nature.
        bool differ = rows[group->count - 1]->value - rows[0]->value >=
                      DIFFERENT_STEPS * quality_unit(rows[from]);
        bool half = shared == group->count || (2 * shared >= group->count && differ);
        if (shared >= LEAST_SHARED && (half || (differ && chance < UNLIKELY)))
            tell_regions(data, rows + from, shared, group->count, half ? 1 : chance);
    }
    free(rows);
}

static int same_year(const QualityRow *one, const QualityRow *other) {
    return one->series != other->series || one->breakdown != other->breakdown ||
           one->year != other->year;
}

void quality_repeated(QualityData *data) {
    quality_each_group(data, quality_by_series, same_series, judge_years);
    quality_each_group(data, quality_by_year, same_year, judge_regions);
}
