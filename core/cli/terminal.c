// Asks the kernel about a terminal: see terminal.h.
#include "core/cli/terminal.h"

#include <stdbool.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80 };

size_t terminal_width(int descriptor) {
    if (!isatty(descriptor)) return 0;
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return USUAL_WIDTH;
    return size.ws_col;
}

void terminal_print(FILE *stream, const char *text) {
    for (const char *at = text; at && *at; at++) {
        unsigned char byte = (unsigned char)*at;
        bool steers = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f ||
                      (byte == 0xc2 && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] < 0xa0);
        putc(steers ? '?' : byte, stream);
        if (steers && byte == 0xc2) at++; // a C1 control character is two bytes of UTF-8
    }
}
