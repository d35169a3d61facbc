// What the files of back-tests share; included by core/analysis/backtest*.c only.
#pragma once

#include "core/analysis/backtest.h"

// What is kept of the results of one year: little enough for a nation and all its years.
typedef struct YearResults {
    int year;
    bool there;       // had data
    Map rows;         // region's code → row
    int32_t *row_of;  // by place in the list's codes: row, −1 for none; after year_list_index
    size_t row_count; // regions evaluated
    uint8_t *states;  // [row][indicator]: Status
    uint8_t *due;     // likewise: Status against the year's milestone, where it has one
    uint8_t **levels; // by warning of the description, NULL for those not tested: [row][indicator]
    bool *has_value;  // [row][indicator]
} YearResults;

typedef struct YearList {
    YearResults *items; // consecutive years
    size_t count;
    size_t *failures;   // by rule: calls that failed, over all years
    const char **codes; // of all regions seen, each once
    size_t code_count, code_capacity;
    Map by_code;
    Arena arena;
} YearList;

// Puts what matters of a run. `tested` says by warning whether its levels are wanted.
void year_results_take(YearList *list, YearResults *results, const Run *run,
                       const Description *description, const bool *tested);
// Once all years are in: finds every region's rows.
void year_list_index(YearList *list);
// The year's results; NULL when it has none.
const YearResults *year_list_find(const YearList *list, int year);
void year_list_free(YearList *list, size_t warning_count);

// Counts the cases of one warning over all regions.
void backtest_count(const YearList *list, const Description *description,
                    const BacktestRequest *request, const BacktestReport *report,
                    WarningBacktest *warning);
