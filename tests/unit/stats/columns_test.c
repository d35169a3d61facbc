// The kernels over columns, bit for bit against the scalar functions, at every level.
#include "core/stats/columns.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/stats/forecast.h"
#include "core/stats/summary.h"
#include "core/stats/volatility.h"

enum { BLOCKS = 600, ROUNDED_BLOCKS = 1500, FIRST_YEAR = 1899 };

static const ColumnsLevel levels[] = {COLUMNS_SCALAR, COLUMNS_BASELINE, COLUMNS_BEST};
static const char *const level_names[] = {"scalar", "baseline", "best"};

// ---- what is random, and the same at every run -------------------------------------------------

static uint64_t random_state;

// SplitMix64 (Steele, Lea and Flood, 2014).
static uint64_t random_bits(void) {
    uint64_t bits = random_state += 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31);
}

static size_t random_below(size_t limit) {
    return random_bits() % limit;
}

static double random_share(void) {
    return (double)(random_bits() >> 11) * 0x1p-53;
}

static double from_bits(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double random_finite(void) {
    double value;
    do
        value = from_bits(random_bits());
    while (!isfinite(value));
    return value;
}

typedef enum ValueKind {
    KIND_TWO_DECIMALS,
    KIND_NEGATIVE,
    KIND_CONSTANT,
    KIND_ZEROS,
    KIND_SIGNS, // whose mean is often 0
    KIND_TINY,
    KIND_LARGE,
    KIND_HUGE,
    KIND_ANY,
    KIND_COUNT
} ValueKind;

static double random_value(ValueKind kind) {
    switch (kind) {
        case KIND_TWO_DECIMALS: return (double)random_below(10000) / 100;
        case KIND_NEGATIVE: return -50 + 100 * random_share();
        case KIND_CONSTANT: return 12.34;
        case KIND_ZEROS: return random_below(2) ? 0.0 : -0.0;
        case KIND_SIGNS: return random_below(2) ? 1 : -1;
        case KIND_TINY: return (random_share() - 0.5) * 1e-300;
        case KIND_LARGE: return (random_share() - 0.5) * 2e15;
        case KIND_HUGE: return (random_share() - 0.5) * 1.7e308 * 2;
        default: return random_finite();
    }
}

// ---- blocks of histories -----------------------------------------------------------------------

// Columns that begin at any double, and are followed by memory that a kernel must not need.
typedef struct Block {
    double *memory[COLUMNS_MOST_YEARS];
    const double *years[COLUMNS_MOST_YEARS];
    ColumnHistory history;
} Block;

static void fill_column(double *column, size_t lanes, double missing_rate, ValueKind kind) {
    for (size_t lane = 0; lane < lanes; lane++)
        column[lane] = random_share() < missing_rate ? NAN : random_value(kind);
}

static Block random_block(void) {
    static const double missing_rates[] = {0, 0.015, 0.3, 1};
    Block block = {0};
    size_t years = random_below(4) ? random_below(14) : random_below(COLUMNS_MOST_YEARS + 1);
    size_t lanes = random_below(4) ? 1 + random_below(COLUMNS_MOST_LANES) : COLUMNS_MOST_LANES;
    double missing_rate = missing_rates[random_below(4)];
    ValueKind kind = random_below(3) ? KIND_TWO_DECIMALS : random_below(KIND_COUNT);
    size_t absent_in = random_below(2) ? 1 + random_below(8) : 0;
    for (size_t k = 0; k < years; k++) {
        if (absent_in && random_below(absent_in) == 0) continue;
        size_t offset = random_below(4);
        block.memory[k] = test_malloc((offset + lanes) * sizeof(double));
        fill_column(block.memory[k] + offset, lanes, missing_rate, kind);
        block.years[k] = block.memory[k] + offset;
    }
    block.history = (ColumnHistory){NULL, FIRST_YEAR, (int)years, lanes};
    return block;
}

static void free_block(Block *block) {
    for (size_t k = 0; k < COLUMNS_MOST_YEARS; k++)
        if (block->memory[k]) test_free(block->memory[k]);
}

// The observed values of one lane, as the scalar functions take them.
typedef struct LaneSeries {
    int years[COLUMNS_MOST_YEARS];
    double values[COLUMNS_MOST_YEARS];
    size_t count;
} LaneSeries;

static LaneSeries lane_series(const ColumnHistory *history, size_t lane) {
    LaneSeries series = {.count = 0};
    for (int k = 0; k < history->year_count; k++) {
        if (!history->years[k] || isnan(history->years[k][lane])) continue;
        series.years[series.count] = history->first_year + k;
        series.values[series.count++] = history->years[k][lane];
    }
    return series;
}

static void assert_same(double actual, double expected, const char *what, size_t lane) {
    uint64_t wanted = isnan(expected) ? 0x7ff8000000000000 : bits_of(expected);
    if (bits_of(actual) != wanted)
        fail_msg("%s of lane %zu: %a, expected %a", what, lane, actual, expected);
}

static void assert_untouched(const double *out, size_t lanes, const char *what) {
    for (size_t lane = lanes; lane < COLUMNS_MOST_LANES; lane++)
        if (out[lane] != -77) fail_msg("%s wrote lane %zu of %zu", what, lane, lanes);
}

// Outputs in which a lane that is not written can be told.
typedef struct Outputs {
    double first[COLUMNS_MOST_LANES], second[COLUMNS_MOST_LANES];
} Outputs;

static Outputs new_outputs(void) {
    Outputs outputs;
    for (size_t lane = 0; lane < COLUMNS_MOST_LANES; lane++)
        outputs.first[lane] = outputs.second[lane] = -77;
    return outputs;
}

// ---- histories ---------------------------------------------------------------------------------

static void check_years_of_data(const ColumnHistory *history) {
    Outputs outputs = new_outputs();
    columns_years_of_data(history, outputs.first);
    for (size_t lane = 0; lane < history->lanes; lane++)
        assert_same(outputs.first[lane], (double)lane_series(history, lane).count, "years", lane);
    assert_untouched(outputs.first, history->lanes, "years of data");
}

static void check_range(const ColumnHistory *history) {
    Outputs outputs = new_outputs();
    columns_range(history, outputs.first, outputs.second);
    for (size_t lane = 0; lane < history->lanes; lane++) {
        LaneSeries series = lane_series(history, lane);
        assert_same(outputs.first[lane], summary_minimum(series.values, series.count) + 0.0,
                    "least", lane);
        assert_same(outputs.second[lane], summary_maximum(series.values, series.count) + 0.0,
                    "most", lane);
    }
    assert_untouched(outputs.first, history->lanes, "least");
    assert_untouched(outputs.second, history->lanes, "most");
}

static void check_recent_change(const ColumnHistory *history) {
    Outputs outputs = new_outputs();
    columns_recent_change(history, outputs.first);
    for (size_t lane = 0; lane < history->lanes; lane++) {
        LaneSeries series = lane_series(history, lane);
        assert_same(outputs.first[lane],
                    progress_recent_change(series.years, series.values, series.count),
                    "recent change", lane);
    }
    assert_untouched(outputs.first, history->lanes, "recent change");
}

static void check_volatility(const ColumnHistory *history) {
    Outputs outputs = new_outputs();
    columns_volatility(history, outputs.first);
    for (size_t lane = 0; lane < history->lanes; lane++) {
        LaneSeries series = lane_series(history, lane);
        assert_same(outputs.first[lane], volatility_of(series.years, series.values, series.count),
                    "volatility", lane);
    }
    assert_untouched(outputs.first, history->lanes, "volatility");
}

static void over_random_blocks(void (*check)(const ColumnHistory *), uint64_t seed) {
    random_state = seed;
    for (size_t i = 0; i < BLOCKS; i++) {
        Block block = random_block();
        block.history.years = block.years;
        for (size_t l = 0; l < 3; l++) {
            columns_use(levels[l]);
            check(&block.history);
        }
        free_block(&block);
    }
    columns_use(COLUMNS_BEST);
}

static void test_years_of_data(void **state) {
    (void)state;
    over_random_blocks(check_years_of_data, 1);
}

static void test_range(void **state) {
    (void)state;
    over_random_blocks(check_range, 2);
}

static void test_recent_change(void **state) {
    (void)state;
    over_random_blocks(check_recent_change, 3);
}

static void test_volatility(void **state) {
    (void)state;
    over_random_blocks(check_volatility, 4);
}

// ---- lines -------------------------------------------------------------------------------------

static void check_line_year(const ColumnHistory *history, const ColumnLine *line, int year) {
    Outputs at = new_outputs(), interval = new_outputs();
    columns_line_at(line, year, at.first);
    columns_line_interval(line, year, interval.first, interval.second);
    for (size_t lane = 0; lane < history->lanes; lane++) {
        LaneSeries series = lane_series(history, lane);
        ForecastModel model;
        double forecast = NAN, low = NAN, high = NAN;
        if (forecast_fit(FORECAST_OLS, series.years, series.values, series.count, &model)) {
            forecast = forecast_at(&model, year);
            assert_true(forecast_interval(&model, year, &low, &high));
        }
        assert_same(at.first[lane], forecast, "forecast", lane);
        assert_same(interval.first[lane], low, "lower bound", lane);
        assert_same(interval.second[lane], high, "upper bound", lane);
    }
    assert_untouched(at.first, history->lanes, "forecast");
    assert_untouched(interval.first, history->lanes, "lower bound");
    assert_untouched(interval.second, history->lanes, "upper bound");
}

static void check_line(const ColumnHistory *history) {
    ColumnLine line;
    columns_fit_line(history, &line);
    int last_year = history->first_year + history->year_count - 1;
    check_line_year(history, &line, last_year + 1);
    check_line_year(history, &line, last_year + 9);
    check_line_year(history, &line, last_year - 3);
}

static double random_threshold(const ColumnHistory *history, size_t lane) {
    LaneSeries series = lane_series(history, lane);
    if (random_below(10) == 0 || series.count == 0) return random_below(2) ? NAN : random_finite();
    double last = series.values[series.count - 1];
    if (random_below(4) == 0) return last;
    return last + (random_share() - 0.5) * (random_below(2) ? 20 : last);
}

static void check_reach(const ColumnHistory *history) {
    ColumnLine line;
    columns_fit_line(history, &line);
    double thresholds[COLUMNS_MOST_LANES];
    for (size_t lane = 0; lane < history->lanes; lane++)
        thresholds[lane] = random_threshold(history, lane);
    TargetSide side = random_below(2) ? TARGET_SIDE_UP : TARGET_SIDE_DOWN;
    int from_year = history->first_year + history->year_count - 1 + (int)random_below(3);
    int horizon = (int)random_below(60) - 1;
    Outputs outputs = new_outputs();
    columns_line_reach(&line, thresholds, side, from_year, horizon, outputs.first);
    for (size_t lane = 0; lane < history->lanes; lane++) {
        LaneSeries series = lane_series(history, lane);
        ForecastModel model;
        double expected = NAN;
        if (forecast_fit(FORECAST_OLS, series.years, series.values, series.count, &model))
            expected = forecast_reach_year(&model, thresholds[lane], side, from_year, horizon);
        assert_same(outputs.first[lane], expected, "year of reaching", lane);
    }
    assert_untouched(outputs.first, history->lanes, "year of reaching");
}

static void test_lines(void **state) {
    (void)state;
    over_random_blocks(check_line, 5);
}

static void test_year_of_reaching(void **state) {
    (void)state;
    over_random_blocks(check_reach, 6);
}

// ---- values beside values ----------------------------------------------------------------------

static const double special_values[] = {
    0.0,      -0.0, NAN,     INFINITY, -INFINITY, 0x1p-1074, -0x1p-1022, 1e15,    -1e15,
    1e15 + 1, 1e-9, 0x1p-44, 0x1p48,   0x1p51,    0x1p52,    0x1p53,     1.7e308, 999999999.5,
    0.5,      1.5,  2.5,     2.675,    1.005,     0.285,     79.9,       80.1,    -12.345,
};
enum { SPECIAL_COUNT = sizeof special_values / sizeof *special_values };

static double next_door(double value) {
    for (size_t steps = random_below(3); steps > 0; steps--)
        value = nextafter(value, random_below(2) ? INFINITY : -INFINITY);
    return value;
}

// Decimals, halves of decimals, differences of decimals, what lies next to them, and anything else.
static double value_to_round(int digits) {
    double power = pow(10, digits), whole = floor(pow(10, 16 * random_share()));
    double sign = random_below(2) ? 1 : -1;
    switch (random_below(8)) {
        case 0: return special_values[random_below(SPECIAL_COUNT)];
        case 1: return random_finite();
        case 2: return sign * next_door(whole / power);
        case 3: return sign * next_door((whole + 0.5) / power);
        case 4: return sign * next_door(whole);
        case 5: return (double)random_below(1000000) / 100 - (double)random_below(1000000) / 100;
        case 6: return sign * random_share() * whole;
        default: return sign * (double)random_below(100000) / 1000;
    }
}

static void check_rounding(size_t lanes, int digits, Rounding rounding) {
    double values[COLUMNS_MOST_LANES];
    for (size_t lane = 0; lane < lanes; lane++)
        values[lane] = value_to_round(digits);
    for (size_t l = 0; l < 3; l++) {
        columns_use(levels[l]);
        Outputs outputs = new_outputs();
        columns_round(values, lanes, digits, rounding, outputs.first);
        memcpy(outputs.second, values, lanes * sizeof *values);
        columns_round(outputs.second, lanes, digits, rounding, outputs.second);
        for (size_t lane = 0; lane < lanes; lane++) {
            char what[128];
            snprintf(what, sizeof what, "%s: %a to %d digits (%d)", level_names[l], values[lane],
                     digits, (int)rounding);
            double expected = decimal_round(values[lane], digits, rounding);
            assert_same(outputs.first[lane], expected, what, lane);
            assert_same(outputs.second[lane], expected, what, lane);
        }
        assert_untouched(outputs.first, lanes, "rounding");
    }
    columns_use(COLUMNS_BEST);
}

static void test_rounding(void **state) {
    (void)state;
    random_state = 7;
    for (size_t i = 0; i < ROUNDED_BLOCKS; i++) {
        size_t lanes = 1 + random_below(COLUMNS_MOST_LANES);
        int digits = (int)random_below(DECIMAL_MAX_DIGITS + 3) - 1; // −1…13: bounded to 0…12
        check_rounding(lanes, digits, (Rounding)random_below(3));
    }
}

static double random_part_of_progress(void) {
    if (random_below(8) == 0) return special_values[random_below(SPECIAL_COUNT)];
    return random_value(random_below(2) ? KIND_TWO_DECIMALS : (ValueKind)random_below(KIND_COUNT));
}

static void check_progress(size_t lanes, TargetSide side) {
    double parts[3][COLUMNS_MOST_LANES];
    for (size_t lane = 0; lane < lanes; lane++)
        for (size_t part = 0; part < 3; part++)
            parts[part][lane] = random_part_of_progress();
    for (size_t l = 0; l < 3; l++) {
        columns_use(levels[l]);
        Outputs outputs = new_outputs();
        columns_progress(parts[0], parts[1], parts[2], side, lanes, outputs.first);
        for (size_t lane = 0; lane < lanes; lane++)
            assert_same(outputs.first[lane],
                        progress_toward(parts[0][lane], parts[1][lane], parts[2][lane], side),
                        level_names[l], lane);
        assert_untouched(outputs.first, lanes, "progress");
        memcpy(outputs.second, parts[0], lanes * sizeof(double));
        columns_progress(outputs.second, parts[1], parts[2], side, lanes, outputs.second);
        assert_memory_equal(outputs.second, outputs.first, lanes * sizeof(double));
    }
    columns_use(COLUMNS_BEST);
}

static void test_progress(void **state) {
    (void)state;
    random_state = 8;
    for (size_t i = 0; i < BLOCKS; i++)
        check_progress(1 + random_below(COLUMNS_MOST_LANES), (TargetSide)random_below(2));
}

// ---- what results can hold ---------------------------------------------------------------------

static double random_untrusted(void) {
    static const uint64_t bits[] = {0x7ff8000000000000, 0x7ff8000000000001, 0xfff8000000000000,
                                    0x7ff0000000000001, 0xffffffffffffffff, 0x7ff0000000000000};
    switch (random_below(4)) {
        case 0: return from_bits(bits[random_below(6)]);
        case 1: return special_values[random_below(SPECIAL_COUNT)];
        case 2: return next_door(random_below(2) ? 1e15 : -1e15);
        default: return from_bits(random_bits());
    }
}

static double made_plain(double value) {
    if (!isfinite(value) || fabs(value) > 1e15) return NAN;
    return value == 0 ? 0 : value;
}

static void test_plain(void **state) {
    (void)state;
    random_state = 9;
    for (size_t i = 0; i < BLOCKS; i++) {
        size_t lanes = 1 + random_below(COLUMNS_MOST_LANES);
        double values[COLUMNS_MOST_LANES];
        for (size_t lane = 0; lane < lanes; lane++)
            values[lane] = random_untrusted();
        for (size_t l = 0; l < 3; l++) {
            columns_use(levels[l]);
            Outputs outputs = new_outputs();
            memcpy(outputs.first, values, lanes * sizeof *values);
            columns_plain(outputs.first, lanes);
            for (size_t lane = 0; lane < lanes; lane++)
                assert_same(outputs.first[lane], made_plain(values[lane]), level_names[l], lane);
            assert_untouched(outputs.first, lanes, "plain");
            assert_true(columns_are_plain(outputs.first, lanes));
        }
        columns_use(COLUMNS_BEST);
    }
}

static bool is_plain(double value) {
    uint64_t plain = bits_of(made_plain(value));
    return bits_of(value) == (isnan(value) ? 0x7ff8000000000000 : plain);
}

// One value of any kind in a column of good ones, at any place.
static void test_one_value_that_is_not_plain(void **state) {
    (void)state;
    random_state = 10;
    enum { LONGEST = 5000 };
    double *column = test_malloc(LONGEST * sizeof *column);
    for (size_t i = 0; i < LONGEST; i++)
        column[i] = i % 7 == 0 ? from_bits(0x7ff8000000000000) : (double)i / 100 - 20;
    for (size_t i = 0; i < 3000; i++) {
        size_t count = 1 + random_below(i % 2 ? 40 : LONGEST), place = random_below(count);
        double before = column[place], value = random_untrusted();
        column[place] = value;
        for (size_t l = 0; l < 3; l++) {
            columns_use(levels[l]);
            if (columns_are_plain(column, count) != is_plain(value))
                fail_msg("%s: %a at %zu of %zu", level_names[l], value, place, count);
        }
        column[place] = before;
        assert_true(columns_are_plain(column, count));
    }
    assert_true(columns_are_plain(column, 0));
    columns_use(COLUMNS_BEST);
    test_free(column);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_years_of_data), cmocka_unit_test(test_range),
        cmocka_unit_test(test_recent_change), cmocka_unit_test(test_volatility),
        cmocka_unit_test(test_lines),         cmocka_unit_test(test_year_of_reaching),
        cmocka_unit_test(test_rounding),      cmocka_unit_test(test_progress),
        cmocka_unit_test(test_plain),         cmocka_unit_test(test_one_value_that_is_not_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
