// Header names to fields: see csv_sheet.h.
#include "core/io/csv_sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"
#include "core/base/utf8.h"

enum { EXCERPT_CHARACTERS = 40 };

const char *csv_sheet_excerpt(const char *text, char out[CSV_EXCERPT_SIZE]) {
    char *write = out;
    for (int count = 0; *text && count < EXCERPT_CHARACTERS; count++) {
        uint32_t code_point;
        const char *next = utf8_next(text, &code_point);
        memcpy(write, text, (size_t)(next - text));
        write += next - text;
        text = next;
    }
    const char *end = *text ? "…" : "";
    memcpy(write, end, strlen(end) + 1);
    plain_text_clean_line(out);
    return out;
}

const char *csv_sheet_column_name(const CsvSheet *sheet, size_t column) {
    return T(sheet->columns[column].names[0], sheet->columns[column].names[1]);
}

static const char *column_alias(const CsvColumn *column, size_t which) {
    return which < sizeof column->names / sizeof *column->names ? column->names[which] : NULL;
}

static int find_column(const CsvSheet *sheet, const char *name) {
    for (size_t i = 0; i < sheet->column_count; i++)
        for (size_t j = 0; column_alias(&sheet->columns[i], j); j++)
            if (strcasecmp(sheet->columns[i].names[j], name) == 0) return (int)i;
    return -1;
}

static const char *nearest_column(const CsvSheet *sheet, const char *name) {
    const char *names[CSV_SHEET_MAX_COLUMNS * 4];
    size_t count = 0;
    for (size_t i = 0; i < sheet->column_count; i++)
        for (size_t j = 0; column_alias(&sheet->columns[i], j); j++)
            names[count++] = sheet->columns[i].names[j];
    return nearest_name(name, names, count);
}

static void hint_known_columns(const CsvSheet *sheet) {
    Buffer names = {0};
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (i > 0) buffer_text(&names, T(", ", "、"));
        buffer_text(&names, csv_sheet_column_name(sheet, i));
        if (!sheet->columns[i].required) buffer_text(&names, T(" (optional)", "（可省略）"));
    }
    problems_hint(sheet->problems, T("The first row names the columns: %s.", "首行为列名：%s。"),
                  names.data);
    buffer_free(&names);
}

static bool refuse_unknown(const CsvSheet *sheet, const char *name, int number) {
    char excerpt[CSV_EXCERPT_SIZE];
    int line = sheet->table->header.line;
    if (!*name) {
        problems_addf(sheet->problems, ERROR_INPUT, sheet->file, line, number,
                      T("column %d has no name", "第 %d 列没有列名"), number);
        hint_known_columns(sheet);
        return false;
    }
    problems_addf(sheet->problems, ERROR_INPUT, sheet->file, line, number,
                  T("unknown column \"%s\"", "不认识的列“%s”"), csv_sheet_excerpt(name, excerpt));
    const char *nearest = nearest_column(sheet, name);
    if (nearest)
        problems_hint(sheet->problems, T("Did you mean \"%s\"?", "是否为“%s”？"), nearest);
    else
        hint_known_columns(sheet);
    return false;
}

static bool match_field(CsvSheet *sheet, int number) {
    const CsvRow *header = &sheet->table->header;
    const char *name = csv_row_field(header, (size_t)number - 1);
    int column = find_column(sheet, name);
    if (column < 0) return refuse_unknown(sheet, name, number);
    if (sheet->numbers[column] == 0) {
        sheet->numbers[column] = number;
        return true;
    }
    char excerpt[CSV_EXCERPT_SIZE];
    problems_addf(sheet->problems, ERROR_INPUT, sheet->file, header->line, number,
                  T("column \"%s\" is there twice: columns %d and %d hold the same",
                    "列“%s”重复：第 %d 列和第 %d 列内容相同"),
                  csv_sheet_excerpt(name, excerpt), sheet->numbers[column], number);
    problems_hint(sheet->problems, T("Delete or rename one of them.", "请删去其中一列或改名。"));
    return false;
}

