// Figures and counts in words: see figures_text.h.
#include "core/cli/figures_text.h"

#include <math.h>
#include <stdio.h>

#include "core/base/language.h"

void figure_cell(OutputTable *table, double value, int digits, Rounding rounding) {
    char text[DECIMAL_TEXT_SIZE];
    if (isnan(value)) {
        output_missing(table);
        return;
    }
    decimal_fixed(value, digits, rounding, text);
    output_text(table, text);
}

void progress_cell(OutputTable *table, double progress, int digits, Rounding rounding) {
    double shown = progress < 0 ? 0 : progress > 1 ? 1 : progress;
    figure_cell(table, shown * 100, digits, rounding);
}

void reach_year_cell(OutputTable *table, double reach_year) {
    // Noise behind the sixth digit of the tenths must not make a year of its own.
    double tenths = ceil(decimal_round(reach_year * 10, 6, ROUNDING_HALF_UP));
    figure_cell(table, tenths / 10, 1, ROUNDING_HALF_UP);
}

CountText count_text(size_t count, const char *one, const char *many, const char *chinese) {
    CountText result;
    snprintf(result.text, sizeof result.text, "%zu %s", count, T(count == 1 ? one : many, chinese));
    return result;
}
