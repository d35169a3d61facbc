// Decimal printing and rounding: see decimal.h.
#include "core/base/decimal.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double LARGEST_FIXED = 1e15;

const double decimal_powers[DECIMAL_MAX_DIGITS + 1] = {1,   1e1, 1e2, 1e3,  1e4,  1e5, 1e6,
                                                       1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

// Writes digits · 10^-places without a point or zeros at the end that say nothing.
static void write_digits(bool negative, uint64_t digits, int places, char out[DECIMAL_TEXT_SIZE]) {
    char reversed[DECIMAL_TEXT_SIZE];
    int count = 0;
    for (; places > 0 && digits % 10 == 0; places--)
        digits /= 10;
    for (int at = 0; digits > 0 || at <= places; at++) {
        if (at == places && places > 0) reversed[count++] = '.';
        reversed[count++] = (char)('0' + digits % 10);
        digits /= 10;
    }
    if (negative) *out++ = '-';
    while (count > 0)
        *out++ = reversed[--count];
    *out = '\0';
}

// The shortest text of a figure as they mostly are: plain, and of at most 15 digits.
//
// Let 10^p bring the magnitude v to 15 digits before the point. A decimal of at most 15 digits that
// reads back as v is within half a unit in the last place of v, so v·10^p, computed with one more
// such error, is nearest to the whole number K that the decimal is of 10^p. The test K/10^p = v has
// one rounding, as reading the decimal has, both being exact; so it holds when and only when there
// is such a decimal. There is but one, the one that %.15g prints, and in these bounds it prints it
// without an exponent.
static bool shortest_plain(double value, char out[DECIMAL_TEXT_SIZE]) {
    static const double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
    enum { MOST_PLACES = sizeof powers / sizeof *powers - 1 };
    static const double least = 1e-4, fifteen_digits = 1e14;
    double magnitude = fabs(value);
    int places = 0;
    if (!(magnitude >= least && magnitude < LARGEST_FIXED)) return false;
    while (places < MOST_PLACES && magnitude * powers[places] < fifteen_digits)
        places++;
    double whole = rint(magnitude * powers[places]);
    if (whole / powers[places] != magnitude) return false;
    write_digits(value < 0, (uint64_t)whole, places, out);
    return true;
}

void decimal_shortest(double value, char out[DECIMAL_TEXT_SIZE]) {
    if (isnan(value)) {
        memcpy(out, "nan", sizeof "nan");
        return;
    }
    if (isinf(value)) {
        snprintf(out, DECIMAL_TEXT_SIZE, "%s", value < 0 ? "-inf" : "inf");
        return;
    }
    if (value == 0) {
        memcpy(out, "0", sizeof "0");
        return;
    }
    if (shortest_plain(value, out)) return;
    // Any text of up to 15 digits survives the way through a normal double, so 15 finds it; below
    // the normal doubles fewer digits tell two neighbours apart. Of the powers of two some 16-digit
    // texts are missed (2^-44): the text then has 17 digits, and still reads back.
    for (int precision = fabs(value) < DBL_MIN ? 1 : 15; precision <= 17; precision++) {
        snprintf(out, DECIMAL_TEXT_SIZE, "%.*g", precision, value);
        if (strtod(out, NULL) == value) return;
    }
}

// The significant digits of the shortest text and the power of ten of the first one:
// value = 0.d1d2d3… × 10^point.
static int significant_digits(double magnitude, char digits[20], int *point) {
    char text[DECIMAL_TEXT_SIZE];
    for (int precision = 14; precision <= 16; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, magnitude);
        if (strtod(text, NULL) == magnitude) break;
    }
    char *exponent = strchr(text, 'e');
    *point = atoi(exponent + 1) + 1;
    int count = 0;
    for (const char *at = text; at < exponent; at++)
        if (isdigit((unsigned char)*at)) digits[count++] = *at;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

static bool rounds_up(const char *digits, int count, int keep, Rounding rounding) {
    if (rounding == ROUNDING_TRUNCATE || keep < 0 || keep >= count) return false;
    if (digits[keep] != '5') return digits[keep] > '5';
    bool beyond_half = keep + 1 < count; // trailing zeros were dropped, so any digit is not zero
    if (beyond_half || rounding == ROUNDING_HALF_UP) return true;
    return keep > 0 && (digits[keep - 1] - '0') % 2 == 1;
}

void decimal_fixed(double value, int places, Rounding rounding, char out[DECIMAL_TEXT_SIZE]) {
    if (!isfinite(value) || fabs(value) >= LARGEST_FIXED) {
        decimal_shortest(value, out);
        return;
    }
    if (places < 0) places = 0;
    if (places > DECIMAL_MAX_DIGITS) places = DECIMAL_MAX_DIGITS;

    char digits[20];
    int point = 0, count = 0;
    if (value != 0) count = significant_digits(fabs(value), digits, &point);

    // All digits up to `places` behind the point, as one integer text with a leading 0 for a carry.
    char whole[40] = "";
    int length = 0, keep = point + places;
    whole[length++] = '0';
    for (int i = 0; i < keep; i++)
        whole[length++] = i < count ? digits[i] : '0';
    if (rounds_up(digits, count, keep, rounding)) {
        int at = length - 1;
        while (whole[at] == '9')
            whole[at--] = '0';
        whole[at]++;
    }

    whole[length] = '\0';
    bool zero = strspn(whole, "0") == (size_t)length;
    char *write = out;
    if (value < 0 && !zero) *write++ = '-';
    int integer_digits = length - places;
    const char *read = whole;
    if (integer_digits <= 0) {
        *write++ = '0';
    } else {
        while (integer_digits > 1 && *read == '0') {
            read++;
            integer_digits--;
        }
        while (integer_digits-- > 0)
            *write++ = *read++;
    }
    if (places > 0) {
        *write++ = '.';
        for (int missing = places - length; missing > 0; missing--)
            *write++ = '0';
        while (*read)
            *write++ = *read++;
    }
    *write = '\0';
}

// Rounds without going through text where that cannot matter. Let v be the value's magnitude, P the
// power of ten, K the whole number nearest to v·P, T the shortest decimal that reads back as v.
// - A decimal of at most 15 digits survives the way through a double. So when K < 1e15 and K/P is v
//   (the division is exact to the last bit, and so is P), T is K/P and has no digit to round away.
// - Else T lies within half a unit in the last place of v, and so does the computed v·P of the true
//   one: together they are wrong by at most 2^-52 of v·P. Farther than that from where the decision
//   falls (four times that is asked for) the decision is that of T, and a whole number over an
//   exact power of ten is the double nearest to the decimal.
static bool round_clear_case(double value, int places, Rounding rounding, double *out) {
    static const double exact_limit = 1e15, relative_margin = 0x1p-50;
    if (places < 0 || places > DECIMAL_MAX_DIGITS) return false;
    double power = decimal_powers[places], magnitude = fabs(value), scaled = magnitude * power;
    if (!(scaled < exact_limit)) return false;
    double whole = rint(scaled), difference = scaled - whole;
    bool unchanged = whole / power == magnitude;
    double margin = scaled * relative_margin;
    if (!unchanged && rounding == ROUNDING_TRUNCATE) {
        if (fabs(difference) <= margin) return false;
        if (difference < 0) whole--;
    } else if (!unchanged && fabs(difference) >= 0.5 - margin) {
        return false;
    }
    *out = whole == 0 ? 0 : copysign(whole / power, value);
    return true;
}

double decimal_round(double value, int places, Rounding rounding) {
    if (!isfinite(value)) return value;
    double rounded;
    if (round_clear_case(value, places, rounding, &rounded)) return rounded;
    char text[DECIMAL_TEXT_SIZE];
    decimal_fixed(value, places, rounding, text);
    return strtod(text, NULL);
}

bool decimal_parse(const char *text, double *out) {
    while (isspace((unsigned char)*text))
        text++;
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    if (length == 0 || length > 40 || strspn(text, "0123456789+-.eE") < length) return false;
    char copy[48];
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *end;
    double value = strtod(copy, &end);
    if (*end || end == copy || !isfinite(value) || fabs(value) > LARGEST_FIXED) return false;
    *out = value == 0 ? 0 : value;
    return true;
}
