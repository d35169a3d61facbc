// What a rule gave that it must not give: see check_inside.h.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/check/check_inside.h"

static const json_t *call_of(const json_t *traces, int rule) {
    for (size_t i = 0; i < json_array_size(traces); i++) {
        const json_t *trace = json_array_get(traces, i);
        if (json_integer_value(json_object_get(trace, "rule")) == rule) return trace;
    }
    return NULL;
}

// The item a rule gives the score of.
static const Item *item_of(const Description *description, int rule, int *assessment, int *index) {
    for (size_t a = 0; a < description->assessment_count; a++)
        for (size_t i = 0; i < description->assessments[a].item_count; i++)
            if (description->assessments[a].items[i].score == rule) {
                *assessment = (int)a;
                *index = (int)i;
                return &description->assessments[a].items[i];
            }
    return NULL;
}

static void say_result(const json_t *trace, const Space *space, CounterExample *example) {
    Finding *finding = &example->finding;
    const json_t *result = json_object_get(trace, "result");
    const char *error = json_string_value(json_object_get(trace, "error"));
    int assessment, index;
    const Item *item = item_of(space->description, finding->about.rule, &assessment, &index);
    if (error) snprintf(finding->message, sizeof finding->message, "%s", error);
    if (!result) return;
    if (item && json_is_number(result)) {
        finding->about.property = PROPERTY_BOUNDS;
        finding->about.kind = ABOUT_ITEM;
        finding->about.assessment = assessment;
        finding->about.item = index;
        finding->about.unit = space_unit_of(space->description, assessment);
        finding->first = json_number_value(result);
        finding->allowed = item->points;
        return;
    }
    char *text = json_dumps(result, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    snprintf(finding->message, sizeof finding->message, T("it gave %s", "返回了 %s"),
             text ? text : "?");
    free(text);
}

bool explain_failure(const CheckRequest *request, const Space *space, CounterExample *example,
                     ProblemList *problems) {
    const Finding *finding = &example->finding;
    if (finding->about.kind != ABOUT_RULE || finding->outcome != CALL_BAD_RESULT) return true;
    StageRequest traced = {.host = request->host,
                           .pack = request->pack,
                           .space = space,
                           .year = example->year,
                           .worlds = 1,
                           .traced = true,
                           .traced_place = example->common.subject};
    Error error = {0};
    Stage *stage = stage_new(&traced, &error);
    Lane lane = {&example->common, {.column = -1}};
    bool good = stage && stage_run(stage, &lane, 1, false, problems);
    const json_t *call = good ? call_of(stage_traces(stage), finding->about.rule) : NULL;
    if (call) say_result(call, space, example);
    if (!stage) problems_add(problems, &error);
    stage_free(stage);
    return good;
}
