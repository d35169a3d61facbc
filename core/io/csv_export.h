// Observations and regions as CSV, handed out piece by piece, so that any number of them fits.
//
// What is written can be imported again (observation_csv.h, region_csv.h) and gives the same
// figures, kinds, sources and notes, but for blanks at a text's ends. Any thread that may read the
// store; one export belongs to one thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "db/store.h"

// Takes the next bytes of the text. False, with the error filled, ends the export.
typedef bool (*CsvSink)(const char *bytes, size_t length, void *context, Error *error);

typedef struct CsvTarget {
    CsvSink sink;
    void *context;
    // For people who open the file in a spreadsheet: a byte order mark, headers in the language of
    // messages, and an apostrophe before texts that would be taken for formulas. An import reads
    // the figures of such a file, and keeps the apostrophes.
    bool for_spreadsheet;
} CsvTarget;

typedef struct ObservationExport {
    const char *const *regions; // codes, in whose order rows are written; NULL for all, by code
    size_t region_count;
    const char *indicator; // NULL for all
    int year;              // 0 for all
    int64_t as_of;         // data version; 0 for the newest
    // Every revision, with columns revision, data_version, entered_at (UTC) and entered_by: a
    // record for people, which no import takes. Else the current figures.
    bool all_revisions;
    // NULL, or whether an indicator's figures are wanted.
    bool (*wants)(const char *indicator, void *context);
    void *context;
} ObservationExport;

// `*rows` is set to the number of rows below the header. A figure that was withdrawn has the value
// "withdrawn".
MUST_CHECK bool csv_export_observations(Store *store, const ObservationExport *what,
                                        const CsvTarget *target, size_t *rows, Error *error);

// `wants` NULL means all regions.
MUST_CHECK bool csv_export_regions(Store *store, bool (*wants)(const char *code, void *context),
                                   void *context, const CsvTarget *target, size_t *rows,
                                   Error *error);
