// Files that are whole or not there, and links that lead nowhere.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/whole_file.h"

enum { RIGHTS = 0640 };

static char folder[] = "/tmp/whole-file-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    language_set(LANGUAGE_ENGLISH);
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return system("rm -f ./*") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

// In place of libc's: a disk that fails when it is to hold a folder.
static bool disk_fails;

int fsync(int descriptor) {
    struct stat about;
    if (disk_fails && fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, descriptor);
}

static void put(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_holds(const char *path, const char *text) {
    char held[64] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    held[fread(held, 1, sizeof held - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(held, text);
}

static void write_whole(const char *path, WholeFileKind kind, const char *text) {
    WholeFile file;
    Error error = {0};
    assert_true(whole_file_open(&file, path, kind, RIGHTS, &error));
    assert_true(whole_file_write(&file, text, strlen(text), &error));
    assert_true(whole_file_close(&file, true, &error));
}

static void a_file_is_replaced_when_the_new_one_is_whole(void **state) {
    (void)state;
    WholeFile file;
    Error error = {0};
    struct stat about;
    put("old", "old");
    assert_true(whole_file_open(&file, "old", WHOLE_FILE_REPLACING, RIGHTS, &error));
    assert_true(whole_file_write(&file, "new", 3, &error));
    assert_holds("old", "old");
    assert_true(whole_file_close(&file, true, &error));
    assert_holds("old", "new");
    assert_int_equal(stat("old", &about), 0);
    assert_int_equal(about.st_mode & 0137, 0);
}

// It was said that the file cannot be written, and it was.
static void one_that_is_in_place_but_may_be_lost_is_told_of_as_such(void **state) {
    (void)state;
    WholeFile file;
    Error error = {0};
    put("lasting", "old");
    disk_fails = true;
    assert_true(whole_file_open(&file, "lasting", WHOLE_FILE_REPLACING, RIGHTS, &error));
    assert_true(whole_file_write(&file, "new", 3, &error));
    assert_false(whole_file_close(&file, true, &error));
    disk_fails = false;
    assert_holds("lasting", "new");
    assert_non_null(strstr(error.hint, "in the place of the one before"));
}

static void of_one_that_failed_nothing_is_left(void **state) {
    (void)state;
    WholeFile file;
    Error error = {0};
    put("kept", "kept");
    assert_true(whole_file_open(&file, "kept", WHOLE_FILE_REPLACING, RIGHTS, &error));
    assert_true(whole_file_write(&file, "half", 4, &error));
    assert_false(whole_file_close(&file, false, &error));
    assert_holds("kept", "kept");
    assert_true(whole_file_open(&file, "fresh", WHOLE_FILE_NEW, RIGHTS, &error));
    assert_false(whole_file_close(&file, false, &error));
    assert_int_equal(access("fresh", F_OK), -1);
}

static void a_new_file_replaces_none(void **state) {
    (void)state;
    WholeFile file;
    Error error = {0};
    put("evidence", "old");
    assert_false(whole_file_open(&file, "evidence", WHOLE_FILE_NEW, RIGHTS, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    assert_string_equal(error.message, "evidence is there already");
    assert_holds("evidence", "old");
}

static void a_planted_link_is_not_followed(void **state) {
    (void)state;
    WholeFile file;
    Error error = {0};
    put("victim", "victim");
    assert_int_equal(symlink("victim", "export"), 0);
    write_whole("export", WHOLE_FILE_REPLACING, "mine");
    assert_holds("export", "mine");

    assert_int_equal(symlink("nowhere", "dangling"), 0);
    assert_false(whole_file_open(&file, "dangling", WHOLE_FILE_NEW, RIGHTS, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    assert_int_equal(access("nowhere", F_OK), -1);
    assert_holds("victim", "victim");
}

// In a container each run may have the same process id.
static void what_a_killed_program_left_does_not_block_the_next(void **state) {
    (void)state;
    WholeFile left;
    Error error = {0};
    assert_true(whole_file_open(&left, "again", WHOLE_FILE_REPLACING, RIGHTS, &error));
    write_whole("again", WHOLE_FILE_REPLACING, "whole");
    assert_holds("again", "whole");
    assert_false(whole_file_close(&left, false, &error));
    assert_holds("again", "whole");
}

static void a_pipe_is_written_into_not_replaced(void **state) {
    (void)state;
    char held[8] = "";
    struct stat about;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    int reader = open("pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    write_whole("pipe", WHOLE_FILE_REPLACING, "through");
    assert_int_equal(read(reader, held, sizeof held - 1), 7);
    assert_string_equal(held, "through");
    close(reader);
    assert_int_equal(stat("pipe", &about), 0);
    assert_true(S_ISFIFO(about.st_mode));
}

static void a_folder_that_is_not_there_is_told(void **state) {
    (void)state;
    WholeFile file;
    Error error = {0};
    assert_false(whole_file_open(&file, "no/where", WHOLE_FILE_REPLACING, RIGHTS, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    assert_string_equal(error.file, "no/where");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_replaced_when_the_new_one_is_whole),
        cmocka_unit_test(one_that_is_in_place_but_may_be_lost_is_told_of_as_such),
        cmocka_unit_test(of_one_that_failed_nothing_is_left),
        cmocka_unit_test(a_new_file_replaces_none),
        cmocka_unit_test(a_planted_link_is_not_followed),
        cmocka_unit_test(what_a_killed_program_left_does_not_block_the_next),
        cmocka_unit_test(a_pipe_is_written_into_not_replaced),
        cmocka_unit_test(a_folder_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
