// Ranks of regions or units by a figure.
//
// Ties are by exact equality of the doubles: a caller whose convention 口径 ranks on printed
// figures rounds them first (core/base/decimal.h). Keeps no state: any thread may call.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum RankTies {
    RANK_COMPETITION, // 1 2 2 4 (并列占位)
    RANK_DENSE,       // 1 2 2 3 (并列不占位)
    RANK_ORDINAL      // 1 2 3 4, equal values in the order given
} RankTies;

// Writes into `ranks` the place of each of the `count` values, 1 being the best; NaN gets 0 and
// takes no place. `larger_first` gives the largest value place 1, otherwise the smallest has it.
// n·log n comparisons and room for a copy of the values.
void rank_values(const double *values, size_t count, bool larger_first, RankTies ties,
                 int32_t *ranks);
