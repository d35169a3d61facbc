// What the files of the door share. Only core/auth/door*.c include this.
#pragma once

#include "core/auth/door.h"
#include "core/auth/throttle.h"

// A session as it is now, of which the store may not know all.
typedef struct LiveSession {
    Session session;
    Account *account;            // in the door
    char text[SECRET_TEXT_SIZE]; // of the token, until the client has shown that it knows it
    bool rotation_unwritten;
    int64_t seen_written_us; // as the store has it
} LiveSession;

typedef struct LiveToken {
    Token token;
    Account *account;
    int64_t used_written_us;
} LiveToken;

enum { MOST_REFUSED = 16 };

// Addresses that tried too often since notes were last taken.
typedef struct Refused {
    char addresses[MOST_REFUSED][ADDRESS_SIZE];
    size_t count, more; // kept, and not kept
} Refused;

struct Door {
    AuthSettings settings;
    char own_login[ACCOUNT_NAME_SIZE - 8]; // of the user that the server runs as
    Throttle *throttle;
    Refused refused;
    RegionTree *regions;
    int64_t version;    // of all accounts
    Account **accounts; // owned, in order of name; without sessions and tokens
    size_t account_count, account_capacity;
    LiveSession *sessions; // in order of id
    size_t session_count, session_capacity;
    LiveToken *tokens; // in order of id
    size_t token_count, token_capacity;
};

// The address tried too often.
void door_note_refused(Door *door, const char *address);
// NULL when there is none of that id.
LiveSession *door_find_session(const Door *door, int64_t id);
LiveToken *door_find_token(const Door *door, int64_t id);
