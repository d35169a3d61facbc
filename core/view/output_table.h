// What is answered in rows: one table, the same for the command line and the API.
//
// Whoever answers declares columns and fills cells row by row. As JSON a table is an array of
// objects whose keys are the columns' machine names, which never change with the language; how a
// table looks on a terminal and as CSV is said in core/cli/output.h. One thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/json_writer.h"
#include "core/base/memory.h"

typedef enum OutputKind {
    OUTPUT_TEXT,
    OUTPUT_NUMBER,
    OUTPUT_INTEGER,
    OUTPUT_TIME, // local for people, as JSON RFC 3339 in UTC
} OutputKind;

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
    int64_t integer; // of a time cell, too: microseconds since 1970
} OutputCell;

typedef struct OutputTable {
    const OutputColumn *columns; // in the arena
    size_t column_count;
    OutputCell *cells; // row by row
    size_t count, capacity;
    Arena arena;
} OutputTable;

// The columns are copied; their names and titles stay the caller's and outlive the table. Free with
// output_free, which may be called again.
void output_init(OutputTable *table, const OutputColumn *columns, size_t column_count);
// The next cell, from left to right, row after row. A cell of another kind than its column's is a
// programming error and aborts.
void output_text(OutputTable *table, const char *text); // copied; NULL means missing
void output_number(OutputTable *table, double value);   // NaN and infinities mean missing
void output_integer(OutputTable *table, int64_t value);
void output_time(OutputTable *table, int64_t at_us); // 0 means missing
void output_missing(OutputTable *table);             // for a cell of any kind
void output_free(OutputTable *table);

// Rows that are there. The last row must be complete, or the program aborts.
size_t output_row_count(const OutputTable *table);
const OutputCell *output_cell(const OutputTable *table, size_t row, size_t column);
// Writes the rows as an array of objects; missing cells are null.
void output_write_json(const OutputTable *table, JsonWriter *json);
