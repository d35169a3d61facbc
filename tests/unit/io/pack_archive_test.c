// Packs as ZIP archives: what is taken of an archive, and what is refused.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/io/pack_archive.h"
#include "tests/unit/io/hand_made_zip.h"

static bool read_entries(const HandMadeEntry *entries, size_t count, Bundle *bundle,
                         ProblemList *problems) {
    Buffer bytes = {0};
    hand_made_zip(entries, count, &bytes);
    bool good = pack_archive_read(bytes.data, bytes.length, "upload.zip", bundle, problems);
    buffer_free(&bytes);
    return good;
}

// Expects just these files, in order of path.
static void expect(const HandMadeEntry *entries, size_t count, const char *const *paths) {
    Bundle bundle;
    ProblemList problems = {0};
    if (!read_entries(entries, count, &bundle, &problems))
        fail_msg("%s: %s", problems.items[0].file, problems.items[0].message);
    size_t wanted = 0;
    for (; paths[wanted]; wanted++) {
        assert_true(wanted < bundle.count);
        assert_string_equal(bundle.files[wanted].path, paths[wanted]);
    }
    assert_int_equal(bundle.count, wanted);
    assert_int_equal(strlen(bundle.hash), HASH_TEXT_SIZE - 1);
    bundle_free(&bundle);
}

static Error refuse(const HandMadeEntry *entries, size_t count, const char *file,
                    const char *wanted) {
    Bundle bundle;
    ProblemList problems = {0};
    if (read_entries(entries, count, &bundle, &problems)) fail_msg("taken, not \"%s\"", wanted);
    assert_int_equal(bundle.count, 0);
    Error found = {0};
    for (size_t i = 0; i < problems.count && !found.code; i++)
        if (strcmp(problems.items[i].file, file) == 0 && strstr(problems.items[i].message, wanted))
            found = problems.items[i];
    if (!found.code) fail_msg("%s: %s", problems.items[0].file, problems.items[0].message);
    problems_free(&problems);
    return found;
}

static const char *const PACK_AND_SPEC[] = {"pack.lua", "spec/a_spec.lua", NULL};

static void files_at_the_top_are_taken(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {{.name = "spec/a_spec.lua", .bytes = "it"},
                                     {.name = "pack.lua", .bytes = "return 1"}};
    expect(entries, 2, PACK_AND_SPEC);
}

static void the_one_folder_at_the_top_is_left_out(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {
        {.name = "\xC1\xD9\xBA\xD3/"}, // as Windows packs a folder with a Chinese name
        {.name = "\xC1\xD9\xBA\xD3/pack.lua", .bytes = "return 1"},
        {.name = "\xC1\xD9\xBA\xD3/spec/"},
        {.name = "\xC1\xD9\xBA\xD3/spec/a_spec.lua", .bytes = "it"}};
    expect(entries, 4, PACK_AND_SPEC);
}

static void what_systems_add_is_passed_over(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {{.name = "linhe/pack.lua", .bytes = "return 1"},
                                     {.name = "linhe/.DS_Store", .bytes = "\x00\x01", .length = 2},
                                     {.name = "linhe/spec/a_spec.lua", .bytes = "it"},
                                     {.name = "linhe/spec/Thumbs.db", .bytes = "x"},
                                     {.name = "__MACOSX/"},
                                     {.name = "__MACOSX/linhe/._pack.lua", .bytes = "\xFF\xFE"},
                                     {.name = ".DS_Store", .bytes = "x"}};
    expect(entries, 7, PACK_AND_SPEC);
}

static void what_is_no_rule_is_passed_over_unread(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {
        {.name = "pack.lua", .bytes = "return 1"},
        {.name = "data/observations.csv", .bytes = "not what it states", .difference = 1},
        {.name = "data/not_a_rule.lua", .bytes = "error()"},
        {.name = "规划全文.pdf", .bytes = "x"},
        {.name = ".git/hooks/a.lua", .bytes = "x"},
        {.name = "spec/a_spec.lua", .bytes = "it"}};
    expect(entries, 6, PACK_AND_SPEC);
}

static void names_are_checked_as_in_a_folder(void **state) {
    (void)state;
    static const char *const names[] = {"@nation/pack.lua", "std/main.lua", "two words.lua",
                                        "妇女.lua"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const HandMadeEntry entries[] = {{.name = "pack.lua", .bytes = "return 1"},
                                         {.name = names[i], .bytes = "x"}};
        refuse(entries, 2, names[i], "has a name a pack's file must not have");
    }
}

