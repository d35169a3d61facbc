// What resources about accounts share: a change worked out in the door's queue, then answered.
//
// A handler makes a job, fills in what its work needs, and begins it; the answer reads the door,
// which knows of the change by then. Only session.c, accounts.c and tokens.c include this.
#pragma once

#include "core/api/api_inside.h"
#include "core/auth/login.h"
#include "core/auth/tokens.h"

typedef struct AccountJob AccountJob;

struct AccountJob {
    ApiCall *call;
    AuthCall auth; // the store is known when the work begins
    json_t *body;  // owns texts of what follows; NULL: none
    const char *name, *title, *password, *old_password;
    Grant grants[ACCOUNT_MOST_GRANTS];
    size_t grant_count;
    NewToken new_token;
    int64_t id; // of a session or a token
    char generated[PASSWORD_GENERATED_SIZE];
    Login login;
    PasswordChange changed;

    bool (*act)(AccountJob *job);    // in the door's queue; fills `account` and, on false, `error`
    void (*answer)(AccountJob *job); // on the loop, when that went well
    Account account;
    char text[SECRET_TEXT_SIZE]; // of a new token, or of a session's
    Error error;
    bool good;
    bool is_login;
};

AccountJob *account_job_new(ApiCall *call, bool (*act)(AccountJob *job),
                            void (*answer)(AccountJob *job));
// Reads the body as a JSON object of these members (ended by NULL) into the job; false: the call is
// answered and the job gone.
MUST_CHECK bool account_job_read(AccountJob *job, const char *const *members);
// A text of the body; missing or null gives NULL, which is refused where it is needed. On false the
// call is answered and the job gone.
MUST_CHECK bool account_job_text(AccountJob *job, const char *field, bool needed, const char **out);
// A number of the path; false: it is none, the call is answered and the job gone.
MUST_CHECK bool account_job_number(AccountJob *job, const char *parameter);
// Refuses the body, as api_member_refuse: the call is answered and the job gone. Always false.
bool account_job_refuse(AccountJob *job, const char *field, const char *should);
void account_job_begin(AccountJob *job); // takes the job over
// What more than one resource does, as `act`: ends the account's session, or revokes its token, of
// the job's id.
bool account_job_end_session(AccountJob *job);
bool account_job_revoke_token(AccountJob *job);
void account_job_free(AccountJob *job);

// The account as the door has it, in the answer's JSON (new reference).
json_t *account_job_json(const ApiCall *call, const Account *account);
// The same, where what it has open was counted.
json_t *account_job_json_of(const ApiCall *call, const Account *account, OpenCounts open);
// Answers with the account that the job changed.
void account_job_answer(AccountJob *job);
