// Regions from CSV and the tree they form.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/io/region_csv.h"

static ImportVocabulary vocabulary;

typedef struct Reading {
    CsvTable table;
    RegionCsv regions;
    ProblemList problems;
    bool good;
} Reading;

static int build_vocabulary(void **state) {
    (void)state;
    import_vocabulary_init(&vocabulary, 2010, 2030);
    import_vocabulary_add_region(&vocabulary, "000000", "全国", NULL);
    import_vocabulary_add_region(&vocabulary, "150000", "内蒙古自治区", "000000");
    import_vocabulary_add_region(&vocabulary, "150800", "巴彦淖尔市", "150000");
    return 0;
}

static int free_vocabulary(void **state) {
    (void)state;
    import_vocabulary_free(&vocabulary);
    return 0;
}

static void read_text(Reading *reading, const char *text) {
    *reading = (Reading){0};
    Error error = {0};
    if (!csv_table_read(text, strlen(text), "r.csv", &reading->table, &error))
        fail_msg("%s", error.message);
    reading->good = region_csv_read(&reading->table, &vocabulary, "r.csv", &reading->regions,
                                    &reading->problems);
    csv_table_free(&reading->table);
}

static void reading_free(Reading *reading) {
    region_csv_free(&reading->regions);
    problems_free(&reading->problems);
}

static void assert_problem(const Reading *reading, size_t which, int line, int column,
                           const char *message, const char *hint) {
    assert_in_range(which, 0, reading->problems.count - 1);
    const Error *problem = &reading->problems.items[which];
    assert_string_equal(problem->message, message);
    assert_string_equal(problem->hint, hint);
    assert_int_equal(problem->line, line);
    assert_int_equal(problem->column, column);
}

static void parents_come_before_children(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "代码,名称,上级,层级\n150802001,解放办,150802,乡\n150802,临河区,150800,县\n"
                        "150800,巴彦淖尔市,150000,市\n990000,另一国,,国家\n");
    assert_true(reading.good);
    assert_int_equal(reading.regions.rows_read, 4);
    assert_int_equal(reading.regions.count, 4);
    const StoreRegion *rows = reading.regions.rows;
    assert_string_equal(rows[0].code, "150800");
    assert_string_equal(rows[0].level, "city");
    assert_string_equal(rows[1].code, "150802");
    assert_string_equal(rows[1].name, "临河区");
    assert_string_equal(rows[1].parent, "150800");
    assert_string_equal(rows[1].level, "county");
    assert_string_equal(rows[2].code, "150802001");
    assert_string_equal(rows[3].level, "nation");
    assert_null(rows[3].parent);
    reading_free(&reading);
}

static void english_columns_and_every_level(void **state) {
    (void)state;
    static const char *const levels[] = {"nation", "province", "city",
                                         "county", "township", "village"};
    static const char *const chinese[] = {"国家", "省", "市", "县", "乡", "村"};
    for (int i = 0; i < 12; i++) {
        char text[128];
        snprintf(text, sizeof text, "level,parent,name,code\n%s,,x,A-1_b\n",
                 i < 6 ? levels[i] : chinese[i - 6]);
        Reading reading;
        read_text(&reading, text);
        assert_true(reading.good);
        assert_string_equal(reading.regions.rows[0].level, levels[i % 6]);
        assert_string_equal(reading.regions.rows[0].code, "A-1_b");
        reading_free(&reading);
    }
}

static void an_empty_parent_at_the_end_may_be_left_out(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "code,name,level,parent\n1,x,nation\n");
    assert_true(reading.good);
    assert_null(reading.regions.rows[0].parent);
    reading_free(&reading);
}

static void wrong_cells_are_told(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "code,name,parent,level\n,x,,county\n15 08,,,区\n150802,临河区,150800,县\n"
                        "150802,临河,150800,县\n");
    assert_false(reading.good);
    assert_int_equal(reading.regions.rows_read, 4);
    assert_int_equal(reading.regions.count, 1);
    assert_int_equal(reading.problems.count, 5);
    assert_problem(&reading, 0, 2, 1, "the code is empty", "");
    assert_problem(&reading, 1, 3, 1, "\"15 08\" cannot be a region's code",
                   "Use the GB/T 2260 code, or at most 32 half-width letters, digits, - and _.");
    assert_problem(&reading, 2, 3, 2, "the name is empty", "");
    assert_problem(&reading, 3, 3, 4, "unknown level \"区\"",
                   "Write nation, province, city, county, township or village.");
    assert_problem(&reading, 4, 5, 1, "the code 150802 is in line 4 already",
                   "Delete the row that is wrong.");
    assert_int_equal(reading.problems.items[4].code, ERROR_CONFLICT);
    reading_free(&reading);
}

static void a_name_that_steers_the_terminal_is_refused(void **state) {
    (void)state;
    const char *advice = "Type the cell anew: what is pasted may hold characters that do not show.";
    Reading reading;
    read_text(&reading, "code,name,parent,level\n"
                        "150801,\x1b]0;pwned\x07临河\x1b[2J区,150800,县\n"
                        "150802,\"临河\n区\",150800,县\n"
                        "150803,五原县,15\u202e0800,\xc2\x9b"
                        "县\n");
    assert_false(reading.good);
    assert_int_equal(reading.regions.count, 0);
    assert_int_equal(reading.problems.count, 4);
    assert_problem(&reading, 0, 2, 2, "the name holds control characters", advice);
    assert_problem(&reading, 1, 3, 2, "the name holds a line break or a tab", advice);
    assert_problem(&reading, 2, 5, 3, "the parent holds control characters", advice);
    assert_problem(&reading, 3, 5, 4, "the level holds control characters", advice);
    reading_free(&reading);
}

