// The time of day for records and a steady time for deadlines.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int64_t clock_now_us(void);       // microseconds since 1970-01-01 UTC
int clock_year(void);             // the calendar year, local time
int64_t clock_monotonic_ms(void); // milliseconds, never going back
int64_t clock_monotonic_ns(void); // the same in nanoseconds, to measure by
// "2026-11-22 08:30:00" in local time.
void clock_format(int64_t epoch_us, char *out, size_t size);
// "2026-11-22T08:30:00+08:00": RFC 3339 in local time, for logs.
enum { CLOCK_ZONED_SIZE = 40 };
void clock_format_zoned(int64_t epoch_us, char out[CLOCK_ZONED_SIZE]);
// "2026-11-22T00:30:00.000000Z": RFC 3339 in UTC, for programs.
enum { CLOCK_UTC_SIZE = 48 };
void clock_format_utc(int64_t epoch_us, char out[CLOCK_UTC_SIZE]);
// Reads "2026-11-22", "2026-11-22 08:30" or "2026-11-22 08:30:15" in local time, a "T" for the
// blank allowed, or RFC 3339 in UTC with a "Z": the first and the last microsecond of the day,
// minute, second or part of one that is named.
bool clock_parse(const char *text, int64_t *first_us, int64_t *last_us);
