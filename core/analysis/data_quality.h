// Data quality (数据质量): reported figures that ask for a second look.
//
// Looks at the observations of a pack's regions as they are now. A finding is a suspicion, not an
// error: of many figures looked at some stand out by chance alone, so every kind says how many were
// looked at. Evidence and facts are passed over where sizes mean nothing. One thread.
#pragma once

#include "core/pack/description.h"
#include "db/store.h"

typedef enum QualityKind {
    QUALITY_OUTLIER_PEERS,    // far from the regions beside it in the same year
    QUALITY_OUTLIER_SERIES,   // far from the trend of its own years
    QUALITY_CHANGE_PEERS,     // changed otherwise than the regions beside it
    QUALITY_CHANGE_SERIES,    // changed otherwise than in other years
    QUALITY_DIGIT_HEAPING,    // last digits are not evenly spread
    QUALITY_REPEATED_YEARS,   // the same figure three years in a row or more
    QUALITY_REPEATED_REGIONS, // the same figure in too many regions of a year
    QUALITY_PARTS_SUM,        // parts that do not add up to the whole
    QUALITY_PARTS_RANGE,      // a rate that lies outside of its parts
    QUALITY_SMALL_COUNT,      // a rate of few events whose target lies within chance
    QUALITY_KIND_COUNT
} QualityKind;

typedef enum QualitySeverity { QUALITY_NOTICE, QUALITY_DOUBTFUL, QUALITY_SERIOUS } QualitySeverity;

const char *quality_kind_name(QualityKind kind);              // "outlier_peers" …
const char *quality_kind_title(QualityKind kind);             // in the language of messages
const char *quality_kind_advice(QualityKind kind);            // what to do; likewise
const char *quality_severity_name(QualitySeverity severity);  // "notice", "doubtful", "serious"
const char *quality_severity_title(QualitySeverity severity); // in the language of messages

typedef struct QualityFinding {
    QualityKind kind;
    QualitySeverity severity;
    const char *region;        // code; NULL when it is about several
    int series;                // index in the description; -1 when it is about several
    int breakdown;             // likewise; -1 the total
    int first_year, last_year; // 0 when it is about all
    double value;              // NaN when it is about several
    int digits;                // the value was typed with
    const char *why;           // with the figures
    size_t samples;            // sample observations among what it is about
} QualityFinding;

typedef struct QualityRequest {
    const Description *description;
    const char *region; // findings about this region; NULL for all
    int year;           // of this year; 0 for all
} QualityRequest;

// Free with quality_free.
typedef struct QualityReport {
    QualityFinding *findings; // the severest first; then by kind, series, region, year
    size_t count, capacity;
    size_t checked[QUALITY_KIND_COUNT]; // figures or groups looked at that were asked for
    size_t found[QUALITY_KIND_COUNT];
    size_t values; // observations read
    Arena arena;
} QualityReport;

// Reads the pack's observations of all regions as they stand and runs every check over them; the
// request says which findings are asked for. The worst come first. On failure, when the store
// cannot be read, the report is empty; else free it with quality_free.
MUST_CHECK bool quality_examine(Store *store, const QualityRequest *request, QualityReport *report,
                                Error *error);
void quality_free(QualityReport *report);
