// The memory a pack's workers share with their host: formulas' columns and regions' records.
//
// Workers write it and the host reads it, so the host believes nothing in it before it has checked
// a copy of its own. Its layout follows from the result layout and the dataset.
#pragma once

#include "core/eval/dataset.h"
#include "core/eval/layout.h"

typedef struct ResultArea {
    double *derived;  // by formula: [year − the dataset's first][region]
    uint8_t *records; // by region
    size_t stride;    // bytes from record to record
    int own_region;   // whose record has the units' behind it and stands apart; -1 for none
    uint8_t *own_record;
} ResultArea;

size_t area_bytes(const ResultLayout *layout, const Dataset *dataset);
// `memory` has area_bytes bytes, aligned to a cache line.
void area_place(ResultArea *area, const ResultLayout *layout, const Dataset *dataset,
                int own_region, void *memory);
// The pack's own region among the dataset's; -1 when it is not there.
int area_own_region(const Description *description, const Dataset *dataset);

static inline uint8_t *area_record(const ResultArea *area, size_t region) {
    return (int)region == area->own_region ? area->own_record
                                           : area->records + region * area->stride;
}
