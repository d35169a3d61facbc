// A whole text file's bytes to UTF-8, whichever of the encodings met in Chinese offices it is in.
//
// UTF-8 (with or without a byte order mark) is taken as it is; any other file is GB18030, of which
// GBK and GB2312 are parts. UTF-16 and NUL bytes are refused. Any thread; no state.
//
// A file put together from pieces in both encodings would decode as GB18030 "successfully" into
// nonsense, so a file that is not wholly UTF-8 is judged line by line:
//   - a line that is not UTF-8 but is GB18030 can only be GB18030;
//   - a line that is UTF-8 is held to be UTF-8 when it cannot be GB18030, or when it has a
//   character
//     of three or more bytes (as every Chinese one) and read as GB18030 would need characters
//     outside GB2312: two of three byte pairs of UTF-8 do, everyday GBK text hardly ever does;
//   - any other line that is UTF-8 fits both (a GBK "通" alone happens to be UTF-8 for a combining
//     mark) and goes with the rest of the file.
// The first line held to be of one encoding decides for the file; the first line after it that is
// held to be of the other, or any line that is in neither, is the error that is reported.
#pragma once

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"

enum { TEXT_DEFAULT_LIMIT_BYTES = 64 * 1024 * 1024 };

typedef enum TextEncoding { TEXT_UTF8, TEXT_GB18030 } TextEncoding;

// Appends the text as UTF-8 to `out`, which is left as it was on failure. `file` names the file in
// errors (may be NULL); `encoding` (may be NULL) is set to what the bytes were in.
// Errors: ERROR_INPUT with line and column (in characters) for UTF-16, a NUL, mixed encodings and
// bytes that are in no encoding known here; ERROR_SYSTEM when the system has no GB18030 converter.
MUST_CHECK bool text_decode(const void *bytes, size_t length, const char *file, Buffer *out,
                            TextEncoding *encoding, Error *error);

// As text_decode for the file at `path`. `limit_bytes` 0 means TEXT_DEFAULT_LIMIT_BYTES.
// Errors besides: ERROR_NOT_FOUND, ERROR_SYSTEM when it cannot be read, ERROR_LIMIT when it is
// longer than the limit.
MUST_CHECK bool text_decode_file(const char *path, size_t limit_bytes, Buffer *out,
                                 TextEncoding *encoding, Error *error);
