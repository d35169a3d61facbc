// Clocks: see clock.h.
#include "core/base/clock.h"

#include <time.h>

int64_t clock_now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
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

void clock_format(int64_t epoch_us, char *out, size_t size) {
    time_t seconds = (time_t)(epoch_us / 1000000);
    struct tm local;
    localtime_r(&seconds, &local);
    if (strftime(out, size, "%Y-%m-%d %H:%M:%S", &local) == 0 && size) out[0] = '\0';
}
