// The frame of an archive: what holds it together, and what makes readers disagree.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "tests/unit/io/opened_zip.h"

static void too_many_entries_are_refused_whatever_number_is_stated(void **state) {
    (void)state;
    size_t count = ZIP_MAX_ENTRIES + 1;
    HandMadeEntry *entries = memory_new(count, sizeof *entries);
    char(*names)[8] = memory_new(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "%zu", i);
        entries[i].name = names[i];
    }
    Buffer bytes = {0};
    hand_made_zip(entries, count, &bytes);
    refuse_bytes(&bytes, ERROR_LIMIT, "more than 10,000 entries");
    memset(bytes.data + bytes.length - 14, 0, 4);
    bytes.data[bytes.length - 14] = bytes.data[bytes.length - 12] = 1;
    refuse_bytes(&bytes, ERROR_LIMIT, "more than 10,000 entries");
    buffer_free(&bytes);
    Buffer large = {0};
    char *blanks = memory_new(ZIP_MAX_BYTES + 1, 1);
    buffer_append(&large, blanks, ZIP_MAX_BYTES + 1);
    refuse_bytes(&large, ERROR_LIMIT, "larger than 16 MiB");
    buffer_free(&large);
    free(blanks);
    free(names);
    free(entries);
}

static void what_is_no_archive_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "P", "PK", "return 1", "<html>PK\x03\x04", "Rar!\x1a\x07", "7z\xBC\xAF\x27\x1C"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Buffer bytes = {0};
        buffer_text(&bytes, texts[i]);
        refuse_bytes(&bytes, ERROR_INPUT, "this is not a ZIP archive");
        buffer_free(&bytes);
    }
}

static void one_that_is_cut_off_is_refused_wherever_it_is_cut(void **state) {
    (void)state;
    const HandMadeEntry entry = {.name = "pack.lua", .bytes = "return 1"};
    Buffer bytes = {0};
    hand_made_zip(&entry, 1, &bytes);
    for (size_t length = bytes.length - 1; length > 3; length--) {
        Buffer cut = {0};
        buffer_append(&cut, bytes.data, length);
        refuse_bytes(&cut, ERROR_INPUT, "is cut off");
        buffer_free(&cut);
    }
    buffer_free(&bytes);
}

static void what_lies_around_it_is_refused(void **state) {
    (void)state;
    const HandMadeEntry entry = {.name = "pack.lua", .bytes = "return 1"};
    Buffer bytes = {0}, more = {0};
    hand_made_zip(&entry, 1, &bytes);
    buffer_append(&more, bytes.data, bytes.length);
    buffer_text(&more, "more");
    refuse_bytes(&more, ERROR_INPUT, "something follows it");
    buffer_clear(&more);
    buffer_append(&more, bytes.data, bytes.length);
    buffer_append(&more, bytes.data, bytes.length);
    refuse_bytes(&more, ERROR_INPUT, "more than one end");
    buffer_clear(&more);
    buffer_text(&more, "MZ");
    buffer_append(&more, bytes.data, bytes.length);
    refuse_bytes(&more, ERROR_INPUT, "not a ZIP archive");
    buffer_clear(&more);
    buffer_text(&more, "PK\x03\x04");
    buffer_append(&more, bytes.data, bytes.length);
    refuse_bytes(&more, ERROR_INPUT, "directory is not where it should be");
    buffer_free(&more);
    buffer_free(&bytes);
}

static void zip64_is_refused(void **state) {
    (void)state;
    const HandMadeEntry entry = {.name = "pack.lua", .bytes = "return 1"};
    Buffer bytes = {0}, wide = {0};
    hand_made_zip(&entry, 1, &bytes);
    buffer_append(&wide, bytes.data, bytes.length - 22);
    char locator[20] = "PK\x06\x07";
    buffer_append(&wide, locator, sizeof locator);
    buffer_append(&wide, bytes.data + bytes.length - 22, 22);
    refuse_bytes(&wide, ERROR_INPUT, "ZIP64");
    buffer_free(&bytes);
    buffer_free(&wide);
}

static void a_damaged_directory_is_refused(void **state) {
    (void)state;
    const HandMadeEntry entry = {.name = "pack.lua", .bytes = "return 1"};
    Buffer bytes = {0};
    hand_made_zip(&entry, 1, &bytes);
    char *directory = memmem(bytes.data, bytes.length, "PK\x01\x02", 4);
    directory[28] = 100; // the name's length: beyond the directory
    refuse_bytes(&bytes, ERROR_INPUT, "is damaged");
    buffer_free(&bytes);
}

// Appends an archive whose last file is an archive itself, stored as it is; its end states that its
// directory lies `shift` bytes further on.
static void put_inner_archive(uint32_t shift, Buffer *bytes) {
    const HandMadeEntry sheet = {.name = "xl/sheet.xml", .bytes = "<sheet/>"};
    Buffer inner = {0};
    hand_made_zip(&sheet, 1, &inner);
    unsigned char *place = (unsigned char *)inner.data + inner.length - 6;
    uint32_t shifted = memory_u32(place) + shift;
    memcpy(place, &shifted, sizeof shifted);
    const HandMadeEntry entries[] = {
        {.name = "pack.lua", .bytes = "return 1"},
        {.name = "data/figures.xlsx", .bytes = inner.data, .length = inner.length}};
    hand_made_zip(entries, 2, bytes);
    buffer_free(&inner);
}

static void the_end_of_an_archive_within_it_was_taken_for_a_second_end(void **state) {
    (void)state;
    Buffer bytes = {0};
    char *copy;
    ZipArchive archive;
    Error error;
    put_inner_archive(0, &bytes);
    if (!open_bytes(&bytes, &copy, &archive, &error)) fail_msg("%s", error.message);
    assert_int_equal(archive.count, 2);
    assert_string_equal(archive.entries[1].name, "data/figures.xlsx");
    zip_archive_close(&archive);
    free(copy);
    buffer_free(&bytes);
}

// A reader that takes the first end it finds would see the archive within alone.
static void an_end_within_it_that_leads_to_a_directory_is_refused(void **state) {
    (void)state;
    const size_t before =
        (30 + strlen("pack.lua") + strlen("return 1")) + (30 + strlen("data/figures.xlsx"));
    Buffer bytes = {0};
    put_inner_archive((uint32_t)before, &bytes);
    refuse_bytes(&bytes, ERROR_INPUT, "more than one end");
    buffer_free(&bytes);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_many_entries_are_refused_whatever_number_is_stated),
        cmocka_unit_test(what_is_no_archive_is_refused),
        cmocka_unit_test(one_that_is_cut_off_is_refused_wherever_it_is_cut),
        cmocka_unit_test(what_lies_around_it_is_refused),
        cmocka_unit_test(zip64_is_refused),
        cmocka_unit_test(a_damaged_directory_is_refused),
        cmocka_unit_test(the_end_of_an_archive_within_it_was_taken_for_a_second_end),
        cmocka_unit_test(an_end_within_it_that_leads_to_a_directory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