static void what_may_do_harm_is_refused_whole(void **state) {
    (void)state;
    const HandMadeEntry climbing[] = {{.name = "pack.lua", .bytes = "return 1"},
                                      {.name = "data/../../x.csv", .bytes = "x"}};
    refuse(climbing, 2, "upload.zip", "\"..\" in its path");
    const HandMadeEntry linked[] = {{.name = "pack.lua", .bytes = "return 1"},
                                    {.name = "data/x.csv",
                                     .bytes = "/etc/passwd",
                                     .made_by = MADE_ON_UNIX,
                                     .attributes = 0120777u << 16}};
    refuse(linked, 2, "upload.zip", "is a link");
    const HandMadeEntry damaged[] = {{.name = "pack.lua", .bytes = "return 1", .difference = 1}};
    refuse(damaged, 1, "upload.zip", "\"pack.lua\" in the ZIP archive is damaged");
    const HandMadeEntry binary[] = {{.name = "pack.lua", .bytes = "\x1bLua\xFF"}};
    refuse(binary, 1, "pack.lua", "is not UTF-8 text");
}

static void one_without_a_pack_says_where_one_lies(void **state) {
    (void)state;
    const HandMadeEntry none[] = {{.name = "readme.txt", .bytes = "x"}};
    Error found = refuse(none, 1, "upload.zip", "has no file pack.lua");
    assert_int_equal(found.code, ERROR_INPUT); // the archive itself was found
    const HandMadeEntry deeper[] = {{.name = "plugins/linhe/pack.lua", .bytes = "return 1"},
                                    {.name = "plugins/xian/pack.lua", .bytes = "return 1"}};
    found = refuse(deeper, 2, "upload.zip", "has no file pack.lua");
    assert_non_null(strstr(found.hint, "\"plugins/linhe\""));
    refuse(NULL, 0, "upload.zip", "has no file pack.lua");
}

static void sizes_and_numbers_are_limited_by_what_is_stated(void **state) {
    (void)state;
    char *content = memory_new(BUNDLE_MAX_FILE_BYTES + 2, 1);
    memset(content, ' ', BUNDLE_MAX_FILE_BYTES + 1);
    const HandMadeEntry large[] = {{.name = "pack.lua", .bytes = content}};
    refuse(large, 1, "pack.lua", "is too large");
    free(content);
    HandMadeEntry *entries = memory_new(BUNDLE_MAX_FILES + 1, sizeof *entries);
    char(*names)[20] = memory_new(BUNDLE_MAX_FILES + 1, sizeof *names);
    for (size_t i = 0; i <= BUNDLE_MAX_FILES; i++) {
        snprintf(names[i], sizeof names[i], i ? "file%zu.lua" : "pack.lua", i);
        entries[i] = (HandMadeEntry){.name = names[i], .bytes = "--"};
    }
    refuse(entries, BUNDLE_MAX_FILES + 1, names[BUNDLE_MAX_FILES], "is one too many");
    free(names);
    free(entries);
}

static void what_is_written_is_read_with_the_same_hash(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {{.name = "pack.lua", .bytes = "-- 标尺\r\nreturn 1"},
                                     {.name = "empty.lua"},
                                     {.name = "spec/a_spec.lua", .bytes = "it"}};
    const HandMadeEntry of_parent[] = {{.name = "pack.lua", .bytes = "parent"}};
    Bundle bundle, parent, again;
    ProblemList problems = {0};
    Error error = {0};
    Buffer once = {0}, twice = {0};
    assert_true(read_entries(entries, 3, &bundle, &problems));
    assert_true(pack_archive_write(&bundle, "linhe", &once, &error));
    assert_non_null(memmem(once.data, once.length, "linhe/spec/a_spec.lua", 21));
    assert_true(pack_archive_read(once.data, once.length, "again.zip", &again, &problems));
    assert_string_equal(again.hash, bundle.hash);
    assert_true(read_entries(of_parent, 1, &parent, &problems));
    assert_true(bundle_extend(&bundle, "nation", &parent, &problems));
    assert_true(pack_archive_write(&bundle, "linhe", &twice, &error));
    assert_int_equal(once.length, twice.length);
    assert_memory_equal(once.data, twice.data, once.length);
    buffer_free(&once);
    buffer_free(&twice);
    bundle_free(&bundle);
    bundle_free(&parent);
    bundle_free(&again);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_at_the_top_are_taken),
        cmocka_unit_test(the_one_folder_at_the_top_is_left_out),
        cmocka_unit_test(what_systems_add_is_passed_over),
        cmocka_unit_test(what_is_no_rule_is_passed_over_unread),
        cmocka_unit_test(names_are_checked_as_in_a_folder),
        cmocka_unit_test(what_may_do_harm_is_refused_whole),
        cmocka_unit_test(one_without_a_pack_says_where_one_lies),
        cmocka_unit_test(sizes_and_numbers_are_limited_by_what_is_stated),
        cmocka_unit_test(what_is_written_is_read_with_the_same_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
