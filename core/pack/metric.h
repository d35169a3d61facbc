// The figures an indicator has for one region and year (指标的各项数值): the one list of them.
//
// METRIC_LIST names each by its enum and by the name rules and outputs use. They are doubles; NaN
// means missing. The names are those of scripts/std/api.lua's inputs, which says what each is.
#pragma once

#define METRIC_LIST(METRIC)                                                                        \
    METRIC(VALUE, value)                                                                           \
    METRIC(PREVIOUS, previous)                                                                     \
    METRIC(BASELINE, baseline)                                                                     \
    METRIC(TARGET, target)                                                                         \
    METRIC(MILESTONE, milestone)                                                                   \
    METRIC(PROGRESS, progress)                                                                     \
    METRIC(PACE, pace)                                                                             \
    METRIC(GAP, gap)                                                                               \
    METRIC(CHANGE, change)                                                                         \
    METRIC(REQUIRED_CHANGE, required_change)                                                       \
    METRIC(RECENT_CHANGE, recent_change)                                                           \
    METRIC(FORECAST, forecast)                                                                     \
    METRIC(FORECAST_LOW, forecast_low)                                                             \
    METRIC(FORECAST_HIGH, forecast_high)                                                           \
    METRIC(FORECAST_FINAL, forecast_final)                                                         \
    METRIC(REACH_YEAR, reach_year)                                                                 \
    METRIC(VOLATILITY, volatility)                                                                 \
    METRIC(YEARS_OF_DATA, years_of_data)                                                           \
    METRIC(PEERS_MEAN, peers_mean)                                                                 \
    METRIC(PEERS_MEDIAN, peers_median)                                                             \
    METRIC(PEERS_RANK, peers_rank)                                                                 \
    METRIC(PEERS_COUNT, peers_count)                                                               \
    METRIC(PARENT_VALUE, parent_value)                                                             \
    METRIC(PEERS_LOWER_QUARTILE, peers_lower_quartile)                                             \
    METRIC(PEERS_UPPER_QUARTILE, peers_upper_quartile)                                             \
    METRIC(PEERS_LEAST, peers_least)                                                               \
    METRIC(PEERS_MOST, peers_most)                                                                 \
    METRIC(PEERS_DEVIATION, peers_deviation)                                                       \
    METRIC(FORECAST_ERROR, forecast_error)                                                         \
    METRIC(COUNT_LOW, count_low)                                                                   \
    METRIC(COUNT_HIGH, count_high)

typedef enum Metric {
#define METRIC_ENUM(NAME, name) METRIC_##NAME,
    METRIC_LIST(METRIC_ENUM)
#undef METRIC_ENUM
        METRIC_COUNT
} Metric;
_Static_assert(METRIC_COUNT < 32, "sets of metrics are 32 bits");

// "value", "previous" …
const char *metric_name(Metric metric);
// METRIC_COUNT when there is none of that name.
Metric metric_from_name(const char *name);

// How an indicator stands against its target (达标情况).
typedef enum Status {
    STATUS_MET,
    STATUS_NEAR,
    STATUS_UNMET,
    STATUS_NO_DATA,
    STATUS_NOT_APPLICABLE,
    STATUS_COUNT
} Status;

const char *status_name(Status status); // "met", "near", "unmet", "no_data", "not_applicable"

typedef enum WarningLevel {
    LEVEL_NONE,
    LEVEL_BLUE,
    LEVEL_YELLOW,
    LEVEL_ORANGE,
    LEVEL_RED,
    LEVEL_COUNT
} WarningLevel;

const char *level_name(WarningLevel level); // "none", "blue", "yellow", "orange", "red"
// LEVEL_COUNT when there is none of that name.
WarningLevel level_from_name(const char *name);
