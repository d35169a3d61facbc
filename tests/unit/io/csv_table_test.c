// CSV read and written.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/io/csv_table.h"

static CsvTable read_good(const char *text) {
    CsvTable table;
    Error error = {0};
    if (!csv_table_read(text, strlen(text), "f.csv", &table, &error))
        fail_msg("line %d: %s", error.line, error.message);
    return table;
}

static Error read_bad(const char *text, ErrorCode code, int line, int column) {
    CsvTable table;
    Error error = {0};
    assert_false(csv_table_read(text, strlen(text), "f.csv", &table, &error));
    assert_int_equal(table.row_count, 0);
    assert_int_equal(error.code, code);
    assert_string_equal(error.file, "f.csv");
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    return error;
}

static void assert_row(const CsvRow *row, int line, size_t count, const char *const *fields) {
    assert_int_equal(row->line, line);
    assert_int_equal(row->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(csv_row_field(row, i), fields[i]);
}

#define ASSERT_ROW(row, line, ...)                                                                 \
    assert_row(row, line, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *),                  \
               (const char *[]){__VA_ARGS__})

static void header_and_rows_have_their_lines(void **state) {
    (void)state;
    CsvTable table = read_good("地区,年份\n临河区,2020\n杭锦后旗,2021");
    ASSERT_ROW(&table.header, 1, "地区", "年份");
    assert_int_equal(table.row_count, 2);
    ASSERT_ROW(&table.rows[0], 2, "临河区", "2020");
    ASSERT_ROW(&table.rows[1], 3, "杭锦后旗", "2021");
    csv_table_free(&table);
}

static void every_line_end_is_known(void **state) {
    (void)state;
    const char *const texts[] = {"a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\n3,4", "a,b\r1,2\r3,4\r"};
    for (int i = 0; i < 3; i++) {
        CsvTable table = read_good(texts[i]);
        assert_int_equal(table.row_count, 2);
        ASSERT_ROW(&table.rows[0], 2, "1", "2");
        ASSERT_ROW(&table.rows[1], 3, "3", "4");
        csv_table_free(&table);
    }
}

static void a_quoted_field_may_span_lines(void **state) {
    (void)state;
    CsvTable table =
        read_good("a,note\r\n1,\"first\r\nsecond, \"\"quoted\"\"\n\"\r\n\"x\ny\",2\r\n3,4\r\n");
    assert_int_equal(table.row_count, 3);
    ASSERT_ROW(&table.rows[0], 2, "1", "first\r\nsecond, \"quoted\"");
    ASSERT_ROW(&table.rows[1], 5, "x\ny", "2");
    ASSERT_ROW(&table.rows[2], 7, "3", "4");
    csv_table_free(&table);
}

static void blank_lines_and_empty_rows_are_skipped(void **state) {
    (void)state;
    CsvTable table = read_good("\n  \r\n,,\na,b,,\n\n1,2,,\n,,,,\n\t\n\"\",\n3,\n");
    ASSERT_ROW(&table.header, 4, "a", "b");
    assert_int_equal(table.row_count, 2);
    ASSERT_ROW(&table.rows[0], 6, "1", "2");
    ASSERT_ROW(&table.rows[1], 10, "3", "");
    csv_table_free(&table);
}

static void more_fields_than_the_header_are_kept_for_the_caller(void **state) {
    (void)state;
    CsvTable table = read_good("a,b\n1,2,3,\n4\n");
    ASSERT_ROW(&table.rows[0], 2, "1", "2", "3");
    ASSERT_ROW(&table.rows[1], 3, "4");
    csv_table_free(&table);
}

static void blanks_around_fields_are_dropped(void **state) {
    (void)state;
    CsvTable table = read_good("a,b,c\n 1 2 ,\" x\t\",\u3000\u4e34\u6cb3\u533a\u00a0\u3000\n");
    ASSERT_ROW(&table.rows[0], 2, "1 2", "x", "\u4e34\u6cb3\u533a");
    csv_table_free(&table);
}

static void a_text_without_rows_has_no_header(void **state) {
    (void)state;
    const char *const texts[] = {"", "\n\n", " , \n"};
    for (int i = 0; i < 3; i++) {
        CsvTable table = read_good(texts[i]);
        assert_int_equal(table.header.count, 0);
        assert_int_equal(table.row_count, 0);
        csv_table_free(&table);
    }
    CsvTable table;
    assert_true(csv_table_read(NULL, 0, NULL, &table, NULL));
    csv_table_free(&table);
}

