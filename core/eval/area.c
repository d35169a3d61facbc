// Places in shared memory: see area.h.
#include "core/eval/area.h"

#include <string.h>

#include "core/eval/figures.h"

static size_t derived_bytes(const ResultLayout *layout, const Dataset *dataset) {
    size_t bytes = figure_derived_cells(layout->description, dataset) * sizeof(double);
    return (bytes + 63) & ~(size_t)63;
}

size_t area_bytes(const ResultLayout *layout, const Dataset *dataset) {
    return derived_bytes(layout, dataset) + dataset->header->region_count * layout_stride(layout) +
           layout->own_size + 64;
}

void area_place(ResultArea *area, const ResultLayout *layout, const Dataset *dataset,
                int own_region, void *memory) {
    uint8_t *bytes = memory;
    size_t stride = layout_stride(layout);
    *area = (ResultArea){.derived = memory,
                         .records = bytes + derived_bytes(layout, dataset),
                         .stride = stride,
                         .own_region = own_region};
    area->own_record = area->records + dataset->header->region_count * stride;
}

int area_own_region(const Description *description, const Dataset *dataset) {
    for (uint32_t r = 0; r < dataset->header->region_count; r++)
        if (strcmp(dataset->regions[r].code, description->region) == 0) return (int)r;
    return -1;
}
