// Clocks: see clock.h.
#include "core/base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

int64_t clock_now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int clock_year(void) {
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return local.tm_year + 1900;
}

int64_t clock_monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// The whole second that the moment is in, and how far it is into it; also before 1970.
static time_t second_of(int64_t epoch_us, int *past_us) {
    int64_t seconds = epoch_us / 1000000;
    *past_us = (int)(epoch_us % 1000000);
    if (*past_us < 0) {
        *past_us += 1000000;
        seconds--;
    }
    return (time_t)seconds;
}

void clock_format(int64_t epoch_us, char *out, size_t size) {
    int past_us;
    const time_t seconds = second_of(epoch_us, &past_us);
    struct tm local;
    localtime_r(&seconds, &local);
    if (strftime(out, size, "%Y-%m-%d %H:%M:%S", &local) == 0 && size) out[0] = '\0';
}

void clock_format_zoned(int64_t epoch_us, char out[CLOCK_ZONED_SIZE]) {
    time_t seconds = (time_t)(epoch_us / 1000000);
    struct tm local;
    char date[24] = "";
    localtime_r(&seconds, &local);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &local);
    long minutes = local.tm_gmtoff / 60;
    long beyond = minutes < 0 ? -minutes : minutes;
    snprintf(out, CLOCK_ZONED_SIZE, "%s%c%02ld:%02ld", date, minutes < 0 ? '-' : '+', beyond / 60,
             beyond % 60);
}

void clock_format_utc(int64_t epoch_us, char out[CLOCK_UTC_SIZE]) {
    int past_us;
    const time_t seconds = second_of(epoch_us, &past_us);
    struct tm parts;
    char date[32];
    gmtime_r(&seconds, &parts);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out, CLOCK_UTC_SIZE, "%s.%06dZ", date, past_us);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// strptime passes over blanks before a number and where its format has one; in a time there is one
// at most, between two digits.
static bool has_blanks_as(const char *text, const char *format) {
    const char *blank = strpbrk(text, " \t\n\v\f\r");
    if (!blank) return !strchr(format, ' ');
    return strchr(format, ' ') && *blank == ' ' && blank > text && is_digit(blank[-1]) &&
           is_digit(blank[1]) && !strpbrk(blank + 1, " \t\n\v\f\r");
}

// "2026-11-22T00:30:00.123456Z", as clock_format_utc has it.
static bool parse_fraction(const char *text, int64_t *first_us, int64_t *last_us) {
    struct tm parts = {0};
    static const char format[] = "%Y-%m-%dT%H:%M:%S.";
    const char *at = has_blanks_as(text, format) ? strptime(text, format, &parts) : NULL;
    const int day = parts.tm_mday;
    int64_t step_us = 1000000, past_us = 0;
    if (!at || *at == 'Z') return false;
    for (; is_digit(*at) && step_us > 1; at++) {
        step_us /= 10;
        past_us += (*at - '0') * step_us;
    }
    if (strcmp(at, "Z") != 0) return false;
    *first_us = (int64_t)timegm(&parts) * 1000000 + past_us;
    *last_us = *first_us + step_us - 1;
    return parts.tm_mday == day;
}

// The day is counted on by the calendar, since one with a change of the clocks has not 24 hours.
bool clock_parse(const char *text, int64_t *first_us, int64_t *last_us) {
    static const struct {
        const char *format;
        int days, seconds; // until it is over
        time_t (*count)(struct tm *parts);
    } forms[] = {{"%Y-%m-%d", 1, 0, mktime},          {"%Y-%m-%d %H:%M", 0, 60, mktime},
                 {"%Y-%m-%dT%H:%M", 0, 60, mktime},   {"%Y-%m-%d %H:%M:%S", 0, 1, mktime},
                 {"%Y-%m-%dT%H:%M:%S", 0, 1, mktime}, {"%Y-%m-%dT%H:%M:%SZ", 0, 1, timegm}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct tm first = {0};
        if (!has_blanks_as(text, forms[i].format)) continue;
        const char *rest = strptime(text, forms[i].format, &first);
        if (!rest || *rest) continue;
        struct tm after = first;
        const int day = first.tm_mday;
        after.tm_mday += forms[i].days;
        after.tm_sec += forms[i].seconds;
        first.tm_isdst = after.tm_isdst = -1;
        *first_us = (int64_t)forms[i].count(&first) * 1000000;
        *last_us = (int64_t)forms[i].count(&after) * 1000000 - 1;
        return first.tm_mday == day; // 30 February is none
    }
    return parse_fraction(text, first_us, last_us);
}
