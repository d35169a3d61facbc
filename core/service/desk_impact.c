// What a version that became active changed, told by the results of both: see desk.h.
#include <stdlib.h>
#include <string.h>

#include "core/service/desk_inside.h"
#include "core/view/impact_json.h"

// Regions told in full; the sums are over all.
enum { MOST_REGIONS_TOLD = 50 };

static int by_code(const void *left, const void *right) {
    const struct RunRegion *a = left, *b = right;
    return strcmp(a->code, b->code);
}

// The regions' bytes stay the live pack's. Free `regions`.
static ImpactSide side_of(const DeskPack *pack) {
    const Dataset *dataset = live_dataset(pack->live);
    size_t count = dataset->header->region_count;
    struct RunRegion *regions = memory_new(count, sizeof *regions);
    ImpactSide side = {.pack = pinned_pack(pack->version), .layout = live_layout(pack->live)};
    for (uint32_t r = 0; r < count; r++) {
        ResultBytes bytes = live_bytes(pack->live, r);
        if (bytes.length)
            regions[side.region_count++] = (struct RunRegion){dataset->regions[r].code, bytes};
    }
    if (side.region_count) qsort(regions, side.region_count, sizeof *regions, by_code);
    side.regions = regions;
    return side;
}

static bool can_be_compared(const DeskPack *before, const DeskPack *after) {
    return before && before->live && after->live &&
           live_run(before->live)->year == live_run(after->live)->year &&
           strcmp(pinned_pack(before->version)->bundle.hash,
                  pinned_pack(after->version)->bundle.hash) != 0;
}

void desk_tell_impact(const Desk *desk, const DeskPack *before, const DeskPack *after,
                      JsonWriter *json) {
    RegionNames names = {0};
    ImpactReport report;
    Error ignored = {0}; // it is a report of what was done, not a part of it
    if (!can_be_compared(before, after) ||
        !region_names_read(desk->options.store, &names, &ignored))
        return;
    ImpactSide sides[] = {side_of(before), side_of(after)};
    if (impact_compare(&sides[0], &sides[1], &report, &ignored)) {
        // Told where it can be read: what was done stands without it.
        (void)!impact_find_rounds(desk->options.store, &report, &ignored);
        const ImpactView view = {.names = &names, .most_regions = MOST_REGIONS_TOLD};
        view_impact_write(&report, &view, json);
        impact_free(&report);
    }
    for (size_t i = 0; i < 2; i++)
        free((struct RunRegion *)sides[i].regions);
    region_names_free(&names);
}
