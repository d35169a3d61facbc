// Reading the figures, and findings: see data_quality.h.
#include "core/analysis/data_quality.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/data_quality_inside.h"
#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/registry/runs.h"

// ---- names
// ---------------------------------------------------------------------------------------

typedef struct KindText {
    const char *name, *english, *chinese, *advice_english, *advice_chinese;
} KindText;

static const KindText kinds[QUALITY_KIND_COUNT] = {
    [QUALITY_OUTLIER_PEERS] = {"outlier_peers", "far from peers", "偏离同级",
                               "check the figure and its unit at the source; explain it if right",
                               "核对原始数及计量单位；属实的请附说明"},
    [QUALITY_OUTLIER_SERIES] = {"outlier_series", "far from its own trend", "偏离历年趋势",
                                "check the year's figure and whether its definition changed",
                                "核对该年数值，以及口径有无变化"},
    [QUALITY_CHANGE_PEERS] = {"change_peers", "changed unlike peers", "变动异于同级",
                              "check both years; ask what happened in the region",
                              "核对前后两年的数；了解当地情况"},
    [QUALITY_CHANGE_SERIES] = {"change_series", "changed unlike other years", "变动异于往年",
                               "check both years and whether the definition changed",
                               "核对前后两年的数，以及口径有无变化"},
    [QUALITY_DIGIT_HEAPING] = {"digit_heaping", "last digits heaped", "尾数堆积",
                               "ask how the figures are obtained: counted, estimated or set",
                               "了解数据来源：统计、估计，还是按指标倒推"},
    [QUALITY_REPEATED_YEARS] = {"repeated_years", "same figure in years on end", "多年数值相同",
                                "check that it was collected anew each year, not carried over",
                                "核实是否逐年采集，有无照抄上年"},
    [QUALITY_REPEATED_REGIONS] = {"repeated_regions", "same figure in many regions", "多地数值相同",
                                  "check that each region reported its own figure",
                                  "核实各地是否填报了本地的数"},
    [QUALITY_PARTS_SUM] = {"parts_sum", "parts do not add up", "分组之和不等于合计",
                           "correct the parts or the whole", "更正分组数或合计数"},
    [QUALITY_PARTS_RANGE] = {"parts_range", "whole lies outside its parts", "合计超出各分组范围",
                             "check which of the figures is wrong; if parts add up to the whole, "
                             "declare additive = true",
                             "核对哪个数有误；如各组之和应等于合计，请声明 additive = true"},
    [QUALITY_SMALL_COUNT] = {"small_count", "target within chance", "事件数少，达标与否属偶然",
                             "judge several years together, or say that the rate cannot tell",
                             "宜合并多年评估，或注明尚不能据此判断"},
};

const char *quality_kind_name(QualityKind kind) {
    return kinds[kind].name;
}

const char *quality_kind_title(QualityKind kind) {
    return T(kinds[kind].english, kinds[kind].chinese);
}

const char *quality_kind_advice(QualityKind kind) {
    return T(kinds[kind].advice_english, kinds[kind].advice_chinese);
}

const char *quality_severity_name(QualitySeverity severity) {
    static const char *const names[] = {"notice", "doubtful", "serious"};
    return names[severity];
}

const char *quality_severity_title(QualitySeverity severity) {
    switch (severity) {
        case QUALITY_NOTICE: return T("notice", "提示");
        case QUALITY_DOUBTFUL: return T("doubtful", "可疑");
        case QUALITY_SERIOUS: break;
    }
    return T("serious", "严重");
}

// ---- reading
// -------------------------------------------------------------------------------------

typedef struct Reading {
    QualityData *data;
    const Map *covered;
    Map breakdowns;
} Reading;

static bool take_region(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    Reading *reading = context;
    QualityData *data = reading->data;
    if (map_get(reading->covered, region->code) == MAP_MISSING) return true;
    ARRAY_RESERVE(data->regions, data->region_count, data->region_capacity);
    map_put(&data->region_places, region->code, (int64_t)data->region_count);
    data->regions[data->region_count++] =
        (QualityRegion){.code = arena_string(&data->report->arena, region->code),
                        .name = arena_string(&data->report->arena, region->name),
                        .parent = -1,
                        .parent_code = arena_string(&data->arena, region->parent)};
    return true;
}

