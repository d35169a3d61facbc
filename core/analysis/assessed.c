// Subjects of an assessment: see assessed.h.
#include "core/analysis/assessed.h"

#include <math.h>

#include "core/base/language.h"

static bool find_results(Assessed *assessed, const Description *description, int assessment,
                         int unit, Error *error) {
    for (size_t i = 0; i < assessed->result.assessment_count; i++) {
        const AssessmentResult *results = &assessed->result.assessments[i];
        if (results->assessment != assessment || results->unit != unit) continue;
        assessed->results = results;
        assessed->total = tally_assessment(description, results, &assessed->result.arena);
        return true;
    }
    const char *id = description->assessments[assessment].id;
    error_set(error, ERROR_NOT_FOUND,
              T("\"%s\" does not assess region %s", "“%s”不考核行政区划 %s"), id, assessed->region);
    return false;
}

bool assessed_read(const Run *run, const ResultLayout *layout, int assessment, const char *region,
                   int unit, Assessed *assessed, Error *error) {
    int place = run_find_region(run, region);
    *assessed = (Assessed){.region = region};
    if (place < 0) {
        error_set(error, ERROR_NOT_FOUND,
                  T("run %lld of pack \"%s\" has no results of region %s for %d",
                    "评估包“%2$s”的运行 %1$lld 没有行政区划 %3$s %4$d 年的结果"),
                  (long long)run->id, run->pack, region, run->year);
        return error_hint(error, "%s",
                          T("it is not covered by the pack, or reported nothing for the year",
                            "该区划不在评估包范围内，或当年未报数据"));
    }
    const ResultBytes *bytes = &run->regions[place].bytes;
    if (!result_decode(bytes->data, bytes->length, layout, &assessed->result, error)) return false;
    if (find_results(assessed, layout->description, assessment, unit, error)) return true;
    assessed_free(assessed);
    return false;
}

void assessed_free(Assessed *assessed) {
    result_free(&assessed->result);
    *assessed = (Assessed){0};
}

bool assessed_is_leaf(const Item *item) {
    return item->score >= 0;
}

double assessed_share(const Description *description, const AssessmentResult *results,
                      size_t item) {
    double points = description->assessments[results->assessment].items[item].points;
    const ItemResult *result = &results->items[item];
    if (result->state == ITEM_NOT_APPLICABLE)
        return description->conventions.inapplicable == INAPPLICABLE_FULL ? 1 : NAN;
    return points > 0 ? result->score / points : 0;
}
