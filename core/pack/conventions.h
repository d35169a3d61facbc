// Conventions (口径): the choices that decide how the same data is counted and printed.
//
// A pack states them, a plan or an indicator may differ; they are kept with every run.
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/stats/rank.h"

typedef enum TargetMoment { AT_FINAL, AT_MILESTONE } TargetMoment;
typedef enum NoDataPolicy { NO_DATA_EXCLUDED, NO_DATA_UNMET } NoDataPolicy;
typedef enum RankFigures { RANK_ON_PRINTED, RANK_ON_EXACT } RankFigures;
typedef enum InapplicablePolicy {
    INAPPLICABLE_REDISTRIBUTED,
    INAPPLICABLE_FULL,
    INAPPLICABLE_EXCLUDED
} InapplicablePolicy;
typedef enum PeriodType {
    PERIOD_CALENDAR_YEAR,
    PERIOD_HEALTH_YEAR,
    PERIOD_APRIL_MARCH,
    PERIOD_TERM
} PeriodType;

typedef struct Conventions {
    Rounding rounding;
    int digits;
    TargetMoment at;
    NoDataPolicy no_data;
    double near_percent;
    bool near_counts, expected_counts, count_evidence;
    RankTies ties;
    RankFigures rank_on;
    bool cap_items;
    InapplicablePolicy inapplicable;
    PeriodType period;
    char method_version[64];
} Conventions;

extern const Conventions conventions_default;

// Lays what `json` (an object or NULL) states over `base`. Errors: ERROR_PACK naming the
// convention.
MUST_CHECK bool conventions_overlay(Conventions *base, const json_t *json, Error *error);
// All of them, as a new reference to an object.
json_t *conventions_to_json(const Conventions *conventions);
