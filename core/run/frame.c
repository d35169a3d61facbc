// Frames on a byte stream: see frame.h.
#include "core/run/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"

void frame_append(Buffer *out, uint32_t type, const void *bytes, size_t length) {
    if (length > UINT32_MAX) {
        fputs("biaochi: a message has no room for its length\n", stderr);
        abort();
    }
    buffer_u32(out, type);
    buffer_u32(out, (uint32_t)length);
    buffer_append(out, bytes, length);
}

// The frame's bytes get a NUL after them, which in the stream is the next frame's first byte.
static bool hand_over(char *bytes, size_t length, uint32_t type, FrameFunction each, void *context,
                      Error *error) {
    char next = bytes[length];
    bytes[length] = '\0';
    bool taken = each(type, bytes, length, context, error);
    bytes[length] = next;
    return taken;
}

bool frame_feed(FrameReader *reader, const char *bytes, size_t length, FrameFunction each,
                void *context, Error *error) {
    Buffer *pending = &reader->pending;
    buffer_append(pending, bytes, length);
    size_t at = 0;
    while (pending->length - at >= FRAME_HEADER_BYTES) {
        uint32_t type = memory_u32(pending->data + at);
        size_t body = memory_u32(pending->data + at + 4);
        if (body > reader->largest)
            return error_set(error, ERROR_WORKER,
                             T("a message of %zu bytes is over the limit of %zu",
                               "一条消息有 %zu 字节，超过上限 %zu 字节"),
                             body, reader->largest);
        if (pending->length - at - FRAME_HEADER_BYTES < body) break;
        char *data = pending->data + at + FRAME_HEADER_BYTES;
        if (!hand_over(data, body, type, each, context, error)) return false;
        at += FRAME_HEADER_BYTES + body;
    }
    if (at > 0) {
        memmove(pending->data, pending->data + at, pending->length - at);
        pending->length -= at;
    }
    return true;
}

void frame_reader_free(FrameReader *reader) {
    buffer_free(&reader->pending);
}
