// Months of a period: see period.h.
#include "core/pack/period.h"

#include <stdio.h>

static bool term_of(const Plan *plan, int year, Period *period) {
    for (size_t i = plan->term_count; i-- > 0;) {
        if (plan->terms[i] > year) continue;
        bool last = i + 1 == plan->term_count;
        *period = (Period){plan->terms[i], 1, last ? 0 : plan->terms[i + 1] - 1, last ? 0 : 12};
        return true;
    }
    return false;
}

bool period_of(PeriodType type, const Plan *plan, int year, Period *period) {
    switch (type) {
        case PERIOD_CALENDAR_YEAR: *period = (Period){year, 1, year, 12}; return true;
        case PERIOD_HEALTH_YEAR: *period = (Period){year - 1, 10, year, 9}; return true;
        case PERIOD_APRIL_MARCH: *period = (Period){year, 4, year + 1, 3}; return true;
        case PERIOD_TERM: return term_of(plan, year, period);
    }
    return false;
}

void period_text(const Period *period, char text[PERIOD_TEXT_SIZE]) {
    int length =
        snprintf(text, PERIOD_TEXT_SIZE, "%04d-%02d …", period->from_year, period->from_month);
    if (period->to_year && length > 0 && length < PERIOD_TEXT_SIZE)
        snprintf(text + length, (size_t)(PERIOD_TEXT_SIZE - length), " %04d-%02d", period->to_year,
                 period->to_month);
}
