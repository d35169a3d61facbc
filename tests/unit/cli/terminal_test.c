// A terminal that hides what is typed, and shows it again whatever ends the program.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "core/cli/terminal.h"

typedef struct Pair {
    int controller, terminal;
} Pair;

static Pair pair_open(void) {
    Pair pair = {.controller = posix_openpt(O_RDWR | O_NOCTTY)};
    assert_true(pair.controller >= 0);
    assert_int_equal(grantpt(pair.controller), 0);
    assert_int_equal(unlockpt(pair.controller), 0);
    pair.terminal = open(ptsname(pair.controller), O_RDWR | O_NOCTTY);
    assert_true(pair.terminal >= 0);
    return pair;
}

static void pair_close(Pair pair) {
    close(pair.terminal);
    close(pair.controller);
}

static bool shows_typing(Pair pair) {
    struct termios about;
    assert_int_equal(tcgetattr(pair.terminal, &about), 0);
    return (about.c_lflag & ECHO) != 0;
}

static void typing_is_hidden_and_shown_again(void **state) {
    (void)state;
    Pair pair = pair_open();
    assert_true(terminal_hide_typing(pair.terminal));
    assert_false(shows_typing(pair));
    terminal_show_typing();
    assert_true(shows_typing(pair));
    struct sigaction action;
    assert_int_equal(sigaction(SIGINT, NULL, &action), 0);
    assert_ptr_equal(action.sa_handler, SIG_DFL);
    pair_close(pair);
}

static void a_pipe_hides_nothing(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_false(terminal_hide_typing(ends[0]));
    close(ends[0]);
    close(ends[1]);
}

static void hide_and_wait(Pair pair, int ready) {
    if (!terminal_hide_typing(pair.terminal) || write(ready, "x", 1) != 1) _exit(1);
    for (;;)
        pause();
}

static void ctrl_c_at_a_password_leaves_the_terminal_as_it_was(void **state) {
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        Pair pair = pair_open();
        int ready[2], status;
        char byte;
        assert_int_equal(pipe(ready), 0);
        pid_t child = fork();
        if (child == 0) hide_and_wait(pair, ready[1]);
        close(ready[1]);
        assert_int_equal(read(ready[0], &byte, 1), 1);
        assert_false(shows_typing(pair));
        assert_int_equal(kill(child, signals[i]), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_true(shows_typing(pair));
        close(ready[0]);
        pair_close(pair);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_is_hidden_and_shown_again),
        cmocka_unit_test(a_pipe_hides_nothing),
        cmocka_unit_test(ctrl_c_at_a_password_leaves_the_terminal_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
