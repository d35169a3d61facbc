// A pack to start from: the files of the templates inside this program, filled in.
//
// Without a parent a small whole pack with data and a spec, with one a pack that holds what differs
// from it. Any thread.
#pragma once

#include "core/base/memory.h"
#include "core/pack/description.h"

// Borrowed.
typedef struct PackTemplate {
    const char *id, *title;    // a title that is NULL is the id
    const char *region;        // NULL: that of the example
    const Description *parent; // of the pack to extend; NULL: none
} PackTemplate;

// "a_small_id"; false for anything else.
bool pack_template_id_is_good(const char *id);
// ERROR_USAGE when a pack could not be called so, or its region is no code. Says nothing of whether
// there is such a region.
MUST_CHECK bool pack_template_check(const PackTemplate *pack, Error *error);

// `path` is within the pack's folder: "spec/pack_spec.lua".
typedef bool (*PackTemplateFile)(const char *path, const Buffer *text, void *context, Error *error);
// Gives each file of a pack that was checked; false when `each` did.
MUST_CHECK bool pack_template_each(const PackTemplate *pack, PackTemplateFile each, void *context,
                                   Error *error);
