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

// ---- what is listed and what lies there --------------------------------------------------------

static void take_entries(const HandMadeEntry *entries, size_t count) {
    Buffer bytes = {0};
    char *copy;
    ZipArchive archive;
    Error error;
    hand_made_zip(entries, count, &bytes);
    if (!open_bytes(&bytes, &copy, &archive, &error)) fail_msg("%s", error.message);
    assert_int_equal(archive.count, count);
    zip_archive_close(&archive);
    free(copy);
    buffer_free(&bytes);
}

static void other_readers_saw_the_name_in_front_of_the_content(void **state) {
    (void)state;
    const HandMadeEntry entry = {
        .name = "pack.lua", .name_in_file = "readme.txt", .bytes = "return 1"};
    refuse_entries(&entry, 1, ERROR_INPUT, "\"pack.lua\" in the ZIP archive has another name");
}

static void other_readers_saw_entries_that_the_directory_does_not_list(void **state) {
    (void)state;
    for (size_t hidden = 0; hidden < 3; hidden++) {
        HandMadeEntry entries[3] = {{.name = "pack.lua", .bytes = "return 1"},
                                    {.name = "women.lua", .bytes = "return 2"},
                                    {.name = "a.lua", .bytes = "return 3"}};
        entries[hidden].name = "pack.lua";
        entries[hidden].is_unlisted = true;
        refuse_entries(entries, 3, ERROR_INPUT, "holds bytes that its directory does not list");
    }
}

static void what_differs_from_the_directory_is_refused(void **state) {
    (void)state;
    const HandMadeEntry entry = {.name = "pack.lua", .bytes = "return 1"};
    // The flags (encryption, UTF-8), the method, the checksum, the two sizes, the name's length.
    static const struct {
        size_t place;
        char change;
    } changes[] = {{6, 1}, {7, 8}, {8, 8}, {14, 1}, {18, 1}, {22, 1}, {26, 1}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        Buffer bytes = {0};
        hand_made_zip(&entry, 1, &bytes);
        bytes.data[changes[i].place] ^= changes[i].change;
        refuse_bytes(&bytes, ERROR_INPUT, "has another name, size or method in the directory");
        buffer_free(&bytes);
    }
}

static void entries_that_share_bytes_are_refused(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {{.name = "pack.lua", .bytes = "return 1"},
                                     {.name = "pack.lua", .bytes = "return 1"}};
    Buffer bytes = {0};
    hand_made_zip(entries, 2, &bytes);
    char *listed = memmem(bytes.data, bytes.length, "PK\x01\x02", 4);
    memset(listed + 46 + strlen("pack.lua") + 42, 0, 4); // the second one's place
    refuse_bytes(&bytes, ERROR_INPUT, "is damaged");
    memset(listed + 46 + strlen("pack.lua") + 42, 0xFF, 4);
    refuse_bytes(&bytes, ERROR_INPUT, "is damaged");
    buffer_clear(&bytes);
    hand_made_zip(entries, 1, &bytes);
    for (size_t place = 18; place <= 22; place += 4) // one byte longer, said everywhere
        bytes.data[place]++;
    listed = memmem(bytes.data, bytes.length, "PK\x01\x02", 4);
    listed[20]++;
    listed[24]++;
    refuse_bytes(&bytes, ERROR_INPUT, "overlap");
    buffer_free(&bytes);
}

static void a_directory_with_another_number_of_entries_is_refused(void **state) {
    (void)state;
    const HandMadeEntry entry = {.name = "pack.lua", .bytes = "return 1"};
    for (size_t back = 12; back <= 14; back += 2) {
        Buffer bytes = {0};
        hand_made_zip(&entry, 1, &bytes);
        bytes.data[bytes.length - back] = 2;
        refuse_bytes(&bytes, ERROR_INPUT, "is damaged");
        buffer_free(&bytes);
    }
}

// ---- a second name -----------------------------------------------------------------------------

// Two fields: one of no concern, and the name in UTF-8.
#define SECOND_NAME(length, name) "UT\x01\x00\x00up" length "\x00\x01\x00\x00\x00\x00" name

static void other_readers_saw_the_name_in_an_extra_field(void **state) {
    (void)state;
    const char extra[] = SECOND_NAME("\x0D", "pack.lua"), cut[] = SECOND_NAME("\x0E", "pack.lua"),
               longer[] = SECOND_NAME("\x12", "pack.lua\0.txt");
    HandMadeEntry entry = {
        .name = "readme.txt", .bytes = "x", .extra = extra, .extra_length = sizeof extra - 1};
    refuse_entries(&entry, 1, ERROR_INPUT, "\"readme.txt\" in the ZIP archive has a second name");
    entry = (HandMadeEntry){
        .name = "pack.lua", .bytes = "x", .extra = longer, .extra_length = sizeof longer - 1};
    refuse_entries(&entry, 1, ERROR_INPUT, "has a second name that differs");
    entry.extra = cut;
    entry.extra_length = sizeof cut - 1;
    refuse_entries(&entry, 1, ERROR_INPUT, "is damaged");
}

