// Who may do what, and where: the one place where it is decided.
//
// A caller is whoever asks something of the program. What is asked is an action in a region. Each
// role has actions; a grant gives a role in a region and all that lies in it. An API token has the
// actions of its scopes that its owner has, in its own region and below. Everything is decided from
// the Caller alone, which is copied by value and may be handed to any thread. Pure functions.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/auth/region_tree.h"
#include "core/auth/roles.h"
#include "core/base/error.h"

// Everything the API can do. The command line is for whoever may change the files anyway.
typedef enum Action {
    ACTION_NONE,                 // nobody may; what a table says that was not filled in
    ACTION_OWN_ACCOUNT,          // see oneself, change one's password, see and end one's sessions
    ACTION_OWN_TOKENS,           // make, list and revoke one's API tokens
    ACTION_REGIONS_READ,         // regions, their units
    ACTION_REGIONS_WRITE,        // import regions
    ACTION_DATA_READ,            // observations and their history
    ACTION_DATA_WRITE,           // enter observations
    ACTION_DATA_IMPORT,          // import files of observations
    ACTION_SAMPLES_REMOVE,       // take sample data out
    ACTION_RESULTS_READ,         // runs, results, ranks; live events about them
    ACTION_EVALUATE,             // run an evaluation
    ACTION_EXPLAIN,              // how a figure or a score came about
    ACTION_REPLAY,               // compute a stored run again and compare
    ACTION_ANALYSE,              // weights, differences, warnings of past years, data quality
    ACTION_WARNINGS_READ,        //
    ACTION_WARNINGS_ACKNOWLEDGE, //
    ACTION_ROUNDS_READ,          // assessment rounds and their history
    ACTION_ROUNDS_CHANGE,        // open, advance, publish and withdraw them
    ACTION_PACKS_READ,           // packs, their versions and rules
    ACTION_PACKS_CHECK,          // check and test a pack, see its impact; changes nothing
    ACTION_PACKS_ACTIVATE,       //
    ACTION_PACKS_ROLL_BACK,      //
    ACTION_PACKS_RETIRE,         // take a pack out of service
    ACTION_PACKS_YEAR,           // fix the year whose results a pack shows
    ACTION_ACCOUNTS_READ,        // accounts, grants, sessions, tokens
    ACTION_ACCOUNTS_WRITE,       // change them; not one's own
    ACTION_AUDIT_READ,           // the audit log, and its verification
    ACTION_AUDIT_EXPORT,         //
    ACTION_METRICS_READ,         // how the server fares
    ACTION_COUNT,
} Action;

// What a token can be for. Each action is in one scope at most; accounts, one's own and others',
// are in none.
typedef enum Scope {
    SCOPE_READ,     // regions, data, results, explanations, analyses, warnings, rounds, packs
    SCOPE_DATA,     // write and import data, remove samples, acknowledge warnings
    SCOPE_EVALUATE, // evaluate; fix packs' years; open, advance, publish and withdraw rounds
    SCOPE_PACKS,    // check, activate, roll back, retire packs; import regions
    SCOPE_AUDIT,    //
    SCOPE_METRICS,  //
    SCOPE_COUNT,
} Scope;

typedef unsigned ScopeSet; // bit 1 << scope
#define SCOPE_BIT(scope) (1U << (scope))

enum {
    ACCOUNT_NAME_SIZE = 65, // bytes with the NUL, as all sizes here
    ACCOUNT_TITLE_SIZE = 193,
    ACCOUNT_MOST_GRANTS = 16,
    REGION_CODE_SIZE = 33,
    UNIT_ID_SIZE = 65,
    ADDRESS_SIZE = 64,
};

typedef struct Grant {
    Role role;
    char region[REGION_CODE_SIZE]; // a code, or REGION_EVERYWHERE
    char unit[UNIT_ID_SIZE];       // of a reporter; "" for none
} Grant;

typedef enum CallerKind {
    CALLER_NOBODY,  // has shown nothing: may do nothing
    CALLER_SESSION, // logged in
    CALLER_TOKEN,   // an API token
    CALLER_LOCAL,   // could change the workspace's files anyway: may do everything
} CallerKind;

typedef struct Caller {
    CallerKind kind;
    char name[ACCOUNT_NAME_SIZE]; // of the account; "local:root" of a local caller
    const char *means;            // as the audit log has it: "cli", "web", "api", "token"
    char address[ADDRESS_SIZE];   // of the client; "" when local
    int64_t session, token;       // its id; 0 for none
    bool must_change_password;    // may do nothing else before
    ScopeSet scopes;              // of a token
    char token_region[REGION_CODE_SIZE];
    Grant grants[ACCOUNT_MOST_GRANTS];
    size_t grant_count;
} Caller;

// The caller that whoever runs the command line is; `login` is the login name.
Caller caller_local(const char *login);
// For store_audit_by; points into the caller.
StoreActor caller_actor(const Caller *caller);

// `region` NULL asks for the right in some region, whichever. What concerns no region (metrics, the
// audit log) asks with NULL; what concerns a pack asks with the pack's region.
bool rights_allow(const Caller *caller, Action action, const char *region, const RegionTree *tree);
// The same; ERROR_FORBIDDEN says what is not allowed, where, and what is allowed instead.
// ERROR_UNIDENTIFIED when the caller has shown nothing.
MUST_CHECK bool rights_require(const Caller *caller, Action action, const char *region,
                               const RegionTree *tree, Error *error);

// The same for a list of which some may be shown: true when the right holds in the region, or in
// a region that lies in it.
bool rights_allow_part(const Caller *caller, Action action, const char *region,
                       const RegionTree *tree);

// Callers with the same mark may do the same, so that what one was shown is good for the other.
uint64_t rights_mark(const Caller *caller);

// Whether the role has the action at all.
bool role_may(Role role, Action action);
// Whether it changes what others see; the other actions only read, or concern one's own account.
bool action_is_change(Action action);
const char *action_name(Action action);  // stable: "packs.roll_back"
const char *action_title(Action action); // for people
// SCOPE_COUNT when no token can have it.
Scope action_scope(Action action);

const char *scope_name(Scope scope); // stable: "read"
// "read,data" → a set that is not empty. ERROR_INPUT names the one that is none.
MUST_CHECK bool scopes_parse(const char *text, ScopeSet *scopes, Error *error);
enum { SCOPES_TEXT_SIZE = 64 };
// The reverse, in the order of the enum.
void scopes_text(ScopeSet scopes, char out[SCOPES_TEXT_SIZE]);
