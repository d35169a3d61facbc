// An impact (core/analysis/impact.h) as JSON, the same for `pack diff --impact` and the API. Pure
// but for its buffer; one thread.
#pragma once

#include "core/analysis/impact.h"
#include "core/base/json_writer.h"
#include "core/view/region_names.h"

typedef struct ImpactView {
    const RegionNames *names;
    size_t most_regions; // how many of the regions that change are told in full
    const char *region;  // only this one; NULL: those changed most
} ImpactView;

// Writes one object:
//   { pack, title, before: { version, hash }, after, year, regions, changed,
//     gone: [{ kind, id, title, regions }],
//     rounds: [{ id, assessment, year, kind, state, gone, changed }],
//     failures: [{ rule, file, line, outcome, message, region, regions }],
//     causes: [{ kind, id, title, change, field, before, after, uses, where, regions }],
//     assessments: [{ id, title, subjects: [before, after], gained, lost, moved, vetoes_struck,
//       vetoes_off, most_gained, most_lost, grades: [{ before, after, count }] }],
//     indicators: [{ id, title, values, statuses: [{ before, after, regions }] }],
//     warnings: [{ id, title, raised, cleared, risen, sunk }],
//     details: [{ region, name, evaluated: [before, after], scores, indicators, warnings }],
//     details_left_out }
// Of indicators and warnings those that change; `grades` also those that stay. Everything in
// `details` has `because`: places in `causes`, counted from 0. A rule is { file, line }. What a
// side does not have is null.
void view_impact_write(const ImpactReport *report, const ImpactView *view, JsonWriter *json);