static void misplaced_quotes_are_told_at_their_place(void **state) {
    (void)state;
    Error error = read_bad("a,b\n中文,5\"x\n", ERROR_INPUT, 2, 5);
    assert_non_null(strstr(error.message, "not quoted"));
    error = read_bad("a,b\n\n\"中\n文\"x,2\n", ERROR_INPUT, 4, 3);
    assert_non_null(strstr(error.message, "follows"));
}

static void an_open_quote_is_told_where_it_opens(void **state) {
    (void)state;
    Error error = read_bad("a,b\n1,2\n3,\"x\n4,5\n", ERROR_INPUT, 3, 3);
    assert_non_null(strstr(error.message, "never closed"));
    read_bad("a,b\n\"x\ny\",\"中\"\"\"\"z\r\n", ERROR_INPUT, 3, 4);
    read_bad("\"", ERROR_INPUT, 1, 1);
    read_bad("a\n\"\"\"", ERROR_INPUT, 2, 1);
}

static void a_nul_is_refused(void **state) {
    (void)state;
    CsvTable table;
    Error error = {0};
    assert_false(csv_table_read("a\nb\0c\n", 6, NULL, &table, &error));
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 2);
}

static void rows_have_sixty_four_fields_at_most(void **state) {
    (void)state;
    Buffer text = {0};
    for (int i = 0; i < CSV_MAX_COLUMNS; i++)
        buffer_text(&text, i ? ",x" : "x");
    CsvTable table = read_good(text.data);
    assert_int_equal(table.header.count, CSV_MAX_COLUMNS);
    csv_table_free(&table);
    buffer_text(&text, ",x\n");
    read_bad(text.data, ERROR_LIMIT, 1, 0);
    buffer_free(&text);
}

static void append_repeated(Buffer *out, char byte, size_t count) {
    while (count-- > 0)
        buffer_append(out, &byte, 1);
}

static void fields_have_their_longest_length(void **state) {
    (void)state;
    for (int newline = 0; newline < 2; newline++) {
        Buffer text = {0};
        buffer_text(&text, "a,b\n1,");
        append_repeated(&text, 'x', CSV_MAX_FIELD_BYTES);
        if (newline) buffer_text(&text, "\n");
        CsvTable table = read_good(text.data);
        assert_int_equal(strlen(csv_row_field(&table.rows[0], 1)), CSV_MAX_FIELD_BYTES);
        csv_table_free(&table);

        buffer_clear(&text);
        buffer_text(&text, "a,b\n1,");
        append_repeated(&text, 'x', CSV_MAX_FIELD_BYTES + 1);
        if (newline) buffer_text(&text, "\n");
        read_bad(text.data, ERROR_LIMIT, 2, 0);
        buffer_free(&text);
    }
}

// The reading stops soon: an open quote at the top of a large file does not gather the whole of it.
static void an_open_quote_before_many_rows_is_found(void **state) {
    (void)state;
    Buffer text = {0};
    buffer_text(&text, "a,b\n1,\"2\n");
    for (int i = 0; i < 100000; i++)
        buffer_text(&text, "3,4\n");
    Error error = read_bad(text.data, ERROR_LIMIT, 2, 3);
    assert_true(error.hint[0] != '\0');
    buffer_free(&text);
}

// A file of 64 MiB of them took thirty times as much memory.
static void short_rows_take_little_and_are_not_read_without_end(void **state) {
    (void)state;
    assert_true(sizeof(CsvRow) <= 16);
    Buffer text = {0};
    buffer_text(&text, "a\n");
    for (int i = 0; i <= CSV_MAX_ROWS; i++)
        buffer_append(&text, "1\n", 2);
    read_bad(text.data, ERROR_LIMIT, CSV_MAX_ROWS + 2, 0); // the first one too many
    buffer_free(&text);
}

