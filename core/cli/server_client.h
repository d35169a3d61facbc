// The server of the workspace, when one runs: what the command line has it do, over its socket.
//
// The server keeps packs evaluated; what changes a pack goes through it, so that its readers see
// every step, and of what was put into the database beside it it is told, so that it answers with
// it before the command ends. One thread.
#pragma once

#include <jansson.h>

#include "core/cli/command.h"

// Whether a server answers on the workspace's socket.
bool server_is_there(const Cli *cli);

typedef struct ServerCall {
    const char *method, *path; // with the query
    const char *type;          // of the body; NULL: none
    const void *body;
    size_t length;
} ServerCall;

// Waits for the answer. True when it is 2xx; `*answer` (new reference) is its JSON. Otherwise its
// problems, or what kept it from coming, are added.
MUST_CHECK bool server_call(const Cli *cli, const ServerCall *call, json_t **answer,
                            ProblemList *problems);

// Says on standard error that the server has taken what was changed.
void server_say_it_answers(void);

// Has the server, if one runs, look at what was stored, and waits until it answers with it. What
// goes wrong is said on standard error: what was stored is stored.
void server_refresh(const Cli *cli);
// The same for accounts, their sessions and tokens: waits for no evaluation.
void server_refresh_accounts(const Cli *cli);
