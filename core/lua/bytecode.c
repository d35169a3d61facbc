// Reading compiled functions, as lua_dump of Lua 5.4 writes them: see state.h.
//
// Lua can be asked which variables a function takes from its surroundings, but not whether it
// assigns them; the instructions say so. A function's bytes hold those of the functions written
// inside it, whose outer variables are traced to where they belong: a variable of a function that
// contains them lives for one call, one from further out lives on.
//
// The same reading leaves out where a function stands in its file and what its variables are
// called: what is kept says what the function does.
#include <string.h>

#include "core/lua/state.h"

#if LUA_VERSION_NUM != 504
#error "the compiled form read here is that of Lua 5.4"
#endif

enum {
    OPCODE_BITS = 7,
    OPCODE_SET_UPVALUE = 10, // UpValue[B] := R[A]
    ARGUMENT_B_SHIFT = 16,
    MOST_UPVALUES = 255,
    DEEPEST = 200, // Lua itself refuses functions nested more deeply
    LINE_IS_ABSOLUTE = -0x80,
    OF_THIS_CALL = -1,
};

// Tags of constants.
enum {
    CONSTANT_NIL = 0x00,
    CONSTANT_FALSE = 0x01,
    CONSTANT_TRUE = 0x11,
    CONSTANT_INTEGER = 0x03,
    CONSTANT_NUMBER = 0x13,
    CONSTANT_SHORT_TEXT = 0x04,
    CONSTANT_LONG_TEXT = 0x14,
};

typedef struct Reader {
    const unsigned char *at, *end;
    bool bad;              // the bytes are not what they should be; nothing more is taken
    AssignmentFound found; // NULL where nobody asks
    void *context;
    Buffer *kept; // what the functions do, without their places; NULL where nobody asks
} Reader;

// What is needed of one function once its bytes have passed.
typedef struct FunctionParts {
    const unsigned char *code, *lines;
    size_t instructions, line_count;
    Reader absolute_lines;
    int line_defined;
    int outer[MOST_UPVALUES + 1]; // by upvalue: the outermost function's it is, or OF_THIS_CALL
} FunctionParts;

static const unsigned char *take_bytes(Reader *reader, size_t count, size_t size) {
    const unsigned char *bytes = reader->at;
    if (reader->bad || count > (size_t)(reader->end - reader->at) / size) {
        reader->bad = true;
        return NULL;
    }
    reader->at += count * size;
    return bytes;
}

static unsigned char take_byte(Reader *reader) {
    const unsigned char *byte = take_bytes(reader, 1, 1);
    return byte ? *byte : 0;
}

// Seven bits a byte, the highest first; the last byte is marked.
static size_t take_size(Reader *reader) {
    size_t size = 0;
    unsigned char byte;
    do {
        byte = take_byte(reader);
        if (size >> 56) reader->bad = true;
        size = size << 7 | (byte & 0x7f);
    } while (!(byte & 0x80) && !reader->bad);
    return size;
}

// One more than the length; 0 where there is no text.
static void skip_text(Reader *reader) {
    size_t size = take_size(reader);
    if (size > 0) take_bytes(reader, size - 1, 1);
}

static void skip_constant(Reader *reader) {
    switch (take_byte(reader)) {
        case CONSTANT_NIL:
        case CONSTANT_FALSE:
        case CONSTANT_TRUE: break;
        case CONSTANT_INTEGER: take_bytes(reader, 1, sizeof(lua_Integer)); break;
        case CONSTANT_NUMBER: take_bytes(reader, 1, sizeof(lua_Number)); break;
        case CONSTANT_SHORT_TEXT:
        case CONSTANT_LONG_TEXT: skip_text(reader); break;
        default: reader->bad = true;
    }
}

// `enclosing` is the map of the function this one is written in; NULL for the outermost.
static void take_upvalues(Reader *reader, FunctionParts *parts, const int *enclosing) {
    size_t count = take_size(reader);
    if (count > MOST_UPVALUES) reader->bad = true;
    for (size_t i = 0; i < count && !reader->bad; i++) {
        bool is_local = take_byte(reader) != 0; // of the enclosing function, not an upvalue there
        unsigned char index = take_byte(reader);
        take_byte(reader); // its kind
        parts->outer[i] = !enclosing ? (int)i : is_local ? OF_THIS_CALL : enclosing[index];
    }
}

