// Printing a measurement: see bench_print.h.
#include "core/cli/bench_print.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/base/json_writer.h"
#include "core/base/language.h"

// Medians that stand at the top of the JSON object, null where not measured.
static const char *const headline[] = {
    "warm",          "cold_rows",        "cold_snapshot",    "incremental", "limit",
    "duckdb_memory", "duckdb_file_wide", "duckdb_file_long", "pandas",      "postgres"};

static double median_of(const BenchReport *report, const char *name) {
    const ContenderReport *contender = bench_find(report, name);
    return contender && contender->outcome == CONTENDER_MEASURED ? contender->median_ms : NAN;
}

// What the others are compared with: the evaluation itself, or the limit while it is not measured.
static double reference_ms(const BenchReport *report) {
    double warm = median_of(report, "warm");
    return isnan(warm) ? median_of(report, "limit") : warm;
}

static double results_count(const BenchReport *report) {
    return (double)report->options.size.regions * report->options.size.indicators;
}

static double results_per_second(const BenchReport *report, const ContenderReport *contender) {
    return round(results_count(report) * 1000 / contender->median_ms);
}

static double rounded(double value, int digits) {
    return decimal_round(value, digits, ROUNDING_HALF_UP);
}

// ---- json --------------------------------------------------------------------------------------

static void write_member(JsonWriter *json, const char *key, double value) {
    json_writer_key(json, key);
    json_writer_number(json, value);
}

static void write_times(JsonWriter *json, const BenchReport *report,
                        const ContenderReport *contender) {
    char checksum[24];
    snprintf(checksum, sizeof checksum, "%016" PRIx64, contender->checksum);
    write_member(json, "median_ms", rounded(contender->median_ms, 3));
    write_member(json, "least_ms", rounded(contender->least_ms, 3));
    write_member(json, "most_ms", rounded(contender->most_ms, 3));
    json_writer_key(json, "ms");
    json_writer_begin_array(json);
    for (int r = 0; r < report->options.rounds; r++)
        json_writer_number(json, rounded(contender->ms[r], 3));
    json_writer_end_array(json);
    write_member(json, "ratio", rounded(contender->median_ms / reference_ms(report), 3));
    write_member(json, "rows_per_second", results_per_second(report, contender));
    write_member(json, "peak_mb", rounded(contender->peak_mb, 1));
    json_writer_key(json, "checksum");
    json_writer_string(json, checksum);
    json_writer_key(json, "agrees");
    json_writer_boolean(json, contender->agrees);
    json_writer_key(json, "difference");
    json_writer_string(json, contender->agrees ? NULL : contender->difference);
    json_writer_key(json, "phases");
    json_writer_begin_object(json);
    for (size_t p = 0; p < contender->kind->phase_count; p++)
        write_member(json, contender->kind->phases[p].name, rounded(contender->phase_ms[p], 3));
    json_writer_end_object(json);
}

static void write_contender(JsonWriter *json, const BenchReport *report,
                            const ContenderReport *contender) {
    static const char *const outcomes[] = {"measured", "not_installed", "failed"};
    json_writer_key(json, contender->kind->name);
    json_writer_begin_object(json);
    json_writer_key(json, "outcome");
    json_writer_string(json, outcomes[contender->outcome]);
    if (contender->outcome == CONTENDER_MEASURED) {
        write_times(json, report, contender);
    } else {
        json_writer_key(json, "reason");
        json_writer_string(json, contender->error.message);
    }
    json_writer_end_object(json);
}

static void print_json(const BenchReport *report) {
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    json_writer_begin_object(&json);
    json_writer_key(&json, "ok");
    json_writer_boolean(&json, report->agree);
    write_member(&json, "regions", report->options.size.regions);
    write_member(&json, "indicators", report->options.size.indicators);
    write_member(&json, "years", report->options.size.years);
    json_writer_key(&json, "seed");
    json_writer_integer(&json, (int64_t)report->options.size.seed);
    write_member(&json, "workers", report->options.workers);
    write_member(&json, "rounds", report->options.rounds);
    write_member(&json, "rows", results_count(report));
    for (size_t h = 0; h < sizeof headline / sizeof *headline; h++)
        write_member(&json, headline[h], rounded(median_of(report, headline[h]), 3));
    json_writer_key(&json, "agree");
    json_writer_boolean(&json, report->agree);
    write_member(&json, "peak_mb", rounded(report->peak_mb, 1));
    json_writer_key(&json, "contenders");
    json_writer_begin_object(&json);
    for (size_t c = 0; c < report->count; c++)
        write_contender(&json, report, &report->contenders[c]);
    json_writer_end_object(&json);
    json_writer_end_object(&json);
    puts(out.data);
    buffer_free(&out);
}

// ---- rows --------------------------------------------------------------------------------------

static const char *verdict(const ContenderReport *contender) {
    switch (contender->outcome) {
        case CONTENDER_MEASURED:
            return contender->agrees ? T("same", "相同") : T("DIFFERS", "不同");
        case CONTENDER_ABSENT: return T("not installed", "未安装");
        case CONTENDER_FAILED: return T("failed", "失败");
    }
    return "";
}

