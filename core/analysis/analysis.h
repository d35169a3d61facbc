// The analyses of `biaochi analyse` and the API: of all active packs, or of the one asked for.
//
// Each looks at stored runs with the pack version they were made with, or at the data as they are,
// and stores nothing. What it finds is handed over piece by piece as it is found and lives until
// the function returns. A pack that has nothing of what is asked for (ERROR_NOT_FOUND) is passed
// over, and told of only when it is so for all of them. The loop's thread.
#pragma once

#include "core/analysis/backtest.h"
#include "core/analysis/data_quality.h"
#include "core/analysis/differences.h"
#include "core/analysis/weights.h"

// ---- what they share ---------------------------------------------------------------------------

// Why an analysis came to nothing.
typedef struct AnalysisFailure {
    ProblemList problems;
    char pack[BUNDLE_MAX_ID + 1]; // whose files the problems speak of; "" for none
} AnalysisFailure;
void analysis_failure_free(AnalysisFailure *failure);

// Which active packs are analysed: all, or the one named, and of these those that `wants` wants.
typedef struct AnalysedPacks {
    const char *pack;                                                   // NULL: all
    bool (*wants)(const Description *description, const void *context); // NULL: any
    const void *context;
} AnalysedPacks;

// A stored run with its pack. Free with analysed_run_free.
typedef struct AnalysedRun {
    Run run;
    LoadedPack pack;
    Samples samples; // that the run saw; of this object's run, so that it must not be moved
} AnalysedRun;

// The newest run of a pack for a year (0: any). ERROR_NOT_FOUND when there is none, ERROR_CONFLICT
// when another engine made it.
MUST_CHECK bool analysed_run_open(Store *store, const Description *description, int year,
                                  AnalysedRun *analysed, Error *error);
void analysed_run_free(AnalysedRun *analysed);

// ---- weights -----------------------------------------------------------------------------------

enum { ANALYSIS_USUAL_RUNS = 10000, ANALYSIS_MOST_RUNS = 10000000, ANALYSIS_USUAL_SEED = 1 };
#define ANALYSIS_USUAL_SPREAD 0.2

typedef struct WeightsQuery {
    AnalysedPacks packs;
    const char *assessment; // NULL: all that give places
    int year;               // 0: of the newest run
    WeightDraw draw;
    double spread; // above 0, at most 1; of WEIGHTS_SPREAD
    size_t runs;   // 1 … ANALYSIS_MOST_RUNS
    uint64_t seed;
} WeightsQuery;

// One assessment of one run.
typedef struct Weighed {
    const WeightsRequest *request;
    const WeightsReport *report;
    const Assessment *assessment;
    const Samples *samples;
} Weighed;

typedef void (*WeighedFunction)(const Weighed *weighed, void *context);
MUST_CHECK bool analysis_weights(Store *store, const WeightsQuery *query, WeighedFunction each,
                                 void *context, AnalysisFailure *failure);

// ---- differences -------------------------------------------------------------------------------

typedef struct DifferencesQuery {
    AnalysedPacks packs;
    const char *assessment;     // NULL: all that both sides have
    const char *unit;           // of assessments of units; NULL otherwise
    const char *regions[SIDES]; // codes; the same for two years of one region
    int years[SIDES];           // 0: of the newest run
} DifferencesQuery;

typedef void (*DifferencesFunction)(const char *assessment, const DifferencesReport *report,
                                    void *context);
MUST_CHECK bool analysis_differences(const JobHost *host, Store *store,
                                     const DifferencesQuery *query, DifferencesFunction each,
                                     void *context, AnalysisFailure *failure);

// ---- warnings ----------------------------------------------------------------------------------

enum { ANALYSIS_MOST_HORIZON = 50 };

typedef struct BacktestQuery {
    AnalysedPacks packs;
    const char *warning;       // NULL: all on indicators
    int first_year, last_year; // 0: as far as data goes
    int horizon;               // 0: until the indicator is due; else 1 … ANALYSIS_MOST_HORIZON
    const char *who;
} BacktestQuery;

// All warnings of one pack that were tested.
typedef struct Backtested {
    const Description *description;
    const BacktestReport *report;
    int horizon;
    size_t samples; // observations of the pack's that are sample data
} Backtested;

typedef void (*BacktestedFunction)(const Backtested *tested, void *context);
MUST_CHECK bool analysis_warnings(const JobHost *host, Store *store, const BacktestQuery *query,
                                  BacktestedFunction each, void *context, AnalysisFailure *failure);

// ---- data --------------------------------------------------------------------------------------

typedef struct DataQuery {
    AnalysedPacks packs;
    const char *region; // NULL: findings about all
    int year;           // 0: findings about all
} DataQuery;

typedef void (*ExaminedFunction)(const Description *description, const QualityReport *report,
                                 void *context);
MUST_CHECK bool analysis_data(Store *store, const DataQuery *query, ExaminedFunction each,
                              void *context, AnalysisFailure *failure);
