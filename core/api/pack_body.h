// A pack that comes as a request's body: a ZIP archive, or JSON with its files.
//
// Unpacking and hashing one of some megabytes would hold the home loop up, so it is done aside: all
// functions are for queued jobs, while the call waits.
#pragma once

#include "core/api/api.h"

enum { LARGEST_PACK_BODY = 16 * 1024 * 1024 };

// The body as JSON (new reference); NULL with a problem.
json_t *pack_body_json(const ApiCall *call, ProblemList *problems);
bool pack_body_is_of_type(const ApiCall *call, const char *type);
// False with problems, and an empty bundle.
MUST_CHECK bool pack_body_read_archive(const ApiCall *call, Bundle *bundle, ProblemList *problems);
// An archive or { "files": { name: text } }, by the Content-Type.
MUST_CHECK bool pack_body_read(const ApiCall *call, Bundle *bundle, ProblemList *problems);
