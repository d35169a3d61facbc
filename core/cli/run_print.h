// A run as tables for people, and as CSV for programs. One thread.
#pragma once

#include "core/cli/output.h"
#include "core/view/run_view.h"

// Prints the region shown in full (or that it reported nothing), the rankings, the regions that
// reported nothing and how many warnings there are.
void run_print_tables(const RunView *view, const RunTotals *totals);
// Everybody assessed side by side: the items' scores, the total, the grade and the place. Nothing
// when there is only one.
void run_print_ranking(const RunView *view, int assessment);
// The same as rows, also of one. The view's pack must outlive the table.
void run_ranking_rows(const RunView *view, int assessment, OutputTable *table);
// Says on standard error which rules failed, each once with how often.
void run_print_failures(const RunView *view);

// Rows of one CSV table: every indicator of every region.
extern const OutputColumn run_indicator_columns[];
enum { RUN_INDICATOR_COLUMNS = 19 };
void run_print_indicator_rows(const RunView *view, OutputTable *table);
