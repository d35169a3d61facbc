// A measurement as JSON: see bench_json.h.
#include "core/cli/bench_json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "core/base/decimal.h"

// Medians that stand at the top of the object, null where not measured.
static const char *const headline[] = {
    "warm",          "cold_rows",        "cold_snapshot",    "incremental", "limit",
    "duckdb_memory", "duckdb_file_wide", "duckdb_file_long", "numpy",       "pandas",
    "pandas_cold",   "postgres",         "postgres_long"};

static double rounded(double value, int digits) {
    return decimal_round(value, digits, ROUNDING_HALF_UP);
}

static void write_phases(JsonWriter *json, const ContenderReport *contender) {
    json_writer_key(json, "phases");
    json_writer_begin_object(json);
    for (size_t p = 0; p < contender->kind->phase_count; p++)
        json_writer_put_number(json, contender->kind->phases[p].name,
                               rounded(contender->phase_ms[p], 3));
    json_writer_end_object(json);
}

static void write_times(JsonWriter *json, const BenchReport *report,
                        const ContenderReport *contender) {
    char checksum[24];
    snprintf(checksum, sizeof checksum, "%016" PRIx64, contender->checksum);
    json_writer_put_number(json, "median_ms", rounded(contender->median_ms, 3));
    json_writer_put_number(json, "least_ms", rounded(contender->least_ms, 3));
    json_writer_put_number(json, "most_ms", rounded(contender->most_ms, 3));
    json_writer_key(json, "ms");
    json_writer_begin_array(json);
    for (int r = 0; r < report->options.rounds; r++)
        json_writer_number(json, rounded(contender->ms[r], 3));
    json_writer_end_array(json);
    json_writer_put_number(json, "ratio",
                           rounded(contender->median_ms / bench_reference_ms(report), 3));
    json_writer_put_number(json, "rows_per_second",
                           round(bench_rows_per_second(report, contender)));
    json_writer_put_number(json, "peak_mb", rounded(contender->peak_mb, 1));
    json_writer_put_string(json, "checksum", checksum);
    json_writer_put_boolean(json, "agrees", contender->agrees);
    json_writer_put_string(json, "difference", contender->agrees ? NULL : contender->difference);
    write_phases(json, contender);
}

static void write_contender(JsonWriter *json, const BenchReport *report,
                            const ContenderReport *contender) {
    static const char *const outcomes[] = {"measured", "not_installed", "failed"};
    json_writer_key(json, contender->kind->name);
    json_writer_begin_object(json);
    json_writer_put_string(json, "outcome", outcomes[contender->outcome]);
    if (contender->outcome == CONTENDER_MEASURED) {
        write_times(json, report, contender);
    } else {
        json_writer_put_string(json, "reason", contender->error.message);
    }
    json_writer_end_object(json);
}

static void write_size(JsonWriter *json, const BenchReport *report) {
    const NationSize *size = &report->options.size;
    json_writer_put_number(json, "regions", size->regions);
    json_writer_put_number(json, "indicators", size->indicators);
    json_writer_put_number(json, "years", size->years);
    json_writer_put_integer(json, "seed", (int64_t)size->seed);
    json_writer_put_number(json, "workers", report->options.workers);
    json_writer_put_number(json, "rounds", report->options.rounds);
    json_writer_put_number(json, "rows", (double)size->regions * size->indicators);
}

static void write_ratios(JsonWriter *json, const BenchReport *report) {
    json_writer_key(json, "ratios");
    json_writer_begin_object(json);
    for (size_t r = 0; r < bench_ratio_count; r++) {
        char key[64];
        snprintf(key, sizeof key, "%s/%s", bench_ratios[r].of, bench_ratios[r].to);
        json_writer_put_number(json, key, rounded(bench_ratio(report, &bench_ratios[r]), 3));
    }
    json_writer_end_object(json);
}

void bench_write_json(JsonWriter *json, const BenchReport *report) {
    json_writer_begin_object(json);
    json_writer_put_boolean(json, "ok", report->agree);
    write_size(json, report);
    for (size_t h = 0; h < sizeof headline / sizeof *headline; h++)
        json_writer_put_number(json, headline[h], rounded(bench_median_ms(report, headline[h]), 3));
    json_writer_put_boolean(json, "agree", report->agree);
    json_writer_put_number(json, "peak_mb", rounded(report->peak_mb, 1));
    write_ratios(json, report);
    json_writer_key(json, "contenders");
    json_writer_begin_object(json);
    for (size_t c = 0; c < report->count; c++)
        write_contender(json, report, &report->contenders[c]);
    json_writer_end_object(json);
    json_writer_end_object(json);
}
