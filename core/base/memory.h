// Memory that is there or the process ends: allocation, a growing byte buffer, and an arena.
//
// The host's own data is bounded by its inputs' limits, so running out is not something a caller
// could recover from; it is reported and the process aborts. What a pack allocates is another
// matter and goes through core/lua's capped allocator.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

// Zeroed memory for count × size bytes; never NULL. Free with free().
void *memory_new(size_t count, size_t size);
// As memory_new, at a multiple of `alignment`, a power of two. Free with free().
void *memory_new_aligned(size_t alignment, size_t size);
// As realloc, for count × size bytes; never NULL.
void *memory_resize(void *memory, size_t count, size_t size);
char *memory_copy_string(const char *text); // NULL gives NULL

// The number that buffer_u32 wrote at `bytes`.
uint32_t memory_u32(const void *bytes);
// Advises the system to use large pages for memory that will be used as a whole, so that it is not
// taken page by page. Nothing is promised.
void memory_use_whole(void *memory, size_t size);

// A growing run of bytes, always followed by a NUL that is not counted.
typedef struct Buffer {
    char *data; // owned; NULL while empty
    size_t length, capacity;
} Buffer;

void buffer_append(Buffer *buffer, const void *bytes, size_t length);
void buffer_u32(Buffer *buffer, uint32_t value); // four bytes, the lowest first
void buffer_text(Buffer *buffer, const char *text);
void buffer_printf(Buffer *buffer, const char *format, ...) FORMAT(2, 3);
void buffer_clear(Buffer *buffer); // keeps the memory
void buffer_free(Buffer *buffer);

// Many small things that die together.
typedef struct ArenaBlock ArenaBlock;
typedef struct Arena {
    ArenaBlock *blocks;
} Arena;

void *arena_new(Arena *arena, size_t count, size_t size);          // zeroed, aligned to 16
char *arena_string(Arena *arena, const char *text);                // NULL gives NULL
char *arena_bytes(Arena *arena, const void *bytes, size_t length); // with a NUL after it
void arena_free(Arena *arena);

// Grows `*items` so that one more fits; count and capacity are the caller's fields.
#define ARRAY_RESERVE(items, count, capacity)                                                      \
    do {                                                                                           \
        if ((count) == (capacity)) {                                                               \
            (capacity) = (capacity) ? (capacity)*2 : 8;                                            \
            (items) = memory_resize((items), (capacity), sizeof *(items));                         \
        }                                                                                          \
    } while (0)
