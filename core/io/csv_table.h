// CSV in and out: UTF-8 text to a table of rows and fields, and fields to RFC 4180 text.
//
// Reading is strict about quotes, since a quote left open would swallow the rows after it, and
// lenient about what spreadsheets leave behind: CRLF, LF or CR end a line; blanks around a field
// (also ideographic and no-break spaces, also in quotes) are dropped; blank lines, rows whose
// fields are all empty, and empty fields at the end beyond the header's are skipped. Any thread; a
// table belongs to one thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"

enum {
    CSV_MAX_COLUMNS = 64,
    CSV_MAX_FIELD_BYTES = 64 * 1024,
    // More than a file of 64 MiB (text_decode.h) has where code, indicator, year and value take
    // seventeen bytes; what has more is no table of ours, and would cost far more than its bytes.
    CSV_MAX_ROWS = 4000000,
};

typedef struct CsvRow {
    const char *text; // the fields one after the other, each with a NUL; owned by the table
    unsigned count;   // of fields
    int line;         // 1-based, where the row begins; quoted fields may make it span lines
} CsvRow;

typedef struct CsvTable {
    CsvRow header; // the first row that is not blank
    CsvRow *rows;  // those after it
    size_t row_count, row_capacity;
    Arena arena; // holds the fields
} CsvTable;

// Reads the whole text, which is UTF-8 with a NUL behind it as text_decode leaves it, into `out`;
// that is empty on failure and else freed by csv_table_free.
// A text without any row gives a header of no fields. `file` names the file in errors (may be
// NULL). Errors, with line and column in characters: ERROR_INPUT for a misplaced quote, a quote
// never closed (the place is where it opens), or a NUL; ERROR_LIMIT for a row of more than
// CSV_MAX_COLUMNS fields, a field longer than CSV_MAX_FIELD_BYTES, or more than CSV_MAX_ROWS rows.
MUST_CHECK bool csv_table_read(const char *text, size_t length, const char *file, CsvTable *out,
                               Error *error);
// The same for the header alone: what stands behind it is not looked at.
MUST_CHECK bool csv_table_read_header(const char *text, size_t length, const char *file,
                                      CsvTable *out, Error *error);
void csv_table_free(CsvTable *table);
// A field by its place from 0, below the row's count. It takes a walk over those before it.
const char *csv_row_field(const CsvRow *row, size_t place);

// Writes rows onto a Buffer. Start from a zeroed struct with `out` set; nothing is to be freed.
typedef struct CsvWriter {
    Buffer *out; // the caller's
    bool row_begun;
} CsvWriter;

// The next field of the row, quoted where RFC 4180 asks for it; NULL writes an empty field.
void csv_write_field(CsvWriter *writer, const char *text);
// The same for a text that somebody typed, in a file that a spreadsheet will open: what it would
// take for a formula gets an apostrophe before it, and so is text. Numbers stay as they are.
void csv_write_text_for_spreadsheet(CsvWriter *writer, const char *text);
// Ends the row with CRLF.
void csv_end_row(CsvWriter *writer);
