// Asks the kernel about a terminal, prints to it and has it hide what is typed: see terminal.h.
#include "core/cli/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
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

// ---- typing unseen -----------------------------------------------------------------------------

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { ENDING = sizeof ending / sizeof *ending };

// Here because a signal's handler is told nothing but the signal.
static struct {
    int descriptor;
    struct termios shown;
    struct sigaction before[ENDING];
} hidden;

// The handler is gone when it is called: the signal that is raised ends the program.
static void show_and_end(int number) {
    (void)tcsetattr(hidden.descriptor, TCSANOW, &hidden.shown);
    raise(number);
}

static void catch_signals(void) {
    struct sigaction action = {.sa_handler = show_and_end, .sa_flags = (int)SA_RESETHAND};
    sigfillset(&action.sa_mask); // SIGTTOU too, which would stop a program in the background
    for (int i = 0; i < ENDING; i++) {
        sigaction(ending[i], NULL, &hidden.before[i]);
        if (hidden.before[i].sa_handler != SIG_IGN) sigaction(ending[i], &action, NULL);
    }
}

bool terminal_hide_typing(int descriptor) {
    hidden.descriptor = descriptor;
    if (tcgetattr(descriptor, &hidden.shown) != 0) return false;
    struct termios unseen = hidden.shown;
    unseen.c_lflag &= ~(tcflag_t)ECHO;
    catch_signals();
    (void)tcsetattr(descriptor, TCSAFLUSH, &unseen);
    return true;
}

void terminal_show_typing(void) {
    (void)tcsetattr(hidden.descriptor, TCSAFLUSH, &hidden.shown);
    for (int i = 0; i < ENDING; i++)
        sigaction(ending[i], &hidden.before[i], NULL);
}
