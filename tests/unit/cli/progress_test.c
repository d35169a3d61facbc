// The progress bar: its text, when it shows, and that it goes away.
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/clock.h"
#include "core/base/utf8.h"
#include "core/cli/progress.h"

#define ERASE "\r\033[K"

typedef struct Terminal {
    int controller, descriptor;
} Terminal;

static void terminal_open(Terminal *terminal, unsigned short columns) {
    terminal->controller = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(terminal->controller >= 0);
    assert_int_equal(grantpt(terminal->controller), 0);
    assert_int_equal(unlockpt(terminal->controller), 0);
    terminal->descriptor = open(ptsname(terminal->controller), O_RDWR | O_NOCTTY);
    assert_true(terminal->descriptor >= 0);
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    assert_int_equal(ioctl(terminal->controller, TIOCSWINSZ, &size), 0);
}

static void terminal_close(Terminal *terminal) {
    close(terminal->descriptor);
    close(terminal->controller);
}

// All that was written so far. The kernel hands it over piece by piece, so a mark says when it is
// all there.
static const char *seen(const Terminal *terminal) {
    static char bytes[65536];
    size_t length = 0;
    char *mark = NULL;
    assert_int_equal(write(terminal->descriptor, "END", 3), 3);
    while (!mark) {
        ssize_t got = read(terminal->controller, bytes + length, sizeof bytes - 1 - length);
        assert_true(got > 0);
        length += (size_t)got;
        bytes[length] = '\0';
        mark = strstr(bytes, "END");
    }
    *mark = '\0';
    return bytes;
}

static void assert_renders(const char *label, uint64_t done, uint64_t total, size_t width,
                           const char *expected) {
    Buffer out = {0};
    buffer_text(&out, "");
    progress_render(label, done, total, width, &out);
    assert_string_equal(out.data, expected);
    assert_in_range(utf8_width(out.data), 0, width);
    buffer_free(&out);
}

static void the_bar_fills_with_the_work(void **state) {
    (void)state;
    assert_renders("导入", 0, 1000, 40, "导入  [------------------]    0%  0/1000");
    assert_renders("导入", 500, 1000, 40, "导入  [########--------]   50%  500/1000");
    assert_renders("导入", 1000, 1000, 40, "导入  [###############]  100%  1000/1000");
    assert_renders("x", 7, 3, 30, "x  [##############]  100%  3/3");
}

static void the_bar_has_a_greatest_width(void **state) {
    (void)state;
    assert_renders("x", 1, 2, 500, "x  [####################--------------------]   50%  1/2");
}

static void a_narrow_terminal_loses_the_bar_then_the_label(void **state) {
    (void)state;
    assert_renders("导入观测值", 5, 10, 20, "导入观测   50%  5/10");
    assert_renders("导入观测值", 5, 10, 10, " 50%  5/10");
    assert_renders("导入观测值", 5, 10, 9, "");
}

static void an_unknown_total_shows_the_count(void **state) {
    (void)state;
    assert_renders("读取", 12345, 0, 40, "读取  12345");
}

static void draws_ten_times_a_second_and_erases(void **state) {
    (void)state;
    Terminal terminal;
    terminal_open(&terminal, 60);
    Progress progress;
    progress_begin_on(&progress, terminal.descriptor, "导入", 1000000);
    int64_t start_ms = clock_monotonic_ms(), now_ms = start_ms;
    uint64_t updates = 0;
    while ((now_ms = clock_monotonic_ms()) - start_ms < 350)
        progress_update(&progress, ++updates);
    progress_end(&progress);

    const char *text = seen(&terminal);
    int drawn = 0;
    for (const char *at = text; (at = strstr(at, "导入")); at++)
        drawn++;
    assert_in_range(drawn, 1, (now_ms - start_ms) / 100);
    assert_in_range(updates, 1000, UINT64_MAX);
    assert_true(strncmp(text, ERASE "导入  [", strlen(ERASE "导入  [")) == 0);
    assert_string_equal(text + strlen(text) - strlen(ERASE), ERASE);
    terminal_close(&terminal);
}

static void short_work_leaves_no_trace(void **state) {
    (void)state;
    Terminal terminal;
    terminal_open(&terminal, 60);
    Progress progress;
    progress_begin_on(&progress, terminal.descriptor, "导入", 10);
    progress_update(&progress, 10);
    progress_end(&progress);
    assert_string_equal(seen(&terminal), "");
    terminal_close(&terminal);
}

static void a_pipe_sees_nothing(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
    Progress progress;
    progress_begin_on(&progress, ends[1], "导入", 10);
    int64_t start_ms = clock_monotonic_ms();
    while (clock_monotonic_ms() - start_ms < 150)
        progress_update(&progress, 5);
    progress_end(&progress);
    char byte;
    assert_int_equal(read(ends[0], &byte, 1), -1);
    close(ends[0]);
    close(ends[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bar_fills_with_the_work),
        cmocka_unit_test(the_bar_has_a_greatest_width),
        cmocka_unit_test(a_narrow_terminal_loses_the_bar_then_the_label),
        cmocka_unit_test(an_unknown_total_shows_the_count),
        cmocka_unit_test(draws_ten_times_a_second_and_erases),
        cmocka_unit_test(short_work_leaves_no_trace),
        cmocka_unit_test(a_pipe_sees_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
