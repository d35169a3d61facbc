// A pack's folder read, hashed, archived and read back.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/pack/bundle.h"

typedef struct Folder {
    char path[64];
    ProblemList problems;
    Bundle bundle;
} Folder;

static int set_up(void **state) {
    Folder *folder = memory_new(1, sizeof *folder);
    snprintf(folder->path, sizeof folder->path, "/tmp/biaochi_bundle_XXXXXX");
    *state = folder;
    return mkdtemp(folder->path) ? 0 : -1;
}

static int tear_down(void **state) {
    Folder *folder = *state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder->path);
    bundle_free(&folder->bundle);
    problems_free(&folder->problems);
    free(folder);
    return system(command);
}

static const char *inside(const Folder *folder, const char *name) {
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    return path;
}

static void put_bytes(const Folder *folder, const char *name, const char *bytes, size_t length) {
    char path[400];
    snprintf(path, sizeof path, "%s", inside(folder, name));
    for (char *at = strchr(path + strlen(folder->path) + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        mkdir(path, 0700);
        *at = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void put(const Folder *folder, const char *name, const char *text) {
    put_bytes(folder, name, text, strlen(text));
}

static void read_good(Folder *folder) {
    bundle_free(&folder->bundle);
    if (!bundle_read(folder->path, &folder->bundle, &folder->problems))
        fail_msg("%s: %s", folder->problems.items[0].file, folder->problems.items[0].message);
}

static void read_bad(Folder *folder, const char *file, const char *wanted) {
    bundle_free(&folder->bundle);
    assert_false(bundle_read(folder->path, &folder->bundle, &folder->problems));
    assert_int_equal(folder->bundle.count, 0);
    bool found = false;
    for (size_t i = 0; i < folder->problems.count; i++) {
        const Error *problem = &folder->problems.items[i];
        assert_true(plain_text(problem->file, strlen(problem->file)));
        found = found || (strstr(problem->message, wanted) && strcmp(problem->file, file) == 0);
    }
    if (!found)
        fail_msg("no \"%s\" of %s, but %s", wanted, file, folder->problems.items[0].message);
}

static void only_lua_files_belong_to_it_in_order_of_path(void **state) {
    Folder *folder = *state;
    put(folder, "pack.lua", "return 1");
    put(folder, "b.lua", "");
    put(folder, "inner/deeper/a.lua", "--");
    put(folder, "spec/pack_spec.lua", "it");
    put(folder, "data/observations.csv", "region");
    put(folder, "data/not_a_rule.lua", "error()");
    put(folder, ".hidden/x.lua", "");
    put(folder, "README.md", "text");
    read_good(folder);
    static const char *const paths[] = {"b.lua", "inner/deeper/a.lua", "pack.lua",
                                        "spec/pack_spec.lua"};
    assert_int_equal(folder->bundle.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(folder->bundle.files[i].path, paths[i]);
    assert_string_equal(bundle_find(&folder->bundle, "pack.lua")->bytes, "return 1");
    assert_null(bundle_find(&folder->bundle, "data/not_a_rule.lua"));
}

static void the_hash_is_of_names_and_bytes(void **state) {
    Folder *folder = *state;
    char first[HASH_TEXT_SIZE], second[HASH_TEXT_SIZE];
    put(folder, "pack.lua", "return 1");
    read_good(folder);
    memcpy(first, folder->bundle.hash, sizeof first);
    read_good(folder);
    assert_string_equal(folder->bundle.hash, first);
    put(folder, "data/other.csv", "x");
    read_good(folder);
    assert_string_equal(folder->bundle.hash, first);
    put(folder, "other.lua", "");
    read_good(folder);
    memcpy(second, folder->bundle.hash, sizeof second);
    assert_string_not_equal(second, first);
    char from[400];
    snprintf(from, sizeof from, "%s", inside(folder, "other.lua"));
    assert_int_equal(rename(from, inside(folder, "another.lua")), 0);
    read_good(folder);
    assert_string_not_equal(folder->bundle.hash, second);
}

static void an_archive_is_read_back(void **state) {
    Folder *folder = *state;
    put(folder, "pack.lua", "a\r\nb\n");
    put(folder, "empty.lua", "");
    put(folder, "like.lua", "pack.lua 3\nabc");
    read_good(folder);
    Buffer archive = {0};
    Bundle again;
    Error error = {0};
    bundle_write(&folder->bundle, &archive);
    assert_true(bundle_parse(archive.data, archive.length, &again, &error));
    assert_int_equal(again.count, 3);
    assert_string_equal(again.hash, folder->bundle.hash);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(again.files[i].path, folder->bundle.files[i].path);
        assert_int_equal(again.files[i].length, folder->bundle.files[i].length);
        assert_memory_equal(again.files[i].bytes, folder->bundle.files[i].bytes,
                            again.files[i].length);
    }
    bundle_free(&again);
    buffer_free(&archive);
}

static bool is_parsed(const char *archive, size_t length) {
    char *copy = memory_new(length, 1); // so that a sanitizer sees a read beyond the end
    memcpy(copy, archive, length);
    Bundle bundle;
    Error error = {0};
    bool parsed = bundle_parse(copy, length, &bundle, &error);
    assert_int_equal(error.code, parsed ? ERROR_NONE : ERROR_STORE);
    bundle_free(&bundle);
    free(copy);
    return parsed;
}

static void a_damaged_archive_is_refused(void **state) {
    (void)state;
    static const char good[] = "biaochi-bundle 1\npack.lua 8\nreturn 1other.lua 2\n--";
    size_t length = sizeof good - 1, whole_first = strlen("biaochi-bundle 1\npack.lua 8\nreturn 1");
    assert_true(is_parsed(good, length));
    for (size_t cut = 0; cut < length; cut++)
        assert_int_equal(is_parsed(good, cut),
                         cut == strlen("biaochi-bundle 1\n") || cut == whole_first);
    static const char *const bad[] = {
        "biaochi-bundle 2\npack.lua 0\n",
        "biaochi-bundle 1\npack.lua\n",
        "biaochi-bundle 1\npack.lua -1\n",
        "biaochi-bundle 1\npack.lua 99999999999999999999\n",
        "biaochi-bundle 1\npack.lua 1 1\nx",
        "biaochi-bundle 1\n 1\nx",
        "biaochi-bundle 1\nthis_name_is_longer_than_any_that_a_pack_may_have_so_it_is_none.lua 0\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (is_parsed(bad[i], strlen(bad[i]))) fail_msg("taken: %s", bad[i]);
}

static void a_folder_without_pack_lua_is_told(void **state) {
    Folder *folder = *state;
    put(folder, "other.lua", "");
    read_bad(folder, folder->path, "has no file pack.lua");
}

static void what_is_no_plain_file_is_refused(void **state) {
    Folder *folder = *state;
    put(folder, "pack.lua", "");
    assert_int_equal(symlink("/etc/passwd", inside(folder, "link.lua")), 0);
    assert_int_equal(mkfifo(inside(folder, "pipe.lua"), 0600), 0);
    read_bad(folder, "link.lua", "is not a plain file");
    read_bad(folder, "pipe.lua", "is not a plain file");
}

static void names_are_checked(void **state) {
    Folder *folder = *state;
    put(folder, "pack.lua", "");
    put(folder, "two words.lua", "");
    put(folder, "\x1b[2J.lua", "");
    put(folder, "std/main.lua", "");
    put(folder, "a_folder_with_a_long_name_indeed/and_a_file_with_a_long_name.lua", "");
    static const char wanted[] = "has a name a pack's file must not have";
    read_bad(folder, "two words.lua", wanted);
    read_bad(folder, " [2J.lua", wanted);
    read_bad(folder, "std/main.lua", wanted);
    read_bad(folder, "a_folder_with_a_long_name_indeed/and_a_file_with_a_long_name.lua", wanted);
}

static void sizes_are_limited(void **state) {
    Folder *folder = *state;
    char *blanks = memory_new(BUNDLE_MAX_FILE_BYTES + 1, 1);
    memset(blanks, ' ', BUNDLE_MAX_FILE_BYTES + 1);
    put(folder, "pack.lua", "");
    put_bytes(folder, "largest.lua", blanks, BUNDLE_MAX_FILE_BYTES);
    read_good(folder);
    put_bytes(folder, "larger.lua", blanks, BUNDLE_MAX_FILE_BYTES + 1);
    read_bad(folder, "larger.lua", "is too large");
    free(blanks);
}

static void a_folder_that_is_not_there_is_told(void **state) {
    Folder *folder = *state;
    assert_false(bundle_read("/nowhere/at/all", &folder->bundle, &folder->problems));
    assert_int_equal(folder->problems.items[0].code, ERROR_NOT_FOUND);
    assert_non_null(strstr(folder->problems.items[0].message, "cannot open the pack's folder"));
}

// ---- packs carried ------------------------------------------------------------------------------

static Bundle read_pack(Folder *folder, const char *file, const char *text) {
    put(folder, "pack.lua", text);
    put(folder, file, text);
    read_good(folder);
    Bundle bundle = folder->bundle;
    folder->bundle = (Bundle){0};
    assert_int_equal(unlink(inside(folder, file)), 0);
    return bundle;
}

static void a_chain_is_taken_apart_again_to_the_byte(void **state) {
    Folder *folder = *state;
    Bundle nation = read_pack(folder, "women.lua", "nation"), province, county, got, own;
    Bundle province_alone = read_pack(folder, "spec/a_spec.lua", "province");
    Bundle county_alone = read_pack(folder, "z.lua", "county");
    bundle_own(&province_alone, &province);
    bundle_own(&county_alone, &county);
    assert_true(bundle_extend(&province, "nation", &nation, &folder->problems));
    assert_string_equal(bundle_find(&province, "@nation/women.lua")->bytes, "nation");
    assert_true(bundle_extend(&county, "province", &province, &folder->problems));
    assert_string_not_equal(county.hash, county_alone.hash);
    assert_int_equal(county.count, 6);
    assert_string_equal(bundle_find(&county, "@province/pack.lua")->bytes, "province");
    assert_string_equal(bundle_find(&county, "@nation/pack.lua")->bytes, "nation");
    assert_string_equal(bundle_shown_path("@nation/pack.lua"), "nation/pack.lua");

    assert_true(bundle_parent(&county, "province", &got));
    assert_string_equal(got.hash, province.hash);
    bundle_own(&county, &own);
    assert_string_equal(own.hash, county_alone.hash);
    bundle_free(&own);
    bundle_own(&got, &own);
    assert_string_equal(own.hash, province_alone.hash);
    bundle_free(&own);
    bundle_free(&got);
    assert_false(bundle_parent(&county, "provinc", &got));
    assert_false(bundle_parent(&county_alone, "province", &got));

    // What is carried survives the archive.
    Buffer archive = {0};
    Error error = {0};
    bundle_write(&county, &archive);
    assert_true(bundle_parse(archive.data, archive.length, &got, &error));
    assert_string_equal(got.hash, county.hash);
    assert_int_equal(got.count, county.count);
    buffer_free(&archive);
    Bundle *const all[] = {&nation, &province, &county, &got, &province_alone, &county_alone};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        bundle_free(all[i]);
}

static void what_cannot_be_carried_is_told_and_changes_nothing(void **state) {
    Folder *folder = *state;
    char longest[64];
    snprintf(longest, sizeof longest, "%.*s.lua", BUNDLE_MAX_PATH - 4 - 7,
             "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz");
    Bundle parent = read_pack(folder, longest, "x");
    Bundle child = read_pack(folder, "nation/a.lua", "y");
    char hash[HASH_TEXT_SIZE];
    memcpy(hash, child.hash, sizeof hash);
    assert_false(bundle_extend(&child, "nation", &parent, &folder->problems));
    assert_non_null(strstr(folder->problems.items[0].message, "called like the pack"));
    assert_int_equal(folder->problems.count, 1);
    assert_false(bundle_extend(&child, "nations", &parent, &folder->problems));
    assert_non_null(strstr(folder->problems.items[1].message, "too long"));
    assert_false(bundle_extend(&child, "std", &parent, &folder->problems));
    assert_non_null(strstr(folder->problems.items[2].message, "cannot be extended"));
    assert_string_equal(child.hash, hash);
    assert_int_equal(child.count, 2);
    assert_true(bundle_extend(&child, "other", &parent, &folder->problems));
    bundle_free(&parent);
    bundle_free(&child);
}

static void what_is_not_text_is_refused_with_its_line(void **state) {
    Folder *folder = *state;
    put(folder, "pack.lua", "return 1");
    put_bytes(folder, "nul.lua", "a\0b\n", 4);
    put(folder, "gbk.lua", "-- 1\n-- \xB1\xEA\xB3\xDF\n");
    read_bad(folder, "nul.lua", "has a NUL byte");
    read_bad(folder, "gbk.lua", "is not UTF-8 text");
    for (size_t i = 0; i < folder->problems.count; i++)
        if (strcmp(folder->problems.items[i].file, "gbk.lua") == 0)
            assert_int_equal(folder->problems.items[i].line, 2);
}

static void names_that_differ_in_case_alone_are_refused(void **state) {
    Folder *folder = *state;
    put(folder, "pack.lua", "return 1");
    put(folder, "spec/Women.lua", "return 1");
    put(folder, "spec/women.lua", "return 1");
    read_bad(folder, "spec/women.lua", "upper and lower case alone");
}

// A folder whose name held a blank was stored, and could not be read back.
static void folders_are_named_as_files_are(void **state) {
    Folder *folder = *state;
    put(folder, "pack.lua", "return 1");
    put(folder, "a b/c.lua", "return 1");
    read_bad(folder, "a b/c.lua", "has a name a pack's file must not have");
    assert_int_equal(unlink(inside(folder, "a b/c.lua")), 0);
    put(folder, "@nation/pack.lua", "return 1");
    read_bad(folder, "@nation/pack.lua", "has a name a pack's file must not have");
}

static void std_is_a_bundle(void **state) {
    (void)state;
    Bundle std;
    bundle_std(&std);
    assert_non_null(bundle_find(&std, "main"));
    assert_non_null(bundle_find(&std, "api"));
    assert_int_equal(strlen(std.hash), HASH_TEXT_SIZE - 1);
    bundle_free(&std);
}

#define BUNDLE_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        BUNDLE_TEST(only_lua_files_belong_to_it_in_order_of_path),
        BUNDLE_TEST(the_hash_is_of_names_and_bytes),
        BUNDLE_TEST(an_archive_is_read_back),
        cmocka_unit_test(a_damaged_archive_is_refused),
        BUNDLE_TEST(a_folder_without_pack_lua_is_told),
        BUNDLE_TEST(what_is_no_plain_file_is_refused),
        BUNDLE_TEST(names_are_checked),
        BUNDLE_TEST(sizes_are_limited),
        BUNDLE_TEST(a_folder_that_is_not_there_is_told),
        BUNDLE_TEST(a_chain_is_taken_apart_again_to_the_byte),
        BUNDLE_TEST(what_cannot_be_carried_is_told_and_changes_nothing),
        BUNDLE_TEST(what_is_not_text_is_refused_with_its_line),
        BUNDLE_TEST(names_that_differ_in_case_alone_are_refused),
        BUNDLE_TEST(folders_are_named_as_files_are),
        cmocka_unit_test(std_is_a_bundle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