// Regions of one parent are peers, whether the pack evaluates the parent or not.
static void number_parents(QualityData *data) {
    Map numbers = {0};
    for (size_t i = 0; i < data->region_count; i++) {
        const char *parent = data->regions[i].parent_code;
        if (!parent) continue;
        int64_t known = map_get(&numbers, parent);
        if (known == MAP_MISSING) {
            known = (int64_t)numbers.count;
            map_put(&numbers, parent, known);
        }
        data->regions[i].parent = (int)known;
    }
    map_free(&numbers);
}

// What was typed says how exact the figure is: "14.30" has two decimals and four digits.
static void read_digits(const char *text, QualityRow *row) {
    bool behind = false, begun = false;
    row->last_digit = -1;
    for (; *text && *text != 'e' && *text != 'E'; text++) {
        if (*text == '.') behind = true;
        if (*text < '0' || *text > '9') continue;
        begun = begun || *text != '0';
        row->significant += begun;
        row->decimals += behind;
        row->last_digit = *text - '0';
    }
    if (*text) row->last_digit = -1; // written with an exponent
}

static bool take_observation(const StoreObservation *seen, void *context, Error *error) {
    (void)error;
    Reading *reading = context;
    QualityData *data = reading->data;
    int64_t region = map_get(&data->region_places, seen->region);
    int series = description_series(data->description, seen->indicator);
    bool total = strcmp(seen->breakdown, STORE_NO_BREAKDOWN) == 0;
    int64_t breakdown = total ? -1 : map_get(&reading->breakdowns, seen->breakdown);
    if (region < 0 || series < 0 || (!total && breakdown < 0) || isnan(seen->value)) return true;
    ARRAY_RESERVE(data->rows, data->row_count, data->row_capacity);
    QualityRow *row = &data->rows[data->row_count++];
    *row = (QualityRow){.region = (int)region,
                        .series = series,
                        .breakdown = (int)breakdown,
                        .year = seen->year,
                        .value = seen->value,
                        .sample = strcmp(seen->kind, "sample") == 0};
    read_digits(seen->value_text, row);
    return true;
}

static int compare_rows(const void *one, const void *other) {
    return quality_by_series(one, other);
}

static bool read_data(Store *store, QualityData *data, Error *error) {
    Map covered = {0};
    Reading reading = {.data = data, .covered = &covered};
    const StoreObservationQuery query = {0};
    const Description *description = data->description;
    for (size_t i = 0; i < description->breakdown_count - description->unit_count; i++)
        map_put(&reading.breakdowns, description->breakdowns[i].id, (int64_t)i);
    bool good = run_read_covered(store, description, &covered, error) &&
                store_read_regions(store, take_region, &reading, error) &&
                store_read_observations(store, &query, take_observation, &reading, error);
    number_parents(data);
    if (data->row_count) qsort(data->rows, data->row_count, sizeof *data->rows, compare_rows);
    map_free(&reading.breakdowns);
    map_free(&covered);
    return good;
}

// ---- groups and findings
// -------------------------------------------------------------------------

#define COMPARE(field)                                                                             \
    if (one->field != other->field) return one->field < other->field ? -1 : 1

int quality_by_series(const QualityRow *one, const QualityRow *other) {
    COMPARE(region);
    COMPARE(series);
    COMPARE(breakdown);
    COMPARE(year);
    return 0;
}

int quality_by_year(const QualityRow *one, const QualityRow *other) {
    COMPARE(series);
    COMPARE(breakdown);
    COMPARE(year);
    COMPARE(region);
    return 0;
}

static int compare_pointers(const void *one, const void *other, void *order) {
    return (*(QualityOrder *)order)(*(const QualityRow *const *)one,
                                    *(const QualityRow *const *)other);
}

void quality_each_group(QualityData *data, QualityOrder order, QualityOrder same,
                        QualityGroupFunction each) {
    const QualityRow **rows = memory_new(data->row_count + 1, sizeof *rows);
    for (size_t i = 0; i < data->row_count; i++)
        rows[i] = &data->rows[i];
    if (data->row_count) qsort_r(rows, data->row_count, sizeof *rows, compare_pointers, &order);
    for (size_t from = 0, to; from < data->row_count; from = to) {
        for (to = from + 1; to < data->row_count && same(rows[from], rows[to]) == 0; to++)
            continue;
        const QualityGroup group = {rows + from, to - from};
        each(data, &group);
    }
    free(rows);
}

