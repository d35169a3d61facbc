// Results of contenders: see results.h.
#include "core/bench/results.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/pack/metric.h"

enum { FIGURES_FIELDS = 8, SCORES_FIELDS = 3 };

static const uint8_t NOT_READ = 255;

static size_t cell_count(const Results *results) {
    return (size_t)results->indicators * (size_t)results->regions;
}

void results_init(Results *results, int indicators, int regions) {
    *results = (Results){.indicators = indicators, .regions = regions};
    size_t cells = cell_count(results), count = (size_t)regions;
    results->statuses = memory_new(cells, sizeof *results->statuses);
    results->levels = memory_new(cells, sizeof *results->levels);
    results->progress = memory_new(cells, sizeof *results->progress);
    results->forecast = memory_new(cells, sizeof *results->forecast);
    results->forecast_final = memory_new(cells, sizeof *results->forecast_final);
    results->volatility = memory_new(cells, sizeof *results->volatility);
    results->scores = memory_new(count, sizeof *results->scores);
    results->ranks = memory_new(count, sizeof *results->ranks);
}

void results_free(Results *results) {
    free(results->statuses);
    free(results->levels);
    free(results->progress);
    free(results->forecast);
    free(results->forecast_final);
    free(results->volatility);
    free(results->scores);
    free(results->ranks);
    *results = (Results){0};
}

// ---- sameness ----------------------------------------------------------------------------------

static uint64_t bits_of(double value) {
    if (isnan(value)) return UINT64_C(0x7ff8000000000000);
    if (value == 0) return 0;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

// FNV's step by words, with a shift that brings the high bits down.
static uint64_t fold(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static uint64_t fold_doubles(uint64_t hash, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        hash = fold(hash, bits_of(values[i]));
    return hash;
}

uint64_t results_checksum(const Results *results) {
    size_t cells = cell_count(results), count = (size_t)results->regions;
    uint64_t hash = fold(fold(0, (uint64_t)results->indicators), (uint64_t)results->regions);
    for (size_t c = 0; c < cells; c++)
        hash = fold(hash, (uint64_t)results->statuses[c] << 8 | results->levels[c]);
    hash = fold_doubles(hash, results->progress, cells);
    hash = fold_doubles(hash, results->forecast, cells);
    hash = fold_doubles(hash, results->forecast_final, cells);
    hash = fold_doubles(hash, results->volatility, cells);
    hash = fold_doubles(hash, results->scores, count);
    for (size_t r = 0; r < count; r++)
        hash = fold(hash, (uint32_t)results->ranks[r]);
    return hash;
}

// A figure of results, as text and by its bits.
typedef struct Figure {
    const char *name;
    double value;
} Figure;

static void figures_of_cell(const Results *results, size_t cell, Figure figures[6]) {
    figures[0] = (Figure){"status", results->statuses[cell]};
    figures[1] = (Figure){"level", results->levels[cell]};
    figures[2] = (Figure){"progress", results->progress[cell]};
    figures[3] = (Figure){"forecast", results->forecast[cell]};
    figures[4] = (Figure){"forecast_final", results->forecast_final[cell]};
    figures[5] = (Figure){"volatility", results->volatility[cell]};
}

static bool differ(Figure found, Figure expected, char *text, size_t size, const char *where) {
    if (bits_of(found.value) == bits_of(expected.value)) return false;
    char is[DECIMAL_TEXT_SIZE], wanted[DECIMAL_TEXT_SIZE];
    decimal_shortest(found.value, is);
    decimal_shortest(expected.value, wanted);
    snprintf(text, size, T("%s of %s: %s, not %s", "%2$s 的 %1$s：%3$s，应为 %4$s"), found.name,
             where, is, wanted);
    return true;
}

bool results_first_difference(const Results *found, const Results *expected, char *text,
                              size_t size) {
    size_t cells = cell_count(expected), regions = (size_t)expected->regions;
    char where[64];
    for (size_t c = 0; c < cells; c++) {
        Figure is[6], wanted[6];
        figures_of_cell(found, c, is);
        figures_of_cell(expected, c, wanted);
        for (int f = 0; f < 6; f++) {
            snprintf(where, sizeof where, T("i%03zu in region %zu", "行政区划 %2$zu 指标 i%1$03zu"),
                     c / regions + 1, c % regions);
            if (differ(is[f], wanted[f], text, size, where)) return true;
        }
    }
    for (size_t r = 0; r < regions; r++) {
        snprintf(where, sizeof where, T("region %zu", "行政区划 %zu"), r);
        if (differ((Figure){"score", found->scores[r]}, (Figure){"score", expected->scores[r]},
                   text, size, where) ||
            differ((Figure){"rank", found->ranks[r]}, (Figure){"rank", expected->ranks[r]}, text,
                   size, where))
            return true;
    }
    return false;
}

// ---- files -------------------------------------------------------------------------------------

static void write_double(FILE *file, double value, char end) {
    char text[DECIMAL_TEXT_SIZE] = "";
    if (!isnan(value)) decimal_shortest(value, text);
    fprintf(file, "%s%c", text, end);
}

static void write_figures(const Results *results, FILE *file) {
    fputs("indicator,region,status,level,progress,forecast,forecast_final,volatility\n", file);
    for (size_t c = 0; c < cell_count(results); c++) {
        size_t regions = (size_t)results->regions;
        fprintf(file, "%zu,%zu,%d,%d,", c / regions, c % regions, results->statuses[c],
                results->levels[c]);
        write_double(file, results->progress[c], ',');
        write_double(file, results->forecast[c], ',');
        write_double(file, results->forecast_final[c], ',');
        write_double(file, results->volatility[c], '\n');
    }
}

static void write_scores(const Results *results, FILE *file) {
    fputs("region,score,rank\n", file);
    for (int r = 0; r < results->regions; r++) {
        fprintf(file, "%d,", r);
        write_double(file, results->scores[r], ',');
        fprintf(file, "%" PRId32 "\n", results->ranks[r]);
    }
}

static bool write_with(const Results *results, const char *folder, const char *name,
                       void (*write)(const Results *, FILE *), Error *error) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) return error_set_errno(error, errno, T("cannot write %s", "无法写入 %s"), path);
    write(results, file);
    bool good = !ferror(file);
    good = fclose(file) == 0 && good;
    return good || error_set_errno(error, errno, T("cannot write %s", "无法写入 %s"), path);
}

