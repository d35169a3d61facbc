// A table's column of sample data: see sample_column.h.
#include "core/cli/sample_column.h"

#include "core/base/language.h"

OutputColumn sample_column(void) {
    return (OutputColumn){.name = "sample_observations", .title = T("sample data", "样例数据")};
}

size_t sample_column_count(const Samples *samples, size_t count) {
    return samples_are_there(samples) ? count : count - 1;
}

void sample_cell(OutputTable *table, const Samples *samples, size_t count) {
    char text[64];
    if (!samples_are_there(samples)) return;
    snprintf(text, sizeof text, T("%zu values", "样例 %zu 个"), count);
    if (count == 1) snprintf(text, sizeof text, "%s", T("1 value", "样例 1 个"));
    output_text(table, count ? text : "");
}
