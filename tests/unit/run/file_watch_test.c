// Folders watched for changes, and the signals that end the watching.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/run/file_watch.h"

// In place of libc's: counts the folders that are looked through.
static int folders_read;

DIR *opendir(const char *path) {
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    folders_read++;
    return folder < 0 ? NULL : fdopendir(folder);
}

typedef struct Trial {
    char folder[64];
    uv_loop_t loop;
    FileWatch *watch;
} Trial;

static int set_up(void **state) {
    Trial *trial = memory_new(1, sizeof *trial);
    snprintf(trial->folder, sizeof trial->folder, "/tmp/biaochi_watch_XXXXXX");
    *state = trial;
    if (!mkdtemp(trial->folder) || uv_loop_init(&trial->loop) != 0) return -1;
    trial->watch = file_watch_new(&trial->loop);
    return 0;
}

static int tear_down(void **state) {
    Trial *trial = *state;
    char command[100];
    file_watch_free(trial->watch);
    int busy = uv_loop_close(&trial->loop);
    snprintf(command, sizeof command, "rm -rf '%s'", trial->folder);
    free(trial);
    return system(command) || busy;
}

static void put(const Trial *trial, const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", trial->folder, name);
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs("x", file);
    assert_int_equal(fclose(file), 0);
}

static void begin(Trial *trial) {
    Error error = {0};
    file_watch_clear(trial->watch);
    assert_true(file_watch_add(trial->watch, trial->folder, &error));
}

static void what_is_saved_before_the_wait_is_not_missed(void **state) {
    Trial *trial = *state;
    begin(trial);
    put(trial, "pack.lua");
    assert_true(file_watch_wait(trial->watch));
}

static void folders_below_are_watched_once_they_are_there(void **state) {
    Trial *trial = *state;
    char inner[128];
    begin(trial);
    snprintf(inner, sizeof inner, "%s/inner", trial->folder);
    assert_int_equal(mkdir(inner, 0700), 0);
    assert_true(file_watch_wait(trial->watch)); // the folder itself
    begin(trial);
    put(trial, "inner/a.lua");
    assert_true(file_watch_wait(trial->watch));
}

typedef struct Late {
    const Trial *trial;
    const char *name;
    int signal;
    const char *folder; // made, where it is given
} Late;

static void act(uv_timer_t *timer) {
    const Late *late = timer->data;
    if (late->folder) assert_int_equal(mkdir(late->folder, 0700), 0);
    if (late->name) put(late->trial, late->name);
    if (late->signal) raise(late->signal);
    uv_close((uv_handle_t *)timer, NULL);
}

static void backups_and_hidden_files_are_no_change(void **state) {
    Trial *trial = *state;
    begin(trial);
    put(trial, ".pack.lua.swp");
    put(trial, "pack.lua~");
    // Only the signal ends this wait.
    Late late = {trial, NULL, SIGINT, NULL};
    uv_timer_t timer;
    uv_timer_init(&trial->loop, &timer);
    timer.data = &late;
    uv_timer_start(&timer, act, 3 * FILE_WATCH_SETTLE_MS, 0);
    assert_false(file_watch_wait(trial->watch));
    assert_true(file_watch_is_over(trial->watch));
    assert_false(file_watch_wait(trial->watch));
}

static void what_is_written_that_is_no_lua_is_no_change(void **state) {
    Trial *trial = *state;
    put(trial, "report"); // as by `pack test --watch . >report`
    begin(trial);
    put(trial, "report");
    Late late = {trial, NULL, SIGTERM, NULL};
    uv_timer_t timer;
    uv_timer_init(&trial->loop, &timer);
    timer.data = &late;
    uv_timer_start(&timer, act, 3 * FILE_WATCH_SETTLE_MS, 0);
    assert_false(file_watch_wait(trial->watch));
}

static void a_folder_that_comes_back_is_watched_again(void **state) {
    Trial *trial = *state;
    Error error = {0};
    char outer[100], inner[128];
    snprintf(outer, sizeof outer, "%s/outer", trial->folder);
    snprintf(inner, sizeof inner, "%s/inner", outer);
    assert_int_equal(mkdir(outer, 0700), 0);
    assert_int_equal(mkdir(inner, 0700), 0);
    for (int gone = 0; gone < 2; gone++) { // the folder alone, then with the one above it
        file_watch_clear(trial->watch);
        assert_true(file_watch_add(trial->watch, inner, &error));
        assert_int_equal(rmdir(inner), 0);
        if (gone) assert_int_equal(rmdir(outer), 0);
        assert_true(file_watch_wait(trial->watch));
        file_watch_clear(trial->watch);
        assert_true(file_watch_add(trial->watch, inner, &error));
        put(trial, "beside.lua"); // not what is waited for
        Late late = {trial, NULL, 0, gone ? outer : inner};
        uv_timer_t timer;
        uv_timer_init(&trial->loop, &timer);
        timer.data = &late;
        uv_timer_start(&timer, act, 3 * FILE_WATCH_SETTLE_MS, 0);
        assert_true(file_watch_wait(trial->watch));
        struct stat about;
        assert_int_equal(stat(late.folder, &about), 0);
    }
}

