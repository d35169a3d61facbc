// The level COLUMNS_BEST on processors with AVX2: see columns_body.h. Compiled with -mavx2 where
// the architecture is x86-64 (CMakeLists.txt), and empty elsewhere.
#ifdef __AVX2__
#define COLUMN_WIDTH 4
#define COLUMN_KERNELS column_kernels_avx2
#include "core/stats/columns_body.h"
#endif
