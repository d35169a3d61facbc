// How the times of a measurement grow with the number of regions: see bench_print.h.
#include <math.h>
#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/bench_json.h"
#include "core/cli/bench_print.h"

static int print_json(const BenchReport *reports, size_t count, bool agree) {
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    json_writer_begin_object(&json);
    json_writer_put_boolean(&json, "ok", agree);
    json_writer_key(&json, "growth");
    json_writer_begin_array(&json);
    for (size_t r = 0; r < count; r++)
        bench_write_json(&json, &reports[r]);
    json_writer_end_array(&json);
    json_writer_end_object(&json);
    puts(out.data);
    buffer_free(&out);
    return agree ? EXIT_DONE : EXIT_FINDINGS;
}

// The smallest size at which the contender was measured; NULL when it was at none.
static const BenchReport *first_measured(const BenchReport *reports, size_t count,
                                         const char *name) {
    for (size_t r = 0; r < count; r++)
        if (!isnan(bench_median_ms(&reports[r], name))) return &reports[r];
    return NULL;
}

static void add_row(OutputTable *table, const BenchReport *report, const BenchReport *first,
                    const ContenderKind *kind) {
    double ms = bench_median_ms(report, kind->name), regions = report->options.size.regions;
    double times = ms / bench_median_ms(first, kind->name);
    output_text(table, kind->name);
    output_integer(table, report->options.size.regions);
    output_number(table, decimal_round(ms, 3, ROUNDING_HALF_UP));
    output_number(table, decimal_round(ms * 1000 / regions, 3, ROUNDING_HALF_UP));
    output_number(table, decimal_round(regions / first->options.size.regions, 2, ROUNDING_HALF_UP));
    output_number(table, decimal_round(times, 2, ROUNDING_HALF_UP));
}

static int print_rows(const Cli *cli, const BenchReport *reports, size_t count, int code) {
    const OutputColumn columns[] = {
        {.name = "contender", .title = T("key", "代号")},
        {.name = "regions", .title = T("regions", "行政区划"), .kind = OUTPUT_INTEGER},
        {.name = "median_ms",
         .title = T("median ms", "中位数 ms"),
         .kind = OUTPUT_NUMBER,
         .digits = 2},
        {.name = "us_per_region",
         .title = T("µs a region", "每个行政区划 µs"),
         .kind = OUTPUT_NUMBER,
         .digits = 2},
        {.name = "regions_ratio",
         .title = T("× regions", "行政区划 ×"),
         .kind = OUTPUT_NUMBER,
         .digits = 1},
        {.name = "ms_ratio", .title = T("× time", "用时 ×"), .kind = OUTPUT_NUMBER, .digits = 1}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t k = 0; k < contender_kind_count; k++) {
        const ContenderKind *kind = contender_kinds[k];
        const BenchReport *first = first_measured(reports, count, kind->name);
        for (size_t r = 0; first && r < count; r++)
            if (!isnan(bench_median_ms(&reports[r], kind->name)))
                add_row(&table, &reports[r], first, kind);
    }
    return cli_print(cli, &table, code);
}

int bench_print_growth(const Cli *cli, const BenchReport *reports, size_t count) {
    bool agree = true;
    for (size_t r = 0; r < count; r++)
        agree = agree && reports[r].agree;
    int code = agree ? EXIT_DONE : EXIT_FINDINGS;
    if (cli->format == OUTPUT_JSON) return print_json(reports, count, agree);
    code = print_rows(cli, reports, count, code);
    if (cli->format == OUTPUT_CSV) return code;
    putchar('\n');
    for (size_t r = 0; r < count; r++)
        bench_print_problems(&reports[r]);
    puts(agree ? T("All results are the same to the last bit.", "全部结果逐位相同。")
               : T("The results are NOT all the same.", "结果并不全部相同。"));
    return code;
}