static void a_folder_that_is_not_there_is_passed_over(void **state) {
    Trial *trial = *state;
    Error error = {0};
    begin(trial);
    assert_true(file_watch_add(trial->watch, "/nowhere/at/all", &error));
    Late late = {trial, "late.lua", 0, NULL};
    uv_timer_t timer;
    uv_timer_init(&trial->loop, &timer);
    timer.data = &late;
    uv_timer_start(&timer, act, 1, 0);
    assert_true(file_watch_wait(trial->watch));
}

typedef struct Writer {
    const Trial *trial;
    int writes;
} Writer;

enum { WRITE_EVERY_MS = FILE_WATCH_SETTLE_MS / 4, MOST_WRITES = 400 };

static void write_on(uv_timer_t *timer) {
    Writer *writer = timer->data;
    put(writer->trial, "pack.lua");
    if (++writer->writes == MOST_WRITES) uv_timer_stop(timer);
}

// Something that wrote without a pause put the telling off for ever.
static void what_never_settles_is_told_all_the_same(void **state) {
    Trial *trial = *state;
    Writer writer = {.trial = trial};
    uv_timer_t timer;
    begin(trial);
    uv_timer_init(&trial->loop, &timer);
    timer.data = &writer;
    uv_timer_start(&timer, write_on, 0, WRITE_EVERY_MS);
    assert_true(file_watch_wait(trial->watch));
    assert_true(writer.writes < MOST_WRITES);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_run(&trial->loop, UV_RUN_NOWAIT);
}

// ---- renewed -----------------------------------------------------------------------------------

static void make(const Trial *trial, const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", trial->folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void move(const Trial *trial, const char *from, const char *to) {
    char before[128], after[128];
    snprintf(before, sizeof before, "%s/%s", trial->folder, from);
    snprintf(after, sizeof after, "%s/%s", trial->folder, to);
    assert_int_equal(rename(before, after), 0);
}

static void remove_folder(const Trial *trial, const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", trial->folder, name);
    assert_int_equal(rmdir(path), 0);
}

// How many folders are looked through.
static int renew(Trial *trial) {
    Error error = {0};
    folders_read = 0;
    assert_true(file_watch_renew(trial->watch, trial->folder, &error));
    return folders_read;
}

static void note_told(void *context) {
    *(bool *)context = true;
}

static void told_until(Trial *trial, bool *told) {
    *told = false;
    while (!*told)
        uv_run(&trial->loop, UV_RUN_ONCE);
}

// Each touch of a file had all folders of 1500 packs looked through on the loop.
static void only_folders_that_came_or_went_are_looked_through(void **state) {
    Trial *trial = *state;
    bool told = false;
    file_watch_free(trial->watch);
    trial->watch = file_watch_new_told(&trial->loop, note_told, &told);
    make(trial, "a");
    make(trial, "a/inner");
    make(trial, "b");
    assert_int_equal(renew(trial), 4);

    put(trial, "a/pack.lua");
    told_until(trial, &told);
    assert_int_equal(renew(trial), 0);
    put(trial, "a/inner/rules.lua");
    told_until(trial, &told);
    assert_int_equal(renew(trial), 0);

    make(trial, "c"); // new, with one in it by the time it is looked at
    make(trial, "c/inner");
    told_until(trial, &told);
    assert_int_equal(renew(trial), 2);
    put(trial, "c/inner/rules.lua");
    told_until(trial, &told);

    move(trial, "a", "d"); // what is below it is told of under its new name
    told_until(trial, &told);
    assert_int_equal(renew(trial), 2);
    put(trial, "d/inner/more.lua");
    told_until(trial, &told);
    assert_int_equal(renew(trial), 0);

    remove_folder(trial, "b"); // and there again, another one
    make(trial, "b");
    told_until(trial, &told);
    assert_int_equal(renew(trial), 1);
    put(trial, "b/pack.lua");
    told_until(trial, &told);
    assert_int_equal(renew(trial), 0);

    char away[80]; // the watched folder itself
    snprintf(away, sizeof away, "%s.away", trial->folder);
    assert_int_equal(rename(trial->folder, away), 0);
    told_until(trial, &told);
    renew(trial);
    assert_int_equal(rename(away, trial->folder), 0);
    told_until(trial, &told);
    assert_int_equal(renew(trial), 6);
    put(trial, "c/inner/last.lua");
    told_until(trial, &told);
    file_watch_free(trial->watch);
    uv_run(&trial->loop, UV_RUN_DEFAULT);
    trial->watch = file_watch_new(&trial->loop);
}

#define WATCH_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        WATCH_TEST(what_is_saved_before_the_wait_is_not_missed),
        WATCH_TEST(folders_below_are_watched_once_they_are_there),
        WATCH_TEST(backups_and_hidden_files_are_no_change),
        WATCH_TEST(what_is_written_that_is_no_lua_is_no_change),
        WATCH_TEST(a_folder_that_comes_back_is_watched_again),
        WATCH_TEST(a_folder_that_is_not_there_is_passed_over),
        WATCH_TEST(what_never_settles_is_told_all_the_same),
        WATCH_TEST(only_folders_that_came_or_went_are_looked_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
