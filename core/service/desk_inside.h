// What desk*.c share; included nowhere else.
#pragma once

#include "core/base/json_writer.h"
#include "core/service/desk.h"

// What failed for a reason that may pass is tried again: after a while, then after twice as long.
typedef struct DeskRetry {
    int64_t due_ms; // on the monotonic clock; 0: it did not fail so
    int64_t wait_ms;
} DeskRetry;
void desk_retry_later(const Desk *desk, DeskRetry *retry);
bool desk_retry_is_due(const DeskRetry *retry);

typedef struct DeskPack {
    PinnedPack *version;
    Live *live;            // NULL while there are no results
    Error problem;         // why
    bool nobody_reports;   // that is why: there is nothing that could vouch for a warning
    int64_t tried_version; // of the data when that was found out
    DeskRetry retry;       // of the evaluation, though the data are the same
    WarningBook *warnings; // NULL until the pack is seen
    bool warnings_behind;  // what became of them could not be stored
} DeskPack;

struct Desk {
    DeskOptions options;
    JobHost host;
    DeskPack **packs; // by pointer: `live` borrows from the version alone, but lists move
    size_t count, capacity;
    // Of the store when everything was taken from it that goes so far.
    int64_t last_activation, region_version;
    DeskRetry retry; // of active versions that could not be loaded
    Map retired;     // packs that readers know to be out of service → 1; 0: they are not any more
};

DeskPack *desk_find(const Desk *desk, const char *id);
// A pack that is on the desk but seen by nobody yet, for a year as of RunRequest. Takes over the
// pin. False with problems when the version cannot be evaluated; a lack of figures is no such
// problem.
MUST_CHECK bool desk_pack_open(Desk *desk, PinnedPack *version, int year, DeskPack **out,
                               ProblemList *problems);
void desk_pack_free(DeskPack *pack); // NULL is allowed
// Puts a pack in the place of its former version, and has readers see it. Gives the former one
// (NULL: there was none) to be freed.
DeskPack *desk_take(Desk *desk, DeskPack *pack);
// Writes one object (view/impact_json.h), or nothing when there is nothing to compare.
void desk_tell_impact(const Desk *desk, const DeskPack *before, const DeskPack *after,
                      JsonWriter *json);
// What the desk has to say to readers; one of them.
typedef struct Notice {
    DeskListener listener; // of its own: the desk may be gone when the notice is read
    BoardPack *pack;
    BoardChange *change;
    BoardPlaces *places;
    DeskWarnings *warnings;
    AssessmentRound *round;
    BoardRetired *retired;
} Notice;
void desk_tell(Desk *desk, Notice notice);

// ---- packs out of service (desk_retire.c) -------------------------------------------------------

// Drops what the store has taken out of service, whoever did, and has readers told.
MUST_CHECK bool desk_take_retired(Desk *desk, Error *error);

// ---- warnings (desk_warnings.c) -----------------------------------------------------------------

// Brings the book of warnings to what all the pack's results say, and has readers told.
MUST_CHECK bool desk_follow_warnings(Desk *desk, DeskPack *pack, Error *error);
// The same within a put, for the regions that changed; then, whether it was committed or not.
MUST_CHECK bool desk_put_warnings(DeskPack *pack, StoreTransaction *transaction, const char *who,
                                  int64_t run, Error *error);
void desk_settle_warnings(Desk *desk, DeskPack *pack, bool committed);
// Has readers told of the book's steps.
void desk_tell_warnings(Desk *desk, const char *pack, const WarningBook *book);

// Has readers see the pack's results as they are, whole.
void desk_show(Desk *desk, const DeskPack *pack);
