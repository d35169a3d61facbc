// One table in memory, and as JSON: see output_table.h.
#include "core/view/output_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"

static void require(bool correct, const char *what) {
    if (correct) return;
    fprintf(stderr, "biaochi: output table: %s\n", what);
    abort();
}

// ---- filling -----------------------------------------------------------------------------------

void output_init(OutputTable *table, const OutputColumn *columns, size_t column_count) {
    require(column_count > 0, "no columns");
    *table = (OutputTable){.column_count = column_count};
    OutputColumn *own = arena_new(&table->arena, column_count, sizeof *own);
    for (size_t i = 0; i < column_count; i++)
        own[i] = columns[i];
    table->columns = own;
}

static OutputCell *next_cell(OutputTable *table) {
    ARRAY_RESERVE(table->cells, table->count, table->capacity);
    OutputCell *cell = &table->cells[table->count++];
    *cell = (OutputCell){0};
    return cell;
}

static OutputCell *next_cell_of(OutputTable *table, OutputKind kind) {
    const OutputColumn *column = &table->columns[table->count % table->column_count];
    require(column->kind == kind, "a cell is not of its column's kind");
    return next_cell(table);
}

void output_text(OutputTable *table, const char *text) {
    OutputCell *cell = next_cell_of(table, OUTPUT_TEXT);
    cell->missing = !text;
    cell->text = arena_string(&table->arena, text);
}

void output_number(OutputTable *table, double value) {
    OutputCell *cell = next_cell_of(table, OUTPUT_NUMBER);
    cell->missing = !isfinite(value);
    cell->number = value;
}

void output_integer(OutputTable *table, int64_t value) {
    next_cell_of(table, OUTPUT_INTEGER)->integer = value;
}

void output_time(OutputTable *table, int64_t at_us) {
    OutputCell *cell = next_cell_of(table, OUTPUT_TIME);
    cell->missing = at_us == 0;
    cell->integer = at_us;
}

void output_missing(OutputTable *table) {
    next_cell(table)->missing = true;
}

void output_free(OutputTable *table) {
    free(table->cells);
    arena_free(&table->arena);
    *table = (OutputTable){0};
}

// ---- reading -----------------------------------------------------------------------------------

size_t output_row_count(const OutputTable *table) {
    if (table->column_count == 0) return 0;
    require(table->count % table->column_count == 0, "the last row is not complete");
    return table->count / table->column_count;
}

const OutputCell *output_cell(const OutputTable *table, size_t row, size_t column) {
    return &table->cells[row * table->column_count + column];
}

static void write_cell(JsonWriter *json, const OutputColumn *column, const OutputCell *cell) {
    char when[CLOCK_UTC_SIZE];
    if (cell->missing) {
        json_writer_null(json);
        return;
    }
    switch (column->kind) {
        case OUTPUT_TEXT: json_writer_string(json, cell->text); break;
        case OUTPUT_NUMBER: json_writer_number(json, cell->number); break;
        case OUTPUT_INTEGER: json_writer_integer(json, cell->integer); break;
        case OUTPUT_TIME:
            clock_format_utc(cell->integer, when);
            json_writer_string(json, when);
            break;
    }
}

void output_write_json(const OutputTable *table, JsonWriter *json) {
    json_writer_begin_array(json);
    for (size_t row = 0, rows = output_row_count(table); row < rows; row++) {
        json_writer_begin_object(json);
        for (size_t i = 0; i < table->column_count; i++) {
            json_writer_key(json, table->columns[i].name);
            write_cell(json, &table->columns[i], output_cell(table, row, i));
        }
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
}
