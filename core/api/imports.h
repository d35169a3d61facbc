// Rows of a request on their way into the store: for the resources that take them.
#pragma once

#include "core/api/api.h"
#include "core/registry/data_import.h"

// Checks and stores the rows, which are taken over, as an import does, and answers the call.
// `file` names them in problems and outlives the call; a row's `line` is what a problem says of its
// place. ?dry_run=true is obeyed.
void api_import_rows(ApiCall *call, ImportTable table, CsvTable *rows, const char *file);
