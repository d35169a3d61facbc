// Decimal text and rounding, by hand, over seeded random doubles, and against Python's decimal
// module (tests/data/base/expected_decimal.py).
#include "core/base/decimal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// The generator splitmix64: the same doubles on every machine.
static uint64_t next_random(uint64_t *random) {
    uint64_t bits = *random += 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31);
}

static double random_share(uint64_t *random) {
    return (double)(next_random(random) >> 11) / 9007199254740992.0;
}

static void assert_fixed(double value, int digits, Rounding rounding, const char *expected) {
    char text[DECIMAL_TEXT_SIZE];
    decimal_fixed(value, digits, rounding, text);
    if (strcmp(text, expected) != 0)
        fail_msg("%.17g to %d digits, rounding %d: \"%s\", expected \"%s\"", value, digits,
                 rounding, text, expected);
    double rounded = decimal_round(value, digits, rounding);
    if (rounded != strtod(expected, NULL) || (rounded == 0 && signbit(rounded)))
        fail_msg("decimal_round(%.17g, %d, %d) is %.17g, expected %s", value, digits, rounding,
                 rounded, expected);
}

static void test_halves(void **state) {
    (void)state;
    assert_fixed(2.675, 2, ROUNDING_HALF_UP, "2.68");
    assert_fixed(2.675, 2, ROUNDING_TRUNCATE, "2.67");
    assert_fixed(2.675, 2, ROUNDING_HALF_EVEN, "2.68");
    assert_fixed(2.665, 2, ROUNDING_HALF_EVEN, "2.66");
    assert_fixed(2.6650001, 2, ROUNDING_HALF_EVEN, "2.67");
    assert_fixed(-2.675, 2, ROUNDING_HALF_UP, "-2.68");
    assert_fixed(0.5, 0, ROUNDING_HALF_UP, "1");
    assert_fixed(0.5, 0, ROUNDING_HALF_EVEN, "0");
    assert_fixed(1.5, 0, ROUNDING_HALF_EVEN, "2");
    assert_fixed(1.005, 2, ROUNDING_HALF_UP, "1.01");
}

static void test_published_rates(void **state) {
    (void)state;
    assert_fixed(100.0 * 26 / 29, 2, ROUNDING_TRUNCATE, "89.65");
    assert_fixed(100.0 * 51 / 53, 2, ROUNDING_TRUNCATE, "96.22");
    assert_fixed(100.0 * 26 / 29, 2, ROUNDING_HALF_UP, "89.66");
    assert_fixed(100.0 * 51 / 53, 2, ROUNDING_HALF_UP, "96.23");
}

static void test_edges(void **state) {
    (void)state;
    assert_fixed(0, 2, ROUNDING_HALF_UP, "0.00");
    assert_fixed(-0.0, 2, ROUNDING_HALF_UP, "0.00");
    assert_fixed(-0.004, 2, ROUNDING_HALF_UP, "0.00");
    assert_fixed(-0.005, 2, ROUNDING_HALF_UP, "-0.01");
    assert_fixed(0.0005, 3, ROUNDING_HALF_UP, "0.001");
    assert_fixed(0.00049, 3, ROUNDING_HALF_UP, "0.000");
    assert_fixed(9.999, 2, ROUNDING_HALF_UP, "10.00");
    assert_fixed(999999999999999.0, 0, ROUNDING_HALF_UP, "999999999999999");
    assert_fixed(5e-324, 12, ROUNDING_HALF_UP, "0.000000000000");
    assert_fixed(1.25, -3, ROUNDING_HALF_UP, "1");
    assert_fixed(1.25, 99, ROUNDING_HALF_UP, "1.250000000000");
    assert_fixed(1e15, 2, ROUNDING_HALF_UP, "1e+15");
    assert_fixed(-1.5e300, 2, ROUNDING_HALF_UP, "-1.5e+300");
}

