// A CSV table to observations, every row checked against what the active packs know.
//
// Columns by header name, in any order: region|行政区划代码|地区, indicator|指标, year|年份,
// value|数值, and if wanted breakdown|分组, kind|性质, source|来源, note|说明. Regions, indicators
// and breakdowns are given by id or by a name that only one of them bears; an empty breakdown is
// STORE_NO_BREAKDOWN. Kinds: reported|上报, stated|公布, derived|推算, estimated|估计, sample|样例.
//
// A value is a plain decimal number. "withdrawn" or "撤回" withdraws a figure entered earlier.
// Nothing else stands for a missing figure: an empty value, "-" or "…" is a problem whose advice is
// to leave the row out, because a blank cell cannot tell "not collected" from "forgotten".
//
// Any thread; the result belongs to one thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/io/csv_table.h"
#include "core/io/import_vocabulary.h"
#include "db/store.h"

typedef struct ObservationCsvOptions {
    const ImportVocabulary *vocabulary;
    const char *file;         // names the file in problems; may be NULL
    const char *default_kind; // of rows that give none: a stable kind, or NULL for "reported"
} ObservationCsvOptions;

typedef struct ObservationCsv {
    StoreObservation *rows; // the good ones in the file's order
    size_t count, capacity;
    size_t rows_read; // good and bad
    Arena arena;
} ObservationCsv;

// The stable kind ("reported" …) for a kind's English or Chinese name, or NULL.
const char *observation_kind(const char *name);

// Reads all rows into `out`, which is overwritten, filled also when there are problems, and freed
// by observation_csv_free. The rows' ids point into the vocabulary, which must outlive them; the
// table may go. True when there was no problem at all. Each problem has the line, the number of the
// field as its column, a reason and mostly a hint; two rows for the same figure are a problem of
// the later one.
MUST_CHECK bool observation_csv_read(const CsvTable *table, const ObservationCsvOptions *options,
                                     ObservationCsv *out, ProblemList *problems);
// Whether the header, which may be all of the table, can be one of observations; false with
// problems that observation_csv_read would find too.
MUST_CHECK bool observation_csv_check_header(const CsvTable *table, const char *file,
                                             ProblemList *problems);
void observation_csv_free(ObservationCsv *observations);
