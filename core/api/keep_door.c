// The door is kept up to date, and what it learned is written down: see api.h.
#include <stdlib.h>

#include "core/api/api_inside.h"
#include "core/base/clock.h"

typedef struct Keeping {
    Api *api;
    DoorNotes *notes; // NULL: there are none
    int64_t version;  // that the door has
    bool reload;      // whatever the version
    DoorContents contents;
    bool stored, loaded;
    Error error;
} Keeping;

static bool look(Keeping *keeping, Store *store) {
    int64_t version;
    keeping->stored = !keeping->notes || door_store_notes(store, keeping->notes, &keeping->error);
    if (!keeping->stored) return false;
    if (!store_accounts_version(store, &version, &keeping->error)) return false;
    if (version <= keeping->version && !keeping->reload) return true;
    keeping->loaded = door_read(store, &keeping->contents, &keeping->error);
    return keeping->loaded;
}

static void keep(Store *store, void *context) {
    Keeping *keeping = context;
    (void)!look(keeping, store); // what failed is in the error
}

static void go_on_closing(Api *api);

static void kept(void *context) {
    Keeping *keeping = context;
    Api *api = keeping->api;
    if (keeping->loaded) api_load_door(api, &keeping->contents);
    // What it was to read is not read yet.
    if (keeping->reload && !keeping->loaded) api->regions_changed = true;
    if (keeping->error.code) api_note_fault(api, &keeping->error);
    api_look_at_store(api);
    if (keeping->stored)
        door_free_notes(keeping->notes);
    else
        door_return_notes(api->options.door, keeping->notes);
    free(keeping);
    api->keeping_door = false;
    if (api->door_closed) go_on_closing(api);
}

void api_keep_door(Api *api) {
    if (api->keeping_door) return;
    Keeping *keeping = memory_new(1, sizeof *keeping);
    *keeping = (Keeping){.api = api,
                         .notes = door_take_notes(api->options.door, clock_now_us()),
                         .version = door_version(api->options.door),
                         .reload = api->regions_changed};
    api->regions_changed = false;
    api->keeping_door = true;
    if (!service_at_door(api->options.service, NULL, keep, kept, keeping)) kept(keeping);
}

// What was under way may have brought its notes back: the last look is taken after it.
static void go_on_closing(Api *api) {
    if (api->last_look_taken) {
        api->door_closed(api->door_closed_context);
        return;
    }
    api->last_look_taken = true;
    api_keep_door(api);
}

void api_close_door(Api *api, void (*closed)(void *context), void *context) {
    api->door_closed = closed;
    api->door_closed_context = context;
    if (!api->keeping_door) go_on_closing(api);
}

void api_load_door(Api *api, DoorContents *contents) {
    door_load(api->options.door, contents);
    api_recheck_readers(api);
}

void api_apply_account(Api *api, Account *account) {
    door_apply(api->options.door, account);
    api_recheck_readers(api);
}
