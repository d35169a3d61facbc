// Allocation that does not fail, buffers and arenas: see memory.h.
#include "core/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void out_of_memory(void) {
    fputs("biaochi: out of memory\n", stderr);
    abort();
}

static size_t product(size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) out_of_memory();
    return bytes ? bytes : 1;
}

void *memory_new(size_t count, size_t size) {
    void *memory = calloc(1, product(count, size));
    if (!memory) out_of_memory();
    return memory;
}

void *memory_new_aligned(size_t alignment, size_t size) {
    size_t whole;
    if (__builtin_add_overflow(size, alignment - 1, &whole)) out_of_memory();
    void *memory = aligned_alloc(alignment, whole / alignment * alignment);
    if (!memory) out_of_memory();
    return memset(memory, 0, size);
}

void *memory_resize(void *memory, size_t count, size_t size) {
    void *resized = realloc(memory, product(count, size));
    if (!resized) out_of_memory();
    return resized;
}

uint32_t memory_u32(const void *bytes) {
    const unsigned char *four = bytes;
    uint32_t value = 0;
    for (int i = 0; i < 4; i++)
        value |= (uint32_t)four[i] << (8 * i);
    return value;
}

void memory_use_whole(void *memory, size_t size) {
    const uintptr_t page = 4096, begin = ((uintptr_t)memory + page - 1) & ~(page - 1);
    const uintptr_t end = ((uintptr_t)memory + size) & ~(page - 1);
    if (end > begin) madvise((void *)begin, end - begin, MADV_HUGEPAGE);
}

char *memory_copy_string(const char *text) {
    if (!text) return NULL;
    size_t length = strlen(text);
    char *copy = memory_new(length + 1, 1);
    memcpy(copy, text, length + 1);
    return copy;
}

static void buffer_reserve(Buffer *buffer, size_t more) {
    size_t wanted;
    if (__builtin_add_overflow(buffer->length, more, &wanted) || ++wanted == 0) out_of_memory();
    if (wanted <= buffer->capacity) return;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < wanted)
        if (__builtin_mul_overflow(capacity, (size_t)2, &capacity)) out_of_memory();
    buffer->data = memory_resize(buffer->data, capacity, 1);
    buffer->capacity = capacity;
}

void buffer_append(Buffer *buffer, const void *bytes, size_t length) {
    buffer_reserve(buffer, length);
    if (length) memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void buffer_u32(Buffer *buffer, uint32_t value) {
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    buffer_append(buffer, bytes, sizeof bytes);
}

void buffer_text(Buffer *buffer, const char *text) {
    buffer_append(buffer, text, strlen(text));
}

void buffer_printf(Buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        buffer_reserve(buffer, (size_t)length);
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_clear(Buffer *buffer) {
    buffer->length = 0;
    if (buffer->data) buffer->data[0] = '\0';
}

void buffer_free(Buffer *buffer) {
    free(buffer->data);
    *buffer = (Buffer){0};
}

// The first block is small, because many arenas live for a few texts; each next is twice as large.
enum { ARENA_FIRST_BYTES = 1024, ARENA_BLOCK_BYTES = 64 * 1024 };

struct ArenaBlock {
    ArenaBlock *next;
    size_t used, size;
    _Alignas(16) char bytes[];
};

void *arena_new(Arena *arena, size_t count, size_t size) {
    size_t bytes = product(count, size);
    if (bytes > SIZE_MAX - 15 - sizeof(ArenaBlock)) out_of_memory();
    bytes = (bytes + 15) & ~(size_t)15;
    ArenaBlock *block = arena->blocks;
    if (!block || block->size - block->used < bytes) {
        size_t block_size = block ? 2 * block->size : ARENA_FIRST_BYTES;
        if (block_size > ARENA_BLOCK_BYTES) block_size = ARENA_BLOCK_BYTES;
        if (block_size < bytes) block_size = bytes;
        block = memory_new(1, sizeof *block + block_size);
        block->size = block_size;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    void *memory = block->bytes + block->used;
    block->used += bytes;
    return memory;
}

char *arena_bytes(Arena *arena, const void *bytes, size_t length) {
    char *copy = arena_new(arena, length + 1, 1);
    if (length) memcpy(copy, bytes, length);
    return copy;
}

char *arena_string(Arena *arena, const char *text) {
    return text ? arena_bytes(arena, text, strlen(text)) : NULL;
}

void arena_free(Arena *arena) {
    for (ArenaBlock *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    arena->blocks = NULL;
}
