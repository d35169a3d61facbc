// Counts of sample data that must be the same however they came about. Included by tests only.
#pragma once

#include "core/registry/samples.h"

static inline void assert_same_counts(const SampleCounts *left, const SampleCounts *right) {
    assert_int_equal(left->count, right->count);
    for (size_t i = 0; i < left->count; i++) {
        assert_int_equal(left->entries[i].place, right->entries[i].place);
        assert_int_equal(left->entries[i].held, right->entries[i].held);
        assert_int_equal(left->entries[i].latest, right->entries[i].latest);
    }
}

static inline void assert_same_samples(const Samples *left, const Samples *right) {
    assert_int_equal(left->count, right->count);
    assert_int_equal(left->year, right->year);
    assert_int_equal(left->region_count, right->region_count);
    for (size_t r = 0; r < left->region_count; r++) {
        assert_string_equal(left->by_place[r].code, right->by_place[r].code);
        assert_int_equal(left->by_place[r].parent, right->by_place[r].parent);
        assert_int_equal(left->by_place[r].held, right->by_place[r].held);
        assert_same_counts(&left->by_place[r].counts, &right->by_place[r].counts);
    }
    for (size_t r = 0; r <= left->region_count; r++)
        assert_same_counts(&left->latest[r], &right->latest[r]);
}
