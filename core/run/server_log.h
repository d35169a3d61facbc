// The lines that a server says on standard error: what happened, one event a line.
//
// Each begins with its time (RFC 3339, local), but where standard error is the journal, which notes
// the time itself. Any thread; a line is written whole.
#pragma once

#include "core/base/error.h"

// One line, without its newline.
void server_log(const char *format, ...) FORMAT(1, 2);
// Where, what, and in a second line what to do about it.
void server_log_error(const Error *error);
