// Archives that are good, and those that are made to do harm.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/io/zip_archive.h"
#include "tests/unit/io/opened_zip.h"

static Error refuse_entry(HandMadeEntry entry, const char *wanted) {
    const HandMadeEntry entries[] = {{.name = "pack.lua", .bytes = "x"}, entry};
    return refuse_entries(entries, 2, ERROR_INPUT, wanted);
}

static void what_is_written_is_read(void **state) {
    (void)state;
    char *large = memory_new(300000, 1), *copy;
    memset(large, 'a', 300000);
    const ZipFile files[] = {
        {"linhe/pack.lua", "return 1", 8}, {"linhe/empty.lua", "", 0}, {"b.lua", large, 300000}};
    Buffer once = {0}, again = {0}, out = {0};
    Error error = {0};
    assert_true(zip_archive_write(files, 3, &once, &error));
    assert_true(zip_archive_write(files, 3, &again, &error));
    assert_int_equal(once.length, again.length);
    assert_memory_equal(once.data, again.data, once.length);
    assert_true(once.length < 2000);
    ZipArchive archive;
    assert_true(open_bytes(&once, &copy, &archive, &error));
    assert_int_equal(archive.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(archive.entries[i].name, files[i].name);
        assert_false(archive.entries[i].is_folder);
        buffer_clear(&out);
        assert_true(zip_archive_unpack(&archive, &archive.entries[i], &out, &error));
        assert_int_equal(out.length, files[i].length);
        assert_memory_equal(out.data ? out.data : "", files[i].bytes, out.length);
    }
    zip_archive_close(&archive);
    free(copy);
    free(large);
    buffer_free(&once);
    buffer_free(&again);
    buffer_free(&out);
}

static void folders_comments_and_unknown_systems_are_taken(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {
        {.name = "a/", .made_by = MADE_ON_UNIX, .attributes = 040755u << 16 | 0x10},
        {.name = "a/pack.lua", .bytes = "x", .made_by = MADE_ON_UNIX, .attributes = 0100644u << 16},
        {.name = "a/dos.txt", .bytes = "y", .attributes = 0x20}};
    Buffer bytes = {0};
    char *copy;
    ZipArchive archive;
    Error error;
    hand_made_zip(entries, 3, &bytes);
    // As GitHub writes it: the commit is the archive's comment.
    bytes.data[bytes.length - 2] = 40;
    buffer_text(&bytes, "0123456789abcdef0123456789abcdef01234567");
    if (!open_bytes(&bytes, &copy, &archive, &error)) fail_msg("%s", error.message);
    assert_true(archive.entries[0].is_folder);
    assert_string_equal(archive.entries[0].name, "a");
    assert_string_equal(archive.entries[1].name, "a/pack.lua");
    zip_archive_close(&archive);
    free(copy);
    buffer_free(&bytes);
}

static void names_in_gb18030_are_given_as_utf8(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {{.name = "\xC1\xD9\xBA\xD3/pack.lua"},
                                     {.name = "\x81\x5C.txt"}, // a trail byte like a backslash
                                     {.name = "五原/pack.lua", .flags = UTF8_FLAG}};
    Buffer bytes = {0};
    char *copy;
    ZipArchive archive;
    Error error;
    hand_made_zip(entries, 3, &bytes);
    if (!open_bytes(&bytes, &copy, &archive, &error)) fail_msg("%s", error.message);
    assert_string_equal(archive.entries[0].name, "临河/pack.lua");
    assert_null(strchr(archive.entries[1].name, '\\'));
    assert_string_equal(archive.entries[2].name, "五原/pack.lua");
    zip_archive_close(&archive);
    free(copy);
    buffer_free(&bytes);
}

