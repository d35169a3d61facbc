// Child processes spoken to by lines, with the shell as the child.
#include "core/bench/script.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "core/bench/interruption.h"
#include "core/bench/scratch.h"

enum { PLENTY_MS = 20000 };

static char folder[SCRATCH_PATH_SIZE], log_path[SCRATCH_PATH_SIZE + 16];

static int make_folder(void **state) {
    (void)state;
    Error error = {0};
    if (!scratch_make(folder, &error)) return -1;
    snprintf(log_path, sizeof log_path, "%s/log", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    scratch_remove(folder);
    return 0;
}

static Script *start(const char *text, int interruption) {
    const char *const arguments[] = {"sh", "-c", text, NULL};
    ScriptOptions options = {.arguments = arguments, .log = log_path, .interruption = interruption};
    Script *script = NULL;
    Error error = {0};
    if (!script_start(&options, &script, &error)) fail_msg("%s", error.message);
    return script;
}

static void lines_go_both_ways(void **state) {
    (void)state;
    Script *script = start("while read word; do echo \"<$word>\"; done", -1);
    char line[64];
    Error error = {0};
    assert_true(script_say(script, "one\ntwo\n", &error));
    assert_true(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    assert_string_equal(line, "<one>");
    assert_true(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    assert_string_equal(line, "<two>");
    assert_true(script_peak_mb(script) > 0);
    assert_true(script_end(script, PLENTY_MS));
}

static void long_lines_are_cut(void **state) {
    (void)state;
    Script *script = start("echo 0123456789; echo next", -1);
    char line[6];
    Error error = {0};
    assert_true(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    assert_string_equal(line, "01234");
    assert_true(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    assert_string_equal(line, "next");
    script_end(script, PLENTY_MS);
}

static void an_early_end_is_told_with_its_last_words(void **state) {
    (void)state;
    Script *script = start("echo first >&2; echo 'out of coffee' >&2; exit 3", -1);
    char line[64];
    Error error = {0};
    assert_false(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    assert_non_null(strstr(error.message, "out of coffee"));
    assert_false(script_end(script, PLENTY_MS));
}

static void speaking_to_one_that_has_ended_is_an_error_and_no_signal(void **state) {
    (void)state;
    Script *script = start("exec <&-; echo deaf; sleep 100", -1);
    char line[64];
    Error error = {0};
    assert_true(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    assert_false(script_say(script, "hello\n", &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    assert_false(script_end(script, 0));
}

static void silence_has_its_time(void **state) {
    (void)state;
    Script *script = start("sleep 100", -1);
    char line[64];
    Error error = {0};
    assert_false(script_hear(script, 30, line, sizeof line, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    assert_false(script_end(script, 10));
}

static void a_signal_ends_the_waiting(void **state) {
    (void)state;
    Interruption interruption;
    char line[64];
    Error error = {0};
    assert_true(interruption_open(&interruption, &error));
    Script *script = start("sleep 100", interruption.descriptor);
    raise(SIGTERM);
    assert_false(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    assert_int_equal(error.code, ERROR_CANCELLED);
    script_end(script, 0);
    interruption_close(&interruption);
}

// Signals are blocked here while an interruption is open; the child must not inherit that.
static void children_can_be_signalled(void **state) {
    (void)state;
    Interruption interruption;
    char line[64];
    Error error = {0};
    assert_true(interruption_open(&interruption, &error));
    Script *script = start("echo up; sleep 100", interruption.descriptor);
    assert_true(script_hear(script, PLENTY_MS, line, sizeof line, &error));
    script_signal(script, SIGTERM);
    error = (Error){0};
    // The shell is gone, and what it left running goes with its group.
    assert_false(script_end(script, PLENTY_MS));
    interruption_close(&interruption);
}

static void a_program_that_is_not_there_is_not_found(void **state) {
    (void)state;
    const char *const arguments[] = {"no-such-program-at-all", NULL};
    ScriptOptions options = {.arguments = arguments, .log = log_path, .interruption = -1};
    Script *script = NULL;
    Error error = {0};
    assert_false(script_start(&options, &script, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_null(script);
}

static void running_to_the_end_tells_how_it_ended(void **state) {
    (void)state;
    const char *const good[] = {"sh", "-c", "echo much; exit 0", NULL};
    const char *const bad[] = {"sh", "-c", "echo 'no space' >&2; exit 1", NULL};
    const char *const slow[] = {"sh", "-c", "sleep 100", NULL};
    ScriptOptions options = {.arguments = good, .log = log_path, .interruption = -1};
    Error error = {0};
    assert_true(script_run(&options, PLENTY_MS, &error));
    options.arguments = bad;
    assert_false(script_run(&options, PLENTY_MS, &error));
    assert_string_equal(error.message, "sh failed: no space");
    options.arguments = slow;
    assert_false(script_run(&options, 30, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
}

static void what_it_prints_can_be_kept(void **state) {
    (void)state;
    const char *const arguments[] = {"sh", "-c", "echo one; echo two", NULL};
    Buffer output = {0};
    ScriptOptions options = {
        .arguments = arguments, .log = log_path, .interruption = -1, .output = &output};
    Error error = {0};
    assert_true(script_run(&options, PLENTY_MS, &error));
    assert_string_equal(output.data, "one\ntwo\n");
    buffer_free(&output);
}

// Fills a variable with 8 MB and stays the shell that has it until it was certainly looked at.
#define HOLD_8_MB "x=$(head -c 8000000 /dev/zero | tr '\\0' x); sleep 0.5; :"

static double peak_of(const char *text) {
    const char *const arguments[] = {"sh", "-c", text, NULL};
    double peak_mb = NAN;
    ScriptOptions options = {
        .arguments = arguments, .log = log_path, .interruption = -1, .peak_mb = &peak_mb};
    Error error = {0};
    if (!script_run(&options, PLENTY_MS, &error)) fail_msg("%s", error.message);
    return peak_mb;
}

static void memory_of_a_child_and_of_its_children_is_seen(void **state) {
    (void)state;
    double little = peak_of("sleep 0.1; :");
    assert_true(little > 0 && little < 7);
    assert_true(peak_of(HOLD_8_MB) > 8);
    assert_true(peak_of("(" HOLD_8_MB ") & wait; :") > 8);
}

// The time runs out although the child is looked at in between.
static void looking_does_not_give_more_time(void **state) {
    (void)state;
    const char *const slow[] = {"sh", "-c", "sleep 100", NULL};
    double peak_mb;
    ScriptOptions options = {
        .arguments = slow, .log = log_path, .interruption = -1, .peak_mb = &peak_mb};
    Error error = {0};
    assert_false(script_run(&options, 50, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_go_both_ways),
        cmocka_unit_test(long_lines_are_cut),
        cmocka_unit_test(an_early_end_is_told_with_its_last_words),
        cmocka_unit_test(speaking_to_one_that_has_ended_is_an_error_and_no_signal),
        cmocka_unit_test(silence_has_its_time),
        cmocka_unit_test(a_signal_ends_the_waiting),
        cmocka_unit_test(children_can_be_signalled),
        cmocka_unit_test(a_program_that_is_not_there_is_not_found),
        cmocka_unit_test(running_to_the_end_tells_how_it_ended),
        cmocka_unit_test(what_it_prints_can_be_kept),
        cmocka_unit_test(memory_of_a_child_and_of_its_children_is_seen),
        cmocka_unit_test(looking_does_not_give_more_time),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
