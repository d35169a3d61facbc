// How accounts are changed: one transaction in which the right is checked on what is there then.
//
// Only core/auth includes this. A change reads the account, asks whether the caller may manage it,
// acts, and reads it again when the change is committed. Blocking; on any thread but the loop's and
// the store's writer.
#pragma once

#include "core/auth/account.h"
#include "core/auth/accounts.h"

typedef struct Change Change;
// Runs in the transaction; `details` is the caller's.
typedef bool (*ChangeFunction)(StoreTransaction *transaction, Change *change, Error *error);

typedef enum ChangeRight {
    CHANGE_BY_MANAGER, // whoever may change accounts, in all regions of this one; not one's own
    CHANGE_OWN,        // the caller's own account, or a local caller
    CHANGE_BY_EITHER,
} ChangeRight;

struct Change {
    const AuthCall *call;
    const char *name; // of the account
    ChangeRight right;
    ChangeFunction act;
    void *details;
    Account before;   // as it is when the transaction begins
    RegionTree *tree; // then too
    int64_t number;   // of the change, among all changes of accounts
};

// Fills `out` with the account after the change; on false it is empty.
MUST_CHECK bool change_run(Change *change, Account *out, Error *error);
// Begins a change of accounts on the caller's behalf. ERROR_UNIDENTIFIED when his session has ended
// since he was identified.
MUST_CHECK bool change_begin(StoreTransaction *transaction, Change *change, Error *error);
// Reads the account once the change is committed.
MUST_CHECK bool change_read(const Change *change, Account *out, Error *error);
// Checks a new password of the account and hashes it. ERROR_INPUT when it breaks a rule or was in
// use not long ago.
MUST_CHECK bool change_hash_password(const AuthCall *call, const char *account,
                                     const char *password, char hash[PASSWORD_HASH_SIZE],
                                     Error *error);
