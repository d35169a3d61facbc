// A child process that is spoken to by lines: another engine's shell or a script of scripts/bench.
//
// The child leads a process group of its own and dies with this program. What it writes to standard
// error goes to a log; when it ends before its time, the log's last line is the error's message.
// One thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/base/memory.h"

typedef struct Script Script;

typedef struct ScriptOptions {
    const char *const *arguments; // ended by NULL; the first is looked up in PATH
    const char *log;              // path, appended to
    const char *user;             // run as this user; NULL: as whoever runs this program
    int interruption;             // see interruption.h
    // Of script_run alone; may be NULL. What the child prints is appended to `output`, line by
    // line. `peak_mb` gets the memory that it and its own children held at most; to know that, they
    // are looked at every few ms, which slows them.
    Buffer *output;
    double *peak_mb;
} ScriptOptions;

// ERROR_NOT_FOUND when there is no such program. End it with script_end.
MUST_CHECK bool script_start(const ScriptOptions *options, Script **out, Error *error);
// Writes a text; lines in it end with '\n'.
MUST_CHECK bool script_say(Script *script, const char *text, Error *error);
// Waits for one line, without its end; a longer one is cut. ERROR_CANCELLED on a signal,
// ERROR_LIMIT after `timeout_ms`, ERROR_SYSTEM when the child has ended.
MUST_CHECK bool script_hear(Script *script, int timeout_ms, char *line, size_t size, Error *error);
// What its process has held in memory at most, in MB; NaN when it cannot be told.
double script_peak_mb(const Script *script);
// Sends a signal to the child.
void script_signal(const Script *script, int number);
// Closes its input and waits for its end; kills it after `timeout_ms`. Gives whether it ended well
// by itself. Frees the script; NULL is allowed.
bool script_end(Script *script, int timeout_ms);

// Starts a program without input and waits for its end. The error has the log's last line.
MUST_CHECK bool script_run(const ScriptOptions *options, int timeout_ms, Error *error);
