// Ctrl-C and its like as something to look at, so that what was begun is ended in order.
//
// While it is open, SIGINT, SIGTERM and SIGHUP do not end the program: they wait in a descriptor
// until somebody looks. Threads made meanwhile inherit that; a child process must undo it
// (interruption_forget). Open and close on the main thread; looking is free to any.
#pragma once

#include <signal.h>
#include <stdbool.h>

#include "core/base/error.h"

typedef struct Interruption {
    int descriptor; // readable once a signal has come; -1 where there is none to look at
    sigset_t before;
} Interruption;

MUST_CHECK bool interruption_open(Interruption *interruption, Error *error);
void interruption_close(Interruption *interruption);
// In a child process before it becomes another program.
void interruption_forget(void);
// False with ERROR_CANCELLED once a signal has come.
MUST_CHECK bool interruption_check(int descriptor, Error *error);
bool interruption_set_error(Error *error); // that error; always false