static void test_not_finite(void **state) {
    (void)state;
    char text[DECIMAL_TEXT_SIZE];
    decimal_fixed(NAN, 2, ROUNDING_HALF_UP, text);
    assert_string_equal(text, "nan");
    assert_fixed(INFINITY, 2, ROUNDING_HALF_UP, "inf");
    assert_fixed(-INFINITY, 2, ROUNDING_HALF_UP, "-inf");
    assert_true(isnan(decimal_round(NAN, 2, ROUNDING_HALF_UP)));
}

static void test_shortest_text(void **state) {
    (void)state;
    const struct {
        double value;
        const char *text;
    } cases[] = {{12.4, "12.4"},     {-0.0, "0"},          {1e22, "1e+22"},
                 {0.1, "0.1"},       {100, "100"},         {0.1 + 0.2, "0.30000000000000004"},
                 {-14.3, "-14.3"},   {NAN, "nan"},         {INFINITY, "inf"},
                 {5e-324, "5e-324"}, {-5e-324, "-5e-324"}, {-INFINITY, "-inf"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[DECIMAL_TEXT_SIZE];
        decimal_shortest(cases[i].value, text);
        assert_string_equal(text, cases[i].text);
    }
}

static void test_shortest_reads_back(void **state) {
    (void)state;
    uint64_t random = 20240501;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&random);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        char text[DECIMAL_TEXT_SIZE];
        decimal_shortest(value, text);
        if (strtod(text, NULL) != value) fail_msg("%a is printed as %s", value, text);
    }
}

// The definition, digit by digit.
static void shortest_by_trying(double value, char out[DECIMAL_TEXT_SIZE]) {
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(out, DECIMAL_TEXT_SIZE, "%.*g", precision, value);
        if (strtod(out, NULL) == value) return;
    }
}

static void assert_shortest(double value) {
    char text[DECIMAL_TEXT_SIZE], wanted[DECIMAL_TEXT_SIZE];
    for (int sign = 0; sign < 2; sign++, value = -value) {
        decimal_shortest(value, text);
        shortest_by_trying(value, wanted);
        assert_string_equal(text, wanted);
    }
}

static void test_plain_figures_are_printed_as_by_trying(void **state) {
    (void)state;
    uint64_t seed = 42;
    for (int i = 0; i < 100000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        // Of every size, with few digits and with many, and their neighbours.
        double value = (double)(seed >> 40) * pow(10, (int)(seed >> 8 & 31) - 20);
        value = i % 2 ? value : value / 3;
        if (value == 0) continue;
        assert_shortest(value);
        assert_shortest(nextafter(value, INFINITY));
        assert_shortest(nextafter(value, 0));
    }
    for (int exponent = -7; exponent <= 17; exponent++) {
        double power = pow(10, exponent);
        assert_shortest(power);
        assert_shortest(nextafter(power, INFINITY));
        assert_shortest(nextafter(power, 0));
        assert_shortest(power * 9.99999999999999);
    }
}

static void test_typed_figures_come_back_as_typed(void **state) {
    (void)state;
    uint64_t random = 20301231;
    for (int i = 0; i < 20000; i++) {
        char typed[DECIMAL_TEXT_SIZE], shortest[DECIMAL_TEXT_SIZE];
        int places = (int)(next_random(&random) % 5);
        unsigned whole = (unsigned)(next_random(&random) % 1000000);
        unsigned part = (unsigned)(next_random(&random) % 10000);
        snprintf(typed, sizeof typed, "%u.%04u", whole, part);
        double value;
        assert_true(decimal_parse(typed, &value));
        assert_fixed(value, 4, ROUNDING_TRUNCATE, typed);
        decimal_shortest(value, shortest);
        assert_true(strncmp(typed, shortest, strlen(shortest)) == 0);
        // Rounded once, a figure stays as it is under every rule.
        double rounded = decimal_round(value, places, ROUNDING_HALF_UP);
        assert_true(decimal_round(rounded, places, ROUNDING_TRUNCATE) == rounded);
        assert_true(decimal_round(rounded, places, ROUNDING_HALF_EVEN) == rounded);
    }
}

