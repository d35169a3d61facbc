// Reads CSV through libcsv, one line of the file at a time so that places are known, and writes it:
// see csv_table.h.
#include "core/io/csv_table.h"

#include <csv.h>
#include <limits.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/utf8.h"

enum { PARSER_GROWS_BY_BYTES = 4096 };

typedef struct Reader {
    struct csv_parser parser;
    const char *file;
    CsvTable *table;
    Error *error;
    bool header_only;
    bool failed; // a callback has filled the error; libcsv's callbacks cannot stop it

    const char *row_start; // where the current row's first line begins in the text
    int row_line, line;    // of the row's start; now being read
    bool row_ended;        // by the line being read

    Buffer fields; // of the current row, each followed by a NUL
    size_t field_count;
} Reader;

// ---- rows --------------------------------------------------------------------------------------

static bool all_empty(const Reader *reader) {
    return reader->fields.length == reader->field_count; // nothing but the NULs
}

// The bytes of the blank that stands at `at`, or 0.
static size_t blank_length(const char *at, size_t left) {
    static const char *const blanks[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE3\x80\x80"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t length = strlen(blanks[i]);
        if (length <= left && memcmp(at, blanks[i], length) == 0) return length;
    }
    return 0;
}

static size_t blank_length_before(const char *start, const char *end) {
    size_t left = (size_t)(end - start);
    for (size_t length = 1; length <= 3 && length <= left; length++)
        if (blank_length(end - length, length) == length) return length;
    return 0;
}

static void append_trimmed(Buffer *fields, const char *start, size_t length) {
    const char *end = start + length;
    for (size_t blank; (blank = blank_length(start, (size_t)(end - start)));)
        start += blank;
    for (size_t blank; (blank = blank_length_before(start, end));)
        end -= blank;
    buffer_append(fields, start, (size_t)(end - start));
    buffer_append(fields, "", 1);
}

static bool last_is_empty(const Reader *reader) {
    size_t length = reader->fields.length;
    return length == 1 || reader->fields.data[length - 2] == '\0';
}

// Spreadsheets pad short rows with empty fields up to the widest row.
static void drop_empty_tail(Reader *reader, size_t keep) {
    while (reader->field_count > keep && last_is_empty(reader)) {
        reader->fields.length--;
        reader->field_count--;
    }
}

static bool refuse_many_rows(Reader *reader) {
    reader->failed = true;
    error_set(reader->error, ERROR_LIMIT, T("the file has more than %d rows", "文件超过 %d 行"),
              CSV_MAX_ROWS);
    error_at(reader->error, reader->file, reader->row_line, 0);
    return error_hint(reader->error, T("Split it into several files.", "请拆分为多个文件。"));
}

static void keep_row(Reader *reader) {
    CsvTable *table = reader->table;
    bool is_header = table->header.count == 0;
    if (table->row_count == CSV_MAX_ROWS) {
        refuse_many_rows(reader);
        return;
    }
    drop_empty_tail(reader, table->header.count);
    const CsvRow row = {
        .text = arena_bytes(&table->arena, reader->fields.data, reader->fields.length),
        .count = (unsigned)reader->field_count,
        .line = reader->row_line,
    };
    if (is_header) {
        table->header = row;
        return;
    }
    ARRAY_RESERVE(table->rows, table->row_count, table->row_capacity);
    table->rows[table->row_count++] = row;
}

static bool refuse_long_field(Reader *reader) {
    reader->failed = true;
    error_set(reader->error, ERROR_LIMIT,
              T("field %zu of the row is longer than %d bytes", "此行第 %zu 个字段超过 %d 字节"),
              reader->field_count + 1, CSV_MAX_FIELD_BYTES);
    error_at(reader->error, reader->file, reader->row_line, 0);
    return error_hint(reader->error,
                      T("A quotation mark that is not closed makes a field run on: look for one.",
                        "引号没有成对会使字段一直延续：请检查此处的引号。"));
}

static bool refuse_wide_row(Reader *reader) {
    reader->failed = true;
    error_set(reader->error, ERROR_LIMIT,
              T("the row has more than %d fields", "此行的字段超过 %d 个"), CSV_MAX_COLUMNS);
    error_at(reader->error, reader->file, reader->row_line, 0);
    return error_hint(reader->error,
                      T("Delete the columns that are not needed.", "请删去不需要的列。"));
}