static void a_name_in_gb18030_and_again_in_utf8_is_taken(void **state) {
    (void)state;
    const char extra[] = SECOND_NAME("\x0F", "临河.txt");
    const HandMadeEntry entry = {.name = "\xC1\xD9\xBA\xD3.txt",
                                 .bytes = "x",
                                 .extra = extra,
                                 .extra_length = sizeof extra - 1};
    take_entries(&entry, 1);
}

// ---- streams -----------------------------------------------------------------------------------

// "x", deflated.
static const char DEFLATED_TEXT[] = "\x01\x01\x00\xFE\xFFx";

static void streams_are_taken_with_their_descriptors(void **state) {
    (void)state;
    const HandMadeEntry entries[] = {
        {.name = "linhe/"},
        {.name = "linhe/pack.lua",
         .bytes = DEFLATED_TEXT,
         .length = sizeof DEFLATED_TEXT - 1,
         .stated_length = 1,
         .method = DEFLATED,
         .flags = STREAMED},
        {.name = "linhe/empty.lua", .flags = STREAMED},
        {.name = "linhe/b.lua", .bytes = "--", .flags = STREAMED},
        {.name = "linhe/a.lua", .bytes = "return 1", .flags = STREAMED, .states_length = true}};
    take_entries(entries, sizeof entries / sizeof *entries);
}

static void a_descriptor_without_its_mark_is_taken(void **state) {
    (void)state;
    const HandMadeEntry entry = {
        .name = "a.lua", .bytes = "x", .flags = STREAMED, .states_length = true};
    Buffer bytes = {0}, bare = {0};
    char *copy;
    ZipArchive archive;
    Error error;
    hand_made_zip(&entry, 1, &bytes);
    size_t mark = (size_t)((char *)memmem(bytes.data, bytes.length, "PK\x07\x08", 4) - bytes.data);
    buffer_append(&bare, bytes.data, mark);
    buffer_append(&bare, bytes.data + mark + 4, bytes.length - mark - 4);
    bare.data[bare.length - 6] -= 4; // the directory's place
    if (!open_bytes(&bare, &copy, &archive, &error)) fail_msg("%s", error.message);
    zip_archive_close(&archive);
    free(copy);
    bytes.data[mark + 4] ^= 1; // the checksum
    refuse_bytes(&bytes, ERROR_INPUT, "holds bytes that its directory does not list");
    buffer_free(&bytes);
    buffer_free(&bare);
}

static void refuse_stream(const Buffer *content, uint32_t length) {
    const HandMadeEntry entry = {.name = "a.txt",
                                 .bytes = content->data,
                                 .length = content->length,
                                 .stated_length = length,
                                 .method = DEFLATED,
                                 .flags = STREAMED};
    refuse_entries(&entry, 1, ERROR_INPUT, "does not end where the directory says");
}

static void streams_that_end_elsewhere_are_refused(void **state) {
    (void)state;
    const HandMadeEntry stored = {.name = "a.txt", .bytes = "one PK\x07\x08", .flags = STREAMED};
    refuse_entries(&stored, 1, ERROR_INPUT, "where it ends cannot be told");
    Buffer content = {0};
    buffer_append(&content, DEFLATED_TEXT, sizeof DEFLATED_TEXT - 1);
    refuse_stream(&content, 2);
    buffer_append(&content, "PK\x07\x08\0\0\0\0\x06\0\0\0\x01\0\0\0PK\x03\x04", 20);
    refuse_stream(&content, 1); // a record within it
    buffer_clear(&content);
    buffer_append(&content, DEFLATED_TEXT, sizeof DEFLATED_TEXT - 1);
    content.data[0] = 0; // goes on
    refuse_stream(&content, 1);
    buffer_free(&content);
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
        cmocka_unit_test(other_readers_saw_the_name_in_front_of_the_content),
        cmocka_unit_test(other_readers_saw_entries_that_the_directory_does_not_list),
        cmocka_unit_test(what_differs_from_the_directory_is_refused),
        cmocka_unit_test(entries_that_share_bytes_are_refused),
        cmocka_unit_test(a_directory_with_another_number_of_entries_is_refused),
        cmocka_unit_test(other_readers_saw_the_name_in_an_extra_field),
        cmocka_unit_test(a_name_in_gb18030_and_again_in_utf8_is_taken),
        cmocka_unit_test(streams_are_taken_with_their_descriptors),
        cmocka_unit_test(a_descriptor_without_its_mark_is_taken),
        cmocka_unit_test(streams_that_end_elsewhere_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
