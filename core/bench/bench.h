// A measurement: all contenders made ready, their rounds taken in turn, their results compared.
//
// Round 1 of all, then round 2 of all and so on, so that what else the machine does meanwhile
// strikes all of them alike; one round before the first is not counted. Runs on the calling thread.
// Ctrl-C ends it in order, everything temporary removed.
#pragma once

#include "core/bench/contender.h"

enum { BENCH_MOST_ROUNDS = 1000 };

typedef struct BenchOptions {
    NationSize size;
    int workers, rounds;
    const JobHost *jobs;
    const ContenderKind *const *kinds; // the first is the limit
    size_t kind_count;
    const char *export_folder; // gets the nation's files and the limit's results; NULL for none
    // Told what is being done, in the person's language; may be NULL.
    void (*progress)(const char *what, int done, int total, void *context);
    void *progress_context;
} BenchOptions;

typedef enum ContenderOutcome {
    CONTENDER_MEASURED,
    CONTENDER_ABSENT, // what it needs is not installed
    CONTENDER_FAILED,
} ContenderOutcome;

typedef struct ContenderReport {
    const ContenderKind *kind;
    ContenderOutcome outcome;
    Error error; // why it was not measured
    double *ms;  // by round; owned
    double median_ms, least_ms, most_ms;
    double peak_mb;                         // NaN where it cannot be told
    double phase_ms[CONTENDER_MOST_PHASES]; // of one round, on average
    uint64_t checksum;
    bool agrees;          // its results are those of the limit
    char difference[256]; // the first figure that differs; "" when none does
} ContenderReport;

typedef struct BenchReport {
    BenchOptions options;
    ContenderReport *contenders; // owned
    size_t count;
    bool agree;     // every contender that was measured agrees, and none failed
    double peak_mb; // the greatest of the evaluation's own contenders; NaN when none was measured
} BenchReport;

// Chooses the contenders of a list of families ("warm,duckdb"; "" means all, NULL the evaluation's
// own), and always the limit,
// into `kinds`, which has room for contender_kind_count. ERROR_USAGE for a family there is not.
MUST_CHECK bool bench_choose(const char *against, const ContenderKind **kinds, size_t *count,
                             Error *error);
// Measures. A contender that is absent or fails does not fail the whole; the limit does.
// Free the report with bench_report_free.
MUST_CHECK bool bench_run(const BenchOptions *options, BenchReport *report, Error *error);
void bench_report_free(BenchReport *report);
// The report of a contender by its name; NULL when it was not asked for.
const ContenderReport *bench_find(const BenchReport *report, const char *name);
// NaN where it was not measured.
double bench_median_ms(const BenchReport *report, const char *name);
// What the others are compared with: the warm evaluation, or the limit where that was not measured.
double bench_reference_ms(const BenchReport *report);
// Results in a second of the median; NaN for a contender that follows one change.
double bench_rows_per_second(const BenchReport *report, const ContenderReport *contender);

// How many times as long one contender takes as another: what this program is held to.
typedef struct BenchRatio {
    const char *of, *to;
} BenchRatio;
extern const BenchRatio bench_ratios[];
extern const size_t bench_ratio_count;

double bench_ratio(const BenchReport *report, const BenchRatio *ratio); // NaN: not both measured
