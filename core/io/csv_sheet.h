// A CSV table whose columns are found by their header names, in English or Chinese, in any order.
//
// The imports share it: it matches the header, says which column is unknown, missing or doubled,
// and hands out fields by column. Problems go to a ProblemList with the row's line; `column` there
// is the number of the field in the row (the spreadsheet's column), not a place in the text.
// One thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/io/csv_table.h"

enum { CSV_SHEET_MAX_COLUMNS = 16, CSV_EXCERPT_SIZE = 168 };

typedef struct CsvColumn {
    const char *names[4]; // a header may use any, NULL ends them: English first, Chinese second
    bool required;        // the header must have it …
    bool may_be_empty;    // … but a row may do without
    bool has_lines;       // line breaks and tabs are part of the text
} CsvColumn;

typedef struct CsvSheet {
    // Set by the caller; all of it outlives the sheet, which owns nothing.
    const CsvTable *table;
    const char *file; // in problems; may be NULL
    const CsvColumn *columns;
    size_t column_count; // CSV_SHEET_MAX_COLUMNS at most
    ProblemList *problems;
    // Set by csv_sheet_begin.
    int numbers[CSV_SHEET_MAX_COLUMNS]; // by column: the field's 1-based number; 0 when absent
} CsvSheet;

// Matches the header. False when a problem was added, then the rows cannot be read.
MUST_CHECK bool csv_sheet_begin(CsvSheet *sheet);
// False when a problem was added because the row has more fields than the header, or ends before a
// required column. (Spreadsheets leave out empty fields at a row's end, so ending early is fine
// where only columns that may be empty are missing.)
MUST_CHECK bool csv_sheet_check_row(const CsvSheet *sheet, const CsvRow *row);
// Adds a problem at the row's field. Always false, so that checks read `return
// csv_sheet_problem(…)`.
bool csv_sheet_problem(const CsvSheet *sheet, const CsvRow *row, size_t column, ErrorCode code,
                       const char *format, ...) FORMAT(5, 6);
// The field of a column; "" when the column or the field is absent.
const char *csv_sheet_field(const CsvSheet *sheet, const CsvRow *row, size_t column);
// The same for a text that may be shown (core/base/plain_text.h). False when a problem was added
// because it holds characters that would steer what prints it.
MUST_CHECK bool csv_sheet_plain_field(const CsvSheet *sheet, const CsvRow *row, size_t column,
                                      const char **field);
// The column's name in the language of messages.
const char *csv_sheet_column_name(const CsvSheet *sheet, size_t column);
// A person's text made fit to be quoted in a message: the first characters, on one line.
const char *csv_sheet_excerpt(const char *text, char out[CSV_EXCERPT_SIZE]);
