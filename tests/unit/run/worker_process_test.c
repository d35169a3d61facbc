// One worker process at a time, played by shell scripts: every way it can end, and nothing left.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/run/frame.h"
#include "core/run/worker_process.h"

enum { DEADLINE_MS = 20000, SHORT_DEADLINE_MS = 200 };
// What the owner does when a frame of the type comes.
enum { REFUSE_ON = 99, FINISH_ON = 105, EXPECT_ON = 110, CONTENT_ON = 111 };

typedef struct Conversation {
    char script[64];
    uv_loop_t loop;
    WorkerProcess *worker;
    Buffer frames; // "type:bytes;"
    WorkerEnd end;
    int ends, conversations;
} Conversation;

static int set_up(void **state) {
    Conversation *talk = memory_new(1, sizeof *talk);
    snprintf(talk->script, sizeof talk->script, "/tmp/biaochi_worker_XXXXXX");
    int descriptor = mkstemp(talk->script);
    if (descriptor < 0) return -1;
    close(descriptor);
    *state = talk;
    return uv_loop_init(&talk->loop);
}

static int tear_down(void **state) {
    Conversation *talk = *state;
    unlink(talk->script);
    int busy = uv_loop_close(&talk->loop); // a handle that is left would keep it
    buffer_free(&talk->frames);
    free(talk);
    return busy;
}

static bool take_frame(uint32_t type, const char *bytes, size_t length, void *context,
                       Error *error) {
    Conversation *talk = context;
    buffer_printf(&talk->frames, "%u:", type);
    buffer_append(&talk->frames, bytes, length);
    buffer_text(&talk->frames, ";");
    if (type == REFUSE_ON) return error_set(error, ERROR_WORKER, "no such frame is wanted");
    if (type == FINISH_ON) worker_finish(talk->worker);
    if (type == EXPECT_ON) worker_expect(talk->worker);
    if (type == CONTENT_ON) worker_content(talk->worker);
    return true;
}

static void take_end(const WorkerEnd *end, void *context) {
    Conversation *talk = context;
    talk->end = *end;
    talk->ends++;
}

