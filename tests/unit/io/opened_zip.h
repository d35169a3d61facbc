// Archives opened from memory, and those that must be refused. Include cmocka.h first.
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "core/base/plain_text.h"
#include "core/io/zip_archive.h"
#include "tests/unit/io/hand_made_zip.h"

// The archive from memory of just its size, so that a sanitizer sees a read beyond its end.
static inline bool open_bytes(const Buffer *bytes, char **copy, ZipArchive *archive, Error *error) {
    *copy = memory_new(bytes->length + 1, 1);
    *copy = memory_resize(*copy, bytes->length ? bytes->length : 1, 1);
    if (bytes->length) memcpy(*copy, bytes->data, bytes->length);
    *error = (Error){0};
    return zip_archive_open(*copy, bytes->length, "upload.zip", archive, error);
}

static inline Error refuse_bytes(const Buffer *bytes, ErrorCode code, const char *wanted) {
    char *copy;
    ZipArchive archive;
    Error error;
    if (open_bytes(bytes, &copy, &archive, &error)) fail_msg("taken, not \"%s\"", wanted);
    assert_null(archive.zip);
    assert_string_equal(error.file, "upload.zip");
    assert_true(plain_text(error.message, strlen(error.message)));
    if (error.code != code || !strstr(error.message, wanted))
        fail_msg("no \"%s\", but %s: %s", wanted, error_code_name(error.code), error.message);
    free(copy);
    return error;
}

static inline Error refuse_entries(const HandMadeEntry *entries, size_t count, ErrorCode code,
                                   const char *wanted) {
    Buffer bytes = {0};
    hand_made_zip(entries, count, &bytes);
    Error error = refuse_bytes(&bytes, code, wanted);
    buffer_free(&bytes);
    return error;
}
