// What the door knows: loaded, changed, and written down: see door.h.
#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/auth/door_inside.h"
#include "core/base/text.h"
#include "db/store_accounts.h"

// ---- making ------------------------------------------------------------------------------------

Door *door_new(const AuthSettings *settings) {
    Door *door = memory_new(1, sizeof *door);
    const struct passwd *own = getpwuid(geteuid());
    door->settings = *settings;
    door->throttle = throttle_new(settings->address_tries, settings->address_refill_us);
    text_copy(door->own_login, sizeof door->own_login, own ? own->pw_name : "server");
    return door;
}

void door_free(Door *door) {
    if (!door) return;
    for (size_t i = 0; i < door->account_count; i++) {
        account_free(door->accounts[i]);
        free(door->accounts[i]);
    }
    if (door->sessions) sodium_memzero(door->sessions, door->session_count * sizeof(LiveSession));
    free(door->accounts);
    free(door->sessions);
    free(door->tokens);
    region_tree_free(door->regions);
    throttle_free(door->throttle);
    free(door);
}

const AuthSettings *door_settings(const Door *door) {
    return &door->settings;
}

int64_t door_version(const Door *door) {
    return door->version;
}

const RegionTree *door_regions(const Door *door) {
    return door->regions;
}

// ---- finding -----------------------------------------------------------------------------------

static int by_id_of_session(const void *one, const void *other) {
    int64_t a = ((const LiveSession *)one)->session.id,
            b = ((const LiveSession *)other)->session.id;
    return (a > b) - (a < b);
}

static int by_id_of_token(const void *one, const void *other) {
    int64_t a = ((const LiveToken *)one)->token.id, b = ((const LiveToken *)other)->token.id;
    return (a > b) - (a < b);
}

LiveSession *door_find_session(const Door *door, int64_t id) {
    const LiveSession wanted = {.session = {.id = id}};
    if (door->session_count == 0) return NULL;
    return bsearch(&wanted, door->sessions, door->session_count, sizeof wanted, by_id_of_session);
}

LiveToken *door_find_token(const Door *door, int64_t id) {
    const LiveToken wanted = {.token = {.id = id}};
    if (door->token_count == 0) return NULL;
    return bsearch(&wanted, door->tokens, door->token_count, sizeof wanted, by_id_of_token);
}

