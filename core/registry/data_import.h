// A CSV file of observations or regions on its way into the store: read and checked whole, then
// stored in one transaction, all rows or none.
//
// What a file may speak of is what the store has: its regions, and what the active packs declare.
// One thread; the store's rules on threads apply.
#pragma once

#include "core/io/observation_csv.h"
#include "core/io/region_csv.h"
#include "db/store.h"

// Years that figures may be of: from this one to the current one. Nobody can report one to come,
// and it would take the results of all packs there.
enum { DATA_FIRST_YEAR = 1949 };

typedef enum ImportTable { IMPORT_OBSERVATIONS, IMPORT_REGIONS } ImportTable;

typedef struct ImportSource {
    ImportTable table;
    const char *path;  // of a file; NULL: `bytes`
    const void *bytes; // in UTF-8 or GB18030, at most TEXT_DEFAULT_LIMIT_BYTES
    size_t length;
    const char *file;         // names the source in problems
    const char *default_kind; // of observations that give none; NULL for "reported"
} ImportSource;

// Free with data_import_free, also after a failure.
typedef struct DataImport {
    ImportTable table;
    ImportVocabulary vocabulary;
    ObservationCsv observations; // of the two that which was asked for
    RegionCsv regions;
} DataImport;

// Reads and checks; nothing is stored. False when there was any problem; `import` then has the rows
// that are good all the same.
MUST_CHECK bool data_import_read(Store *store, const ImportSource *source, DataImport *import,
                                 ProblemList *problems);
// The same for a table at hand, of which `source` names the kind and the file.
MUST_CHECK bool data_import_take(Store *store, const ImportSource *source, const CsvTable *table,
                                 DataImport *import, ProblemList *problems);
size_t data_import_rows_read(const DataImport *import); // good and bad
size_t data_import_rows(const DataImport *import);      // good
void data_import_free(DataImport *import);

typedef struct ImportStoring {
    const char *who, *what;                       // on whose behalf; where the rows come from
    bool dry_run;                                 // find out what would change, and change nothing
    void (*progress)(size_t rows, void *context); // NULL for none; on the writer's thread
    void *context;
} ImportStoring;

typedef struct ImportOutcome {
    size_t added, revised, unchanged;
    size_t replaced;      // real figures whose place a sample took, or would take in a dry run
    int64_t data_version; // that was made; 0 for none
} ImportOutcome;

// As store_write, not on the writer thread.
MUST_CHECK bool data_import_store(Store *store, const DataImport *import,
                                  const ImportStoring *storing, ImportOutcome *outcome,
                                  Error *error);
