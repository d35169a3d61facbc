// The three forms of a table, character by character.
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/utf8.h"
#include "core/cli/output.h"
#include "core/cli/terminal.h"

static const OutputColumn columns[] = {
    {.name = "region", .title = "地区"},
    {.name = "indicator", .title = "指标 indicator"},
    {.name = "value", .title = "数值", .kind = OUTPUT_NUMBER},
    {.name = "progress", .title = "完成率", .kind = OUTPUT_NUMBER, .digits = 2},
    {.name = "year", .title = "年份", .kind = OUTPUT_INTEGER},
    {.name = "note", .title = "说明"},
};

static void fill(OutputTable *table) {
    output_init(table, columns, sizeof columns / sizeof *columns);
    output_text(table, "临河区");
    output_text(table, "孕产妇死亡率");
    output_number(table, 14.3);
    output_number(table, 53.06122448979592);
    output_integer(table, 2024);
    output_text(table, "a \"quoted\", text");
    output_text(table, "Wuyuan");
    output_text(table, NULL);
    output_number(table, 100);
    output_number(table, NAN);
    output_missing(table);
    output_text(table, "");
}

static void assert_renders(const OutputTable *table, OutputFormat format, size_t width,
                           const char *expected) {
    Buffer out = {0};
    output_render(table, format, width, &out);
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void chinese_columns_are_aligned(void **state) {
    (void)state;
    OutputTable table;
    fill(&table);
    assert_renders(&table, OUTPUT_TABLE, 0,
                   "地区    指标 indicator  数值  完成率  年份  说明\n"
                   "------  --------------  ----  ------  ----  ----------------\n"
                   "临河区  孕产妇死亡率    14.3   53.06  2024  a \"quoted\", text\n"
                   "Wuyuan  -                100       -     -\n");
    output_free(&table);
}

static void json_has_machine_names_and_nulls(void **state) {
    (void)state;
    OutputTable table;
    fill(&table);
    assert_renders(&table, OUTPUT_JSON, 0,
                   "[\n"
                   "  {\n"
                   "    \"region\": \"临河区\",\n"
                   "    \"indicator\": \"孕产妇死亡率\",\n"
                   "    \"value\": 14.3,\n"
                   "    \"progress\": 53.06122448979592,\n"
                   "    \"year\": 2024,\n"
                   "    \"note\": \"a \\\"quoted\\\", text\"\n"
                   "  },\n"
                   "  {\n"
                   "    \"region\": \"Wuyuan\",\n"
                   "    \"indicator\": null,\n"
                   "    \"value\": 100,\n"
                   "    \"progress\": null,\n"
                   "    \"year\": null,\n"
                   "    \"note\": \"\"\n"
                   "  }\n"
                   "]\n");
    output_free(&table);
}

static void csv_opens_in_excel(void **state) {
    (void)state;
    OutputTable table;
    fill(&table);
    assert_renders(&table, OUTPUT_CSV, 20,
                   "\xEF\xBB\xBFregion,indicator,value,progress,year,note\r\n"
                   "临河区,孕产妇死亡率,14.3,53.06122448979592,2024,\"a \"\"quoted\"\", text\"\r\n"
                   "Wuyuan,,100,,,\r\n");
    output_free(&table);
}

static void a_table_without_rows_is_well_formed(void **state) {
    (void)state;
    OutputTable table;
    output_init(&table, columns, 2);
    assert_renders(&table, OUTPUT_TABLE, 0, "地区  指标 indicator\n----  --------------\n");
    assert_renders(&table, OUTPUT_JSON, 0, "[]\n");
    assert_renders(&table, OUTPUT_CSV, 0, "\xEF\xBB\xBFregion,indicator\r\n");
    output_free(&table);
}

static void alignment_may_be_chosen(void **state) {
    (void)state;
    static const OutputColumn chosen[] = {
        {.name = "rank", .title = "rank", .kind = OUTPUT_INTEGER, .alignment = OUTPUT_LEFT},
        {.name = "grade", .title = "等次", .alignment = OUTPUT_RIGHT},
    };
    OutputTable table;
    output_init(&table, chosen, 2);
    output_integer(&table, -3);
    output_text(&table, "不合格");
    output_integer(&table, INT64_MAX);
    output_text(&table, "优");
    assert_renders(&table, OUTPUT_TABLE, 0,
                   "rank                   等次\n"
                   "-------------------  ------\n"
                   "-3                   不合格\n"
                   "9223372036854775807      优\n");
    output_free(&table);
}

static const OutputColumn message_columns[] = {
    {.name = "code", .title = "代码"},
    {.name = "message", .title = "message"},
    {.name = "year", .title = "年份", .kind = OUTPUT_INTEGER},
};

static void fill_messages(OutputTable *table) {
    output_init(table, message_columns, 3);
    output_text(table, "150802");
    output_text(table, "one two three four");
    output_integer(table, 2024);
    output_text(table, "150821");
    output_text(table, "孕产妇死亡率预计达标困难");
    output_integer(table, 2025);
}

static void long_texts_wrap_to_the_terminal(void **state) {
    (void)state;
    OutputTable table;
    fill_messages(&table);
    assert_renders(&table, OUTPUT_TABLE, 25,
                   "代码    message      年份\n"
                   "------  -----------  ----\n"
                   "150802  one two      2024\n"
                   "        three four\n"
                   "150821  孕产妇死亡   2025\n"
                   "        率预计达标\n"
                   "        困难\n");
    output_free(&table);
}

static void without_a_width_nothing_wraps(void **state) {
    (void)state;
    OutputTable table;
    fill_messages(&table);
    assert_renders(&table, OUTPUT_TABLE, 0,
                   "代码    message                   年份\n"
                   "------  ------------------------  ----\n"
                   "150802  one two three four        2024\n"
                   "150821  孕产妇死亡率预计达标困难  2025\n");
    output_free(&table);
}

static void no_line_is_wider_than_the_terminal(void **state) {
    (void)state;
    OutputTable table;
    fill_messages(&table);
    for (size_t width = 22; width < 60; width++) {
        Buffer out = {0};
        output_render(&table, OUTPUT_TABLE, width, &out);
        for (char *line = strtok(out.data, "\n"); line; line = strtok(NULL, "\n"))
            assert_in_range(utf8_width(line), 1, width);
        buffer_free(&out);
    }
    output_free(&table);
}

static void a_terminal_too_narrow_still_shows_all(void **state) {
    (void)state;
    OutputTable table;
    fill_messages(&table);
    Buffer narrow = {0};
    output_render(&table, OUTPUT_TABLE, 1, &narrow);
    assert_non_null(strstr(narrow.data, "150802  one two   2024\n        three\n        four\n"));
    buffer_free(&narrow);
    output_free(&table);
}

// A note that a unit typed must not clear the reader's screen.
static void control_characters_do_not_reach_the_terminal(void **state) {
    (void)state;
    OutputTable table;
    output_init(&table, message_columns, 2);
    output_text(&table, "a\x1b[2J");
    output_text(&table, "x\ny\tz");
    output_text(&table, "a\xc2\x9b"
                        "2J");
    output_text(&table, "李\u202e娜");
    assert_renders(&table, OUTPUT_TABLE, 0,
                   "代码   message\n-----  -------\na [2J  x y z\na  2J  李   娜\n");
    output_free(&table);
}

static void a_text_is_no_formula_to_excel(void **state) {
    (void)state;
    OutputTable table;
    output_init(&table, message_columns, 3);
    output_text(&table, "-1.5");
    output_text(&table, "=HYPERLINK(\"http://x\")");
    output_integer(&table, -1);
    assert_renders(&table, OUTPUT_CSV, 0,
                   "\xEF\xBB\xBF"
                   "code,message,year\r\n-1.5,\"'=HYPERLINK(\"\"http://x\"\")\",-1\r\n");
    assert_renders(
        &table, OUTPUT_JSON, 0,
        "[\n  {\n    \"code\": \"-1.5\",\n"
        "    \"message\": \"=HYPERLINK(\\\"http://x\\\")\",\n    \"year\": -1\n  }\n]\n");
    output_free(&table);
}

static void a_text_that_steers_the_terminal_is_printed_plain(void **state) {
    (void)state;
    char *written = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&written, &length);
    terminal_print(stream, "a\x1b[2J\xc2\x9b"
                           "\u202eb\nc\xff");
    terminal_print(stream, NULL);
    fclose(stream);
    assert_string_equal(written, "a [2J     b\nc?");
    free(written);
}

