// Results of contenders: what counts as a difference, and the files they travel in.
#include "core/bench/results.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "core/bench/limit.h"
#include "core/bench/scratch.h"

enum { REGIONS = 13, INDICATORS = 9 };

static void compute(Results *results) {
    NationSize size = {REGIONS, INDICATORS, NATION_MOST_YEARS, 1};
    Nation *nation = nation_new(&size);
    results_init(results, INDICATORS, REGIONS);
    limit_compute(nation, 1, results, NULL);
    nation_free(nation);
}

// The next double; a missing figure becomes one.
static void nudge(double *value) {
    *value = isnan(*value) ? 0 : nextafter(*value, INFINITY);
}

typedef void (*ChangeFunction)(Results *results, size_t cell);

static void change_status(Results *results, size_t cell) {
    results->statuses[cell] = (uint8_t)((results->statuses[cell] + 1) % 4);
}
static void change_level(Results *results, size_t cell) {
    results->levels[cell] ^= 2;
}
static void change_progress(Results *results, size_t cell) {
    nudge(&results->progress[cell]);
}
static void change_forecast(Results *results, size_t cell) {
    nudge(&results->forecast[cell]);
}
static void change_forecast_final(Results *results, size_t cell) {
    nudge(&results->forecast_final[cell]);
}
static void change_volatility(Results *results, size_t cell) {
    nudge(&results->volatility[cell]);
}
static void change_score(Results *results, size_t cell) {
    nudge(&results->scores[cell % REGIONS]);
}
static void change_rank(Results *results, size_t cell) {
    results->ranks[cell % REGIONS]++;
}

static void one_changed_value_changes_the_checksum_and_is_named(void **state) {
    (void)state;
    static const struct {
        ChangeFunction change;
        const char *name;
    } changes[] = {{change_status, "status of i003 in region 4: "},
                   {change_level, "level of i003 in region 4: "},
                   {change_progress, "progress of i003 in region 4: "},
                   {change_forecast, "forecast of i003 in region 4: "},
                   {change_forecast_final, "forecast_final of i003 in region 4: "},
                   {change_volatility, "volatility of i003 in region 4: "},
                   {change_score, "score of region 4: "},
                   {change_rank, "rank of region 4: "}};
    for (size_t c = 0; c < sizeof changes / sizeof *changes; c++) {
        Results expected, found;
        char text[256];
        compute(&expected);
        compute(&found);
        assert_true(results_checksum(&expected) == results_checksum(&found));
        assert_false(results_first_difference(&found, &expected, text, sizeof text));
        changes[c].change(&found, 2 * REGIONS + 4);
        assert_true(results_checksum(&expected) != results_checksum(&found));
        assert_true(results_first_difference(&found, &expected, text, sizeof text));
        if (strncmp(text, changes[c].name, strlen(changes[c].name)) != 0)
            fail_msg("\"%s\" does not begin with \"%s\"", text, changes[c].name);
        results_free(&expected);
        results_free(&found);
    }
}

static void both_zeros_and_all_nans_are_the_same(void **state) {
    (void)state;
    Results one, other;
    char text[256];
    results_init(&one, INDICATORS, REGIONS);
    results_init(&other, INDICATORS, REGIONS);
    other.progress[5] = -0.0;
    one.forecast[6] = NAN;
    other.forecast[6] = -NAN;
    assert_true(results_checksum(&one) == results_checksum(&other));
    assert_false(results_first_difference(&one, &other, text, sizeof text));
    results_free(&one);
    results_free(&other);
}

// Values that change places are a difference, though the set of values is the same.
static void swapped_values_change_the_checksum(void **state) {
    (void)state;
    Results results;
    compute(&results);
    uint64_t before = results_checksum(&results);
    double first = results.volatility[0];
    assert_true(first != results.volatility[1]);
    results.volatility[0] = results.volatility[1];
    results.volatility[1] = first;
    assert_true(results_checksum(&results) != before);
    results_free(&results);
}

static void files_carry_every_bit(void **state) {
    (void)state;
    Results written, read;
    Error error = {0};
    char folder[SCRATCH_PATH_SIZE];
    compute(&written);
    results_init(&read, INDICATORS, REGIONS);
    assert_true(scratch_make(folder, &error));
    assert_true(results_write(&written, folder, &error));
    assert_true(results_read(&read, folder, &error));
    assert_true(results_checksum(&written) == results_checksum(&read));
    scratch_remove(folder);
    assert_int_not_equal(access(folder, F_OK), 0);
    results_free(&written);
    results_free(&read);
}

static void put_text(const char *folder, const char *name, const char *text) {
    char path[SCRATCH_PATH_SIZE + 40];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void malformed_files_are_refused(void **state) {
    (void)state;
    static const char *const rows[] = {
        "0,0,0,0,,,\n",               // a field is missing
        "0,0,0,0,,,,,\n",             // one too many
        "0,0,0,0,x,,,\n",             // no number
        "9,0,0,0,,,,\n",              // no such indicator
        "0,13,0,0,,,,\n",             // no such region
        "0,0,5,0,,,,\n",              // no such status
        "0,0,0,5,,,,\n",              // no such level
        "0.5,0,0,0,,,,\n",            // no whole number
        ",0,0,0,,,,\n",               // nothing
        "0,0,0,0,,,,\n0,0,0,0,,,,\n", // twice
        "0,0,0,0,,,,\n",              // the others are missing
    };
    char folder[SCRATCH_PATH_SIZE];
    Error error = {0};
    assert_true(scratch_make(folder, &error));
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        Results results;
        char text[256];
        snprintf(text, sizeof text, "header\n%s", rows[r]);
        put_text(folder, RESULTS_FIGURES, text);
        results_init(&results, INDICATORS, REGIONS);
        error = (Error){0};
        if (results_read(&results, folder, &error)) fail_msg("row %zu was taken", r);
        assert_int_equal(error.code, ERROR_INPUT);
        results_free(&results);
    }
    scratch_remove(folder);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_changed_value_changes_the_checksum_and_is_named),
        cmocka_unit_test(both_zeros_and_all_nans_are_the_same),
        cmocka_unit_test(swapped_values_change_the_checksum),
        cmocka_unit_test(files_carry_every_bit),
        cmocka_unit_test(malformed_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
