// The last column of tables for people: on how many sample observations (样例数据) a row rests.
// Tables have it where a run saw any. Pure functions; one thread.
#pragma once

#include "core/cli/output.h"
#include "core/registry/samples.h"

OutputColumn sample_column(void);
// How many of `count` columns, of which this is the last, a table has.
size_t sample_column_count(const Samples *samples, size_t count);
// The cell; none where there is no such column.
void sample_cell(OutputTable *table, const Samples *samples, size_t count);