static bool require_columns(const CsvSheet *sheet) {
    bool complete = true;
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (!sheet->columns[i].required || sheet->numbers[i] > 0) continue;
        complete = false;
        problems_addf(sheet->problems, ERROR_INPUT, sheet->file, sheet->table->header.line, 0,
                      T("the column \"%s\" (%s) is missing", "缺少列“%s”（%s）"),
                      csv_sheet_column_name(sheet, i),
                      T(sheet->columns[i].names[1], sheet->columns[i].names[0]));
        hint_known_columns(sheet);
    }
    return complete;
}

bool csv_sheet_begin(CsvSheet *sheet) {
    memset(sheet->numbers, 0, sizeof sheet->numbers);
    const CsvRow *header = &sheet->table->header;
    if (header->count == 0) {
        problems_addf(sheet->problems, ERROR_INPUT, sheet->file, 0, 0,
                      T("the file is empty", "文件是空的"));
        hint_known_columns(sheet);
        return false;
    }
    bool matched = true;
    for (size_t i = 0; i < header->count; i++)
        matched &= match_field(sheet, (int)i + 1);
    return require_columns(sheet) && matched;
}

bool csv_sheet_check_row(const CsvSheet *sheet, const CsvRow *row) {
    int have = (int)row->count, header = (int)sheet->table->header.count;
    if (have > header) {
        problems_addf(sheet->problems, ERROR_INPUT, sheet->file, row->line, header + 1,
                      T("the row has %d fields, the header %d", "此行有 %d 个字段，表头只有 %d 个"),
                      have, header);
        problems_hint(sheet->problems, T("Put a text that holds commas in quotation marks.",
                                         "含有逗号的文字请用英文双引号括起来。"));
        return false;
    }
    for (size_t i = 0; i < sheet->column_count; i++) {
        const CsvColumn *column = &sheet->columns[i];
        if (!column->required || column->may_be_empty || sheet->numbers[i] <= have) continue;
        problems_addf(sheet->problems, ERROR_INPUT, sheet->file, row->line, have,
                      T("the row has %d fields, the header %d: column \"%s\" is missing",
                        "此行有 %d 个字段，表头有 %d 个：缺少列“%s”"),
                      have, header, csv_sheet_column_name(sheet, i));
        problems_hint(sheet->problems,
                      T("Write one field for each column of the header.", "请按表头逐列填写。"));
        return false;
    }
    return true;
}

const char *csv_sheet_field(const CsvSheet *sheet, const CsvRow *row, size_t column) {
    int number = sheet->numbers[column];
    return number > 0 && (unsigned)number <= row->count ? csv_row_field(row, (size_t)number - 1)
                                                        : "";
}

bool csv_sheet_plain_field(const CsvSheet *sheet, const CsvRow *row, size_t column,
                           const char **field) {
    const char *text = csv_sheet_field(sheet, row, column);
    const size_t length = strlen(text);
    bool is_text = plain_text(text, length);
    *field = text;
    if (is_text && (sheet->columns[column].has_lines || plain_text_line(text, length))) return true;
    csv_sheet_problem(sheet, row, column, ERROR_INPUT,
                      is_text ? T("the %s holds a line break or a tab", "%s含有换行或制表符")
                              : T("the %s holds control characters", "%s含有控制字符"),
                      csv_sheet_column_name(sheet, column));
    problems_hint(sheet->problems, T("Type the cell anew: what is pasted may hold characters that "
                                     "do not show.",
                                     "请重新输入该单元格：粘贴的内容可能带有看不见的字符。"));
    return false;
}

bool csv_sheet_problem(const CsvSheet *sheet, const CsvRow *row, size_t column, ErrorCode code,
                       const char *format, ...) {
    char message[2048]; // longer than an Error keeps, so that the cut is made there
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    problems_addf(sheet->problems, code, sheet->file, row->line, sheet->numbers[column], "%s",
                  message);
    return false;
}
