// The page of memory a worker shares with the host: what it is doing right now.
//
// The worker writes it before each call into pack code; the host looks for a stop now and then, and
// reads the rest when the worker had to be killed, to say which file and line was to blame. Nothing
// but `stop` orders one field against another: the rest is written relaxed. The host treats its
// contents as untrusted: numbers are checked before use and texts are copied out bounded.
#pragma once

#include <stdatomic.h>
#include <stdint.h>

enum { STATUS_PAGE_BYTES = 4096, STATUS_FILE_SIZE = 200 };

typedef enum StopReason {
    STOP_NONE,
    STOP_CPU,    // the budget of one call is used up
    STOP_MEMORY, // the memory cap refused an allocation
} StopReason;

typedef struct StatusPage {
    _Atomic int32_t rule;        // rule being called; -1 while loading or running specs
    _Atomic int32_t region;      // index of the region in the job; -1 when not evaluating
    _Atomic uint32_t stop;       // StopReason once a stop was asked for
    _Atomic int32_t line;        // where the code was when the stop was asked for; 0 unknown
    char file[STATUS_FILE_SIZE]; // path inside the pack, NUL-terminated by the worker
} StatusPage;
