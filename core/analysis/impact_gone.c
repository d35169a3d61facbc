// Declarations that are gone, and what hangs on them: see impact.h.
#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact_inside.h"

// Kinds to whose ids work is tied.
static bool is_worked_on(const char *kind) {
    static const char *const kinds[] = {"warning",   "assessment", "item", "indicator",
                                        "objective", "task",       "unit"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0) return true;
    return false;
}

void impact_list_gone(Comparison *comparison) {
    ImpactReport *report = comparison->report;
    const Description *after = impact_description(comparison->report, IMPACT_AFTER);
    report->gone = memory_new(report->differences.count, sizeof *report->gone);
    for (size_t i = 0; i < report->differences.count; i++) {
        const Difference *difference = &report->differences.items[i];
        if (difference->change != NODE_REMOVED || !is_worked_on(difference->kind)) continue;
        // An indicator that is an objective now keeps its id.
        if (description_indicator(after, difference->id) >= 0) continue;
        report->gone[report->gone_count++] = (ImpactGone){.difference = difference};
    }
}

static bool is_raised(const Comparison *comparison, const char *id) {
    const Description *before = impact_description(comparison->report, IMPACT_BEFORE);
    const RegionResult *result = &comparison->results[IMPACT_BEFORE];
    for (size_t i = 0; i < result->warning_count; i++)
        if (strcmp(before->warnings[result->warnings[i].warning].id, id) == 0) return true;
    return false;
}

// An item's id begins with its assessment's.
static bool is_scored(const Comparison *comparison, const char *id) {
    const Description *before = impact_description(comparison->report, IMPACT_BEFORE);
    const RegionResult *result = &comparison->results[IMPACT_BEFORE];
    size_t length = strcspn(id, ".");
    for (size_t i = 0; i < result->assessment_count; i++) {
        const char *assessment = before->assessments[result->assessments[i].assessment].id;
        if (strlen(assessment) == length && memcmp(assessment, id, length) == 0) return true;
    }
    return false;
}

static bool has_data(const Comparison *comparison, const char *id) {
    int index = description_indicator(impact_description(comparison->report, IMPACT_BEFORE), id);
    if (index < 0) return false;
    Status status = (Status)comparison->results[IMPACT_BEFORE].indicators[index].statuses[0];
    return status != STATUS_NO_DATA && status != STATUS_NOT_APPLICABLE;
}

void impact_count_gone(Comparison *comparison) {
    ImpactReport *report = comparison->report;
    for (size_t i = 0; comparison->present[IMPACT_BEFORE] && i < report->gone_count; i++) {
        ImpactGone *gone = &report->gone[i];
        const char *kind = gone->difference->kind, *id = gone->difference->id;
        if (strcmp(kind, "unit") == 0) continue;
        if (strcmp(kind, "warning") == 0)
            gone->regions += is_raised(comparison, id);
        else if (strcmp(kind, "assessment") == 0 || strcmp(kind, "item") == 0)
            gone->regions += is_scored(comparison, id);
        else
            gone->regions += has_data(comparison, id);
    }
}
