// Tables as they are printed: see output.h.
#include "core/cli/output.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"
#include "core/base/utf8.h"
#include "core/cli/terminal.h"
#include "core/io/csv_table.h"

enum { COLUMN_GAP = 2, NARROWEST_TEXT_COLUMN = 8 };

// ---- json and csv ------------------------------------------------------------------------------

static void render_json(const OutputTable *table, Buffer *out) {
    JsonWriter json = {.out = out};
    output_write_json(table, &json);
    buffer_text(out, "\n");
}

static void write_csv_cell(CsvWriter *csv, const OutputColumn *column, const OutputCell *cell) {
    char figure[DECIMAL_TEXT_SIZE] = "";
    if (column->kind == OUTPUT_TEXT) {
        csv_write_text_for_spreadsheet(csv, cell->text);
        return;
    }
    if (!cell->missing && column->kind == OUTPUT_NUMBER) decimal_shortest(cell->number, figure);
    if (!cell->missing && column->kind == OUTPUT_INTEGER)
        snprintf(figure, sizeof figure, "%" PRId64, cell->integer);
    if (!cell->missing && column->kind == OUTPUT_TIME)
        clock_format(cell->integer, figure, sizeof figure);
    csv_write_field(csv, figure);
}

static void render_csv(const OutputTable *table, Buffer *out) {
    buffer_text(out, "\xEF\xBB\xBF");
    CsvWriter csv = {.out = out};
    for (size_t i = 0; i < table->column_count; i++)
        csv_write_field(&csv, table->columns[i].name);
    csv_end_row(&csv);
    for (size_t row = 0, rows = output_row_count(table); row < rows; row++) {
        for (size_t i = 0; i < table->column_count; i++)
            write_csv_cell(&csv, &table->columns[i], output_cell(table, row, i));
        csv_end_row(&csv);
    }
}

// ---- the printed table -------------------------------------------------------------------------

// The table as texts, the titles as row 0, ready to be laid out.
typedef struct Layout {
    const OutputTable *table;
    size_t rows;        // with the titles
    const char **texts; // row by row
    size_t *widths;     // of columns
    Arena arena;
} Layout;

// A text from outside must not move the cursor or break the line.
static const char *printable(Arena *arena, const char *text) {
    char *copy = arena_string(arena, text);
    plain_text_clean_line(copy);
    return copy;
}

static const char *cell_text(Arena *arena, const OutputColumn *column, const OutputCell *cell) {
    char figure[DECIMAL_TEXT_SIZE];
    if (cell->missing) return "-";
    if (column->kind == OUTPUT_TEXT) return printable(arena, cell->text);
    if (column->kind == OUTPUT_INTEGER)
        snprintf(figure, sizeof figure, "%" PRId64, cell->integer);
    else if (column->kind == OUTPUT_TIME)
        clock_format(cell->integer, figure, sizeof figure);
    else if (column->digits > 0)
        decimal_fixed(cell->number, column->digits, ROUNDING_HALF_UP, figure);
    else
        decimal_shortest(cell->number, figure);
    return arena_string(arena, figure);
}

static void layout_texts(Layout *layout) {
    const OutputTable *table = layout->table;
    size_t count = table->column_count;
    layout->rows = output_row_count(table) + 1;
    layout->texts = memory_new(layout->rows * count, sizeof *layout->texts);
    layout->widths = memory_new(count, sizeof *layout->widths);
    for (size_t i = 0; i < layout->rows * count; i++) {
        const OutputColumn *column = &table->columns[i % count];
        layout->texts[i] = i < count ? printable(&layout->arena, column->title)
                                     : cell_text(&layout->arena, column, &table->cells[i - count]);
        size_t width = utf8_width(layout->texts[i]);
        if (width > layout->widths[i % count]) layout->widths[i % count] = width;
    }
}

// The widest text column that may still give way, or NULL.
static size_t *widest_text_column(const Layout *layout) {
    size_t *widest = NULL;
    for (size_t i = 0; i < layout->table->column_count; i++) {
        size_t *width = &layout->widths[i];
        bool gives_way =
            layout->table->columns[i].kind == OUTPUT_TEXT && *width > NARROWEST_TEXT_COLUMN;
        if (gives_way && (!widest || *width > *widest)) widest = width;
    }
    return widest;
}

static void layout_fit(Layout *layout, size_t available) {
    size_t total = COLUMN_GAP * (layout->table->column_count - 1);
    for (size_t i = 0; i < layout->table->column_count; i++)
        total += layout->widths[i];
    for (size_t *width; total > available && (width = widest_text_column(layout)); total--)
        (*width)--;
}

static bool aligns_right(const OutputColumn *column) {
    if (column->alignment == OUTPUT_BY_KIND)
        return column->kind == OUTPUT_NUMBER || column->kind == OUTPUT_INTEGER;
    return column->alignment == OUTPUT_RIGHT;
}

// Bytes of the text's next line in a column of `width`: up to a blank if there is one to break at.
static size_t next_line(const char *text, size_t width) {
    size_t fits = utf8_prefix(text, width);
    if (!text[fits]) return fits;
    size_t blank = fits;
    while (blank > 0 && text[blank] != ' ')
        blank--;
    return blank > 0 ? blank : fits;
}

