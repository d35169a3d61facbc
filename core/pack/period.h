// What a year means under the convention `period` (统计周期): from which month to which.
//
// Pure functions; any thread.
#pragma once

#include "core/pack/description.h"

typedef struct Period {
    int from_year, from_month;
    int to_year, to_month; // to_year 0: it has no declared end
} Period;

// The calendar year 2024 is 2024-01 … 2024-12, the health year 2023-10 … 2024-09, April to March
// 2024-04 … 2025-03; a term of office runs from the year in `terms` it begins in to the year before
// the next one begins, the last one open. False for a term where none is declared for that year.
bool period_of(PeriodType type, const Plan *plan, int year, Period *period);

enum { PERIOD_TEXT_SIZE = 48 };
// "2023-10 … 2024-09"; "2026-01 …" without an end.
void period_text(const Period *period, char text[PERIOD_TEXT_SIZE]);
