// A pack that is taken out of service: see pack_retirement.h.
#include "core/work/pack_retirement.h"

#include "core/work/active_version.h"
#include "core/work/open_rounds.h"

typedef struct Retiring {
    Store *store;
    const char *pack, *who;
    PackRetirement *done;
} Retiring;

static bool write_retirement(StoreTransaction *transaction, void *context, Error *error) {
    const Retiring *retiring = context;
    PackRetirement *done = retiring->done;
    return open_rounds_allow_retirement(retiring->store, retiring->pack, error) &&
           store_retire_pack(transaction, retiring->pack, retiring->who, done->hash, error) &&
           warning_book_put(done->warnings, transaction, retiring->who, 0, 0, error);
}

// The description gives the warnings their titles; one that this program does not understand keeps
// nobody from retiring its pack.
static bool note_warnings(Store *store, const char *pack, WarningBook *book, Error *error) {
    Description *description = NULL;
    Error unreadable = {0};
    if (!active_version_read(store, pack, &description, &unreadable)) {
        if (unreadable.code != ERROR_STORE) {
            *error = unreadable;
            return false;
        }
        description = NULL;
    }
    warning_book_begin(book);
    warning_book_clear_others(book, description);
    description_free(description);
    return true;
}

bool pack_retire(Store *store, const char *pack, const char *who, PackRetirement *done,
                 Error *error) {
    Retiring retiring = {store, pack, who, done};
    *done = (PackRetirement){0};
    bool good = warning_book_open(store, pack, &done->warnings, error) &&
                note_warnings(store, pack, done->warnings, error) &&
                store_write(store, write_retirement, &retiring, error);
    if (!good) pack_retirement_free(done);
    return good;
}

void pack_retirement_free(PackRetirement *done) {
    warning_book_free(done->warnings);
    *done = (PackRetirement){0};
}