static void append_blanks(Buffer *out, size_t count) {
    while (count-- > 0)
        buffer_append(out, " ", 1);
}

static void drop_blanks_at_end(Buffer *out, size_t start) {
    while (out->length > start && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
}

// Writes the piece of each text that its column has room for and moves the texts on.
// False when nothing is left of any.
static bool write_line(const Layout *layout, const char **texts, Buffer *out) {
    bool more = false;
    size_t start = out->length;
    Buffer piece = {0};
    for (size_t i = 0; i < layout->table->column_count; i++) {
        if (i > 0) append_blanks(out, COLUMN_GAP);
        size_t length = next_line(texts[i], layout->widths[i]);
        buffer_clear(&piece);
        buffer_append(&piece, texts[i], length);
        texts[i] += length;
        texts[i] += strspn(texts[i], length ? " " : "");
        more |= *texts[i] != '\0';

        size_t used = utf8_width(piece.data);
        size_t room = layout->widths[i] > used ? layout->widths[i] - used : 0;
        bool right = aligns_right(&layout->table->columns[i]);
        append_blanks(out, right ? room : 0);
        buffer_text(out, piece.data);
        append_blanks(out, right ? 0 : room);
    }
    buffer_free(&piece);
    drop_blanks_at_end(out, start);
    buffer_text(out, "\n");
    return more;
}

static void write_rule(const Layout *layout, Buffer *out) {
    for (size_t i = 0; i < layout->table->column_count; i++) {
        if (i > 0) append_blanks(out, COLUMN_GAP);
        for (size_t j = 0; j < layout->widths[i]; j++)
            buffer_append(out, "-", 1);
    }
    buffer_text(out, "\n");
}

static void render_table(const OutputTable *table, size_t width, Buffer *out) {
    Layout layout = {.table = table};
    layout_texts(&layout);
    if (width > 0) layout_fit(&layout, width);
    for (size_t row = 0; row < layout.rows; row++) {
        const char **texts = &layout.texts[row * table->column_count];
        while (write_line(&layout, texts, out))
            ;
        if (row == 0) write_rule(&layout, out);
    }
    free(layout.texts);
    free(layout.widths);
    arena_free(&layout.arena);
}

// ---- printing ----------------------------------------------------------------------------------

void output_render(const OutputTable *table, OutputFormat format, size_t width, Buffer *out) {
    switch (format) {
        case OUTPUT_TABLE: render_table(table, width, out); break;
        case OUTPUT_JSON: render_json(table, out); break;
        case OUTPUT_CSV: render_csv(table, out); break;
    }
}

// The first failure, kept because later calls only tell that there was one.
static struct {
    const FILE *stream; // NULL: none
    int number;
} failed;

void output_fail(FILE *stream, int number) {
    if (failed.stream != stream) failed.number = number ? number : EIO;
    failed.stream = stream;
}

void output_write(const char *text, size_t length, FILE *stream) {
    errno = 0;
    if (fwrite(text, 1, length, stream) != length || fflush(stream) != 0)
        output_fail(stream, errno);
}

void output_print(const OutputTable *table, OutputFormat format, FILE *stream) {
    Buffer text = {0};
    output_render(table, format, terminal_width(fileno(stream)), &text);
    output_write(text.data, text.length, stream);
    buffer_free(&text);
}

// A pipe without a reader, or a terminal that was closed.
static bool reader_left(FILE *stream) {
    struct pollfd about = {.fd = fileno(stream), .events = POLLOUT};
    return poll(&about, 1, 0) == 1 && (about.revents & (POLLERR | POLLHUP)) != 0;
}

bool output_end(FILE *stream, Error *error) {
    errno = 0;
    if (fflush(stream) != 0 || ferror(stream)) output_fail(stream, errno);
    bool good = failed.stream != stream;
    failed.stream = NULL;
    if (good || reader_left(stream)) return true;
    return error_set_errno(error, failed.number, T("cannot write the output", "无法写出结果"));
}

void output_print_titled(OutputTable *table, const char *title) {
    if (table->count > 0) {
        printf("\n%s\n", title);
        output_print(table, OUTPUT_TABLE, stdout);
    }
    output_free(table);
}

bool output_format_parse(const char *text, OutputFormat *format, Error *error) {
    static const char *const names[] = {
        [OUTPUT_TABLE] = "table", [OUTPUT_JSON] = "json", [OUTPUT_CSV] = "csv"};
    enum { COUNT = sizeof names / sizeof *names };
    for (int i = 0; i < COUNT; i++) {
        if (strcmp(text, names[i]) != 0) continue;
        *format = (OutputFormat)i;
        return true;
    }
    error_set(error, ERROR_USAGE, T("unknown format \"%s\"", "不认识的格式“%s”"), text);
    const char *nearest = nearest_name(text, names, COUNT);
    if (nearest) return error_hint(error, T("Did you mean \"%s\"?", "是否为“%s”？"), nearest);
    return error_hint(error, T("Formats are table, json and csv.", "格式有 table、json、csv。"));
}
