// Vectors of COLUMN_WIDTH doubles for columns_body.h; the file that includes it defines the width.
//
// Of width 1 a Lanes is a plain double, else a vector of the compiler's; + − * / work on both, and
// & | ~ on masks, which have all bits of a lane set or none. What differs between the two is here.
// No function branches on a value. Keeps no state.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#if defined __SSE2__
#include <immintrin.h>
#else
#include <math.h>
#endif

#if COLUMN_WIDTH == 1
typedef double Lanes;
typedef int64_t LanesMask;
#define LANES_MASK(condition) (-(LanesMask)(condition))
#else
typedef double Lanes __attribute__((vector_size(8 * COLUMN_WIDTH)));
typedef int64_t LanesMask __attribute__((vector_size(8 * COLUMN_WIDTH)));
#define LANES_MASK(condition) ((LanesMask)(condition))
#endif

static const uint64_t LANES_NAN_BITS = 0x7ff8000000000000;

static inline Lanes lanes_load(const double *from) {
    Lanes lanes;
    memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

static inline void lanes_store(double *to, Lanes lanes) {
    memcpy(to, &lanes, sizeof lanes);
}

static inline Lanes lanes_of(double value) {
    return value - (Lanes){0}; // minus, so that −0 stays what it is
}

static inline LanesMask lanes_bits(Lanes lanes) {
    LanesMask bits;
    memcpy(&bits, &lanes, sizeof bits);
    return bits;
}

static inline Lanes lanes_from_bits(LanesMask bits) {
    Lanes lanes;
    memcpy(&lanes, &bits, sizeof lanes);
    return lanes;
}

static inline LanesMask lanes_less(Lanes left, Lanes right) {
    return LANES_MASK(left < right);
}

static inline LanesMask lanes_at_most(Lanes left, Lanes right) {
    return LANES_MASK(left <= right);
}

static inline LanesMask lanes_equal(Lanes left, Lanes right) {
    return LANES_MASK(left == right);
}

static inline LanesMask lanes_present(Lanes lanes) {
    return LANES_MASK(lanes == lanes);
}

// The lane where the mask is set, else +0.
static inline Lanes lanes_where(LanesMask mask, Lanes lanes) {
    return lanes_from_bits(mask & lanes_bits(lanes));
}

static inline Lanes lanes_pick(LanesMask mask, Lanes yes, Lanes no) {
#if COLUMN_WIDTH == 4 && defined __AVX__
    return (Lanes)_mm256_blendv_pd((__m256d)no, (__m256d)yes, (__m256d)mask);
#else
    return lanes_from_bits((mask & lanes_bits(yes)) | (~mask & lanes_bits(no)));
#endif
}

// The lane where the mask is set, else the canonical NaN.
static inline Lanes lanes_or_missing(LanesMask mask, Lanes lanes) {
    return lanes_from_bits((mask & lanes_bits(lanes)) | (~mask & (int64_t)LANES_NAN_BITS));
}

// Any NaN becomes the canonical one.
static inline Lanes lanes_canonical(Lanes lanes) {
    return lanes_or_missing(lanes_present(lanes), lanes);
}

static inline Lanes lanes_absolute(Lanes lanes) {
    return lanes_from_bits(lanes_bits(lanes) & INT64_MAX);
}

// The sign of one and the magnitude of the other.
static inline Lanes lanes_copy_sign(Lanes magnitude, Lanes sign) {
    return lanes_from_bits((lanes_bits(magnitude) & INT64_MAX) | (lanes_bits(sign) & INT64_MIN));
}

// Whether any bit of any lane is set.
static inline bool lanes_any(LanesMask mask) {
#if COLUMN_WIDTH == 4 && defined __AVX__
    return !_mm256_testz_si256((__m256i)mask, (__m256i)mask);
#else
    int64_t parts[COLUMN_WIDTH], any = 0;
    memcpy(parts, &mask, sizeof mask);
    for (int i = 0; i < COLUMN_WIDTH; i++)
        any |= parts[i];
    return any != 0;
#endif
}

// Counting: subtracting a mask from whole numbers adds 1 where it is set. The two functions below
// take such counts, of 0 to 2^51.
static inline LanesMask lanes_count_below(LanesMask counts, int64_t limit) {
    return (counts - limit) >> 63; // copies of the sign
}

static inline Lanes lanes_of_counts(LanesMask counts) {
    const double one_in_last_place = 0x1p52;
    LanesMask above = lanes_bits(lanes_of(one_in_last_place)) | counts;
    return lanes_from_bits(above) - one_in_last_place;
}

static inline Lanes lanes_square_root(Lanes lanes) {
#if COLUMN_WIDTH == 4 && defined __AVX__
    return (Lanes)_mm256_sqrt_pd((__m256d)lanes);
#elif COLUMN_WIDTH == 2 && defined __SSE2__
    return (Lanes)_mm_sqrt_pd((__m128d)lanes);
#else
    double parts[COLUMN_WIDTH];
    memcpy(parts, &lanes, sizeof lanes);
    for (int i = 0; i < COLUMN_WIDTH; i++)
        parts[i] = __builtin_sqrt(parts[i]);
    memcpy(&lanes, parts, sizeof lanes);
    return lanes;
#endif
}
