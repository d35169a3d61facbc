// ZIP archives written byte by byte, so that a test can make what no program would.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

typedef struct HandMadeEntry {
    const char *name;
    const char *bytes; // as packed; NULL for none
    // What is 0 is as it should be of a stored file.
    size_t name_length, length; // of bytes that hold NULs
    unsigned flags, method, made_by;
    uint32_t attributes;
    uint32_t stated_length;   // unpacked
    uint32_t difference;      // added to the checksum
    const char *name_in_file; // in front of its content
    const char *extra;        // extra fields, of the directory alone
    size_t extra_length;
    bool states_length; // in front of its content too, although it is streamed
    bool is_unlisted;   // in the directory
} HandMadeEntry;

// Of an entry with STREAMED what is known only behind its content is stated there.
enum { MADE_ON_UNIX = 3 << 8, UTF8_FLAG = 0x800, STREAMED = 8, DEFLATED = 8 };

static inline void hand_u16(Buffer *out, unsigned value) {
    const unsigned char two[] = {(unsigned char)value, (unsigned char)(value >> 8)};
    buffer_append(out, two, 2);
}

static inline uint32_t hand_checksum(const char *bytes, size_t length) {
    uint32_t value = 0xFFFFFFFFu;
    for (size_t i = 0; i < length; i++) {
        value ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? value >> 1 ^ 0xEDB88320u : value >> 1;
    }
    return ~value;
}

static inline size_t hand_length(const HandMadeEntry *entry) {
    return entry->length ? entry->length : entry->bytes ? strlen(entry->bytes) : 0;
}

// The checksum and both lengths.
static inline void hand_sizes(Buffer *out, const HandMadeEntry *entry) {
    size_t length = hand_length(entry);
    buffer_u32(out, hand_checksum(entry->bytes, length) + entry->difference);
    buffer_u32(out, (uint32_t)length);
    buffer_u32(out, entry->stated_length ? entry->stated_length : (uint32_t)length);
}

// What local and central headers share: from "version needed" to the method.
static inline void hand_header(Buffer *out, const HandMadeEntry *entry) {
    hand_u16(out, 20);
    hand_u16(out, entry->flags);
    hand_u16(out, entry->method);
    hand_u16(out, 0);
    hand_u16(out, 0x21);
}

static inline void hand_file(Buffer *out, const HandMadeEntry *entry) {
    const char *name = entry->name_in_file ? entry->name_in_file : entry->name;
    size_t name_length = entry->name_length ? entry->name_length : strlen(name);
    buffer_append(out, "PK\x03\x04", 4);
    hand_header(out, entry);
    if ((entry->flags & STREAMED) && !entry->states_length)
        buffer_append(out, "\0\0\0\0\0\0\0\0\0\0\0", 12);
    else
        hand_sizes(out, entry);
    hand_u16(out, (unsigned)name_length);
    hand_u16(out, 0);
    buffer_append(out, name, name_length);
    buffer_append(out, entry->bytes, hand_length(entry));
    if (!(entry->flags & STREAMED)) return;
    buffer_append(out, "PK\x07\x08", 4);
    hand_sizes(out, entry);
}

static inline void hand_listed(Buffer *out, const HandMadeEntry *entry, uint32_t place) {
    size_t name_length = entry->name_length ? entry->name_length : strlen(entry->name);
    buffer_append(out, "PK\x01\x02", 4);
    hand_u16(out, 20 | entry->made_by);
    hand_header(out, entry);
    hand_sizes(out, entry);
    hand_u16(out, (unsigned)name_length);
    hand_u16(out, (unsigned)entry->extra_length);
    buffer_append(out, "\0\0\0\0\0", 6); // comment, disk, internal attributes
    buffer_u32(out, entry->attributes);
    buffer_u32(out, place);
    buffer_append(out, entry->name, name_length);
    buffer_append(out, entry->extra, entry->extra_length);
}

static inline void hand_end(Buffer *out, size_t count, size_t directory) {
    uint32_t size = (uint32_t)(out->length - directory);
    buffer_append(out, "PK\x05\x06\0\0\0\0", 8);
    hand_u16(out, (unsigned)count);
    hand_u16(out, (unsigned)count);
    buffer_u32(out, size);
    buffer_u32(out, (uint32_t)directory);
    hand_u16(out, 0);
}

// Appends an archive of the entries.
static inline void hand_made_zip(const HandMadeEntry *entries, size_t count, Buffer *out) {
    uint32_t *places = memory_new(count + 1, sizeof *places);
    size_t listed = 0;
    for (size_t i = 0; i < count; i++) {
        places[i] = (uint32_t)out->length;
        hand_file(out, &entries[i]);
    }
    size_t directory = out->length;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].is_unlisted) continue;
        hand_listed(out, &entries[i], places[i]);
        listed++;
    }
    hand_end(out, listed, directory);
    free(places);
}
