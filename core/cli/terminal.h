// What the program's output goes to: a terminal and its width, or a file or pipe.
// Used by output and progress; any thread.
#pragma once

#include <stddef.h>

// Columns of the terminal behind a file descriptor: 0 when it is no terminal, 80 when the terminal
// does not say.
size_t terminal_width(int descriptor);
