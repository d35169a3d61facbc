// A client that keeps one connection open and asks one thing after the other, waiting for each
// answer.
//
// What cannot happen on a sound machine (no socket, no memory) ends the program; what the server
// may do wrong is told by the caller. One thread a connection.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/memory.h"

typedef struct Target {
    int port;
    const char *token; // of an account with rights to all that is asked
} Target;

typedef struct Talk {
    int socket; // -1 once the server has ended it
    const Target *target;
    Buffer bytes; // of the last answer, head and body
    int status;
    const char *body; // within `bytes`, ends with NUL
    size_t body_length;
} Talk;

// `source` is the host's address to come from ("127.0.0.2").
void talk_open(Talk *talk, const Target *target, const char *source);
void talk_close(Talk *talk);
// False when the connection ended before a whole answer was there. `body` may be NULL.
bool talk_ask(Talk *talk, const char *method, const char *path, const char *body);
// The same, ending the program unless the answer is 200.
void talk_insist(Talk *talk, const char *method, const char *path, const char *body);

// For those who send and receive themselves: a request's bytes, and whether `bytes` holds a whole
// answer; then status and body are set.
void talk_write_request(Buffer *out, const Target *target, const char *method, const char *path,
                        const char *body);
bool talk_is_whole(Talk *talk);

double now_ms(void); // of a clock that only goes forward
void pause_ms(double milliseconds);
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));
