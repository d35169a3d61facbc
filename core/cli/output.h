// How a table is printed: for a person, for Excel or for a program.
//
// A subcommand fills one table (core/view/output_table.h) and prints it once. As "table" the
// columns are aligned, Chinese counting two places, and on a terminal long texts are wrapped to its
// width; what goes to a file or a pipe is never cut or wrapped. Control characters become blanks.
// As "json" it is an array of objects, as "csv" UTF-8 with a byte order mark, so that Excel opens
// it, CRLF, and an apostrophe before texts that Excel would take for formulas. json and csv use
// the columns' machine names. One thread.
#pragma once

#include <stdio.h>

#include "core/base/error.h"
#include "core/view/output_table.h"

typedef enum OutputFormat { OUTPUT_TABLE, OUTPUT_JSON, OUTPUT_CSV } OutputFormat;

// Appends the table to `out`. `width` is the terminal's for OUTPUT_TABLE; 0 leaves lines as long as
// they are. Missing cells are "-" in a table, null in JSON, empty in CSV. The last row must be
// complete, or the program aborts.
void output_render(const OutputTable *table, OutputFormat format, size_t width, Buffer *out);

// Renders for the stream, by the terminal's width if it is one, and writes.
void output_print(const OutputTable *table, OutputFormat format, FILE *stream);
// Writes text as it is. A failure is kept for output_end.
void output_write(const char *text, size_t length, FILE *stream);
// Notes a failure for output_end: an errno, of which the first counts.
void output_fail(FILE *stream, int number);
// Whether everything that was printed on the stream was written; ERROR_SYSTEM when not (a full
// disk). That the reader has left (`| head`) is no error.
MUST_CHECK bool output_end(FILE *stream, Error *error);
// Prints a table for people under its title, nothing when it has no rows, and frees it.
void output_print_titled(OutputTable *table, const char *title);

// "table", "json" or "csv". ERROR_USAGE with the nearest one as advice otherwise.
MUST_CHECK bool output_format_parse(const char *text, OutputFormat *format, Error *error);
