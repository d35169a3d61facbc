// Names of metrics, statuses and levels: see metric.h.
#include "core/pack/metric.h"

#include <string.h>

static const char *const metric_names[METRIC_COUNT] = {
#define METRIC_TEXT(NAME, name) #name,
    METRIC_LIST(METRIC_TEXT)
#undef METRIC_TEXT
};

const char *metric_name(Metric metric) {
    return metric < METRIC_COUNT ? metric_names[metric] : "unknown";
}

Metric metric_from_name(const char *name) {
    for (int i = 0; i < METRIC_COUNT; i++)
        if (strcmp(metric_names[i], name) == 0) return (Metric)i;
    return METRIC_COUNT;
}

const char *status_name(Status status) {
    static const char *const names[STATUS_COUNT] = {"met", "near", "unmet", "no_data",
                                                    "not_applicable"};
    return status < STATUS_COUNT ? names[status] : "unknown";
}

static const char *const level_names[LEVEL_COUNT] = {"none", "blue", "yellow", "orange", "red"};

const char *level_name(WarningLevel level) {
    return level < LEVEL_COUNT ? level_names[level] : "unknown";
}

WarningLevel level_from_name(const char *name) {
    for (int i = 0; i < LEVEL_COUNT; i++)
        if (strcmp(level_names[i], name) == 0) return (WarningLevel)i;
    return LEVEL_COUNT;
}