static void a_header_without_parents_is_refused(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "code,name,levels\n1,x,nation\n");
    assert_int_equal(reading.problems.count, 3);
    assert_string_equal(reading.problems.items[0].hint, "Did you mean \"level\"?");
    assert_string_equal(reading.problems.items[1].message,
                        "the column \"parent\" (上级) is missing");
    reading_free(&reading);
}

static void unknown_parents_are_told_with_advice(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "code,name,parent,level\n150802,临河区,巴彦淖尔市,县\n"
                        "150821,五原县,15080O,县\n150822,磴口县,临河区,县\n1,某地,吉林,县\n");
    assert_int_equal(reading.problems.count, 4);
    assert_int_equal(reading.regions.count, 0);
    assert_problem(&reading, 0, 2, 3, "the parent \"巴彦淖尔市\" is neither in the file nor known",
                   "Write its code, 150800, instead of its name.");
    assert_string_equal(reading.problems.items[1].hint, "Did you mean \"150802\"?");
    assert_string_equal(reading.problems.items[2].hint,
                        "Write its code, 150802, instead of its name.");
    assert_string_equal(reading.problems.items[3].hint,
                        "Add the parent to the file; leave the field empty for a root.");
    reading_free(&reading);
}

// One wrong cell does not make the children's parent unknown.
static void a_child_of_a_bad_row_is_not_bad(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "code,name,parent,level\nA,x,,realm\nB,y,A,city\n");
    assert_int_equal(reading.problems.count, 1);
    assert_int_equal(reading.regions.count, 1);
    assert_string_equal(reading.regions.rows[0].code, "B");
    reading_free(&reading);
}

static void circles_are_told_once(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "code,name,parent,level\nA,a,B,city\nB,b,C,city\nC,c,A,city\nD,d,A,county\n"
                        "E,e,E,county\nF,f,,city\n");
    assert_false(reading.good);
    assert_int_equal(reading.problems.count, 2);
    assert_problem(&reading, 0, 2, 3, "a region lies within itself: A → B → C → A",
                   "Correct the parent of one of them.");
    assert_problem(&reading, 1, 6, 3, "a region lies within itself: E → E",
                   "Correct the parent of one of them.");
    reading_free(&reading);
}

// 150000 is moved under a region that lies, as known before, within it.
static void a_circle_through_known_regions_is_found(void **state) {
    (void)state;
    Reading reading;
    read_text(&reading, "code,name,parent,level\n150000,内蒙古自治区,150800,province\n");
    assert_int_equal(reading.problems.count, 1);
    assert_problem(&reading, 0, 2, 3, "a region lies within itself: 150000 → 150800 → 150000",
                   "Correct the parent of one of them.");
    reading_free(&reading);
}

static void a_long_circle_is_shown_in_part(void **state) {
    (void)state;
    Buffer text = {0};
    buffer_text(&text, "code,name,parent,level\n");
    for (int i = 0; i < 1000; i++)
        buffer_printf(&text, "%d,x,%d,city\n", i, (i + 1) % 1000);
    Reading reading;
    read_text(&reading, text.data);
    assert_int_equal(reading.problems.count, 1);
    assert_string_equal(reading.problems.items[0].message,
                        "a region lies within itself: 0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → … → 0");
    assert_int_equal(reading.regions.count, 0);
    reading_free(&reading);
    buffer_free(&text);
}

static void a_deep_chain_is_read(void **state) {
    (void)state;
    Buffer text = {0};
    buffer_text(&text, "code,name,parent,level\n");
    for (int i = 20000; i > 0; i--)
        buffer_printf(&text, "c%d,x,c%d,city\n", i, i - 1);
    buffer_text(&text, "c0,x,,nation\n");
    Reading reading;
    read_text(&reading, text.data);
    assert_true(reading.good);
    assert_int_equal(reading.regions.count, 20001);
    assert_string_equal(reading.regions.rows[0].code, "c0");
    assert_string_equal(reading.regions.rows[20000].code, "c20000");
    reading_free(&reading);
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parents_come_before_children),
        cmocka_unit_test(english_columns_and_every_level),
        cmocka_unit_test(an_empty_parent_at_the_end_may_be_left_out),
        cmocka_unit_test(wrong_cells_are_told),
        cmocka_unit_test(a_name_that_steers_the_terminal_is_refused),
        cmocka_unit_test(a_header_without_parents_is_refused),
        cmocka_unit_test(unknown_parents_are_told_with_advice),
        cmocka_unit_test(a_child_of_a_bad_row_is_not_bad),
        cmocka_unit_test(circles_are_told_once),
        cmocka_unit_test(a_circle_through_known_regions_is_found),
        cmocka_unit_test(a_long_circle_is_shown_in_part),
        cmocka_unit_test(a_deep_chain_is_read),
    };
    return cmocka_run_group_tests(tests, build_vocabulary, free_vocabulary);
}