// decimal_round decides clear cases on the binary value; it must agree with the printed text.
static void test_round_agrees_with_fixed(void **state) {
    (void)state;
    uint64_t random = 7;
    for (int i = 0; i < 100000; i++) {
        int places = (int)(next_random(&random) % 13);
        Rounding rounding = (Rounding)(next_random(&random) % 3);
        double value = (random_share(&random) - 0.5) * pow(10, 20 * random_share(&random) - 8);
        if (i % 2) value = round(value * 1000) / 2000;
        char text[DECIMAL_TEXT_SIZE];
        decimal_fixed(value, places, rounding, text);
        double rounded = decimal_round(value, places, rounding);
        if (rounded != strtod(text, NULL))
            fail_msg("%a, %d places, rounding %d: %.17g, not %s", value, places, rounding, rounded,
                     text);
    }
}

static int significant_digits(const char *text) {
    int digits = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && digits == 0)) continue;
        digits++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return digits > zeros ? digits - zeros : 1;
}

static void test_against_python(void **state) {
    (void)state;
    FILE *file = fopen(TEST_DATA "/base/expected_decimal.csv", "r");
    assert_non_null(file);
    char line[256], value_text[40], texts[3][DECIMAL_TEXT_SIZE], shortest[DECIMAL_TEXT_SIZE];
    int digits, places, rows = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#') continue;
        assert_int_equal(sscanf(line, "%39[^,],%d,%d,%39[^,],%39[^,],%39[^,\n]", value_text,
                                &digits, &places, texts[0], texts[1], texts[2]),
                         6);
        double value = strtod(value_text, NULL);
        assert_fixed(value, places, ROUNDING_HALF_UP, texts[0]);
        assert_fixed(value, places, ROUNDING_TRUNCATE, texts[1]);
        assert_fixed(value, places, ROUNDING_HALF_EVEN, texts[2]);
        decimal_shortest(value, shortest);
        if (significant_digits(shortest) != digits)
            fail_msg("%s has not %d digits", shortest, digits);
        rows++;
    }
    fclose(file);
    assert_true(rows > 800);
}

static void test_parse(void **state) {
    (void)state;
    const struct {
        const char *text;
        double value;
    } good[] = {{"12", 12},       {"-3.5", -3.5}, {"1e3", 1000},  {" \t14.3\r\n", 14.3},
                {"+0.5", 0.5},    {".5", 0.5},    {"1E-2", 0.01}, {"1e15", 1e15},
                {"-1e15", -1e15}, {"007", 7},     {"-0", 0},      {"1e-400", 0}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double value = NAN;
        if (!decimal_parse(good[i].text, &value) || value != good[i].value ||
            signbit(value) != signbit(good[i].value))
            fail_msg("\"%s\" gives %.17g", good[i].text, value);
    }
    const char *bad[] = {"",     " ",       "abc",   "12a",      "1 2",   "1,234",
                         "0x10", "inf",     "nan",   "--1",      "1e",    "e5",
                         ".",    "+",       "-",     "1.2.3",    "１２",  "12%",
                         "2e15", "-1.1e15", "1e400", "infinity", "1e5e5", "12\xe3\x80\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value = 42;
        if (decimal_parse(bad[i], &value)) fail_msg("\"%s\" was read as %.17g", bad[i], value);
        assert_true(value == 42);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_halves),
        cmocka_unit_test(test_published_rates),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_not_finite),
        cmocka_unit_test(test_shortest_text),
        cmocka_unit_test(test_shortest_reads_back),
        cmocka_unit_test(test_plain_figures_are_printed_as_by_trying),
        cmocka_unit_test(test_typed_figures_come_back_as_typed),
        cmocka_unit_test(test_round_agrees_with_fixed),
        cmocka_unit_test(test_against_python),
        cmocka_unit_test(test_parse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