static void texts_are_copied(void **state) {
    (void)state;
    OutputTable table;
    output_init(&table, columns, 1);
    char text[] = "临河区";
    output_text(&table, text);
    strcpy(text, "x");
    assert_renders(&table, OUTPUT_TABLE, 0, "地区\n------\n临河区\n");
    output_free(&table);
}

static void a_pipe_gets_whole_lines(void **state) {
    (void)state;
    OutputTable table;
    fill_messages(&table);
    char *written = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&written, &length);
    Error error = {0};
    output_print(&table, OUTPUT_TABLE, stream);
    assert_true(output_end(stream, &error));
    fclose(stream);
    assert_renders(&table, OUTPUT_TABLE, 0, written);
    free(written);
    output_free(&table);
}

static void a_terminal_gets_its_width(void **state) {
    (void)state;
    OutputTable table;
    fill_messages(&table);
    int controller = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(controller >= 0);
    assert_int_equal(grantpt(controller), 0);
    assert_int_equal(unlockpt(controller), 0);
    FILE *terminal = fopen(ptsname(controller), "w");
    assert_non_null(terminal);
    struct winsize size = {.ws_row = 24, .ws_col = 25};
    assert_int_equal(ioctl(controller, TIOCSWINSZ, &size), 0);

    Error error = {0};
    output_print(&table, OUTPUT_TABLE, terminal);
    assert_true(output_end(terminal, &error));
    char seen[1024] = "";
    for (size_t length = 0; !strstr(seen, "2025"); seen[length] = '\0') {
        ssize_t got = read(controller, seen + length, sizeof seen - 1 - length);
        assert_true(got > 0);
        length += (size_t)got;
    }
    assert_non_null(strstr(seen, "150802  one two      2024\r\n        three four\r\n"));
    fclose(terminal);
    close(controller);
    output_free(&table);
}

