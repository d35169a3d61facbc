// Parts against their whole, and rates from few events against their target: see data_quality.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/data_quality_inside.h"
#include "core/base/language.h"
#include "core/stats/volatility.h"

enum { FEW_EVENTS = 20 };
#define SERIOUS_PART 0.01 // of the whole

// ---- parts
// -----------------------------------------------------------------------------------------

// The parts of one split that were reported beside a whole.
typedef struct Parts {
    const char *split;
    size_t known, declared;
    double sum, least, most;
    double rounding; // half a step of each printed figure, the whole's among them
    size_t samples;
    Buffer names; // "女 12、男 13"
} Parts;

static Parts find_parts(const QualityData *data, const QualityRow *whole, const char *split) {
    const Description *description = data->description;
    Parts parts = {.split = split,
                   .least = INFINITY,
                   .most = -INFINITY,
                   .rounding = quality_unit(whole) / 2,
                   .samples = whole->sample};
    char number[64];
    for (size_t b = 0; b < description->breakdown_count; b++) {
        if (!description->splits[b] || strcmp(description->splits[b], split) != 0) continue;
        const QualityRow *row =
            quality_find(data, whole->region, whole->series, (int)b, whole->year);
        parts.declared++;
        if (!row) continue;
        quality_text(row->value, row->decimals, number);
        buffer_printf(&parts.names, "%s%s %s", parts.known ? T(", ", "、") : "",
                      description->breakdowns[b].title, number);
        parts.known++;
        parts.sum += row->value;
        parts.least = fmin(parts.least, row->value);
        parts.most = fmax(parts.most, row->value);
        parts.rounding += quality_unit(row) / 2;
        parts.samples += row->sample;
    }
    return parts;
}

static void tell(QualityData *data, QualityKind kind, const QualityRow *whole, const Parts *parts,
                 double off, const char *why) {
    size_t before = data->report->count;
    bool far = fabs(off) > SERIOUS_PART * fabs(whole->value);
    quality_add(data, kind, far ? QUALITY_SERIOUS : QUALITY_DOUBTFUL, whole, why);
    if (data->report->count > before) data->report->findings[before].samples = parts->samples;
}

// All parts must sum to the whole; some of them must not exceed it.
static void judge_sum(QualityData *data, const QualityRow *whole, const Parts *parts) {
    double off = parts->sum - whole->value, allowed = parts->rounding * (1 + 1e-9);
    bool all = parts->known == parts->declared;
    quality_checked(data, QUALITY_PARTS_SUM, &whole, 1);
    if (all ? fabs(off) <= allowed : off <= allowed) return;
    char sum[64], number[64], why[600];
    quality_text(parts->sum, whole->decimals, sum);
    quality_text(whole->value, whole->decimals, number);
    snprintf(why, sizeof why, T("%s, together %s, but the whole is %s", "%s，合计 %s，而总数为 %s"),
             parts->names.data, sum, number);
    tell(data, QUALITY_PARTS_SUM, whole, parts, off, why);
}

// A rate of all lies between those of its parts, which are weighted means of it.
static void judge_range(QualityData *data, const QualityRow *whole, const Parts *parts) {
    double allowed = parts->rounding * (1 + 1e-9);
    double below = parts->least - whole->value, above = whole->value - parts->most;
    quality_checked(data, QUALITY_PARTS_RANGE, &whole, 1);
    if ((below <= allowed && above <= allowed) || fabs(parts->sum - whole->value) <= allowed)
        return;
    char number[64], why[600];
    quality_text(whole->value, whole->decimals, number);
    snprintf(why, sizeof why, T("%s, but the whole is %s", "%s，而总数为 %s"), parts->names.data,
             number);
    tell(data, QUALITY_PARTS_RANGE, whole, parts, fmax(below, above), why);
}

// Figures that are no counts: indicators, and whatever is measured in per cent or per something.
static bool is_rate(const Series *series) {
    return series->kind == SERIES_INDICATOR || strstr(series->unit, "%") ||
           strstr(series->unit, "‰") || strstr(series->unit, "/");
}

static void judge_whole(QualityData *data, const QualityRow *whole, const char *split) {
    const Series *series = &data->description->series[whole->series];
    Parts parts = find_parts(data, whole, split);
    if (parts.known >= 1 && series->additive)
        judge_sum(data, whole, &parts);
    else if (parts.known >= 2 && parts.known == parts.declared && is_rate(series))
        judge_range(data, whole, &parts);
    buffer_free(&parts.names);
}

