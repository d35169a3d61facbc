// Measuring contenders side by side: see bench.h.
#include "core/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/bench/interruption.h"
#include "core/bench/nation_files.h"
#include "core/bench/scratch.h"
#include "core/stats/summary.h"

// A measurement while it runs.
typedef struct Measuring {
    BenchReport *report;
    BenchSetting setting;
    void **states;   // by contender; NULL when it has none
    Results limit;   // the first contender's results
    Results results; // those of the contender at hand
} Measuring;

static void tell(const Measuring *measuring, const char *what, int done, int total) {
    const BenchOptions *options = &measuring->report->options;
    if (options->progress) options->progress(what, done, total, options->progress_context);
}

// ---- one contender -----------------------------------------------------------------------------

// Gives false only when the whole measurement must end.
static bool take_failure(Measuring *measuring, size_t at, const Error *failure, Error *error) {
    ContenderReport *contender = &measuring->report->contenders[at];
    if (failure->code == ERROR_CANCELLED || at == 0) {
        *error = *failure;
        return false;
    }
    contender->outcome = failure->code == ERROR_NOT_FOUND ? CONTENDER_ABSENT : CONTENDER_FAILED;
    contender->error = *failure;
    return true;
}

static bool prepare(Measuring *measuring, size_t at, Error *error) {
    ContenderReport *contender = &measuring->report->contenders[at];
    Error failure = {0};
    tell(measuring, T(contender->kind->english, contender->kind->chinese), (int)at,
         (int)measuring->report->count);
    if (!interruption_check(measuring->setting.interruption, error)) return false;
    return contender->kind->prepare(&measuring->setting, &measuring->states[at], &failure) ||
           take_failure(measuring, at, &failure, error);
}

// Round −1 is not counted.
static bool run_round(Measuring *measuring, size_t at, int round, Error *error) {
    ContenderReport *contender = &measuring->report->contenders[at];
    if (contender->outcome != CONTENDER_MEASURED) return true;
    Error failure = {0};
    double ms;
    if (!interruption_check(measuring->setting.interruption, error)) return false;
    if (!contender->kind->round(measuring->states[at], &ms, &failure)) {
        // It was there when it was made ready, whatever it says now.
        if (failure.code == ERROR_NOT_FOUND) failure.code = ERROR_SYSTEM;
        return take_failure(measuring, at, &failure, error);
    }
    if (round >= 0) contender->ms[round] = ms;
    return true;
}

static void sum_up(Measuring *measuring, size_t at) {
    ContenderReport *contender = &measuring->report->contenders[at];
    size_t rounds = (size_t)measuring->report->options.rounds;
    contender->median_ms = summary_median(contender->ms, rounds);
    contender->least_ms = summary_minimum(contender->ms, rounds);
    contender->most_ms = summary_maximum(contender->ms, rounds);
    const ContenderKind *kind = contender->kind;
    if (kind->peak_mb) contender->peak_mb = kind->peak_mb(measuring->states[at]);
    if (!kind->phase_ms) return;
    kind->phase_ms(measuring->states[at], contender->phase_ms);
    for (size_t p = 0; p < kind->phase_count; p++)
        contender->phase_ms[p] /= (double)rounds + 1;
}

static bool collect(Measuring *measuring, size_t at, Error *error) {
    ContenderReport *contender = &measuring->report->contenders[at];
    if (contender->outcome != CONTENDER_MEASURED) return true;
    Error failure = {0};
    Results *results = at == 0 ? &measuring->limit : &measuring->results;
    tell(measuring, T("comparing results", "比对结果"), (int)at, (int)measuring->report->count);
    if (!contender->kind->collect(measuring->states[at], results, &failure))
        return take_failure(measuring, at, &failure, error);
    sum_up(measuring, at);
    contender->checksum = results_checksum(results);
    contender->agrees = contender->checksum == measuring->report->contenders[0].checksum;
    if (!contender->agrees)
        results_first_difference(results, &measuring->limit, contender->difference,
                                 sizeof contender->difference);
    return true;
}

// ---- the measurement ---------------------------------------------------------------------------

static bool measure(Measuring *measuring, Error *error) {
    BenchReport *report = measuring->report;
    const BenchOptions *options = &report->options;
    for (size_t c = 0; c < report->count; c++)
        if (!prepare(measuring, c, error)) return false;
    for (int round = -1; round < options->rounds; round++) {
        tell(measuring, T("measuring", "测速"), round + 1, options->rounds + 1);
        for (size_t c = 0; c < report->count; c++)
            if (!run_round(measuring, c, round, error)) return false;
    }
    for (size_t c = 0; c < report->count; c++)
        if (!collect(measuring, c, error)) return false;
    return !options->export_folder ||
           (nation_export(measuring->setting.nation, options->export_folder, error) &&
            results_write(&measuring->limit, options->export_folder, error));
}

static void conclude(BenchReport *report) {
    report->peak_mb = NAN;
    report->agree = true;
    for (size_t c = 0; c < report->count; c++) {
        const ContenderReport *contender = &report->contenders[c];
        if (contender->outcome == CONTENDER_FAILED) report->agree = false;
        if (contender->outcome == CONTENDER_MEASURED && !contender->agrees) report->agree = false;
        if (contender->kind->is_own) report->peak_mb = fmax(report->peak_mb, contender->peak_mb);
    }
}

