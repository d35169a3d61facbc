// What the files of data-quality checks share: the figures read, and how findings are made.
//
// Only core/analysis/data_quality*.c include this.
#pragma once

#include "core/analysis/data_quality.h"

// One current observation.
typedef struct QualityRow {
    int region, series, breakdown, year; // breakdown: -1 the total
    double value;
    int decimals;    // typed behind the point
    int significant; // digits typed, without leading zeros
    int last_digit;  // typed
    bool sample;
} QualityRow;

typedef struct QualityRegion {
    const char *code, *name;
    int parent; // -1 for none that is known
    const char *parent_code;
} QualityRegion;

typedef struct QualityData {
    const QualityRequest *request;
    const Description *description;
    QualityRegion *regions; // those the pack evaluates
    size_t region_count, region_capacity;
    Map region_places;
    QualityRow *rows; // by region, series, breakdown, year
    size_t row_count, row_capacity;
    QualityReport *report;
    Arena arena;
} QualityData;

// A group of rows that are looked at together.
typedef struct QualityGroup {
    const QualityRow **rows;
    size_t count;
} QualityGroup;

typedef int (*QualityOrder)(const QualityRow *one, const QualityRow *other);
typedef void (*QualityGroupFunction)(QualityData *data, const QualityGroup *group);
// Calls `each` for every run of rows that `same` finds equal (0), each run in the order of `order`,
// which must agree with `same`.
void quality_each_group(QualityData *data, QualityOrder order, QualityOrder same,
                        QualityGroupFunction each);
// By series, breakdown, year, then region: what peers reported.
int quality_by_year(const QualityRow *one, const QualityRow *other);
// By region, series, breakdown, then year: a region's own series.
int quality_by_series(const QualityRow *one, const QualityRow *other);

// Whether the request asks for a finding about the region (-1: several) and the years.
bool quality_is_asked(const QualityData *data, int region, int first_year, int last_year);
// Notes that figures of these rows were looked at, those that the request asks for.
void quality_checked(QualityData *data, QualityKind kind, const QualityRow *const *rows,
                     size_t count);
// Notes that a group was looked at, if the request asks for any of its rows.
void quality_checked_group(QualityData *data, QualityKind kind, const QualityRow *const *rows,
                           size_t count);
// Adds a finding about a row; `why` is copied.
void quality_add(QualityData *data, QualityKind kind, QualitySeverity severity,
                 const QualityRow *row, const char *why);
// The step of a row's last printed digit.
double quality_unit(const QualityRow *row);
// The row of the same region, series and year in a breakdown (-1: the total); NULL for none.
const QualityRow *quality_find(const QualityData *data, int region, int series, int breakdown,
                               int year);
// Whether the series is one of sizes, which are compared by their logarithms.
bool quality_is_size(const QualityData *data, const QualityRow *row);
// Whether the value is nothing or everything: figures that many may rightly have.
bool quality_is_bound(const QualityData *data, const QualityRow *row);
// The value as typed.
void quality_text(double value, int decimals, char out[64]);

// The checks, each over all rows.
void quality_outliers(QualityData *data); // data_quality_outliers.c
void quality_digits(QualityData *data);   // data_quality_digits.c
void quality_repeated(QualityData *data); // data_quality_repeated.c
void quality_parts(QualityData *data);    // data_quality_parts.c
void quality_small_counts(QualityData *data);
