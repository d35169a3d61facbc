// The level COLUMNS_SCALAR: see columns_body.h. Compiled without the compiler's vectoriser.
#define COLUMN_WIDTH 1
#define COLUMN_KERNELS column_kernels_scalar
#include "core/stats/columns_body.h"
