// What desk*.c share; included nowhere else.
#pragma once

#include "core/service/desk.h"

typedef struct DeskPack {
    PinnedPack *version;
    Live *live;            // NULL while there are no results
    Error problem;         // why
    int64_t tried_version; // of the data when that was found out
} DeskPack;

struct Desk {
    DeskOptions options;
    JobHost host;
    DeskPack **packs; // by pointer: `live` borrows from the version alone, but lists move
    size_t count, capacity;
    // Of the store when everything was taken from it that goes so far.
    int64_t last_activation, region_version;
};

DeskPack *desk_find(const Desk *desk, const char *id);
// A pack that is on the desk but seen by nobody yet. Takes over the pin. False with problems when
// the version cannot be evaluated; a lack of figures is no such problem.
MUST_CHECK bool desk_pack_open(Desk *desk, PinnedPack *version, DeskPack **out,
                               ProblemList *problems);
void desk_pack_free(DeskPack *pack); // NULL is allowed
// Puts a pack in the place of its former version, and has readers see it.
void desk_take(Desk *desk, DeskPack *pack);
// Has readers see the pack's results as they are, whole.
void desk_show(Desk *desk, const DeskPack *pack);
