// Reads the CSV files of tests/data/stats: rows of text and numbers made once by R (expected.R).
// Included by the tests beside it; static, so that each test program has its own copy.
#pragma once

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EXPECTED_MOST_ROWS = 4096, EXPECTED_MOST_VALUES = 128 };

typedef struct ExpectedRow {
    char what[40], about[40];
    double argument, value;
} ExpectedRow;

typedef struct TestSeries {
    int years[EXPECTED_MOST_VALUES];
    double values[EXPECTED_MOST_VALUES];
    size_t count;
} TestSeries;

static inline FILE *expected_open(const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/stats/%s", TEST_DATA, name);
    FILE *file = fopen(path, "r");
    if (!file) fail_msg("cannot open %s", path);
    return file;
}

// All rows of expected.csv whose `what` begins with the prefix; fails when there is none.
static inline size_t expected_rows(const char *prefix, ExpectedRow rows[EXPECTED_MOST_ROWS]) {
    FILE *file = expected_open("expected.csv");
    char line[256];
    size_t count = 0;
    while (fgets(line, sizeof line, file)) {
        ExpectedRow row;
        if (line[0] == '#' || strncmp(line, prefix, strlen(prefix)) != 0) continue;
        if (sscanf(line, "%39[^,],%39[^,],%lf,%lf", row.what, row.about, &row.argument,
                   &row.value) != 4)
            fail_msg("unreadable row: %s", line);
        assert_true(count < EXPECTED_MOST_ROWS);
        rows[count++] = row;
    }
    fclose(file);
    if (count == 0) fail_msg("no rows begin with %s", prefix);
    return count;
}

// The named series of series.csv; with NULL the values of all of them, one after the other.
static inline TestSeries expected_series(const char *name) {
    FILE *file = expected_open("series.csv");
    char line[256], found[40];
    TestSeries series = {0};
    int year;
    double value;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#' || sscanf(line, "%39[^,],%d,%lf", found, &year, &value) != 3) continue;
        if (name && strcmp(found, name) != 0) continue;
        assert_true(series.count < EXPECTED_MOST_VALUES);
        series.years[series.count] = year;
        series.values[series.count++] = value;
    }
    fclose(file);
    assert_true(series.count > 0);
    return series;
}

// True when both are NaN, or differ by no more than `tolerance` of the expected figure (or of 1e-3
// where that is nearer to 0).
static inline bool is_near(double actual, double expected, double tolerance) {
    if (isnan(actual) && isnan(expected)) return true;
    return fabs(actual - expected) <= tolerance * fmax(fabs(expected), 1e-3);
}

static inline void assert_near(double actual, double expected, double tolerance, const char *what) {
    if (!is_near(actual, expected, tolerance))
        fail_msg("%s: %.17g, expected %.17g", what, actual, expected);
}

static inline void assert_row(const ExpectedRow *row, double actual, double tolerance) {
    if (!is_near(actual, row->value, tolerance))
        fail_msg("%s of %s at %g: %.17g, expected %.17g", row->what, row->about, row->argument,
                 actual, row->value);
}
