// What the program's output goes to: a terminal and its width, or a file or pipe.
// Any thread; typing is hidden by the main thread alone.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Columns of the terminal behind a file descriptor: 0 when it is no terminal, 80 when the terminal
// does not say.
size_t terminal_width(int descriptor);
// Prints a text that came from a pack, a file or a worker, made plain (core/base/plain_text.h), so
// that it cannot steer the terminal. NULL prints nothing.
void terminal_print(FILE *stream, const char *text);

// Stops showing what is typed there, until terminal_show_typing. A signal that ends the program
// meanwhile (Ctrl-C) has it shown again first. False when it is no terminal; nothing is hidden
// then.
bool terminal_hide_typing(int descriptor);
void terminal_show_typing(void);
