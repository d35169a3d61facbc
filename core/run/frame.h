// Frames between host and worker: a little-endian u32 type, a u32 length, then that many bytes.
//
// FrameReader puts frames together from a stream cut anywhere. It belongs to one thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/memory.h"

enum { FRAME_HEADER_BYTES = 8 };

typedef struct FrameReader {
    Buffer pending;
    size_t largest; // bytes a frame may have at most
} FrameReader;

typedef bool (*FrameFunction)(uint32_t type, const char *bytes, size_t length, void *context,
                              Error *error);

// Appends a whole frame to `out`; one of 4 GiB or more is a programming error and aborts.
void frame_append(Buffer *out, uint32_t type, const void *bytes, size_t length);
// Takes the next piece of the stream and calls `each` for every whole frame. Bytes handed over
// live until `each` returns and have a NUL after them. False when a frame is longer than
// `largest` or `each` said no.
MUST_CHECK bool frame_feed(FrameReader *reader, const char *bytes, size_t length,
                           FrameFunction each, void *context, Error *error);
void frame_reader_free(FrameReader *reader);