static void a_full_disk_is_told(void **state) {
    (void)state;
    OutputTable table;
    fill(&table);
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    Error error = {0};
    output_print(&table, OUTPUT_JSON, full);
    assert_false(output_end(full, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    assert_non_null(strstr(error.message, strerror(ENOSPC)));
    fclose(full);
    output_free(&table);
}

static void a_reader_that_left_is_no_error(void **state) {
    (void)state;
    OutputTable table;
    Error error = {0};
    int ends[2];
    fill(&table);
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    FILE *stream = fdopen(ends[1], "w");
    output_print(&table, OUTPUT_JSON, stream);
    assert_true(ferror(stream));
    assert_true(output_end(stream, &error));
    fclose(stream);
    output_free(&table);
}

static void formats_are_known_by_name(void **state) {
    (void)state;
    OutputFormat format = OUTPUT_TABLE;
    Error error = {0};
    assert_true(output_format_parse("csv", &format, &error));
    assert_int_equal(format, OUTPUT_CSV);
    assert_true(output_format_parse("json", &format, &error));
    assert_int_equal(format, OUTPUT_JSON);
    assert_true(output_format_parse("table", &format, &error));
    assert_int_equal(format, OUTPUT_TABLE);
    assert_false(output_format_parse("jsn", &format, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_string_equal(error.hint, "Did you mean \"json\"?");
    assert_false(output_format_parse("yaml", &format, &error));
    assert_string_equal(error.hint, "Formats are table, json and csv.");
}

static void a_time_is_local_for_people_and_utc_for_programs(void **state) {
    static const OutputColumn times[] = {{.name = "at", .title = "时间", .kind = OUTPUT_TIME}};
    (void)state;
    setenv("TZ", "CST-8", 1);
    OutputTable table;
    output_init(&table, times, 1);
    output_time(&table, INT64_C(1795276800) * 1000000 + 42);
    output_time(&table, 0);
    assert_renders(&table, OUTPUT_TABLE, 0, "时间\n-------------------\n2026-11-22 00:00:00\n-\n");
    assert_renders(&table, OUTPUT_CSV, 0,
                   "\xEF\xBB\xBF"
                   "at\r\n2026-11-22 00:00:00\r\n\"\"\r\n");
    assert_renders(&table, OUTPUT_JSON, 0,
                   "[\n  {\n    \"at\": \"2026-11-21T16:00:00.000042Z\"\n  },\n"
                   "  {\n    \"at\": null\n  }\n]\n");
    output_free(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_columns_are_aligned),
        cmocka_unit_test(json_has_machine_names_and_nulls),
        cmocka_unit_test(csv_opens_in_excel),
        cmocka_unit_test(a_table_without_rows_is_well_formed),
        cmocka_unit_test(alignment_may_be_chosen),
        cmocka_unit_test(long_texts_wrap_to_the_terminal),
        cmocka_unit_test(without_a_width_nothing_wraps),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(a_terminal_too_narrow_still_shows_all),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(a_text_is_no_formula_to_excel),
        cmocka_unit_test(a_text_that_steers_the_terminal_is_printed_plain),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(a_pipe_gets_whole_lines),
        cmocka_unit_test(a_terminal_gets_its_width),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(a_reader_that_left_is_no_error),
        cmocka_unit_test(formats_are_known_by_name),
        cmocka_unit_test(a_time_is_local_for_people_and_utc_for_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