static size_t count_descriptors(void) {
    DIR *folder = opendir("/proc/self/fd");
    size_t count = 0;
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

// The script may call frame TYPE TEXT and u32 NUMBER.
static void write_script(const Conversation *talk, const char *text) {
    FILE *file = fopen(talk->script, "w");
    assert_non_null(file);
    fputs(
        "#!/bin/sh\n"
        "u32() { printf \"$(printf '\\\\%03o\\\\%03o\\\\%03o\\\\%03o' $(($1 & 255)) $(($1 >> 8 & 255)) "
        "$(($1 >> 16 & 255)) $(($1 >> 24 & 255)))\"; }\n"
        "frame() { { u32 \"$1\" && u32 \"${#2}\" && printf '%s' \"$2\"; } >&3; }\n",
        file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(talk->script, 0700), 0);
}

// Runs one conversation to its end; then no descriptor, process or handle may be left.
static void converse(Conversation *talk, const WorkerOptions *options, const char *sent) {
    size_t descriptors = count_descriptors();
    WorkerCallbacks callbacks = {take_frame, take_end, talk};
    buffer_clear(&talk->frames);
    talk->ends = 0;
    talk->worker = worker_start(&talk->loop, options, &callbacks);
    if (sent) worker_send(talk->worker, sent, strlen(sent));
    uv_run(&talk->loop, UV_RUN_DEFAULT);
    assert_int_equal(talk->ends, 1);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    // The loop keeps one that it opens with its first process.
    size_t kept = talk->conversations++ == 0 ? 1 : 0;
    assert_in_range(count_descriptors(), descriptors, descriptors + kept);
}

static void run_script(Conversation *talk, const char *script, int64_t deadline_ms,
                       const char *sent) {
    write_script(talk, script);
    WorkerOptions options = {.program = talk->script,
                             .shared = {-1, -1},
                             .deadline_ms = deadline_ms,
                             .grace_ms = 100,
                             .largest_frame = 1000};
    converse(talk, &options, sent);
}

static void assert_end(const Conversation *talk, WorkerOutcome outcome, const char *message) {
    if (talk->end.outcome != outcome)
        fail_msg("outcome %d, not %d: %s", talk->end.outcome, outcome, talk->end.error.message);
    if (!strstr(talk->end.error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", talk->end.error.message, message);
}

static void a_conversation_is_finished(void **state) {
    Conversation *talk = *state;
    run_script(talk, "read -r line <&3; frame 101 \"got $line\"; frame 105 ''; exec sleep 60",
               DEADLINE_MS, "a line\n");
    assert_end(talk, WORKER_FINISHED, "");
    assert_int_equal(talk->end.error.code, ERROR_NONE);
    assert_string_equal(talk->frames.data, "101:got a line;105:;");
}

static void nothing_is_taken_after_the_finish(void **state) {
    Conversation *talk = *state;
    run_script(talk, "frame 105 ''; frame 99 x; frame 101 x; exec sleep 60", DEADLINE_MS, NULL);
    assert_end(talk, WORKER_FINISHED, "");
    assert_string_equal(talk->frames.data, "105:;");
}

static void an_early_exit_is_told_with_its_code(void **state) {
    Conversation *talk = *state;
    run_script(talk, "exit 7", DEADLINE_MS, NULL);
    assert_end(talk, WORKER_DIED, "exited early with code 7");
    assert_int_equal(talk->end.exit_code, 7);
    assert_int_equal(talk->end.signal, 0);
}

static void what_came_before_an_exit_is_taken(void **state) {
    Conversation *talk = *state;
    for (int round = 0; round < 20; round++) {
        run_script(talk, "frame 101 last; exit 3", DEADLINE_MS, NULL);
        assert_end(talk, WORKER_DIED, "exited early with code 3");
        assert_string_equal(talk->frames.data, "101:last;");
        run_script(talk, "frame 105 ''; exit 3", DEADLINE_MS, NULL);
        assert_end(talk, WORKER_FINISHED, "");
    }
}

static void a_signal_is_told_with_its_name(void **state) {
    Conversation *talk = *state;
    run_script(talk, "kill -SEGV $$", DEADLINE_MS, NULL);
    assert_end(talk, WORKER_DIED, "ended by signal 11 (Segmentation fault)");
    assert_int_equal(talk->end.signal, SIGSEGV);
}

// Killed workers were replaced, and nobody who watched the server heard of it.
static void workers_that_are_lost_are_counted(void **state) {
    Conversation *talk = *state;
    const WorkerLosses before = worker_losses();
    run_script(talk, "frame 105 ''; exec sleep 60", DEADLINE_MS, NULL);
    assert_int_equal(worker_losses().count, before.count);
    run_script(talk, "kill -KILL $$", DEADLINE_MS, NULL);
    const WorkerLosses after = worker_losses();
    assert_int_equal(after.count, before.count + 1);
    assert_int_equal(after.by_outcome[WORKER_DIED], before.by_outcome[WORKER_DIED] + 1);
    assert_non_null(strstr(after.last, "signal 9"));
}

static void a_child_left_behind_does_not_hold_the_end_up(void **state) {
    Conversation *talk = *state;
    int64_t before = clock_monotonic_ms();
    run_script(talk, "sleep 5 & exit 0", DEADLINE_MS, NULL);
    assert_end(talk, WORKER_DIED, "exited early with code 0");
    assert_true(clock_monotonic_ms() - before < 4000);
}

static void silence_ends_at_the_deadline(void **state) {
    Conversation *talk = *state;
    static const char *const scripts[] = {
        "exec sleep 60", "exec sleep 60 3>&-", "frame 101 x; exec sleep 60",
        "printf '\\145\\0\\0\\0\\100\\0\\0\\0half' >&3; exec sleep 60",
        "trap '' TERM INT HUP; while :; do sleep 0.05; done"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        run_script(talk, scripts[i], SHORT_DEADLINE_MS, NULL);
        assert_end(talk, WORKER_OVERDUE, "killed at its deadline of 200 ms");
        assert_int_equal(talk->end.rule, -1);
        assert_int_equal(talk->end.line, 0);
    }
}

static void the_deadline_is_for_each_answer(void **state) {
    Conversation *talk = *state;
    run_script(talk,
               "for round in 1 2 3; do sleep 0.5; frame 110 $round; done; frame 105 '';"
               "exec sleep 60",
               1000, NULL);
    assert_end(talk, WORKER_FINISHED, "");
    assert_string_equal(talk->frames.data, "110:1;110:2;110:3;105:;");
}

static void there_is_none_while_nothing_is_asked(void **state) {
    Conversation *talk = *state;
    run_script(talk, "frame 111 ''; sleep 0.7; frame 105 ''; exec sleep 60", SHORT_DEADLINE_MS,
               NULL);
    assert_end(talk, WORKER_FINISHED, "");
    int64_t before = clock_monotonic_ms();
    run_script(talk, "frame 111 ''; sleep 0.5; frame 110 ''; exec sleep 60", SHORT_DEADLINE_MS,
               NULL);
    assert_end(talk, WORKER_OVERDUE, "killed at its deadline of 200 ms");
    assert_true(clock_monotonic_ms() - before >= 500 + SHORT_DEADLINE_MS);
}

// A worker that is let be is watched all the same.
static void one_that_dies_while_nothing_is_asked_is_told(void **state) {
    Conversation *talk = *state;
    run_script(talk, "frame 111 ''; sleep 0.3; exit 4", SHORT_DEADLINE_MS, NULL);
    assert_end(talk, WORKER_DIED, "exited early with code 4");
}

static void garbage_ends_it(void **state) {
    Conversation *talk = *state;
    run_script(talk, "echo 'this is no frame' >&3; exec sleep 60", DEADLINE_MS, NULL);
    assert_end(talk, WORKER_GARBAGE, "is over the limit of 1000");
    run_script(talk, "frame 101 x; frame 99 y; frame 101 z; exec sleep 60", DEADLINE_MS, NULL);
    assert_end(talk, WORKER_GARBAGE, "no such frame is wanted");
    assert_string_equal(talk->frames.data, "101:x;99:y;");
    run_script(talk, "exec yes 'a flood' >&3", DEADLINE_MS, NULL);
    assert_end(talk, WORKER_GARBAGE, "is over the limit");
}

static void a_program_that_is_not_there_is_told(void **state) {
    Conversation *talk = *state;
    WorkerOptions options = {.program = "/nowhere/at/all",
                             .shared = {-1, -1},
                             .deadline_ms = DEADLINE_MS,
                             .largest_frame = 1000};
    converse(talk, &options, "x");
    assert_end(talk, WORKER_ABSENT, "cannot start a worker process: no such file or directory");
}

// The status page is descriptor 4 of the worker: rule, region, stop, line, file.
static void a_stop_that_is_not_heeded_ends_it(void **state) {
    Conversation *talk = *state;
    run_script(
        talk,
        "{ u32 3; u32 2; u32 1; u32 12; printf 'pack.lua\\033[2J\\0'; } 1<>/proc/self/fd/4; exec sleep 60",
        DEADLINE_MS, NULL);
    assert_end(talk, WORKER_STUCK, "did not stop within 100 ms: killed");
    assert_int_equal(talk->end.stop, STOP_CPU);
    assert_int_equal(talk->end.rule, 3);
    assert_int_equal(talk->end.region, 2);
    assert_int_equal(talk->end.line, 12);
    assert_string_equal(talk->end.file, "pack.lua?[2J");
}

static void a_page_full_of_nonsense_is_read_bounded(void **state) {
    Conversation *talk = *state;
    run_script(talk, "yes '\xff\xfe' | head -c 4096 1<>/proc/self/fd/4; exec sleep 60", DEADLINE_MS,
               NULL);
    assert_end(talk, WORKER_STUCK, "did not stop");
    assert_int_equal(talk->end.stop, STOP_NONE);
    assert_int_equal(strlen(talk->end.file), STATUS_FILE_SIZE - 1);
    for (const char *at = talk->end.file; *at; at++)
        assert_in_range(*at, 0x20, 0x7e);
}

static void a_page_cannot_be_cut_off(void **state) {
    Conversation *talk = *state;
    run_script(
        talk,
        "exec 2>/dev/null; truncate -s 0 /proc/self/fd/4 || frame 101 ''; true >/proc/self/fd/4;"
        "truncate -s 8192 /proc/self/fd/4 || frame 102 ''; sleep 0.1; frame 105 ''; exec sleep 60",
        DEADLINE_MS, NULL);
    assert_end(talk, WORKER_FINISHED, "");
    assert_string_equal(talk->frames.data, "101:;102:;105:;");
}

static void a_budget_that_is_over_in_time_is_nothing(void **state) {
    Conversation *talk = *state;
    run_script(
        talk,
        "{ u32 3; u32 2; u32 1; } 1<>/proc/self/fd/4; sleep 0.03;"
        "{ u32 3; u32 2; u32 0; } 1<>/proc/self/fd/4; sleep 0.3; frame 105 ''; exec sleep 60",
        DEADLINE_MS, NULL);
    assert_end(talk, WORKER_FINISHED, "");
}

static void it_inherits_its_own_descriptors_and_no_others(void **state) {
    Conversation *talk = *state;
    int stray = open("/etc/passwd", O_RDONLY); // not close-on-exec
    assert_true(stray >= 0);
    int strays[6] = {stray};
    for (int i = 1; i < 6; i++)
        strays[i] = dup(stray);
    const char script[] =
        "frame 101 \"$(for file in /proc/$$/fd/*; do readlink $file; done | grep -c passwd)\";"
        "[ /proc/$$/fd/5 -ef /etc/passwd ]; frame 102 $?; frame 103 \"$HOME\"; frame 105 ''; exec sleep 60";
    run_script(talk, script, DEADLINE_MS, NULL);
    assert_string_equal(talk->frames.data, "101:0;102:1;103:;105:;");

    write_script(talk, script);
    WorkerOptions options = {.program = talk->script,
                             .shared = {stray, -1},
                             .deadline_ms = DEADLINE_MS,
                             .largest_frame = 1000};
    converse(talk, &options, NULL);
    assert_string_equal(talk->frames.data, "101:1;102:0;103:;105:;");
    for (int i = 0; i < 6; i++)
        close(strays[i]);
}

// The dataset is descriptor 5, the area for results descriptor 6, which the worker writes.
static void shared_memory_is_given_in_its_order(void **state) {
    Conversation *talk = *state;
    static const char script[] =
        "exec 2>/dev/null; frame 101 \"$(cat /proc/self/fd/5)$(cat /proc/self/fd/6)\";"
        "printf 'written' >/proc/self/fd/6 && frame 102 ''; frame 105 ''; exec sleep 60";
    int memories[2];
    for (int i = 0; i < 2; i++) {
        memories[i] = memfd_create("test", MFD_CLOEXEC);
        assert_int_equal(write(memories[i], i ? "second" : "first", i ? 6 : 5), i ? 6 : 5);
    }
    write_script(talk, script);
    for (int given = 1; given <= 3; given++) {
        WorkerOptions options = {
            .program = talk->script,
            .shared = {given & 1 ? memories[0] : -1, given & 2 ? memories[1] : -1},
            .deadline_ms = DEADLINE_MS,
            .largest_frame = 1000};
        converse(talk, &options, NULL);
        assert_string_equal(talk->frames.data, given == 1   ? "101:first;105:;"
                                               : given == 2 ? "101:second;102:;105:;"
                                                            : "101:firstwritten;102:;105:;");
    }
    char text[8] = {0};
    assert_int_equal(pread(memories[1], text, 7, 0), 7);
    assert_string_equal(text, "written");
    for (int i = 0; i < 2; i++)
        close(memories[i]);
}

static void many_bytes_are_sent_to_one_that_does_not_read(void **state) {
    Conversation *talk = *state;
    char *bytes = memory_new(4 * 1024 * 1024 + 1, 1);
    memset(bytes, 'x', 4 * 1024 * 1024);
    run_script(talk, "exec sleep 60", SHORT_DEADLINE_MS, bytes);
    assert_end(talk, WORKER_OVERDUE, "killed at its deadline");
    run_script(talk, "exit 1", DEADLINE_MS, bytes);
    assert_end(talk, WORKER_DIED, "exited early with code 1");
    free(bytes);
}

#define WORKER_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        WORKER_TEST(a_conversation_is_finished),
        WORKER_TEST(nothing_is_taken_after_the_finish),
        WORKER_TEST(an_early_exit_is_told_with_its_code),
        WORKER_TEST(what_came_before_an_exit_is_taken),
        WORKER_TEST(a_signal_is_told_with_its_name),
        WORKER_TEST(workers_that_are_lost_are_counted),
        WORKER_TEST(a_child_left_behind_does_not_hold_the_end_up),
        WORKER_TEST(silence_ends_at_the_deadline),
        WORKER_TEST(the_deadline_is_for_each_answer),
        WORKER_TEST(there_is_none_while_nothing_is_asked),
        WORKER_TEST(one_that_dies_while_nothing_is_asked_is_told),
        WORKER_TEST(garbage_ends_it),
        WORKER_TEST(a_program_that_is_not_there_is_told),
        WORKER_TEST(a_stop_that_is_not_heeded_ends_it),
        WORKER_TEST(a_page_full_of_nonsense_is_read_bounded),
        WORKER_TEST(a_page_cannot_be_cut_off),
        WORKER_TEST(a_budget_that_is_over_in_time_is_nothing),
        WORKER_TEST(it_inherits_its_own_descriptors_and_no_others),
        WORKER_TEST(shared_memory_is_given_in_its_order),
        WORKER_TEST(many_bytes_are_sent_to_one_that_does_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
