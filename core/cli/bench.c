// biaochi bench: measures the work of evaluating a nation, beside other ways of doing it.
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/bench_print.h"
#include "core/cli/progress.h"

enum {
    USUAL_REGIONS = 2900,
    USUAL_INDICATORS = 200,
    USUAL_ROUNDS = 5,
    MOST_WORKERS = 256,
    MOST_KINDS = 24,
    MOST_SIZES = 8,
    MOST_COLD_FIGURES = 20000000, // of a growing nation: a cold start of more takes too long
};

static const char USUAL_SIZES[] = "100,2900,29000";

typedef struct BenchValues {
    long regions, indicators, years, seed, workers, rounds; // 0: not given
    const char *against, *growth, *export_folder;
} BenchValues;

typedef struct ShownProgress {
    Progress bar;
    bool begun;
    const char *what;
} ShownProgress;

static void show_progress(const char *what, int done, int total, void *context) {
    ShownProgress *shown = context;
    if (shown->begun && shown->what != what) progress_end(&shown->bar);
    if (!shown->begun || shown->what != what) progress_begin(&shown->bar, what, (uint64_t)total);
    shown->begun = true;
    shown->what = what;
    progress_update(&shown->bar, (uint64_t)done);
}

static long or_usual(long value, long usual) {
    return value ? value : usual;
}

static int check_range(const Cli *cli, const char *name, long value, long most) {
    if (value >= 1 && value <= most) return EXIT_DONE;
    return cli_usage_error(
        cli,
        T("--%s takes a number from 1 to %ld, not %ld", "--%s 应为 1 至 %ld 之间的数，而不是 %ld"),
        name, most, value);
}

static int clamp_to_int(long value) {
    return value > 1000000000 ? 1000000000 : value < 0 ? -1 : (int)value;
}

static bool measure(const BenchOptions *options, BenchReport *report, Error *error) {
    ShownProgress *shown = options->progress_context;
    bool good = bench_run(options, report, error);
    if (shown->begun) progress_end(&shown->bar);
    shown->begun = false;
    return good;
}

static int run_once(Cli *cli, const BenchOptions *options) {
    BenchReport report;
    Error error = {0};
    if (!measure(options, &report, &error)) return cli_fail(cli, &error);
    int code = bench_print(cli, &report);
    bench_report_free(&report);
    return code;
}

// ---- growth ------------------------------------------------------------------------------------

// Numbers of regions, each greater than the one before it; 0 when the list is none.
static size_t read_sizes(const char *list, int sizes[MOST_SIZES]) {
    size_t count = 0;
    for (const char *at = *list ? list : USUAL_SIZES; count < MOST_SIZES; at++) {
        char *end;
        long size = strtol(at, &end, 10);
        if (end == at || size < 1 || (count && size <= sizes[count - 1])) return 0;
        sizes[count++] = clamp_to_int(size);
        at = end;
        if (*at == '\0') return count;
        if (*at != ',') return 0;
    }
    return 0;
}

// Leaves the cold starts out where they would take too long.
static size_t choose_for_size(const BenchOptions *options, const ContenderKind **kinds) {
    const NationSize *size = &options->size;
    bool large = (double)size->regions * size->indicators * size->years > MOST_COLD_FIGURES;
    size_t count = 0;
    for (size_t k = 0; k < options->kind_count; k++)
        if (!large || strcmp(options->kinds[k]->family, "cold") != 0)
            kinds[count++] = options->kinds[k];
    return count;
}

