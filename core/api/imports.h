// Rows of a request on their way into the store: for the resources that take them.
#pragma once

#include "core/api/api.h"
#include "core/registry/data_import.h"

// Makes a table of the call's body, in a queued job. False with a problem at least; the table may
// be filled in part.
typedef bool (*ImportDecoding)(const ApiCall *call, CsvTable *rows, ProblemList *problems);

// Checks and stores the rows that `decode` finds as an import does, and answers the call. `file`
// names them in problems and outlives the call; a row's `line` is what a problem says of its place.
// ?dry_run=true is obeyed.
void api_import_rows(ApiCall *call, ImportTable table, ImportDecoding decode, const char *file);
