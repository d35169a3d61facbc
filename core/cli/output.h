// What a subcommand answers with: one table, printed for a person, for Excel or for a program.
//
// A subcommand declares columns, fills cells row by row and prints once. As "table" the columns are
// aligned, Chinese counting two places, and on a terminal long texts are wrapped to its width; what
// goes to a file or a pipe is never cut or wrapped. As "json" it is an array of objects, as "csv"
// UTF-8 with a byte order mark, so that Excel opens it, and CRLF. json and csv use the columns'
// machine names, which never change with the language. One thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/error.h"
#include "core/base/memory.h"

typedef enum OutputFormat { OUTPUT_TABLE, OUTPUT_JSON, OUTPUT_CSV } OutputFormat;

typedef enum OutputKind { OUTPUT_TEXT, OUTPUT_NUMBER, OUTPUT_INTEGER } OutputKind;

typedef enum OutputAlignment {
    OUTPUT_BY_KIND, // texts to the left, figures to the right
    OUTPUT_LEFT,
    OUTPUT_RIGHT,
} OutputAlignment;

typedef struct OutputColumn {
    const char *name;  // stable, for programs: "reach_year"
    const char *title; // for people, in their language
    OutputKind kind;
    OutputAlignment alignment;
    int digits; // a number in a table has so many behind the point; 0 for the shortest text
} OutputColumn;

typedef struct OutputCell {
    bool missing;
    const char *text; // of a text cell; in the arena
    double number;
    int64_t integer;
} OutputCell;

typedef struct OutputTable {
    const OutputColumn *columns; // the caller's; outlives the table
    size_t column_count;
    OutputCell *cells; // row by row
    size_t count, capacity;
    Arena arena;
} OutputTable;

void output_init(OutputTable *table, const OutputColumn *columns, size_t column_count);
// The next cell, from left to right, row after row. A cell of another kind than its column's is a
// programming error and aborts.
void output_text(OutputTable *table, const char *text); // copied; NULL means missing
void output_number(OutputTable *table, double value);   // NaN and infinities mean missing
void output_integer(OutputTable *table, int64_t value);
void output_missing(OutputTable *table); // for a cell of any kind
void output_free(OutputTable *table);

// Appends the table to `out`. `width` is the terminal's for OUTPUT_TABLE; 0 leaves lines as long as
// they are. Missing cells are "-" in a table, null in JSON, empty in CSV. The last row must be
// complete, or the program aborts.
void output_render(const OutputTable *table, OutputFormat format, size_t width, Buffer *out);

// Renders for the stream, by the terminal's width if it is one, writes and flushes.
// ERROR_SYSTEM when that fails (a full disk, a closed pipe).
MUST_CHECK bool output_print(const OutputTable *table, OutputFormat format, FILE *stream,
                             Error *error);

// "table", "json" or "csv". ERROR_USAGE with the nearest one as advice otherwise.
MUST_CHECK bool output_format_parse(const char *text, OutputFormat *format, Error *error);