static void on_field(void *bytes, size_t length, void *context) {
    Reader *reader = context;
    if (reader->failed) return;
    if (length > CSV_MAX_FIELD_BYTES) {
        refuse_long_field(reader);
    } else if (reader->field_count == CSV_MAX_COLUMNS) {
        refuse_wide_row(reader);
    } else {
        append_trimmed(&reader->fields, length ? bytes : "", length);
        reader->field_count++;
    }
}

static void on_row(int terminator, void *context) {
    (void)terminator;
    Reader *reader = context;
    reader->row_ended = true;
    if (!reader->failed && !all_empty(reader)) keep_row(reader);
    buffer_clear(&reader->fields);
    reader->field_count = 0;
}

// ---- errors of the text itself -----------------------------------------------------------------

static int column_at(const char *line, const char *place) {
    int column = 1;
    uint32_t ignored;
    while (line < place) {
        line = utf8_next(line, &ignored);
        column++;
    }
    return column;
}

static bool refuse_quote(Reader *reader, const char *line, const char *place) {
    bool inside = *place == '"';
    if (inside)
        error_set(reader->error, ERROR_INPUT,
                  T("a quotation mark stands inside a field that is not quoted",
                    "未加引号的字段中出现了引号"));
    else
        error_set(
            reader->error, ERROR_INPUT,
            T("text follows the quotation mark that ends a field", "字段结束的引号之后还有文字"));
    error_at(reader->error, reader->file, reader->line, column_at(line, place));
    return error_hint(
        reader->error,
        T("Put the whole field in quotation marks and write each one inside it twice (\"\").",
          "请给整个字段加上引号，字段内的引号写两遍（\"\"）。"));
}

static bool refuse_nul(Reader *reader, const char *line, const char *nul) {
    error_set(reader->error, ERROR_INPUT, T("the text has a NUL byte", "文本中有空字节（NUL）"));
    error_at(reader->error, reader->file, reader->line, column_at(line, nul));
    return error_hint(reader->error, T("Save the file again as CSV.", "请重新另存为 CSV。"));
}

typedef struct OpenQuote {
    bool found;
    int line, column;
} OpenQuote;

// The quote that opened the field still open at `end`. Up to there the row has passed the strict
// parser, so each quote turns quoting on or off, and an on right behind an off is a doubled one.
static OpenQuote find_open_quote(const Reader *reader, const char *end) {
    OpenQuote open = {.line = reader->row_line, .column = 1};
    const char *line_start = reader->row_start, *closed = NULL;
    int line = reader->row_line;
    for (const char *at = line_start; at < end; at++) {
        if (*at == '"') {
            open.found = !open.found;
            if (!open.found) {
                closed = at;
            } else if (!closed || closed + 1 != at) {
                open.line = line;
                open.column = column_at(line_start, at);
            }
        } else if (*at == '\n' || (*at == '\r' && at[1] != '\n')) {
            line_start = at + 1;
            line++;
        }
    }
    return open;
}

static bool refuse_open_quote(Reader *reader, const char *end) {
    OpenQuote open = find_open_quote(reader, end);
    error_set(reader->error, ERROR_INPUT,
              T("the quotation mark opened here is never closed", "此处的引号没有配对的后引号"));
    error_at(reader->error, reader->file, open.line, open.column);
    return error_hint(reader->error,
                      T("Close it at the end of the field, or write it twice (\"\") if it is "
                        "part of the text.",
                        "请在字段末尾补上引号；如果引号是文字的一部分，请写两遍（\"\"）。"));
}

static bool refuse_endless_field(Reader *reader, const char *end) {
    refuse_long_field(reader);
    OpenQuote open = find_open_quote(reader, end);
    if (open.found) error_at(reader->error, reader->file, open.line, open.column);
    return false;
}

// ---- feeding the parser ------------------------------------------------------------------------

// Refusing memory is how libcsv is stopped within a field: it has no limit of its own.
static void *limited_resize(void *memory, size_t size) {
    return size > CSV_MAX_FIELD_BYTES + PARSER_GROWS_BY_BYTES ? NULL
                                                              : memory_resize(memory, size, 1);
}

static bool is_blank(const char *line, const char *end) {
    while (line < end && (*line == ' ' || *line == '\t' || *line == '\r' || *line == '\n'))
        line++;
    return line == end;
}

// The place behind the line's end: LF, CR LF, or a CR alone as old Macs write it.
static const char *line_end(const char *line, const char *end) {
    while (line < end && *line != '\n' && *line != '\r')
        line++;
    if (line < end && *line == '\r' && line + 1 < end && line[1] == '\n') line++;
    return line < end ? line + 1 : end;
}

