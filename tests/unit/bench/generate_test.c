// The nation made from a seed: the same everywhere, and as it is said to be.
#include "core/bench/generate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/decimal.h"
#include "core/base/hash.h"
#include "core/base/memory.h"

// Made by tests/data/bench/expected_nation.py 25 12 10 1.
static const char FIGURES_HASH[] =
    "910ea86e828891f161f5670c59f3ee682b38fdeaa5ea0145ef594522e2d45b99";

static Nation *make(int regions, int indicators, int years, uint64_t seed) {
    NationSize size = {regions, indicators, years, seed};
    Error error = {0};
    assert_true(nation_check_size(&size, &error));
    return nation_new(&size);
}

static size_t figure_count(const Nation *nation) {
    return (size_t)nation->size.regions * (size_t)nation->size.indicators *
           (size_t)nation->size.years;
}

// Figures as whole hundredths, so that the hash does not know how doubles are stored.
static void hash_figures(const Nation *nation, char hash[HASH_TEXT_SIZE]) {
    Buffer text = {0};
    for (size_t i = 0; i < figure_count(nation); i++)
        if (isnan(nation->values[i]))
            buffer_text(&text, "-\n");
        else
            buffer_printf(&text, "%ld\n", lround(nation->values[i] * 100));
    hash_bytes(text.data, text.length, hash);
    buffer_free(&text);
}

static void figures_are_pinned(void **state) {
    (void)state;
    char hash[HASH_TEXT_SIZE], other[HASH_TEXT_SIZE];
    Nation *nation = make(25, 12, 10, 1), *again = make(25, 12, 10, 2);
    hash_figures(nation, hash);
    hash_figures(again, other);
    assert_string_equal(hash, FIGURES_HASH);
    assert_string_not_equal(hash, other);
    nation_free(nation);
    nation_free(again);
}

// A larger nation holds the smaller one's series, and fewer years are the last ones.
static void a_figure_depends_on_its_place_alone(void **state) {
    (void)state;
    Nation *small = make(10, 16, 10, 1), *large = make(40, 16, 10, 1);
    size_t compared = 0;
    for (int i = 0; i < 16; i++) {
        for (int year = 2015; year <= 2024; year++) {
            const double *few = nation_column(small, i, year),
                         *many = nation_column(large, i, year);
            for (int r = 0; r < 10; r++) {
                assert_true(few[r] == many[r] || (isnan(few[r]) && isnan(many[r])));
                compared += !isnan(few[r]);
            }
        }
    }
    assert_true(compared > 1500);
    nation_free(small);
    nation_free(large);
}

static void figures_have_two_decimals_and_bounds(void **state) {
    (void)state;
    Nation *nation = make(60, 64, 10, 7);
    for (int i = 0; i < nation->size.indicators; i++) {
        const NationKind *kind = &nation_kinds[nation->indicators[i].kind];
        for (int year = nation->first_year; year <= NATION_CURRENT_YEAR; year++) {
            const double *column = nation_column(nation, i, year);
            for (int r = 0; r < nation->size.regions; r++) {
                if (isnan(column[r])) continue;
                assert_true(column[r] == decimal_round(column[r], 2, ROUNDING_HALF_UP));
                if (kind->is_share) assert_true(column[r] >= 0 && column[r] <= 140);
            }
        }
    }
    nation_free(nation);
}

static void about_one_and_a_half_in_a_hundred_are_missing(void **state) {
    (void)state;
    Nation *nation = make(300, 64, 10, 1);
    size_t missing = 0;
    for (size_t i = 0; i < figure_count(nation); i++)
        missing += isnan(nation->values[i]);
    double share = (double)missing / (double)figure_count(nation);
    assert_true(share > 0.013 && share < 0.017);
    nation_free(nation);
}

// The smallest sizes are where a whole year could most easily go missing.
static void no_year_of_a_region_and_no_series_is_missing(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        Nation *nation = make(30, NATION_DOMAINS, NATION_LEAST_YEARS, seed);
        for (int r = 0; r < nation->size.regions; r++) {
            int of_year[NATION_MOST_YEARS] = {0};
            for (int i = 0; i < nation->size.indicators; i++) {
                int of_series = 0;
                for (int y = 0; y < nation->size.years; y++) {
                    bool there = !isnan(nation_column(nation, i, nation->first_year + y)[r]);
                    of_series += there;
                    of_year[y] += there;
                }
                assert_true(of_series > 0);
            }
            for (int y = 0; y < nation->size.years; y++)
                assert_true(of_year[y] > 0);
        }
        nation_free(nation);
    }
}

static void many_series_are_flat(void **state) {
    (void)state;
    Nation *nation = make(200, 32, 10, 1);
    int flat = 0, all = 200 * 32;
    for (int i = 0; i < 32; i++) {
        for (int r = 0; r < 200; r++) {
            double least = INFINITY, most = -INFINITY;
            for (int year = 2015; year <= 2024; year++) {
                least = fmin(least, nation_column(nation, i, year)[r]);
                most = fmax(most, nation_column(nation, i, year)[r]);
            }
            flat += least == most;
        }
    }
    assert_true(flat > all * 25 / 100 && flat < all * 40 / 100);
    nation_free(nation);
}

static void regions_are_a_tree_of_unique_codes(void **state) {
    (void)state;
    static const int sizes[] = {1, 30, 31, 2900, 40000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        Nation *nation = make(sizes[s], NATION_DOMAINS, NATION_LEAST_YEARS, 1);
        bool *seen = memory_new(1000000, sizeof *seen);
        int counties = 0;
        for (size_t r = 0; r < nation->region_count; r++) {
            const NationRegion *region = &nation->regions[r];
            assert_int_equal(strlen(region->code), 6);
            assert_false(seen[atoi(region->code)]);
            seen[atoi(region->code)] = true;
            assert_true(region->parent < (int)r);
            if (strcmp(region->level, "county") != 0) continue;
            assert_int_equal(nation->counties[counties++], (int)r);
            const NationRegion *city = &nation->regions[region->parent];
            assert_string_equal(city->level, "city");
            assert_memory_equal(city->code, region->code, 4);
            assert_string_equal(nation->regions[city->parent].level, "province");
        }
        assert_int_equal(counties, sizes[s]);
        free(seen);
        nation_free(nation);
    }
}

static void sizes_out_of_bounds_are_refused(void **state) {
    (void)state;
    static const NationSize sizes[] = {{0, 8, 5, 1},         {100001, 8, 5, 1}, {1, 7, 5, 1},
                                       {1, 1001, 5, 1},      {1, 8, 4, 1},      {1, 8, 11, 1},
                                       {100000, 1000, 10, 1}};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        Error error = {0};
        assert_false(nation_check_size(&sizes[s], &error));
        assert_int_equal(error.code, ERROR_USAGE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_pinned),
        cmocka_unit_test(a_figure_depends_on_its_place_alone),
        cmocka_unit_test(figures_have_two_decimals_and_bounds),
        cmocka_unit_test(about_one_and_a_half_in_a_hundred_are_missing),
        cmocka_unit_test(no_year_of_a_region_and_no_series_is_missing),
        cmocka_unit_test(many_series_are_flat),
        cmocka_unit_test(regions_are_a_tree_of_unique_codes),
        cmocka_unit_test(sizes_out_of_bounds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
