// The sample data (样例数据) of a workspace as rows, and what taking it out did. Pure functions
// over what the caller holds; one thread.
#pragma once

#include "core/registry/registry.h"
#include "core/registry/sample_removal.h"
#include "core/view/output_table.h"
#include "core/view/region_names.h"

typedef struct SampleRowsSource {
    const SampleFigures *figures;
    const PackList *packs; // the active ones, whose words for indicators are used
    const RegionNames *names;
} SampleRowsSource;

// A row a series: from which year to which, how many values, whence the first. Free with
// output_free.
void view_sample_rows(const SampleRowsSource *source, OutputTable *rows);

typedef struct SamplesRemoved {
    size_t removed;  // 0 where it was only asked what would be
    size_t restored; // of these, replaced by the real figure of before
    size_t left;     // that would be removed
} SamplesRemoved;

// { ok: true, removed, restored, left }
void view_samples_removed_write(const SamplesRemoved *removed, JsonWriter *json);