static void names_that_lead_elsewhere_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *name, *wanted;
    } names[] = {
        {"/etc/passwd", "has an absolute path"},
        {"C:x.lua", "begins with a drive letter"},
        {"c:/x.lua", "begins with a drive letter"},
        {"a\\..\\x.lua", "has a backslash"},
        {"..", "has an empty part, \".\" or \"..\""},
        {"../x.lua", "has an empty part, \".\" or \"..\""},
        {"a/../../x.lua", "has an empty part, \".\" or \"..\""},
        {"a/..", "has an empty part, \".\" or \"..\""},
        {"./x.lua", "has an empty part, \".\" or \"..\""},
        {"a//x.lua", "has an empty part, \".\" or \"..\""},
        {"/", "has an absolute path"},
        {"x\x1b[2J.lua", "has control characters"},
        {"x\n.lua", "has control characters"},
        {"x\xC2\x9B.lua", "has control characters"},
        {"x\x7F.lua", "has control characters"},
        {"\xFF\xFF.lua", "neither UTF-8 nor GB18030"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        refuse_entry((HandMadeEntry){.name = names[i].name, .bytes = "x"}, names[i].wanted);
    refuse_entry((HandMadeEntry){.name = "x.lua\0.txt", .name_length = 10, .bytes = "x"},
                 "a name with a NUL in it");
    refuse_entry((HandMadeEntry){.name = ""}, "has no name");
    refuse_entry((HandMadeEntry){.name = "\xEF\xBB\xBF"}, "has no name"); // a mark alone
    char long_name[1200];
    snprintf(long_name, sizeof long_name, "%01100d", 1);
    refuse_entry((HandMadeEntry){.name = long_name}, "has a name of more than 1000 bytes");
}

static void a_name_posed_as_several_problems(void **state) {
    (void)state;
    Error error = refuse_entry((HandMadeEntry){.name = "a\nready\tFAKE.lua", .bytes = "x"},
                               "\"a ready FAKE.lua\" in the ZIP archive has control characters");
    assert_null(strpbrk(error.message, "\n\t"));
}

static void names_that_do_not_fit_each_other_are_refused(void **state) {
    (void)state;
    refuse_entry((HandMadeEntry){.name = "pack.lua", .bytes = "other"}, "is there twice");
    refuse_entry((HandMadeEntry){.name = "Pack.lua", .bytes = "other"}, "upper and lower case");
    refuse_entry((HandMadeEntry){.name = "pack.lua/"}, "a file and a folder at once");
}

static void folders_that_names_imply_were_not_held_against_files(void **state) {
    (void)state;
    refuse_entry((HandMadeEntry){.name = "pack.lua/readme.txt", .bytes = "x"},
                 "\"pack.lua\" in the ZIP archive is a file and a folder at once");
    const HandMadeEntry folders[] = {{.name = "Spec/a.txt"}, {.name = "spec/b.txt"}};
    refuse_entries(
        folders, 2, ERROR_INPUT,
        "\"spec/b.txt\" in the ZIP archive differs from another name in upper and lower");
}

static void links_and_other_special_entries_are_refused(void **state) {
    (void)state;
    static const uint32_t attributes[] = {0120777u << 16, 0060644u << 16, 0010644u << 16,
                                          0140644u << 16, 0040755u << 16, 0x08,
                                          0x400};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        for (unsigned system = 0; system <= MADE_ON_UNIX; system += MADE_ON_UNIX)
            refuse_entry((HandMadeEntry){.name = "x.lua",
                                         .bytes = "/etc/passwd",
                                         .made_by = system,
                                         .attributes = attributes[i]},
                         "is a link or another special entry");
    refuse_entry((HandMadeEntry){.name = "a/", .attributes = 0120777u << 16},
                 "is a link or another special entry");
}

static void packing_that_is_not_deflate_is_refused(void **state) {
    (void)state;
    static const unsigned methods[] = {1, 9, 12, 14, 95, 98};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        refuse_entry((HandMadeEntry){.name = "x.lua", .bytes = "x", .method = methods[i]},
                     "is packed by another method");
    refuse_entry((HandMadeEntry){.name = "x.lua", .bytes = "0123456789abc", .flags = 1},
                 "is encrypted");
    refuse_entry((HandMadeEntry){.name = "x.lua", .bytes = "x", .method = 99}, "is damaged");
}

static void bombs_are_refused_before_they_are_unpacked(void **state) {
    (void)state;
    HandMadeEntry entries[40];
    const HandMadeEntry bomb = {
        .name = "x.lua", .bytes = "small", .method = DEFLATED, .stated_length = 1u << 30};
    refuse_entries(&bomb, 1, ERROR_LIMIT, "more than 200 times its size");
    for (size_t i = 0; i < 40; i++) {
        char *name = memory_new(10, 1), *content = memory_new(20001, 1);
        snprintf(name, 10, "%zu.lua", i);
        memset(content, 'x', 20000);
        entries[i] = (HandMadeEntry){
            .name = name, .bytes = content, .method = DEFLATED, .stated_length = 2 * 1024 * 1024};
    }
    refuse_entries(entries, 40, ERROR_LIMIT, "more than 64 MiB");
    for (size_t i = 0; i < 40; i++) {
        free((char *)entries[i].name);
        free((char *)entries[i].bytes);
    }
}

// Opens the archive of one entry and expects that it cannot be unpacked.
static void refuse_to_unpack(const HandMadeEntry *entry) {
    Buffer bytes = {0}, out = {0};
    char *copy;
    ZipArchive archive;
    Error error;
    hand_made_zip(entry, 1, &bytes);
    if (!open_bytes(&bytes, &copy, &archive, &error)) fail_msg("%s", error.message);
    buffer_text(&out, "before");
    assert_false(zip_archive_unpack(&archive, &archive.entries[0], &out, &error));
    assert_int_equal(error.code, ERROR_INPUT);
    assert_non_null(strstr(error.message, "\"x.lua\" in the ZIP archive is damaged"));
    assert_string_equal(out.data, "before");
    zip_archive_close(&archive);
    free(copy);
    buffer_free(&bytes);
    buffer_free(&out);
}

// 20,000 times 'x', deflated.
static const char DEFLATED_X[] =
    "\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\xda\x8b\x6f\x0d\x0f\xa0\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x78\x30";

static void sizes_that_lie_are_found_while_unpacking(void **state) {
    (void)state;
    char *content = memory_new(20001, 1);
    memset(content, 'x', 20000);
    const ZipFile file = {"x.lua", content, 20000};
    Buffer packed = {0};
    Error error;
    assert_true(zip_archive_write(&file, 1, &packed, &error));
    static const uint32_t stated[] = {1, 19999, 20001, 500000};
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        Buffer bytes = {0}, out = {0};
        char *copy;
        ZipArchive archive;
        buffer_append(&bytes, packed.data, packed.length);
        char *directory = memmem(bytes.data, bytes.length, "PK\x01\x02", 4);
        memcpy(bytes.data + 22, &stated[i], 4);
        memcpy(directory + 24, &stated[i], 4);
        if (!open_bytes(&bytes, &copy, &archive, &error)) fail_msg("%s", error.message);
        assert_false(zip_archive_unpack(&archive, &archive.entries[0], &out, &error));
        assert_true(out.length == 0 && out.capacity <= 64 * 1024);
        zip_archive_close(&archive);
        free(copy);
        buffer_free(&bytes);
        buffer_free(&out);
    }
    buffer_free(&packed);
    free(content);
    refuse_to_unpack(&(HandMadeEntry){.name = "x.lua", .bytes = "text", .difference = 1});
    refuse_to_unpack(&(HandMadeEntry){.name = "x.lua", .bytes = "text", .stated_length = 3});
    refuse_to_unpack(&(HandMadeEntry){.name = "x.lua", .bytes = "no deflate", .method = DEFLATED});
}

static void a_bomb_within_the_limits_is_stopped_at_its_stated_size(void **state) {
    (void)state;
    refuse_to_unpack(&(HandMadeEntry){.name = "x.lua",
                                      .bytes = DEFLATED_X,
                                      .length = sizeof DEFLATED_X - 1,
                                      .method = DEFLATED,
                                      .stated_length = 100});
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(folders_comments_and_unknown_systems_are_taken),
        cmocka_unit_test(names_in_gb18030_are_given_as_utf8),
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
        cmocka_unit_test(a_name_posed_as_several_problems),
        cmocka_unit_test(names_that_do_not_fit_each_other_are_refused),
        cmocka_unit_test(folders_that_names_imply_were_not_held_against_files),
        cmocka_unit_test(links_and_other_special_entries_are_refused),
        cmocka_unit_test(packing_that_is_not_deflate_is_refused),
        cmocka_unit_test(bombs_are_refused_before_they_are_unpacked),
        cmocka_unit_test(sizes_that_lie_are_found_while_unpacking),
        cmocka_unit_test(a_bomb_within_the_limits_is_stopped_at_its_stated_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
