// The host that stays: a workspace kept live, and the API over it, until it is told to stop.
#pragma once

#include "core/base/address_list.h"
#include "core/base/error.h"

typedef struct HostOptions {
    const char *workspace; // folder
    const char *address;   // numeric; NULL: the Unix socket alone
    int port;              // 0: any free one
    const char *certificate, *key;
    AddressList proxies;      // their word about their clients' addresses is taken
    const char *packs_folder; // watched; NULL: none
    const char *access_log;   // a file, "-" for standard output; NULL: none
    const char *worker_program;
    int workers;
    long deadline_ms, drain_ms;
    long password_days; // after so many a password must be changed; 0: never
    long most_waiting;  // jobs for the desk, and for the side queue
} HostOptions;

// Serves until SIGTERM or SIGINT, then drains. ERROR_STORE, ERROR_SYSTEM … when it cannot begin.
MUST_CHECK bool host_serve(const HostOptions *options, Error *error);

// The workspace's socket, into `path` of that size.
void host_socket_path(const char *workspace, char *path, size_t size);
