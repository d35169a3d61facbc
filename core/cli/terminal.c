// Asks the kernel about a terminal: see terminal.h.
#include "core/cli/terminal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/base/plain_text.h"

enum { USUAL_WIDTH = 80 };

size_t terminal_width(int descriptor) {
    if (!isatty(descriptor)) return 0;
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return USUAL_WIDTH;
    return size.ws_col;
}

void terminal_print(FILE *stream, const char *text) {
    if (!text) return;
    char *copy = memory_copy_string(text);
    plain_text_clean(copy);
    fputs(copy, stream);
    free(copy);
}