static void add_row(OutputTable *table, const BenchReport *report,
                    const ContenderReport *contender) {
    bool measured = contender->outcome == CONTENDER_MEASURED;
    output_text(table, contender->kind->name);
    output_text(table, T(contender->kind->english, contender->kind->chinese));
    output_number(table, measured ? rounded(contender->median_ms, 3) : NAN);
    output_number(table, measured ? rounded(contender->least_ms, 3) : NAN);
    output_number(table, measured ? rounded(contender->most_ms, 3) : NAN);
    output_number(table, measured ? rounded(contender->median_ms / reference_ms(report), 3) : NAN);
    if (measured)
        output_integer(table, (int64_t)results_per_second(report, contender));
    else
        output_missing(table);
    output_number(table, rounded(contender->peak_mb, 0));
    output_text(table, verdict(contender));
}

static int print_rows(const Cli *cli, const BenchReport *report, int code) {
    bool warm = !isnan(median_of(report, "warm"));
    const OutputColumn columns[] = {
        {.name = "contender", .title = T("key", "代号")},
        {.name = "title", .title = T("way of doing it", "做法")},
        {.name = "median_ms",
         .title = T("median ms", "中位数 ms"),
         .kind = OUTPUT_NUMBER,
         .digits = 1},
        {.name = "least_ms", .title = T("least", "最短"), .kind = OUTPUT_NUMBER, .digits = 1},
        {.name = "most_ms", .title = T("most", "最长"), .kind = OUTPUT_NUMBER, .digits = 1},
        {.name = "ratio",
         .title = warm ? T("× warm", "与 warm 之比") : T("× limit", "与 limit 之比"),
         .kind = OUTPUT_NUMBER,
         .digits = 2},
        {.name = "rows_per_second", .title = T("rows/s", "结果数/秒"), .kind = OUTPUT_INTEGER},
        {.name = "peak_mb",
         .title = T("peak MB", "内存峰值 MB"),
         .kind = OUTPUT_NUMBER,
         .digits = 0},
        {.name = "results", .title = T("results", "结果")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t c = 0; c < report->count; c++)
        add_row(&table, report, &report->contenders[c]);
    return cli_print(cli, &table, code);
}

// ---- for people --------------------------------------------------------------------------------

static void print_size(const BenchReport *report) {
    const NationSize *size = &report->options.size;
    printf(T("%d regions × %d indicators × %d years, %.0f results (workers: %d, rounds: %d)\n\n",
             "%d 个行政区划 × %d 项指标 × %d 年，%.0f 个结果（工作进程 %d 个，计时 %d 轮）\n\n"),
           size->regions, size->indicators, size->years, results_count(report),
           report->options.workers, report->options.rounds);
}

static void print_phases(const ContenderReport *contender) {
    double sum = 0;
    for (size_t p = 0; p < contender->kind->phase_count; p++)
        sum += contender->phase_ms[p];
    if (contender->outcome != CONTENDER_MEASURED || !(sum > 0)) return;
    printf(T("Share of the phases, %s:", "各阶段占比（%s）："), contender->kind->name);
    for (size_t p = 0; p < contender->kind->phase_count; p++) {
        const ContenderPhase *phase = &contender->kind->phases[p];
        printf("%s%s %.0f %%", p ? T(", ", "，") : T(" ", ""), T(phase->english, phase->chinese),
               100 * contender->phase_ms[p] / sum);
    }
    printf("%s\n", T(".", "。"));
}

static void print_remarks(const BenchReport *report) {
    printf(T("\nPeak memory of this program: %.0f MB.\n", "\n本程序内存峰值：%.0f MB。\n"),
           report->peak_mb);
    for (size_t c = 0; c < report->count; c++)
        print_phases(&report->contenders[c]);
    bool absent = false;
    for (size_t c = 0; c < report->count; c++) {
        const ContenderReport *contender = &report->contenders[c];
        const char *name = contender->kind->name;
        absent = absent || contender->outcome == CONTENDER_ABSENT;
        if (contender->outcome == CONTENDER_ABSENT)
            printf(T("%s is not installed: %s.\n", "%s 未安装：%s。\n"), name,
                   contender->error.message);
        if (contender->outcome == CONTENDER_FAILED)
            printf(T("%s failed: %s.\n", "%s 失败：%s。\n"), name, contender->error.message);
        if (contender->outcome == CONTENDER_MEASURED && !contender->agrees)
            printf(T("%s found something else than limit: %s.\n", "%s 的结果与 limit 不同：%s。\n"),
                   name, contender->difference);
    }
    if (absent) puts(T("./dev bench installs what is missing.", "./dev bench 会安装所缺软件。"));
    puts(report->agree ? T("All results are the same to the last bit.", "全部结果逐位相同。")
                       : T("The results are NOT all the same.", "结果并不全部相同。"));
}

int bench_print(const Cli *cli, const BenchReport *report) {
    int code = report->agree ? EXIT_DONE : EXIT_FINDINGS;
    if (cli->format == OUTPUT_JSON) {
        print_json(report);
        return code;
    }
    if (cli->format == OUTPUT_CSV) return print_rows(cli, report, code);
    print_size(report);
    code = print_rows(cli, report, code);
    print_remarks(report);
    return code;
}
