// What one region got, written as JSON from its bytes: for answers made while others wait.
//
// Nothing is read, computed or locked: what is in the record is told, and what follows from it is
// derived, as everywhere. The members and figures are those of result_json.h, which `evaluate`
// prints and specs see, but written straight instead of through a tree. Any thread, as long as
// nobody changes what is handed over.
#pragma once

#include "core/base/json_writer.h"
#include "core/eval/standing.h"
#include "core/registry/samples.h"

// Whose figures are marked where they rest on sample data.
typedef struct RegionSamples {
    const Samples *samples;
    const char *region; // code
} RegionSamples;

// Writes year, indicators, plans, assessments, warnings and failures as members of the object that
// the caller has begun, from the region's canonical bytes. Missing figures are left out. False with
// result_decode's error, and nothing was written.
// What rests on sample data has, as in run_json.h, `sample_observations`: how many; an indicator
// whose value does, `sample_value`. `samples` NULL: nothing is marked.
MUST_CHECK bool view_region_members(const ResultLayout *layout, ResultBytes bytes,
                                    const RegionSamples *samples, JsonWriter *json, Error *error);

// Writes an array with an object for each assessment of regions: { assessment, title, points,
// total, printed, grade, veto, rank, ranked, and sample_observations where it rests on any }.
// `total` is exact and `printed` as it is printed; all from `total` on are null where the region is
// not assessed, grade and veto also where there is none. `ranked` is how many regions have a place.
// `standings` are by assessment; the record is the region's, NULL when it is not evaluated. `ranks`
// and `ranked` are the region's places and how many have one, by assessment.
typedef struct RegionScores {
    const Description *description;
    const Standings *standings; // by assessment
    size_t region;              // its place in the standings
    const uint8_t *record;
    const int32_t *ranks, *ranked;
    const RegionSamples *samples; // NULL: nothing is marked
} RegionScores;
void view_scores_write(const RegionScores *scores, JsonWriter *json);