static bool feed(Reader *reader, const char *line, const char *end) {
    size_t length = (size_t)(end - line);
    const char *nul = memchr(line, '\0', length);
    if (nul) return refuse_nul(reader, line, nul);
    size_t done = csv_parse(&reader->parser, line, length, on_field, on_row, reader);
    if (reader->failed) return false;
    if (done == length) return true;
    if (csv_error(&reader->parser) == CSV_EPARSE) return refuse_quote(reader, line, line + done);
    return refuse_endless_field(reader, line + done);
}

static bool read_lines(Reader *reader, const char *text, const char *end) {
    bool between_rows = true;
    for (const char *line = text, *next; line < end; line = next, reader->line++) {
        next = line_end(line, end);
        if (between_rows) {
            reader->row_start = line;
            reader->row_line = reader->line;
        }
        reader->row_ended = false;
        if (!feed(reader, line, next)) return false;
        if (reader->header_only && reader->table->header.count > 0) return true;
        between_rows = reader->row_ended || (between_rows && is_blank(line, next));
    }
    if (csv_fini(&reader->parser, on_field, on_row, reader) != 0)
        return refuse_open_quote(reader, end);
    return !reader->failed;
}

static bool read_table(Reader *reader, const char *text, size_t length) {
    *reader->table = (CsvTable){0};
    reader->line = reader->row_line = 1;
    csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_realloc_func(&reader->parser, limited_resize);
    csv_set_blk_size(&reader->parser, PARSER_GROWS_BY_BYTES);
    if (!text) text = "";
    bool done = read_lines(reader, text, text + length);
    csv_free(&reader->parser);
    buffer_free(&reader->fields);
    if (!done) csv_table_free(reader->table);
    return done;
}

bool csv_table_read(const char *text, size_t length, const char *file, CsvTable *out,
                    Error *error) {
    Reader reader = {.file = file, .table = out, .error = error};
    return read_table(&reader, text, length);
}

bool csv_table_read_header(const char *text, size_t length, const char *file, CsvTable *out,
                           Error *error) {
    Reader reader = {.file = file, .table = out, .error = error, .header_only = true};
    return read_table(&reader, text, length);
}

void csv_table_free(CsvTable *table) {
    free(table->rows);
    arena_free(&table->arena);
    *table = (CsvTable){0};
}

const char *csv_row_field(const CsvRow *row, size_t place) {
    const char *field = row->text;
    while (place-- > 0)
        field += strlen(field) + 1;
    return field;
}

// ---- writing -----------------------------------------------------------------------------------

static bool needs_quotes(const char *text, bool first) {
    size_t length = strlen(text);
    if (length == 0) return first; // a row of one empty field would read as a blank line
    bool blank_edge = strchr(" \t", text[0]) || strchr(" \t", text[length - 1]);
    return blank_edge || strpbrk(text, ",\"\r\n");
}

void csv_write_field(CsvWriter *writer, const char *text) {
    bool first = !writer->row_begun;
    if (!first) buffer_text(writer->out, ",");
    writer->row_begun = true;
    if (!text) text = "";
    if (!needs_quotes(text, first)) {
        buffer_text(writer->out, text);
        return;
    }
    buffer_text(writer->out, "\"");
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        buffer_append(writer->out, text, (size_t)(quote - text) + 1);
        buffer_text(writer->out, "\"");
    }
    buffer_text(writer->out, text);
    buffer_text(writer->out, "\"");
}

static bool is_signed_number(const char *text) {
    double number;
    return (*text == '+' || *text == '-') && decimal_parse(text + 1, &number);
}

// Also with the full-width signs that spreadsheets in Chinese and Japanese read as the others.
static bool is_like_a_formula(const char *text) {
    if (is_signed_number(text)) return false; // whose value it is
    static const char *const begins[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(text, begins[i], strlen(begins[i])) == 0) return true;
    return false;
}

void csv_write_text_for_spreadsheet(CsvWriter *writer, const char *text) {
    if (!text || !is_like_a_formula(text)) {
        csv_write_field(writer, text);
        return;
    }
    Buffer safe = {0};
    buffer_printf(&safe, "'%s", text);
    csv_write_field(writer, safe.data);
    buffer_free(&safe);
}

void csv_end_row(CsvWriter *writer) {
    buffer_text(writer->out, "\r\n");
    writer->row_begun = false;
}
