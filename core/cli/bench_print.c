// Printing a measurement: see bench_print.h.
#include "core/cli/bench_print.h"

#include <math.h>
#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/bench_json.h"

static double rounded(double value, int digits) {
    return decimal_round(value, digits, ROUNDING_HALF_UP);
}

static void print_json(const BenchReport *report) {
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    bench_write_json(&json, report);
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

// Results in a second; of what follows one change the time it takes.
static void add_speed(OutputTable *table, const BenchReport *report,
                      const ContenderReport *contender) {
    char text[64];
    double ms = contender->median_ms;
    if (contender->outcome != CONTENDER_MEASURED) {
        output_missing(table);
        return;
    }
    if (!contender->kind->one_change)
        snprintf(text, sizeof text, "%.0f", bench_rows_per_second(report, contender));
    else if (ms < 1)
        snprintf(text, sizeof text, T("%.0f µs a change", "每次 %.0f µs"), ms * 1000);
    else
        snprintf(text, sizeof text, T("%.1f ms a change", "每次 %.1f ms"), ms);
    output_text(table, text);
}

static void add_row(OutputTable *table, const BenchReport *report, const ContenderReport *contender,
                    bool for_people) {
    bool measured = contender->outcome == CONTENDER_MEASURED;
    output_text(table, contender->kind->name);
    output_text(table, T(contender->kind->english, contender->kind->chinese));
    output_number(table, measured ? rounded(contender->median_ms, 3) : NAN);
    output_number(table, measured ? rounded(contender->least_ms, 3) : NAN);
    output_number(table, measured ? rounded(contender->most_ms, 3) : NAN);
    output_number(table,
                  measured ? rounded(contender->median_ms / bench_reference_ms(report), 3) : NAN);
    if (for_people)
        add_speed(table, report, contender);
    else
        output_number(table, measured ? round(bench_rows_per_second(report, contender)) : NAN);
    output_number(table, rounded(contender->peak_mb, 0));
    output_text(table, verdict(contender));
}

static int print_rows(const Cli *cli, const BenchReport *report, int code) {
    bool warm = !isnan(bench_median_ms(report, "warm")), for_people = cli->format == OUTPUT_TABLE;
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
        {.name = "rows_per_second",
         .title = T("rows/s", "结果数/秒"),
         .kind = for_people ? OUTPUT_TEXT : OUTPUT_NUMBER,
         .alignment = OUTPUT_RIGHT},
        {.name = "peak_mb",
         .title = T("peak MB", "内存峰值 MB"),
         .kind = OUTPUT_NUMBER,
         .digits = 0},
        {.name = "results", .title = T("results", "结果")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t c = 0; c < report->count; c++)
        add_row(&table, report, &report->contenders[c], for_people);
    return cli_print(cli, &table, code);
}

// ---- for people --------------------------------------------------------------------------------

static void print_size(const BenchReport *report) {
    const NationSize *size = &report->options.size;
    printf(T("%d regions × %d indicators × %d years, %.0f results (workers: %d, rounds: %d)\n\n",
             "%d 个行政区划 × %d 项指标 × %d 年，%.0f 个结果（工作进程 %d 个，计时 %d 轮）\n\n"),
           size->regions, size->indicators, size->years, (double)size->regions * size->indicators,
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

void bench_print_problems(const BenchReport *report) {
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
}

static void print_ratios(const BenchReport *report) {
    bool any = false;
    for (size_t r = 0; r < bench_ratio_count; r++) {
        double ratio = bench_ratio(report, &bench_ratios[r]);
        if (isnan(ratio)) continue;
        if (!any) fputs(T("\nRatios: ", "\n用时之比："), stdout);
        printf("%s%s/%s × %.1f", any ? T(", ", "，") : "", bench_ratios[r].of, bench_ratios[r].to,
               ratio);
        any = true;
    }
    if (any) puts(T(".", "。"));
}

static void print_remarks(const BenchReport *report) {
    print_ratios(report);
    if (!isnan(report->peak_mb))
        printf(T("Peak memory of an evaluation: %.0f MB.\n", "一次评估的内存峰值：%.0f MB。\n"),
               report->peak_mb);
    for (size_t c = 0; c < report->count; c++)
        print_phases(&report->contenders[c]);
    bench_print_problems(report);
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
