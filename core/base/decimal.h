// Decimal figures as people print them: shortest round-trip text and rounding once, on that text.
//
// 2.675 is stored as 2.67499999…, yet a person expects 2.68: rounding works on the shortest decimal
// text that reads back as the same double, never on the binary value.
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum Rounding {
    ROUNDING_HALF_UP,  // away from zero at the half (四舍五入)
    ROUNDING_TRUNCATE, // toward zero (截尾)
    ROUNDING_HALF_EVEN // to the even digit at the half (四舍六入五成双)
} Rounding;

enum { DECIMAL_TEXT_SIZE = 40, DECIMAL_MAX_DIGITS = 12 };

// 10^0 … 10^12, all of which a double holds exactly.
extern const double decimal_powers[DECIMAL_MAX_DIGITS + 1];

// The shortest text that strtod reads back as the same double: "12.4", "1e+22", "-0" is "0".
// NaN gives "nan", infinities "inf" and "-inf".
void decimal_shortest(double value, char out[DECIMAL_TEXT_SIZE]);
// The value rounded to `digits` (0…12) places after the point, printed with exactly that many:
// "89.65". Values of 1e15 and more are printed as decimal_shortest does.
void decimal_fixed(double value, int digits, Rounding rounding, char out[DECIMAL_TEXT_SIZE]);
// The double nearest to the text that decimal_fixed prints; NaN and infinities come back as given.
double decimal_round(double value, int digits, Rounding rounding);

// Reads a whole decimal number ("12", "-3.5", "1e3"; blanks around it allowed; no hexadecimal,
// "inf" or "nan"). False when the text is not one, or is beyond ±1e15.
bool decimal_parse(const char *text, double *out);