bool results_write(const Results *results, const char *folder, Error *error) {
    return write_with(results, folder, RESULTS_FIGURES, write_figures, error) &&
           write_with(results, folder, RESULTS_SCORES, write_scores, error);
}

// Takes `count` fields apart; nothing between two commas is NaN.
static bool read_fields(const char *line, double *fields, int count) {
    for (int f = 0; f < count; f++) {
        char *end = (char *)line;
        bool empty = *line == ',' || *line == '\n' || *line == '\r' || *line == '\0';
        fields[f] = empty ? NAN : strtod(line, &end);
        if (!empty && end == line) return false;
        bool last = f + 1 == count;
        if (last ? *end != '\n' && *end != '\r' && *end != '\0' : *end != ',') return false;
        line = end + 1;
    }
    return true;
}

static bool is_index(double field, int count) {
    return field >= 0 && field < count && field == floor(field);
}

static bool take_figures(Results *results, const double *fields) {
    if (!is_index(fields[0], results->indicators) || !is_index(fields[1], results->regions) ||
        !is_index(fields[2], STATUS_COUNT) || !is_index(fields[3], LEVEL_COUNT))
        return false;
    size_t cell = (size_t)fields[0] * (size_t)results->regions + (size_t)fields[1];
    if (results->statuses[cell] != NOT_READ) return false;
    results->statuses[cell] = (uint8_t)fields[2];
    results->levels[cell] = (uint8_t)fields[3];
    results->progress[cell] = fields[4];
    results->forecast[cell] = fields[5];
    results->forecast_final[cell] = fields[6];
    results->volatility[cell] = fields[7];
    return true;
}

static bool take_score(Results *results, const double *fields) {
    if (!is_index(fields[0], results->regions) || !is_index(fields[2], results->regions + 1))
        return false;
    size_t region = (size_t)fields[0];
    if (results->ranks[region] != 0) return false;
    results->scores[region] = fields[1];
    results->ranks[region] = (int32_t)fields[2];
    return true;
}

static bool read_with(Results *results, const char *path, int field_count, size_t row_count,
                      bool (*take)(Results *, const double *), Error *error) {
    FILE *file = fopen(path, "r");
    if (!file) return error_set_errno(error, errno, T("cannot read %s", "无法读取 %s"), path);
    char *line = NULL;
    size_t capacity = 0, rows = 0;
    bool good = getline(&line, &capacity, file) >= 0; // the header
    while (good && getline(&line, &capacity, file) >= 0) {
        double fields[FIGURES_FIELDS];
        good = read_fields(line, fields, field_count) && take(results, fields);
        rows++;
    }
    free(line);
    fclose(file);
    if (good && rows == row_count) return true;
    if (good)
        return error_set(error, ERROR_INPUT,
                         T("%s has %zu rows, not %zu", "%s 有 %zu 行，应为 %zu 行"), path, rows,
                         row_count);
    error_set(error, ERROR_INPUT, "%s", T("the row is malformed or there twice", "该行有误或重复"));
    return error_at(error, path, (int)rows + 1, 0);
}

bool results_read(Results *results, const char *folder, Error *error) {
    char path[1024];
    memset(results->statuses, NOT_READ, cell_count(results));
    memset(results->ranks, 0, (size_t)results->regions * sizeof *results->ranks);
    snprintf(path, sizeof path, "%s/%s", folder, RESULTS_FIGURES);
    if (!read_with(results, path, FIGURES_FIELDS, cell_count(results), take_figures, error))
        return false;
    snprintf(path, sizeof path, "%s/%s", folder, RESULTS_SCORES);
    return read_with(results, path, SCORES_FIELDS, (size_t)results->regions, take_score, error);
}
