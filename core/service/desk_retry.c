// When what failed is tried again: see desk_inside.h.
#include "core/base/clock.h"
#include "core/service/desk_inside.h"

enum { USUAL_RETRY_MS = 10000, LONGEST_RETRY_MS = 3600000 };

void desk_retry_later(const Desk *desk, DeskRetry *retry) {
    const int64_t first_ms = desk->options.retry_ms ? desk->options.retry_ms : USUAL_RETRY_MS;
    retry->wait_ms = retry->wait_ms ? 2 * retry->wait_ms : first_ms;
    if (retry->wait_ms > LONGEST_RETRY_MS) retry->wait_ms = LONGEST_RETRY_MS;
    retry->due_ms = clock_monotonic_ms() + retry->wait_ms;
}

bool desk_retry_is_due(const DeskRetry *retry) {
    return retry->due_ms != 0 && clock_monotonic_ms() >= retry->due_ms;
}