static void begin(Measuring *measuring, Nation *nation, const char *folder, int interruption) {
    BenchReport *report = measuring->report;
    report->count = report->options.kind_count;
    report->contenders = memory_new(report->count, sizeof *report->contenders);
    for (size_t c = 0; c < report->count; c++) {
        report->contenders[c].kind = report->options.kinds[c];
        report->contenders[c].ms = memory_new((size_t)report->options.rounds, sizeof(double));
        report->contenders[c].peak_mb = NAN;
    }
    measuring->setting =
        (BenchSetting){nation, report->options.workers, folder, interruption, report->options.jobs};
    measuring->states = memory_new(report->count, sizeof *measuring->states);
    results_init(&measuring->limit, nation->size.indicators, nation->size.regions);
    results_init(&measuring->results, nation->size.indicators, nation->size.regions);
}

static void end(Measuring *measuring) {
    for (size_t c = 0; c < measuring->report->count; c++)
        if (measuring->states[c])
            measuring->report->contenders[c].kind->finish(measuring->states[c]);
    free(measuring->states);
    results_free(&measuring->limit);
    results_free(&measuring->results);
}

bool bench_run(const BenchOptions *options, BenchReport *report, Error *error) {
    char folder[SCRATCH_PATH_SIZE];
    Interruption interruption;
    if (!nation_check_size(&options->size, error)) return false;
    if (!interruption_open(&interruption, error)) return false;
    *report = (BenchReport){.options = *options};
    Measuring measuring = {.report = report};
    bool good = scratch_make(folder, error);
    if (good) {
        tell(&measuring, T("making the nation", "生成数据"), 0, 0);
        Nation *nation = nation_new(&options->size);
        begin(&measuring, nation, folder, interruption.descriptor);
        good = measure(&measuring, error);
        end(&measuring);
        nation_free(nation);
        scratch_remove(folder);
    }
    interruption_close(&interruption);
    if (good)
        conclude(report);
    else
        bench_report_free(report);
    return good;
}

void bench_report_free(BenchReport *report) {
    for (size_t c = 0; c < report->count; c++)
        free(report->contenders[c].ms);
    free(report->contenders);
    *report = (BenchReport){0};
}

const ContenderReport *bench_find(const BenchReport *report, const char *name) {
    for (size_t c = 0; c < report->count; c++)
        if (strcmp(report->contenders[c].kind->name, name) == 0) return &report->contenders[c];
    return NULL;
}

// ---- comparing ---------------------------------------------------------------------------------

const BenchRatio bench_ratios[] = {
    {"warm", "limit"},
    {"duckdb_memory", "warm"},
    {"pandas", "warm"},
    {"postgres", "warm"},
    {"duckdb_file_wide", "cold_snapshot"},
    {"duckdb_file_long", "cold_rows"},
    {"pandas_cold", "cold_snapshot"},
};
const size_t bench_ratio_count = sizeof bench_ratios / sizeof *bench_ratios;

double bench_median_ms(const BenchReport *report, const char *name) {
    const ContenderReport *contender = bench_find(report, name);
    return contender && contender->outcome == CONTENDER_MEASURED ? contender->median_ms : NAN;
}

double bench_reference_ms(const BenchReport *report) {
    double warm = bench_median_ms(report, "warm");
    return isnan(warm) ? bench_median_ms(report, "limit") : warm;
}

double bench_rows_per_second(const BenchReport *report, const ContenderReport *contender) {
    const NationSize *size = &report->options.size;
    if (contender->kind->one_change) return NAN;
    return (double)size->regions * size->indicators * 1000 / contender->median_ms;
}

double bench_ratio(const BenchReport *report, const BenchRatio *ratio) {
    return bench_median_ms(report, ratio->of) / bench_median_ms(report, ratio->to);
}

// ---- choosing ----------------------------------------------------------------------------------

static bool is_listed(const char *list, const char *family) {
    size_t length = strlen(family);
    for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == length && strncmp(at, family, length) == 0) return true;
    return false;
}

static bool refuse_family(const char *at, Error *error) {
    const char *names[16];
    char name[64];
    size_t count = 0;
    for (size_t k = 0; k < contender_kind_count && count < 16; k++)
        names[count++] = contender_kinds[k]->family;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(at, ","), at);
    error_set(error, ERROR_USAGE,
              T("there is nothing called \"%s\" to compare with", "没有可比对的“%s”"), name);
    const char *near = nearest_name(name, names, count);
    if (near) return error_hint(error, T("did you mean %s?", "是否应为 %s？"), near);
    return error_hint(error, "%s",
                      T("biaochi bench --help lists them", "参见 biaochi bench --help"));
}

static bool is_family(const char *at) {
    size_t length = strcspn(at, ",");
    for (size_t k = 0; k < contender_kind_count; k++)
        if (strlen(contender_kinds[k]->family) == length &&
            strncmp(contender_kinds[k]->family, at, length) == 0)
            return true;
    return false;
}

bool bench_choose(const char *against, const ContenderKind **kinds, size_t *count, Error *error) {
    bool all = against && !*against;
    const char *list = against ? against : "";
    for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
        if (!is_family(at)) return refuse_family(at, error);
    *count = 0;
    for (size_t k = 0; k < contender_kind_count; k++)
        if (k == 0 || all || (!against && contender_kinds[k]->is_own) ||
            is_listed(list, contender_kinds[k]->family))
            kinds[(*count)++] = contender_kinds[k];
    return true;
}
