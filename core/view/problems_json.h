// Errors and problems as programs read them: the command line's shape, and the one shape of errors
// in the API. Everything comes out as UTF-8, whatever bytes a path or a message held. Any thread.
#pragma once

#include <jansson.h>

#include "core/base/error.h"
#include "core/base/json_writer.h"

// The command line's: { ok: false, problems: [{ code, message, file, line, column, hint }],
// more_problems }, null where there is none; more_problems counts those beyond the list's limit.
void view_failure_write(const ProblemList *problems, JsonWriter *json);
// One of the problems.
void view_problem_write(const Error *problem, JsonWriter *json);
// The same as a tree (new reference), for answers that hold it.
json_t *view_failure_json(const ProblemList *problems);

// The API's: { code, message, where: { file, line, column } or null, hint or null }.
void view_error_write(const Error *error, JsonWriter *json);
// The same as a tree, and all problems of a list (new references).
json_t *view_error_json(const Error *error);
json_t *view_problems_json(const ProblemList *problems);
