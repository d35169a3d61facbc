// Errors as values: see error.h.
#include "core/base/error.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/text.h"

enum { DEFAULT_PROBLEM_LIMIT = 1000 };

bool error_set(Error *error, ErrorCode code, const char *format, ...) {
    if (!error) return false;
    memset(error, 0, sizeof *error);
    error->code = code;
    va_list arguments;
    va_start(arguments, format);
    text_format_list(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return false;
}

bool error_set_errno(Error *error, int number, const char *format, ...) {
    if (!error) return false;
    memset(error, 0, sizeof *error);
    error->code = ERROR_SYSTEM;
    va_list arguments;
    va_start(arguments, format);
    text_format_list(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    size_t used = strlen(error->message);
    text_format(error->message + used, sizeof error->message - used, ": %s", strerror(number));
    return false;
}

bool error_at(Error *error, const char *file, int line, int column) {
    if (!error) return false;
    if (file) text_copy(error->file, sizeof error->file, file);
    error->line = line;
    error->column = column;
    return false;
}

bool error_hint(Error *error, const char *format, ...) {
    if (!error) return false;
    va_list arguments;
    va_start(arguments, format);
    text_format_list(error->hint, sizeof error->hint, format, arguments);
    va_end(arguments);
    return false;
}

const char *error_code_name(ErrorCode code) {
    switch (code) {
        case ERROR_NONE: return "none";
        case ERROR_USAGE: return "usage";
        case ERROR_INPUT: return "input";
        case ERROR_PACK: return "pack";
        case ERROR_STORE: return "store";
        case ERROR_WORKER: return "worker";
        case ERROR_LIMIT: return "limit";
        case ERROR_NOT_FOUND: return "not_found";
        case ERROR_CONFLICT: return "conflict";
        case ERROR_CANCELLED: return "cancelled";
        case ERROR_SYSTEM: return "system";
        case ERROR_UNIDENTIFIED: return "unidentified";
        case ERROR_FORBIDDEN: return "forbidden";
        case ERROR_MEDIA_TYPE: return "media_type";
        case ERROR_BUSY: return "busy";
    }
    return "unknown";
}

void problems_add(ProblemList *problems, const Error *error) {
    size_t limit = problems->limit ? problems->limit : DEFAULT_PROBLEM_LIMIT;
    if (problems->count >= limit) {
        problems->dropped++;
        return;
    }
    if (problems->count == problems->capacity) {
        problems->capacity = problems->capacity ? problems->capacity * 2 : 8;
        problems->items = memory_resize(problems->items, problems->capacity, sizeof(Error));
    }
    problems->items[problems->count++] = *error;
}

void problems_addf(ProblemList *problems, ErrorCode code, const char *file, int line, int column,
                   const char *format, ...) {
    Error error = {.code = code};
    va_list arguments;
    va_start(arguments, format);
    text_format_list(error.message, sizeof error.message, format, arguments);
    va_end(arguments);
    error_at(&error, file, line, column);
    problems_add(problems, &error);
}

void problems_hint(ProblemList *problems, const char *format, ...) {
    if (problems->count == 0 || problems->dropped > 0) return;
    Error *last = &problems->items[problems->count - 1];
    va_list arguments;
    va_start(arguments, format);
    text_format_list(last->hint, sizeof last->hint, format, arguments);
    va_end(arguments);
}

bool problems_have(const ProblemList *problems, ErrorCode code) {
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].code == code) return true;
    return false;
}

void problems_free(ProblemList *problems) {
    free(problems->items);
    *problems = (ProblemList){0};
}