bool quality_is_asked(const QualityData *data, int region, int first_year, int last_year) {
    const QualityRequest *request = data->request;
    if (request->year && first_year && (request->year < first_year || request->year > last_year))
        return false;
    return !request->region || region < 0 ||
           strcmp(data->regions[region].code, request->region) == 0;
}

static size_t count_asked(const QualityData *data, const QualityRow *const *rows, size_t count) {
    size_t asked = 0;
    for (size_t i = 0; i < count; i++)
        asked += quality_is_asked(data, rows[i]->region, rows[i]->year, rows[i]->year);
    return asked;
}

void quality_checked(QualityData *data, QualityKind kind, const QualityRow *const *rows,
                     size_t count) {
    data->report->checked[kind] += count_asked(data, rows, count);
}

void quality_checked_group(QualityData *data, QualityKind kind, const QualityRow *const *rows,
                           size_t count) {
    data->report->checked[kind] += count_asked(data, rows, count) > 0;
}

void quality_add(QualityData *data, QualityKind kind, QualitySeverity severity,
                 const QualityRow *row, const char *why) {
    if (!quality_is_asked(data, row->region, row->year, row->year)) return;
    QualityReport *report = data->report;
    ARRAY_RESERVE(report->findings, report->count, report->capacity);
    report->findings[report->count++] =
        (QualityFinding){.kind = kind,
                         .severity = severity,
                         .region = row->region >= 0 ? data->regions[row->region].code : NULL,
                         .series = row->series,
                         .breakdown = row->breakdown,
                         .first_year = row->year,
                         .last_year = row->year,
                         .value = row->value,
                         .digits = row->decimals,
                         .why = arena_string(&report->arena, why),
                         .samples = row->sample};
    report->found[kind]++;
}

double quality_unit(const QualityRow *row) {
    return 1 /
           decimal_powers[row->decimals < DECIMAL_MAX_DIGITS ? row->decimals : DECIMAL_MAX_DIGITS];
}

const QualityRow *quality_find(const QualityData *data, int region, int series, int breakdown,
                               int year) {
    const QualityRow wanted = {
        .region = region, .series = series, .breakdown = breakdown, .year = year};
    if (data->row_count == 0) return NULL;
    return bsearch(&wanted, data->rows, data->row_count, sizeof wanted, compare_rows);
}

bool quality_is_size(const QualityData *data, const QualityRow *row) {
    return data->description->series[row->series].kind == SERIES_DATA && row->value > 0;
}

bool quality_is_bound(const QualityData *data, const QualityRow *row) {
    const char *unit = data->description->series[row->series].unit;
    return row->value == 0 || (row->value == 100 && strcmp(unit, "%") == 0);
}

void quality_text(double value, int decimals, char out[64]) {
    char text[DECIMAL_TEXT_SIZE];
    decimal_fixed(value, decimals < DECIMAL_MAX_DIGITS ? decimals : DECIMAL_MAX_DIGITS,
                  ROUNDING_HALF_UP, text);
    snprintf(out, 64, "%s", text);
}

static int compare_findings(const void *left, const void *right) {
    const QualityFinding *one = left, *other = right;
    if (one->severity != other->severity) return one->severity > other->severity ? -1 : 1;
    COMPARE(kind);
    COMPARE(series);
    int regions = strcmp(one->region ? one->region : "", other->region ? other->region : "");
    if (regions != 0) return regions;
    COMPARE(last_year);
    COMPARE(breakdown);
    return strcmp(one->why, other->why);
}

// ---- the whole
// -----------------------------------------------------------------------------------

bool quality_examine(Store *store, const QualityRequest *request, QualityReport *report,
                     Error *error) {
    *report = (QualityReport){0};
    QualityData data = {.request = request, .description = request->description, .report = report};
    bool good = read_data(store, &data, error);
    if (good) {
        report->values = data.row_count;
        quality_outliers(&data);
        quality_digits(&data);
        quality_repeated(&data);
        quality_parts(&data);
        quality_small_counts(&data);
        if (report->count)
            qsort(report->findings, report->count, sizeof *report->findings, compare_findings);
    }
    free(data.rows);
    free(data.regions);
    map_free(&data.region_places);
    arena_free(&data.arena);
    if (!good) quality_free(report);
    return good;
}

void quality_free(QualityReport *report) {
    free(report->findings);
    arena_free(&report->arena);
    *report = (QualityReport){0};
}
