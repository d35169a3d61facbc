// One error: what went wrong, where, and what to do about it.
//
// Every fallible function returns bool and takes `Error *error` last. On false the error is filled;
// on true it is left alone. An Error owns nothing, so it can live on the stack and be copied.
// Messages are written in the language of language.h and must be fit to show to the person.
// ProblemList gathers many findings (a CSV's bad rows, a pack's lints) where stopping at the first
// would make the person run the command again and again.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define FORMAT(format_index, first_argument)                                                       \
    __attribute__((format(printf, format_index, first_argument)))

typedef enum ErrorCode {
    ERROR_NONE = 0,
    ERROR_USAGE,        // the command line or the call is wrong
    ERROR_INPUT,        // a file or a value given by a person is wrong
    ERROR_PACK,         // a pack fails a check, a spec or a rule
    ERROR_STORE,        // the database cannot be used
    ERROR_WORKER,       // a worker died, hung, or sent what it must not
    ERROR_LIMIT,        // a stated limit was exceeded
    ERROR_NOT_FOUND,    // what was asked for does not exist
    ERROR_CONFLICT,     // what was asked for contradicts what is there
    ERROR_CANCELLED,    // the person stopped it
    ERROR_SYSTEM,       // the operating system refused
    ERROR_UNIDENTIFIED, // who asks has not shown who it is, or not well enough
    ERROR_FORBIDDEN,    // who asks may not do that, or not there
    ERROR_MEDIA_TYPE,   // what was sent is of a kind that is not taken there
    ERROR_BUSY,         // somebody else has it just now: it may go well in a moment
} ErrorCode;

typedef struct Error {
    ErrorCode code;
    char message[1024]; // one sentence, no trailing newline
    char hint[512];     // what to do; empty when there is nothing to add
    char file[256];     // path the error is in; empty when it is in no file
    int line;           // 1-based; 0 when unknown
    int column;         // 1-based; 0 when unknown
} Error;

// Fills the error and always returns false, so that `return error_set(...)` reads well.
// A NULL error is allowed. Long texts are cut at a character's boundary.
bool error_set(Error *error, ErrorCode code, const char *format, ...) FORMAT(3, 4);
// As error_set, with ": " and strerror(number) appended.
bool error_set_errno(Error *error, int number, const char *format, ...) FORMAT(3, 4);
// Adds the place and the advice to an error already set. Both return false.
bool error_at(Error *error, const char *file, int line, int column);
bool error_hint(Error *error, const char *format, ...) FORMAT(2, 3);

// The stable name of a code as printed in JSON ("input", "pack" …).
const char *error_code_name(ErrorCode code);

typedef struct ProblemList {
    Error *items; // owned
    size_t count, capacity;
    size_t limit;   // items kept at most; 0 means 1000
    size_t dropped; // found beyond the limit: counted, not kept
} ProblemList;

// Appends a copy. Problems beyond the limit are only counted.
void problems_add(ProblemList *problems, const Error *error);
// Appends a problem of `code` found at file:line:column (file may be NULL).
void problems_addf(ProblemList *problems, ErrorCode code, const char *file, int line, int column,
                   const char *format, ...) FORMAT(6, 7);
// Sets the hint of the problem added last; nothing happens when that one was dropped.
void problems_hint(ProblemList *problems, const char *format, ...) FORMAT(2, 3);
// Whether any of them has that code.
bool problems_have(const ProblemList *problems, ErrorCode code);
void problems_free(ProblemList *problems);