// Where the account stands, or would.
static size_t place_of(const Door *door, const char *name, bool *found) {
    size_t low = 0, high = door->account_count;
    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(door->accounts[middle]->name, name);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t door_account_count(const Door *door) {
    return door->account_count;
}

const Account *door_account_at(const Door *door, size_t place) {
    return door->accounts[place];
}

const Account *door_account(const Door *door, const char *name) {
    bool found;
    size_t place = place_of(door, name, &found);
    return found ? door->accounts[place] : NULL;
}

void door_each_session(const Door *door, const char *account, int64_t now_us,
                       void (*each)(const Session *session, void *context), void *context) {
    for (size_t i = 0; i < door->session_count; i++) {
        const LiveSession *live = &door->sessions[i];
        if (strcmp(live->account->name, account) == 0 &&
            !session_is_over(&live->session, &door->settings, now_us))
            each(&live->session, context);
    }
}

void door_each_token(const Door *door, const char *account,
                     void (*each)(const Token *token, void *context), void *context) {
    for (size_t i = 0; i < door->token_count; i++)
        if (strcmp(door->tokens[i].account->name, account) == 0)
            each(&door->tokens[i].token, context);
}

OpenCounts door_count_open(const Door *door, const char *account, int64_t now_us) {
    bool found;
    const size_t place = place_of(door, account, &found);
    OpenCounts *all = door_count_all_open(door, now_us), counts = {0};
    if (found) counts = all[place];
    free(all);
    return counts;
}

OpenCounts *door_count_all_open(const Door *door, int64_t now_us) {
    OpenCounts *counts = memory_new(door->account_count, sizeof *counts);
    bool found;
    for (size_t i = 0; i < door->session_count; i++)
        if (!session_is_over(&door->sessions[i].session, &door->settings, now_us))
            counts[place_of(door, door->sessions[i].account->name, &found)].sessions++;
    for (size_t i = 0; i < door->token_count; i++)
        if (!token_is_over(&door->tokens[i].token, now_us))
            counts[place_of(door, door->tokens[i].account->name, &found)].tokens++;
    return counts;
}

// ---- changing ----------------------------------------------------------------------------------

static Account *own_account(Door *door, const char *name) {
    bool found;
    size_t place = place_of(door, name, &found);
    if (found) return door->accounts[place];
    ARRAY_RESERVE(door->accounts, door->account_count, door->account_capacity);
    memmove(door->accounts + place + 1, door->accounts + place,
            (door->account_count++ - place) * sizeof *door->accounts);
    Account *account = door->accounts[place] = memory_new(1, sizeof *account);
    snprintf(account->name, sizeof account->name, "%s", name);
    return account;
}

// What the store has of a session, but for what happened here since it was written down.
static LiveSession merged_session(const Session *stored, const LiveSession *known,
                                  Account *account) {
    LiveSession live = {
        .session = *stored, .account = account, .seen_written_us = stored->seen_at_us};
    if (!known) return live;
    if (known->session.rotation > stored->rotation)
        live = *known;
    else if (known->session.rotation == stored->rotation &&
             secret_equals(known->session.token_hash, stored->token_hash))
        memcpy(live.text, known->text, sizeof live.text); // it may have to be told again
    if (known->session.seen_at_us > stored->seen_at_us)
        live.session.seen_at_us = known->session.seen_at_us;
    return live;
}

static LiveToken merged_token(const Token *stored, const LiveToken *known, Account *account) {
    LiveToken live = {.token = *stored, .account = account, .used_written_us = stored->used_at_us};
    if (known && known->token.used_at_us > stored->used_at_us)
        live.token.used_at_us = known->token.used_at_us;
    return live;
}

// The sessions from now on: those of accounts that were read anew, merged with what is known of
// them, and those of all others as they were. `renewed` is by place.
static void renew_sessions(Door *door, const AccountList *from, const bool *renewed) {
    LiveSession *fresh = NULL, *live = door->sessions;
    size_t count = 0, capacity = 0;
    bool found;
    for (size_t i = 0; i < from->count; i++)
        for (size_t s = 0; s < from->items[i].session_count; s++) {
            const Session *stored = &from->items[i].sessions[s];
            Account *account = own_account(door, from->items[i].name);
            ARRAY_RESERVE(fresh, count, capacity);
            fresh[count++] = merged_session(stored, door_find_session(door, stored->id), account);
        }
    for (size_t i = 0; i < door->session_count; i++) {
        if (renewed[place_of(door, live[i].account->name, &found)]) continue;
        ARRAY_RESERVE(fresh, count, capacity);
        fresh[count++] = live[i];
    }
    if (count) qsort(fresh, count, sizeof *fresh, by_id_of_session);
    if (live) sodium_memzero(live, door->session_count * sizeof *live);
    free(live);
    door->sessions = fresh;
    door->session_count = count;
    door->session_capacity = capacity;
}

static void renew_tokens(Door *door, const AccountList *from, const bool *renewed) {
    LiveToken *fresh = NULL, *live = door->tokens;
    size_t count = 0, capacity = 0;
    bool found;
    for (size_t i = 0; i < from->count; i++)
        for (size_t t = 0; t < from->items[i].token_count; t++) {
            const Token *stored = &from->items[i].tokens[t];
            Account *account = own_account(door, from->items[i].name);
            ARRAY_RESERVE(fresh, count, capacity);
            fresh[count++] = merged_token(stored, door_find_token(door, stored->id), account);
        }
    for (size_t i = 0; i < door->token_count; i++) {
        if (renewed[place_of(door, live[i].account->name, &found)]) continue;
        ARRAY_RESERVE(fresh, count, capacity);
        fresh[count++] = live[i];
    }
    if (count) qsort(fresh, count, sizeof *fresh, by_id_of_token);
    free(live);
    door->tokens = fresh;
    door->token_count = count;
    door->token_capacity = capacity;
}

// What was read before is older, or the same; it is emptied.
static void drop_older(Door *door, AccountList *from) {
    for (size_t i = 0; i < from->count; i++) {
        const Account *known = own_account(door, from->items[i].name);
        if (from->items[i].version < known->version) account_free(&from->items[i]);
    }
}

static void take_account(Account *account, Account *from) {
    account_free(account);
    *account = *from;
    account->sessions = NULL;
    account->tokens = NULL;
    account->session_count = account->token_count = 0;
    account->session_capacity = account->token_capacity = 0;
    free(from->sessions);
    free(from->tokens);
    *from = (Account){0};
}

// Takes over what the accounts own.
static void take_accounts(Door *door, AccountList *from) {
    bool found;
    drop_older(door, from);
    bool *renewed = memory_new(door->account_count, sizeof *renewed);
    for (size_t i = 0; i < from->count; i++)
        if (from->items[i].name[0]) renewed[place_of(door, from->items[i].name, &found)] = true;
    renew_sessions(door, from, renewed);
    renew_tokens(door, from, renewed);
    for (size_t i = 0; i < from->count; i++)
        if (from->items[i].name[0])
            take_account(own_account(door, from->items[i].name), &from->items[i]);
    free(renewed);
}

void door_apply(Door *door, Account *account) {
    if (!account->name[0]) return;
    AccountList list = {.items = account, .count = 1};
    // The next change, with none between: all other accounts are as they were. Without a change of
    // its own the account may be of a version that another process made.
    if (account->change == door->version + 1) door->version = account->change;
    take_accounts(door, &list);
}

bool door_read(Store *store, DoorContents *out, Error *error) {
    *out = (DoorContents){0};
    if (!account_list_read(store, &out->accounts, error)) return false;
    if (region_tree_read(store, &out->regions, error)) return true;
    account_list_free(&out->accounts);
    return false;
}

void door_load(Door *door, DoorContents *contents) {
    AccountList *list = &contents->accounts;
    take_accounts(door, list);
    if (list->version > door->version) door->version = list->version;
    account_list_free(list);
    region_tree_free(door->regions);
    door->regions = contents->regions;
    contents->regions = NULL;
}

// ---- writing down ------------------------------------------------------------------------------

// How much later than it happened the store may have it that a token was used.
#define USED_LATENESS_US (INT64_C(3600) * 1000000)

typedef struct Touch {
    int64_t id, at_us;
} Touch;

struct DoorNotes {
    Touch *seen, *used;
    size_t seen_count, seen_capacity, used_count, used_capacity;
    Session *rotated;
    size_t rotated_count, rotated_capacity;
    Refused refused;
    int tries; // that an address has
};

static void take_session_notes(LiveSession *live, DoorNotes *notes) {
    const Session *session = &live->session;
    if (live->rotation_unwritten) {
        ARRAY_RESERVE(notes->rotated, notes->rotated_count, notes->rotated_capacity);
        notes->rotated[notes->rotated_count++] = *session;
        live->rotation_unwritten = false;
    }
    if (session->seen_at_us < live->seen_written_us + SESSION_SEEN_LATENESS_US) return;
    ARRAY_RESERVE(notes->seen, notes->seen_count, notes->seen_capacity);
    notes->seen[notes->seen_count++] = (Touch){session->id, session->seen_at_us};
    live->seen_written_us = session->seen_at_us;
}

static void take_token_notes(LiveToken *live, DoorNotes *notes) {
    const Token *token = &live->token;
    if (token->used_at_us < live->used_written_us + USED_LATENESS_US) return;
    ARRAY_RESERVE(notes->used, notes->used_count, notes->used_capacity);
    notes->used[notes->used_count++] = (Touch){token->id, token->used_at_us};
    live->used_written_us = token->used_at_us;
}

// Sessions that are over need not be kept, nor asked about again.
static void drop_old_sessions(Door *door, int64_t now_us) {
    size_t kept = 0;
    for (size_t i = 0; i < door->session_count; i++)
        if (!session_is_over(&door->sessions[i].session, &door->settings, now_us))
            door->sessions[kept++] = door->sessions[i];
    door->session_count = kept;
}

DoorNotes *door_take_notes(Door *door, int64_t now_us) {
    DoorNotes *notes = memory_new(1, sizeof *notes);
    drop_old_sessions(door, now_us);
    for (size_t i = 0; i < door->session_count; i++)
        take_session_notes(&door->sessions[i], notes);
    for (size_t i = 0; i < door->token_count; i++)
        take_token_notes(&door->tokens[i], notes);
    notes->refused = door->refused;
    notes->tries = door->settings.address_tries;
    door->refused = (Refused){0};
    if (notes->seen_count || notes->used_count || notes->rotated_count || notes->refused.count ||
        notes->refused.more)
        return notes;
    door_free_notes(notes);
    return NULL;
}

static bool store_rotation(StoreTransaction *transaction, const Session *session, Error *error) {
    const StoreSession row = {.id = session->id,
                              .token_hash = session->token_hash,
                              .previous_hash = session->previous_hash,
                              .previous_until_us = session->previous_until_us,
                              .rotation = session->rotation,
                              .rotated_at_us = session->rotated_at_us};
    return store_rotate_session(transaction, &row, error);
}

static bool write_notes(StoreTransaction *transaction, void *context, Error *error) {
    const DoorNotes *notes = context;
    bool good = true;
    for (size_t i = 0; good && i < notes->rotated_count; i++)
        good = store_rotation(transaction, &notes->rotated[i], error);
    for (size_t i = 0; good && i < notes->seen_count; i++)
        good = store_touch_session(transaction, notes->seen[i].id, notes->seen[i].at_us, error);
    for (size_t i = 0; good && i < notes->used_count; i++)
        good = store_touch_token(transaction, notes->used[i].id, notes->used[i].at_us, error);
    return good;
}

// ---- who tried too often -----------------------------------------------------------------------
// A row of the audit log when it begins, not one a try: whoever tries must not fill the disk.
// Behind each there are as many failed logins as an address has tries.

typedef struct RefusedNote {
    const char *address; // NULL: of those that were not kept
    const char *key;     // of the detail
    size_t number;
} RefusedNote;

static bool write_refused(StoreTransaction *transaction, void *context, Error *error) {
    const RefusedNote *note = context;
    const StoreActor actor = {.who = "-", .means = "web", .address = note->address};
    char detail[64];
    snprintf(detail, sizeof detail, "{\"%s\":%zu}", note->key, note->number);
    const StoreAuditEntry entry = {.action = "login.throttled", .detail = detail};
    return store_audit_by(transaction, &actor, error) &&
           store_put_audit(transaction, &entry, error);
}

static void drop_first(Refused *refused) {
    refused->count--;
    memmove(refused->addresses, refused->addresses + 1,
            refused->count * sizeof *refused->addresses);
}

// Each row has an address of its own, and so a transaction; what has one is not to be written again
// when a later one fails.
static bool store_refused(Store *store, DoorNotes *notes, Error *error) {
    Refused *refused = &notes->refused;
    while (refused->count) {
        RefusedNote note = {refused->addresses[0], "tries", (size_t)notes->tries};
        if (!store_write(store, write_refused, &note, error)) return false;
        drop_first(refused);
    }
    RefusedNote more = {NULL, "more_addresses", refused->more};
    if (refused->more && !store_write(store, write_refused, &more, error)) return false;
    refused->more = 0;
    return true;
}

static bool store_uses(Store *store, DoorNotes *notes, Error *error) {
    if (!notes->seen_count && !notes->used_count && !notes->rotated_count) return true;
    if (!store_write(store, write_notes, notes, error)) return false;
    notes->seen_count = notes->used_count = notes->rotated_count = 0;
    return true;
}

bool door_store_notes(Store *store, DoorNotes *notes, Error *error) {
    return store_uses(store, notes, error) && store_refused(store, notes, error);
}

void door_note_refused(Door *door, const char *address) {
    Refused *refused = &door->refused;
    if (refused->count == MOST_REFUSED)
        refused->more++;
    else
        snprintf(refused->addresses[refused->count++], ADDRESS_SIZE, "%s", address);
}

void door_return_notes(Door *door, DoorNotes *notes) {
    LiveSession *session;
    LiveToken *token;
    for (size_t i = 0; notes && i < notes->refused.count; i++)
        door_note_refused(door, notes->refused.addresses[i]);
    if (notes) door->refused.more += notes->refused.more;
    for (size_t i = 0; notes && i < notes->rotated_count; i++)
        if ((session = door_find_session(door, notes->rotated[i].id)))
            session->rotation_unwritten = true;
    for (size_t i = 0; notes && i < notes->seen_count; i++)
        if ((session = door_find_session(door, notes->seen[i].id))) session->seen_written_us = 0;
    for (size_t i = 0; notes && i < notes->used_count; i++)
        if ((token = door_find_token(door, notes->used[i].id))) token->used_written_us = 0;
    door_free_notes(notes);
}

void door_free_notes(DoorNotes *notes) {
    if (!notes) return;
    free(notes->seen);
    free(notes->used);
    free(notes->rotated);
    free(notes);
}
