// Who asks, and whether he may: identification, cookies, forgery, rights. See api.h for what
// resources use of it. For the home loop's thread.
#pragma once

#include "core/api/api.h"

// Finds out who calls and whether the route is for him. False: the call is answered.
MUST_CHECK bool access_check(ApiCall *call);
// The same beforehand, when the headers alone are there: nothing is answered, the session keeps its
// token, and access_check abides by what was found, whatever became of the token since.
MUST_CHECK bool access_is_given(ApiCall *call);
// Whose request it is for the log, also where no route takes it.
void access_find_address(ApiCall *call);
// What every answer to the call carries of it: a session's new token.
void access_add_headers(ApiCall *call, HttpAnswer *answer);
// The session's token for the client to keep; NULL has it forget the one it has.
void access_set_cookie(ApiCall *call, const char *token);
