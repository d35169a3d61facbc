// Figures, counts and targets as people read them in tables. Pure functions; one thread.
#pragma once

#include "core/base/memory.h"
#include "core/cli/output.h"
#include "core/eval/result.h"
#include "core/pack/target_text.h"
#include "core/view/titles.h"

// The value at `digits` places as the table's next cell, "-" when missing.
void figure_cell(OutputTable *table, double value, int digits, Rounding rounding);
// Progress as a percentage: what is below 0 or above 1 is kept everywhere but on paper.
void progress_cell(OutputTable *table, double progress, int digits, Rounding rounding);
// The year a target is reached, to the tenth and never earlier than it is: 2030.04 is past 2030.
void reach_year_cell(OutputTable *table, double reach_year);

typedef struct CountText {
    char text[64];
} CountText;
// "1 row", "2 rows", "2 行": `chinese` is the classifier with what is counted.
CountText count_text(size_t count, const char *one, const char *many, const char *chinese);
