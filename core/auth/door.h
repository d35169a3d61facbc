// The door: who is it that asks. What the loop has at hand of accounts, without a look at the
// store.
//
// Accounts, sessions and API tokens are loaded whole (door_read blocks, for a queued job; door_load
// does not) and from then on changed by the accounts that functions of accounts.h, login.h and
// tokens.h hand back. What was read earlier never replaces what was read later, whatever the order
// in which jobs end. When another process changes accounts, store_accounts_version is greater than
// door_version: load them again. All functions are for the loop's thread but for those that say
// otherwise.
#pragma once

#include "core/auth/account.h"

typedef struct Door Door;

// The settings are copied.
Door *door_new(const AuthSettings *settings);
void door_free(Door *door); // NULL is allowed
const AuthSettings *door_settings(const Door *door);

// ---- what it knows -----------------------------------------------------------------------------

typedef struct DoorContents {
    AccountList accounts;
    RegionTree *regions;
} DoorContents;

// Blocks; any other thread.
MUST_CHECK bool door_read(Store *store, DoorContents *out, Error *error);
// Takes the contents over. Also when regions were changed.
void door_load(Door *door, DoorContents *contents);
// Takes the account over: it is zeroed. One without a name (nothing was read) is left out. The
// door's version goes on when the account's change is the next one.
void door_apply(Door *door, Account *account);
int64_t door_version(const Door *door);

const RegionTree *door_regions(const Door *door);
// In order of name; without sessions and tokens, which are asked for apart. Valid until the next
// load or apply, as what follows is.
size_t door_account_count(const Door *door);
const Account *door_account_at(const Door *door, size_t place);
const Account *door_account(const Door *door, const char *name); // NULL: there is none
// Calls `each` for the account's sessions that are not over, or for its tokens, by ascending id.
void door_each_session(const Door *door, const char *account, int64_t now_us,
                       void (*each)(const Session *session, void *context), void *context);
void door_each_token(const Door *door, const char *account,
                     void (*each)(const Token *token, void *context), void *context);

// How many sessions and tokens of an account are not over.
typedef struct OpenCounts {
    size_t sessions, tokens;
} OpenCounts;

OpenCounts door_count_open(const Door *door, const char *account, int64_t now_us);
// Of all accounts in one pass, by place. Free with free().
OpenCounts *door_count_all_open(const Door *door, int64_t now_us);

// ---- who asks ----------------------------------------------------------------------------------

typedef struct DoorRequest {
    const char *session; // the cookie's text; NULL: none
    const char *bearer;  // the API token; NULL: none. Goes before the session
    const char *address;
    bool local;    // came over the Unix socket
    uint32_t user; // then: the client's user id. The server's own, or root, needs nothing to show
    const char *login; // then: who it says it acts for, which is believed; NULL: it does not say
    // There is no answer yet that could tell a new token: the session keeps the one it has.
    bool keeps_token;
    int64_t now_us;
} DoorRequest;

typedef struct DoorAnswer {
    Caller caller;
    // The session's new token, to be sent with the answer; "" where it stays as it is.
    char new_token[SECRET_TEXT_SIZE];
} DoorAnswer;

// CALLER_NOBODY when nothing was shown. ERROR_UNIDENTIFIED when what was shown is not, or no
// longer, good; `out` is CALLER_NOBODY then.
MUST_CHECK bool door_identify(Door *door, const DoorRequest *request, DoorAnswer *out,
                              Error *error);
// For what goes on for long: brings the caller's rights up to date. False when its session or token
// is over. Does not count as use.
MUST_CHECK bool door_recheck(const Door *door, Caller *caller, int64_t now_us);
// The CSRF token of the caller's session; "" for a caller without one.
void door_csrf(const Door *door, const Caller *caller, char csrf[SECRET_CSRF_SIZE]);
// Whether `shown` (NULL: none) is it.
bool door_csrf_is_right(const Door *door, const Caller *caller, const char *shown);

// Whether the address may try to log in now; when not, `*retry_us` is after how long. Of an address
// that begins to be refused the notes tell, once until it has rested.
bool door_may_try(Door *door, const char *address, int64_t now_us, int64_t *retry_us);
// A login succeeded: the try does not count.
void door_forgive(Door *door, const char *address, int64_t now_us);

// ---- what is to be written down ----------------------------------------------------------------

typedef struct DoorNotes DoorNotes;

// When sessions and tokens were used, new tokens of sessions, and addresses that tried too often,
// as far as the store does not know yet; NULL when there is nothing. To be asked every few seconds,
// and before the end.
DoorNotes *door_take_notes(Door *door, int64_t now_us);
// Blocks; any other thread. What was stored is in the notes no more, also when the rest failed.
MUST_CHECK bool door_store_notes(Store *store, DoorNotes *notes, Error *error);
// The store would not have them: they are to be taken again. Takes them over; NULL is allowed.
void door_return_notes(Door *door, DoorNotes *notes);
void door_free_notes(DoorNotes *notes); // any thread; NULL is allowed
