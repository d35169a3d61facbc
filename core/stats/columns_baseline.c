// The level COLUMNS_BASELINE: see columns_body.h. Two doubles are a vector on every architecture
// that has vectors, and without them the compiler takes the pair apart.
#define COLUMN_WIDTH 2
#define COLUMN_KERNELS column_kernels_baseline
#include "core/stats/columns_body.h"