static int run_growth(Cli *cli, const BenchValues *given, const BenchOptions *options) {
    int sizes[MOST_SIZES];
    BenchReport reports[MOST_SIZES];
    Error error = {0};
    size_t count = read_sizes(given->growth, sizes), done = 0;
    if (count == 0)
        return cli_usage_error(cli,
                               T("--growth takes numbers of regions, ascending: %s; not \"%s\"",
                                 "--growth 应为由小到大的行政区划数，如 %s，而不是“%s”"),
                               USUAL_SIZES, given->growth);
    for (bool good = true; good && done < count; done += good) {
        const ContenderKind *kinds[MOST_KINDS];
        BenchOptions one = *options;
        one.size.regions = sizes[done];
        one.kind_count = choose_for_size(&one, kinds);
        one.kinds = kinds;
        good = measure(&one, &reports[done], &error);
    }
    int code = done < count ? cli_fail(cli, &error) : bench_print_growth(cli, reports, count);
    for (size_t r = 0; r < done; r++)
        bench_report_free(&reports[r]);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    const BenchValues *given = values;
    long workers = or_usual(given->workers, (long)uv_available_parallelism());
    long rounds = or_usual(given->rounds, USUAL_ROUNDS);
    int code = check_range(cli, "workers", workers, MOST_WORKERS);
    if (code == EXIT_DONE) code = check_range(cli, "rounds", rounds, BENCH_MOST_ROUNDS);
    if (code != EXIT_DONE) return code;
    if (given->growth && (given->regions || given->export_folder))
        return cli_usage_error(cli, "%s",
                               T("--growth goes with neither --regions nor --export",
                                 "--growth 不能与 --regions 或 --export 同用"));
    const ContenderKind *kinds[MOST_KINDS];
    ShownProgress shown = {0};
    BenchOptions options = {
        .size = {.regions = clamp_to_int(or_usual(given->regions, USUAL_REGIONS)),
                 .indicators = clamp_to_int(or_usual(given->indicators, USUAL_INDICATORS)),
                 .years = clamp_to_int(or_usual(given->years, NATION_MOST_YEARS)),
                 .seed = (uint64_t)or_usual(given->seed, 1)},
        .workers = (int)workers,
        .rounds = (int)rounds,
        .jobs = &cli->jobs,
        .kinds = kinds,
        .export_folder = given->export_folder,
        .progress = show_progress,
        .progress_context = &shown};
    Error error = {0};
    if (!bench_choose(given->against, kinds, &options.kind_count, &error))
        return cli_fail(cli, &error);
    return given->growth ? run_growth(cli, given, &options) : run_once(cli, &options);
}

#define OPTION(name, kind, field, placeholder, english, chinese)                                   \
    { name, kind, offsetof(BenchValues, field), placeholder, english, chinese }

static const Option options[] = {
    OPTION("regions", OPTION_INTEGER, regions, "N", "counties evaluated (default: 2900)",
           "评估的县级行政区划数（默认 2900）"),
    OPTION("indicators", OPTION_INTEGER, indicators, "N", "indicators, at least 8 (default: 200)",
           "指标数，至少 8（默认 200）"),
    OPTION("years", OPTION_INTEGER, years, "N", "years with figures, 5 to 10 (default: 10)",
           "有数据的年数，5 至 10（默认 10）"),
    OPTION("seed", OPTION_INTEGER, seed, "N", "what the figures are made from (default: 1)",
           "生成数据的种子（默认 1）"),
    OPTION("workers", OPTION_INTEGER, workers, "N",
           "threads or processes each may use (default: as many as processors)",
           "各做法可用的线程或进程数（默认为处理器数）"),
    OPTION("rounds", OPTION_INTEGER, rounds, "N", "timed rounds (default: 5)",
           "计时的轮数（默认 5）"),
    OPTION("against", OPTION_LIST, against, "[LIST]",
           "measure only limit,warm,cold,incremental,duckdb,pandas,postgres (all without a list)",
           "只测 limit,warm,cold,incremental,duckdb,pandas,postgres（不写则全部）"),
    OPTION("growth", OPTION_LIST, growth, "[LIST]",
           "show how times grow with the counties (default: 100,2900,29000)",
           "显示用时随行政区划数的增长（默认 100,2900,29000）"),
    OPTION("export", OPTION_TEXT, export_folder, "DIR",
           "also write the pack, the data and the results there",
           "把评估包、数据和结果也写到该文件夹"),
};

const Command command_bench = {
    .name = "bench",
    .usage = "[OPTIONS]",
    .english = "measure an evaluation of the whole nation, beside other ways of doing it",
    .chinese = "测量全国评估所需时间，并与其他做法比对",
    .details_english =
        "The data is made from a seed and needs no workspace. `limit` is the same work written by\n"
        "hand in C for this one job. Every way of doing it must find the same to the last bit;\n"
        "otherwise the exit code is 1. What is not installed is said to be so and left out:\n"
        "`./dev bench` installs all of it.",
    .details_chinese = "数据由种子生成，不需要工作区。limit 是同样的计算专为此事用 C 手写的程序。\n"
                       "各做法的结果须逐位相同，否则退出码为 1。没有安装的会注明并跳过；\n"
                       "./dev bench 会装齐所需软件。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(BenchValues),
    .run = run,
};