static void the_header_is_read_without_what_stands_behind_it(void **state) {
    (void)state;
    static const char text[] = "\n代码,名称\n1,\"never closed";
    CsvTable table;
    assert_true(csv_table_read_header(text, strlen(text), NULL, &table, NULL));
    ASSERT_ROW(&table.header, 2, "代码", "名称");
    assert_int_equal(table.row_count, 0);
    csv_table_free(&table);
    assert_true(csv_table_read_header("\n\n", 2, NULL, &table, NULL));
    assert_int_equal(table.header.count, 0);
    csv_table_free(&table);
}

static void many_rows_are_read(void **state) {
    (void)state;
    Buffer text = {0};
    buffer_text(&text, "a,b\n");
    for (int i = 0; i < 100000; i++)
        buffer_printf(&text, "%d,中\n", i);
    CsvTable table = read_good(text.data);
    assert_int_equal(table.row_count, 100000);
    ASSERT_ROW(&table.rows[99999], 100001, "99999", "中");
    csv_table_free(&table);
    buffer_free(&text);
}

static void writes_quotes_only_where_needed(void **state) {
    (void)state;
    Buffer out = {0};
    CsvWriter writer = {.out = &out};
    const char *const fields[] = {"临河区", "a,b", "say \"x\"", "two\nlines",
                                  " edge",  "",    NULL,        "12.4"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        csv_write_field(&writer, fields[i]);
    csv_end_row(&writer);
    csv_write_field(&writer, "");
    csv_end_row(&writer);
    assert_string_equal(
        out.data, "临河区,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\" edge\",,,12.4\r\n\"\"\r\n");
    buffer_free(&out);
}

static void what_is_written_is_read_back(void **state) {
    (void)state;
    Buffer out = {0};
    CsvWriter writer = {.out = &out};
    const char *const fields[] = {"\"", "\"\"", ",", "\r\n.", "中\"文", "x", "", "end"};
    for (int row = 0; row < 2; row++) {
        for (size_t i = 0; i < 8; i++)
            csv_write_field(&writer, row == 0 ? "h" : fields[i]);
        csv_end_row(&writer);
    }
    CsvTable table = read_good(out.data);
    ASSERT_ROW(&table.rows[0], 2, "\"", "\"\"", ",", ".", "中\"文", "x", "", "end");
    csv_table_free(&table);
    buffer_free(&out);
}

static void a_spreadsheet_finds_no_formula(void **state) {
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {{"=1+1", "'=1+1"},  {"+86 478", "'+86 478"},
                 {"-", "'-"},        {"@SUM(A1)", "'@SUM(A1)"},
                 {"＝1", "'＝1"},    {"＠x", "'＠x"},
                 {"\t=1", "'\t=1"},  {"=\"a\",b", "\"'=\"\"a\"\",b\""},
                 {"1=1", "1=1"},     {"'=1", "'=1"},
                 {"中=1", "中=1"},   {"", ""},
                 {NULL, ""},         {"-3.5", "-3.5"},
                 {"+1.25", "+1.25"}, {"-1+cmd|'x'!A1", "'-1+cmd|'x'!A1"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer out = {0};
        CsvWriter writer = {.out = &out};
        csv_write_field(&writer, "first");
        csv_write_text_for_spreadsheet(&writer, cases[i].text);
        assert_string_equal(out.data + strlen("first,"), cases[i].written);
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_and_rows_have_their_lines),
        cmocka_unit_test(every_line_end_is_known),
        cmocka_unit_test(a_quoted_field_may_span_lines),
        cmocka_unit_test(blank_lines_and_empty_rows_are_skipped),
        cmocka_unit_test(more_fields_than_the_header_are_kept_for_the_caller),
        cmocka_unit_test(blanks_around_fields_are_dropped),
        cmocka_unit_test(a_text_without_rows_has_no_header),
        cmocka_unit_test(misplaced_quotes_are_told_at_their_place),
        cmocka_unit_test(an_open_quote_is_told_where_it_opens),
        cmocka_unit_test(a_nul_is_refused),
        cmocka_unit_test(rows_have_sixty_four_fields_at_most),
        cmocka_unit_test(fields_have_their_longest_length),
        cmocka_unit_test(an_open_quote_before_many_rows_is_found),
        cmocka_unit_test(many_rows_are_read),
        cmocka_unit_test(short_rows_take_little_and_are_not_read_without_end),
        cmocka_unit_test(the_header_is_read_without_what_stands_behind_it),
        cmocka_unit_test(writes_quotes_only_where_needed),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(a_spreadsheet_finds_no_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
