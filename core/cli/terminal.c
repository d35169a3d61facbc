// Asks the kernel about a terminal: see terminal.h.
#include "core/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80 };

size_t terminal_width(int descriptor) {
    if (!isatty(descriptor)) return 0;
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return USUAL_WIDTH;
    return size.ws_col;
}