static void take_lines(Reader *reader, FunctionParts *parts) {
    parts->line_count = take_size(reader);
    parts->lines = take_bytes(reader, parts->line_count, 1);
    size_t absolute = take_size(reader);
    parts->absolute_lines = *reader;
    for (size_t i = 0; i < absolute && !reader->bad; i++) {
        take_size(reader); // instruction
        take_size(reader); // line
    }
}

static void skip_names(Reader *reader) {
    size_t locals = take_size(reader);
    for (size_t i = 0; i < locals && !reader->bad; i++) {
        skip_text(reader);
        take_size(reader);
        take_size(reader);
    }
    size_t upvalues = take_size(reader);
    for (size_t i = 0; i < upvalues && !reader->bad; i++)
        skip_text(reader);
}

static int line_after(FunctionParts *parts, int line, size_t instruction) {
    if (instruction >= parts->line_count) return line;
    int step = parts->lines[instruction];
    if (step > INT8_MAX) step -= UINT8_MAX + 1;
    if (step != LINE_IS_ABSOLUTE) return line + step;
    take_size(&parts->absolute_lines);
    return (int)take_size(&parts->absolute_lines);
}

static void report_assignments(Reader *reader, FunctionParts *parts) {
    if (!reader->found) return;
    int line = parts->line_defined;
    for (size_t i = 0; i < parts->instructions; i++) {
        uint32_t instruction;
        memcpy(&instruction, parts->code + 4 * i, sizeof instruction);
        line = line_after(parts, line, i);
        if ((instruction & ((1u << OPCODE_BITS) - 1)) != OPCODE_SET_UPVALUE) continue;
        int upvalue = parts->outer[instruction >> ARGUMENT_B_SHIFT & 0xff];
        if (upvalue != OF_THIS_CALL) reader->found(reader->context, upvalue + 1, line);
    }
}

static void keep(Reader *reader, const unsigned char *from) {
    if (reader->kept && !reader->bad)
        buffer_append(reader->kept, from, (size_t)(reader->at - from));
}

static void scan_function(Reader *reader, const int *enclosing, int depth) {
    FunctionParts parts = {0};
    skip_text(reader); // source
    parts.line_defined = (int)take_size(reader);
    take_size(reader); // last line
    const unsigned char *does = reader->at;
    take_bytes(reader, 3, 1); // parameters, whether vararg, stack
    parts.instructions = take_size(reader);
    parts.code = take_bytes(reader, parts.instructions, 4);
    size_t constants = take_size(reader);
    for (size_t i = 0; i < constants && !reader->bad; i++)
        skip_constant(reader);
    // Where the outermost function finds its variables depends on what else its file declares.
    if (!enclosing) keep(reader, does);
    take_upvalues(reader, &parts, enclosing);
    if (enclosing) keep(reader, does);
    size_t functions = take_size(reader);
    if (functions > 0 && depth >= DEEPEST) reader->bad = true;
    for (size_t i = 0; i < functions && !reader->bad; i++)
        scan_function(reader, parts.outer, depth + 1);
    take_lines(reader, &parts);
    skip_names(reader);
    if (!reader->bad) report_assignments(reader, &parts);
}

static int append_dump(lua_State *lua, const void *bytes, size_t length, void *context) {
    (void)lua;
    buffer_append(context, bytes, length);
    return 0;
}

void bytecode_dump(lua_State *lua, Buffer *out) {
    buffer_clear(out);
    lua_dump(lua, append_dump, out, 0);
}

static bool scan(Reader *reader) {
    static const unsigned char header[] = LUA_SIGNATURE "\x54\0\x19\x93\r\n\x1a\n\x04\x08\x08";
    const unsigned char *start = take_bytes(reader, sizeof header - 1, 1);
    if (!start || memcmp(start, header, sizeof header - 1) != 0) return false;
    take_bytes(reader, 1, sizeof(lua_Integer)); // samples of both kinds of numbers
    take_bytes(reader, 1, sizeof(lua_Number));
    take_byte(reader); // how many upvalues the function has
    scan_function(reader, NULL, 0);
    return !reader->bad && reader->at == reader->end;
}

bool bytecode_assignments(const void *bytes, size_t length, AssignmentFound found, void *context) {
    Reader reader = {.at = bytes,
                     .end = (const unsigned char *)bytes + length,
                     .found = found,
                     .context = context};
    return scan(&reader);
}

bool bytecode_without_places(const void *bytes, size_t length, Buffer *out) {
    Reader reader = {.at = bytes, .end = (const unsigned char *)bytes + length, .kept = out};
    return scan(&reader);
}
