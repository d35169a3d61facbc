// The book of a pack's warnings: which are open, since when, and who knows of them.
//
// A warning is known by its id and its subject, not by the version that raised it: results of any
// version are compared with what is open, and only the difference is written. Its life: raised →
// acknowledged → cleared, when its rule says so no more; raised again it goes on with its history.
// Where a region's figures were withdrawn, or it is not evaluated any more, nothing vouches for its
// warnings: they are cleared. Those of an earlier year than the one evaluated stay until the region
// reports again: that others began a new year says nothing of it. A pack that could not be
// evaluated says nothing of any region; its book is not to be followed. For the thread that writes.
#pragma once

#include "core/eval/result.h"
#include "db/store.h"

typedef struct WarningBook WarningBook;

// Reads what is open of the pack.
MUST_CHECK bool warning_book_open(Store *store, const char *pack, WarningBook **out, Error *error);
void warning_book_free(WarningBook *book); // NULL is allowed

// One step of a warning's life.
typedef struct WarningStep {
    const char
        *event; // "raised", "level" (or the figures in the message), "acknowledged", "cleared"
    int64_t id; // set once it is put
    const char *region, *warning, *title, *subject, *level;
    const char *message; // NULL for none
} WarningStep;

// Forgets the steps noted before.
void warning_book_begin(WarningBook *book);
// Notes what the results of a region that is evaluated (canonical bytes of this layout; none where
// it reported nothing for the year) say otherwise than the book. A warning that the layout's pack
// does not declare any more is cleared.
void warning_book_follow(WarningBook *book, const char *region, const ResultLayout *layout,
                         ResultBytes bytes);
// Clears what is open of the regions that were not followed since warning_book_begin: once all that
// are evaluated were. Titles are those of `description`; NULL: the ids of the warnings.
void warning_book_clear_others(WarningBook *book, const Description *description);
// Puts what was noted. `run`: whose results say so.
MUST_CHECK bool warning_book_put(WarningBook *book, StoreTransaction *transaction, const char *who,
                                 int64_t run, int year, Error *error);
// What was noted, also after it was settled; texts live until
// warning_book_begin.
size_t warning_book_step_count(const WarningBook *book);
const WarningStep *warning_book_step(const WarningBook *book, size_t index);
// After the commit, or after it failed: takes what was noted over, or forgets it.
void warning_book_settle(WarningBook *book, bool committed);

// Somebody has taken note of a raised warning; the step is noted like any other. ERROR_NOT_FOUND
// when no such warning is open, ERROR_CONFLICT when it is acknowledged already.
MUST_CHECK bool warning_book_acknowledge(WarningBook *book, const Description *description,
                                         const char *region, int64_t id, const char *who,
                                         const char *note, Error *error);