void quality_parts(QualityData *data) {
    const Description *description = data->description;
    for (size_t b = 0; b < description->breakdown_count; b++) {
        const char *split = description->splits[b];
        bool first = split != NULL;
        for (size_t k = 0; first && k < b; k++)
            if (description->splits[k] && strcmp(description->splits[k], split) == 0) first = false;
        for (size_t i = 0; first && i < data->row_count; i++)
            if (data->rows[i].breakdown < 0) judge_whole(data, &data->rows[i], split);
    }
}

// ---- few events
// ------------------------------------------------------------------------------------

// Those among whom the events of a year happened: reported, or as the rate says; NaN for neither.
static double population_of(const QualityData *data, const Indicator *about,
                            const QualityRow *events) {
    const QualityRow *among =
        about->among >= 0 ? quality_find(data, events->region, about->among, -1, events->year)
                          : NULL;
    const QualityRow *rate = quality_find(data, events->region, about->series, -1, events->year);
    if (among && among->value > 0) return among->value;
    return rate && rate->value > 0 && events->value > 0 ? events->value * about->per / rate->value
                                                        : NAN;
}

// That of the year, or of a year near it: populations change slowly.
static double population_near(const QualityData *data, const Indicator *about,
                              const QualityRow *events) {
    double population = population_of(data, about, events);
    for (int apart = 1; isnan(population) && apart <= 5; apart++) {
        for (int side = -1; isnan(population) && side <= 1; side += 2) {
            const QualityRow *other =
                quality_find(data, events->region, about->counts, -1, events->year + side * apart);
            if (other) population = population_of(data, about, other);
        }
    }
    return population;
}

static bool threshold_of(const Indicator *about, double *threshold) {
    const Target *target = &about->target_sets[0].target;
    switch (target->kind) {
        case TARGET_AT_LEAST:
        case TARGET_AT_MOST:
        case TARGET_ABOVE:
        case TARGET_BELOW:
        case TARGET_KEEPS_AT_LEAST: *threshold = target->value; return true;
        default: return false;
    }
}

// The rate as reported, or as it follows from its events where it is derived.
static QualityRow rate_of(const QualityData *data, const Indicator *about, const QualityRow *events,
                          double population) {
    const QualityRow *reported =
        quality_find(data, events->region, about->series, -1, events->year);
    QualityRow rate = reported ? *reported : *events;
    if (reported) return rate;
    rate.series = about->series;
    rate.value = events->value * about->per / population;
    rate.decimals = about->digits;
    return rate;
}

static void judge_events(QualityData *data, const Indicator *about, const QualityRow *events) {
    double population = population_near(data, about, events), threshold, low, high;
    if (isnan(population) || !threshold_of(about, &threshold)) return;
    if (!volatility_poisson_interval(events->value, &low, &high)) return;
    quality_checked(data, QUALITY_SMALL_COUNT, &events, 1);
    low *= about->per / population;
    high *= about->per / population;
    if (threshold < low || threshold > high) return;
    QualityRow rate = rate_of(data, about, events, population);
    char value[64], from[64], to[64], target[64], why[400];
    quality_text(rate.value, rate.decimals, value);
    quality_text(low, about->digits, from);
    quality_text(high, about->digits, to);
    quality_text(threshold, about->digits, target);
    snprintf(why, sizeof why,
             T("%s from %.0f events: by chance %s to %s (95 %%), and the target %s lies within",
               "%s 由 %.0f 起事件得出：偶然波动范围 %s—%s（95%%），目标 %s 在其中"),
             value, events->value, from, to, target);
    bool few = events->value < FEW_EVENTS;
    size_t before = data->report->count;
    quality_add(data, QUALITY_SMALL_COUNT, few ? QUALITY_DOUBTFUL : QUALITY_NOTICE, &rate, why);
    if (data->report->count > before)
        data->report->findings[before].samples =
            (size_t)events->sample + (rate.sample && rate.series != events->series);
}

// The newest year of each region, or the one asked for.
static void judge_counts(QualityData *data, const Indicator *about) {
    for (size_t i = 0; i < data->row_count; i++) {
        const QualityRow *row = &data->rows[i],
                         *next = i + 1 < data->row_count ? &data->rows[i + 1] : NULL;
        if (row->series != about->counts || row->breakdown >= 0) continue;
        bool newest = !next || next->region != row->region || next->series != row->series ||
                      next->breakdown >= 0;
        if (data->request->year ? row->year == data->request->year : newest)
            judge_events(data, about, row);
    }
}

void quality_small_counts(QualityData *data) {
    const Description *description = data->description;
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *about = &description->indicators[i];
        if (about->counts >= 0 && about->per > 0) judge_counts(data, about);
    }
}
