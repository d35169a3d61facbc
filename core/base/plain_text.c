// Telling and removing control characters: see plain_text.h.
#include "core/base/plain_text.h"

#include <string.h>

#include "core/base/utf8.h"

// Turns the direction of what follows, which is then shown as it is not written.
static bool turns(uint32_t code_point) {
    return (code_point >= 0x202a && code_point <= 0x202e) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

static bool is_control(uint32_t code_point) {
    if (code_point == '\n' || code_point == '\t') return false;
    return code_point < 0x20 || (code_point >= 0x7f && code_point <= 0x9f) || turns(code_point);
}

bool plain_text(const char *bytes, size_t length) {
    if (!utf8_valid(bytes, length, NULL)) return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        // C1 characters are C2 80 … C2 9F, those that turn begin with E2 80 or E2 81; the bytes
        // behind a lead byte are there in valid UTF-8.
        uint32_t code_point = byte;
        if (byte == 0xc2 || byte == 0xe2)
            utf8_first(bytes + i, length - i, &code_point);
        else if (byte >= 0x80)
            continue;
        if (is_control(code_point)) return false;
    }
    return true;
}

bool plain_text_line(const char *bytes, size_t length) {
    return plain_text(bytes, length) && !memchr(bytes, '\n', length) &&
           !memchr(bytes, '\t', length);
}

void plain_text_clean(char *text) {
    while (*text) {
        uint32_t code_point;
        char *next = text + (utf8_next(text, &code_point) - text);
        bool is_bad_byte = next == text + 1 && (unsigned char)*text >= 0x80;
        if (is_bad_byte)
            *text = '?';
        else if (is_control(code_point))
            memset(text, ' ', (size_t)(next - text));
        text = next;
    }
}

void plain_text_clean_line(char *text) {
    plain_text_clean(text);
    for (char *at = text; (at = strpbrk(at, "\n\t"));)
        *at = ' ';
}
