// A CSV table to administrative regions, checked as the tree that they form.
//
// Columns by header name, in any order: code|代码, name|名称, parent|上级, level|层级. The parent
// is a code, of a region in the file or of one known before; empty for a root. Levels: nation|国家,
// province|省, city|市, county|县, township|乡, village|村. A region known before may be given
// again: it is then renamed or moved. Any thread; the result belongs to one thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/io/csv_table.h"
#include "core/io/import_vocabulary.h"
#include "db/store.h"

enum {
    REGION_CODE_MAX_BYTES = 32,
    REGION_CSV_MAX_ROWS = 1000000, // the nation has some 700,000, down to its villages
};

typedef struct RegionCsv {
    StoreRegion *rows; // the good ones, a parent always before its children
    size_t count;
    size_t rows_read; // good and bad
    Arena arena;      // holds the texts
} RegionCsv;

// Reads all rows into `out`, which is overwritten, filled also when there are problems, and freed
// by region_csv_free. `vocabulary` holds the regions known before; `file` names the file in
// problems (may be NULL). True when there was no problem at all. Problems: a code that is empty,
// not of ASCII letters, digits, '-' and '_', or given twice; an empty name; an unknown level; a
// parent that is neither in the file nor known; regions that are each other's parents in a circle.
// Of more than REGION_CSV_MAX_ROWS rows none is read (ERROR_LIMIT).
MUST_CHECK bool region_csv_read(const CsvTable *table, const ImportVocabulary *vocabulary,
                                const char *file, RegionCsv *out, ProblemList *problems);
// Whether the header, which may be all of the table, can be one of regions; false with problems
// that region_csv_read would find too.
MUST_CHECK bool region_csv_check_header(const CsvTable *table, const char *file,
                                        ProblemList *problems);
void region_csv_free(RegionCsv *regions);
