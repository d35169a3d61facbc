// An account as a whole: what it is called, its grants, sessions and API tokens.
//
// Read from the store on any thread but the loop's, then handed over by value; whoever has it frees
// it with account_free. Nothing here holds a password, a hash of one, or a secret.
#pragma once

#include "core/auth/rights.h"
#include "core/auth/secret.h"
#include "core/auth/settings.h"

enum { CLIENT_SIZE = 129, TOKEN_NAME_SIZE = 97 };
// A session, token or one-time password that is so much younger than now opens nothing.
#define SECRETS_AHEAD_US (INT64_C(60) * 1000000)

// How much later than it happened the store may have it that a session was used.
#define SESSION_SEEN_LATENESS_US (INT64_C(60) * 1000000)

typedef struct Session {
    int64_t id;
    char token_hash[HASH_TEXT_SIZE];
    char previous_hash[HASH_TEXT_SIZE]; // counts too until previous_until_us; "" for none
    int64_t previous_until_us;
    int rotation; // how often the token was changed
    char csrf_seed[SECRET_SEED_SIZE];
    int64_t began_at_us, rotated_at_us, seen_at_us;
    char address[ADDRESS_SIZE], client[CLIENT_SIZE]; // at the login
} Session;

typedef struct Token {
    int64_t id;
    char name[TOKEN_NAME_SIZE], secret_hash[HASH_TEXT_SIZE];
    ScopeSet scopes;
    char region[REGION_CODE_SIZE]; // a code; REGION_EVERYWHERE: wherever its owner may
    int64_t created_at_us, expires_at_us;
    int64_t used_at_us, revoked_at_us; // 0: never
    char created_by[ACCOUNT_NAME_SIZE], revoked_by[ACCOUNT_NAME_SIZE];
} Token;

typedef struct Account {
    char name[ACCOUNT_NAME_SIZE], title[ACCOUNT_TITLE_SIZE];
    int64_t created_at_us;
    char created_by[ACCOUNT_NAME_SIZE];
    int64_t disabled_at_us;    // 0: in use
    bool must_change_password; // it is a first or a reset one
    int64_t password_changed_at_us;
    int failures, lockouts;
    int64_t locked_until_us, logged_in_at_us; // 0: not, never
    char logged_in_from[ADDRESS_SIZE];
    Grant grants[ACCOUNT_MOST_GRANTS];
    size_t grant_count;
    Session *sessions; // owned, in order of id
    size_t session_count, session_capacity;
    Token *tokens; // owned, in order of id; revoked and expired ones too
    size_t token_count, token_capacity;
    int64_t version; // of all accounts, before it was read: what changed later may be missing
    // The version of all accounts that the change made which hands this account back; 0: it made
    // none.
    int64_t change;
} Account;

typedef struct AccountList {
    Account *items; // owned, in order of name
    size_t count, capacity;
    int64_t version;
} AccountList;

// ERROR_NOT_FOUND when there is none. On false nothing is to be freed.
MUST_CHECK bool account_read(Store *store, const char *name, Account *out, Error *error);
MUST_CHECK bool account_list_read(Store *store, AccountList *out, Error *error);
void account_free(Account *account); // what it owns, not itself
void account_list_free(AccountList *list);

// Letters, digits and . _ - in lower case, beginning with a letter or digit, two characters at
// least. ERROR_INPUT says what is wrong with it.
MUST_CHECK bool account_name_is_good(const char *name, Error *error);
RoleSet account_roles(const Account *account);
bool account_is_locked(const Account *account, int64_t now_us);
// A first or a reset password, or one that is older than the settings allow.
bool account_must_change_password(const Account *account, const AuthSettings *settings,
                                  int64_t now_us);
// When the account's first or reset password, not changed yet, opens nothing any more; 0 for an
// account whose password was chosen by its owner.
int64_t account_one_time_until_us(const Account *account, const AuthSettings *settings);
// Whether that was so then. Also of one that was made by a clock that was ahead.
bool account_one_time_is_over(const Account *account, const AuthSettings *settings, int64_t now_us);
// The session with this id, or NULL.
Session *account_session(const Account *account, int64_t id);
// Whether the session has ended by its settings; also of one that began in the future, by a clock
// that was ahead: it would outlast them.
bool session_is_over(const Session *session, const AuthSettings *settings, int64_t now_us);
// Revoked, expired, or made in the future.
bool token_is_over(const Token *token, int64_t now_us);
