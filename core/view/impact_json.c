// An impact as JSON: see impact_json.h.
#include "core/view/impact_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/eval/failure_text.h"

typedef struct Writing {
    const ImpactReport *report;
    const ImpactView *view;
    JsonWriter *json;
} Writing;

static void put_points(const Writing *writing, const char *key, int64_t billionths) {
    json_writer_put_number(writing->json, key,
                           decimal_round((double)billionths / BILLIONTHS, 9, ROUNDING_HALF_UP));
}

// A member that has a value of each side: [before, after].
static void begin_pair(const Writing *writing, const char *key) {
    json_writer_key(writing->json, key);
    json_writer_begin_array(writing->json);
}

static void put_texts(const Writing *writing, const char *key, const char *before,
                      const char *after) {
    begin_pair(writing, key);
    json_writer_string(writing->json, before);
    json_writer_string(writing->json, after);
    json_writer_end_array(writing->json);
}

static void put_numbers(const Writing *writing, const char *key, const double values[SIDES]) {
    begin_pair(writing, key);
    for (int s = 0; s < SIDES; s++)
        json_writer_number(writing->json, values[s]);
    json_writer_end_array(writing->json);
}

static void put_region(const Writing *writing, const char *code) {
    json_writer_put_string(writing->json, "region", code);
    json_writer_put_string(writing->json, "name", region_names_get(writing->view->names, code));
}

// ---- values of fields --------------------------------------------------------------------------

static void put_value(JsonWriter *json, const json_t *value) {
    const char *key;
    json_t *member;
    size_t index;
    switch (value ? json_typeof(value) : JSON_NULL) {
        case JSON_OBJECT:
            json_writer_begin_object(json);
            json_object_foreach((json_t *)value, key, member) {
                json_writer_key(json, key);
                put_value(json, member);
            }
            json_writer_end_object(json);
            return;
        case JSON_ARRAY:
            json_writer_begin_array(json);
            json_array_foreach(value, index, member) put_value(json, member);
            json_writer_end_array(json);
            return;
        case JSON_STRING: json_writer_string(json, json_string_value(value)); return;
        case JSON_INTEGER: json_writer_integer(json, json_integer_value(value)); return;
        case JSON_REAL: json_writer_number(json, json_real_value(value)); return;
        case JSON_TRUE: json_writer_boolean(json, true); return;
        case JSON_FALSE: json_writer_boolean(json, false); return;
        case JSON_NULL: json_writer_null(json); return;
    }
}

static void put_value_or_place(const Writing *writing, const char *key, const json_t *value,
                               const char *place) {
    json_writer_key(writing->json, key);
    if (place)
        json_writer_string(writing->json, place);
    else
        put_value(writing->json, value);
}

// ---- what differs ------------------------------------------------------------------------------

static void put_difference(const Writing *writing, const Difference *difference) {
    json_writer_put_string(writing->json, "kind", difference->kind);
    json_writer_put_string(writing->json, "id", difference->id);
    json_writer_put_string(writing->json, "title", difference->title);
    json_writer_put_string(writing->json, "change", difference_kind_name(difference->change));
    json_writer_put_string(writing->json, "field", difference->field);
    put_value_or_place(writing, "before", difference->before, difference->place_before);
    put_value_or_place(writing, "after", difference->after, difference->place_after);
    json_writer_put_string(writing->json, "uses", difference->uses);
    json_writer_put_string(writing->json, "where", difference->where);
}

static void put_causes(const Writing *writing) {
    json_writer_key(writing->json, "causes");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < writing->report->cause_count; i++) {
        const ImpactCause *cause = &writing->report->causes[i];
        static const Difference std = {
            .kind = "std", .id = "std", .title = "std", .field = "code", .change = NODE_CHANGED};
        json_writer_begin_object(writing->json);
        put_difference(writing, cause->difference ? cause->difference : &std);
        json_writer_put_integer(writing->json, "regions", cause->regions);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

static void put_gone(const Writing *writing) {
    json_writer_key(writing->json, "gone");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < writing->report->gone_count; i++) {
        const ImpactGone *gone = &writing->report->gone[i];
        json_writer_begin_object(writing->json);
        json_writer_put_string(writing->json, "kind", gone->difference->kind);
        json_writer_put_string(writing->json, "id", gone->difference->id);
        json_writer_put_string(writing->json, "title", gone->difference->title);
        json_writer_put_integer(writing->json, "regions", gone->regions);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

static void put_rounds(const Writing *writing) {
    json_writer_key(writing->json, "rounds");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < writing->report->round_count; i++) {
        const ImpactRound *touched = &writing->report->rounds[i];
        const AssessmentRound *round = &touched->round;
        json_writer_begin_object(writing->json);
        json_writer_put_integer(writing->json, "id", round->id);
        json_writer_put_string(writing->json, "assessment", round->assessment);
        json_writer_put_integer(writing->json, "year", round->year);
        json_writer_put_string(writing->json, "kind", round_kind_name(round->kind));
        json_writer_put_string(writing->json, "state", round_state_name(round->state));
        json_writer_put_boolean(writing->json, "gone", touched->gone);
        json_writer_put_integer(writing->json, "changed", touched->changed);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

static void put_failures(const Writing *writing) {
    json_writer_key(writing->json, "failures");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < writing->report->failure_count; i++) {
        const ImpactFailure *failure = &writing->report->failures[i];
        json_writer_begin_object(writing->json);
        json_writer_put_string(writing->json, "rule", failure->rule->owner);
        json_writer_put_string(writing->json, "file", failure->rule->file);
        json_writer_put_integer(writing->json, "line", (size_t)failure->rule->line);
        json_writer_put_string(writing->json, "outcome", call_outcome_name(failure->outcome));
        Buffer message = {0};
        failure_say(failure->outcome, failure->message, &message);
        json_writer_put_string(writing->json, "message", message.data);
        buffer_free(&message);
        put_region(writing, failure->region);
        json_writer_put_integer(writing->json, "regions", failure->regions);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

// ---- sums --------------------------------------------------------------------------------------

static void put_most(const Writing *writing, const char *key, const ImpactScore *score) {
    json_writer_key(writing->json, key);
    if (!score) {
        json_writer_null(writing->json);
        return;
    }
    json_writer_begin_object(writing->json);
    put_region(writing, score->region);
    json_writer_put_string(writing->json, "unit", score->unit);
    put_numbers(writing, "score", score->printed);
    json_writer_end_object(writing->json);
}

static void put_grades(const Writing *writing, const ImpactAssessmentSum *sum) {
    json_writer_key(writing->json, "grades");
    json_writer_begin_array(writing->json);
    for (size_t from = 0; from < sum->grade_count; from++) {
        for (size_t to = 0; to < sum->grade_count; to++) {
            size_t count = sum->moves[from * sum->grade_count + to];
            if (count == 0) continue;
            json_writer_begin_object(writing->json);
            json_writer_put_string(writing->json, "before", sum->grades[from]);
            json_writer_put_string(writing->json, "after", sum->grades[to]);
            json_writer_put_integer(writing->json, "count", count);
            json_writer_end_object(writing->json);
        }
    }
    json_writer_end_array(writing->json);
}

static void put_assessments(const Writing *writing) {
    json_writer_key(writing->json, "assessments");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < writing->report->assessment_count; i++) {
        const ImpactAssessmentSum *sum = &writing->report->assessments[i];
        json_writer_begin_object(writing->json);
        json_writer_put_string(writing->json, "id", sum->id);
        json_writer_put_string(writing->json, "title", sum->title);
        begin_pair(writing, "subjects");
        for (int s = 0; s < SIDES; s++)
            json_writer_integer(writing->json, (int64_t)sum->subjects[s]);
        json_writer_end_array(writing->json);
        json_writer_put_integer(writing->json, "gained", sum->gained);
        json_writer_put_integer(writing->json, "lost", sum->lost);
        json_writer_put_integer(writing->json, "moved", sum->moved);
        json_writer_put_integer(writing->json, "vetoes_struck", sum->vetoes_struck);
        json_writer_put_integer(writing->json, "vetoes_off", sum->vetoes_off);
        put_most(writing, "most_gained", sum->most_gained);
        put_most(writing, "most_lost", sum->most_lost);
        put_grades(writing, sum);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

static size_t status_moves(const ImpactIndicatorSum *sum) {
    size_t count = 0;
    for (int from = 0; from < STATUS_COUNT; from++)
        for (int to = 0; to < STATUS_COUNT; to++)
            count += sum->moves[from][to];
    return count;
}

static void put_status_moves(const Writing *writing, const ImpactIndicatorSum *sum) {
    json_writer_key(writing->json, "statuses");
    json_writer_begin_array(writing->json);
    for (int from = 0; from < STATUS_COUNT; from++) {
        for (int to = 0; to < STATUS_COUNT; to++) {
            if (sum->moves[from][to] == 0) continue;
            json_writer_begin_object(writing->json);
            json_writer_put_string(writing->json, "before", status_name((Status)from));
            json_writer_put_string(writing->json, "after", status_name((Status)to));
            json_writer_put_integer(writing->json, "regions", sum->moves[from][to]);
            json_writer_end_object(writing->json);
        }
    }
    json_writer_end_array(writing->json);
}

static void put_indicators(const Writing *writing) {
    json_writer_key(writing->json, "indicators");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < writing->report->indicator_count; i++) {
        const ImpactIndicatorSum *sum = &writing->report->indicators[i];
        if (sum->values + status_moves(sum) == 0) continue;
        json_writer_begin_object(writing->json);
        json_writer_put_string(writing->json, "id", sum->id);
        json_writer_put_string(writing->json, "title", sum->title);
        json_writer_put_integer(writing->json, "values", sum->values);
        put_status_moves(writing, sum);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

static void put_warnings(const Writing *writing) {
    json_writer_key(writing->json, "warnings");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < writing->report->warning_count; i++) {
        const ImpactWarningSum *sum = &writing->report->warnings[i];
        if (sum->raised + sum->cleared + sum->risen + sum->sunk == 0) continue;
        json_writer_begin_object(writing->json);
        json_writer_put_string(writing->json, "id", sum->id);
        json_writer_put_string(writing->json, "title", sum->title);
        json_writer_put_integer(writing->json, "raised", sum->raised);
        json_writer_put_integer(writing->json, "cleared", sum->cleared);
        json_writer_put_integer(writing->json, "risen", sum->risen);
        json_writer_put_integer(writing->json, "sunk", sum->sunk);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

// ---- details -----------------------------------------------------------------------------------

static void put_because(const Writing *writing, ImpactBecause because) {
    json_writer_key(writing->json, "because");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < because.count; i++)
        json_writer_integer(writing->json, because.causes[i]);
    json_writer_end_array(writing->json);
}

static void put_inputs(const Writing *writing, const ChangedInput *inputs, size_t count) {
    json_writer_key(writing->json, "inputs");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < count; i++) {
        json_writer_begin_object(writing->json);
        json_writer_put_string(writing->json, "name", inputs[i].name);
        json_writer_put_string(writing->json, "before", inputs[i].values[IMPACT_BEFORE]);
        json_writer_put_string(writing->json, "after", inputs[i].values[IMPACT_AFTER]);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

// `rules` are indexes in each side's description, −1 for none.
static void put_rules(const Writing *writing, const int rules[SIDES]) {
    begin_pair(writing, "rule");
    for (int s = 0; s < SIDES; s++) {
        if (rules[s] < 0) {
            json_writer_null(writing->json);
            continue;
        }
        const Rule *rule = &impact_description(writing->report, s)->rules[rules[s]];
        json_writer_begin_object(writing->json);
        json_writer_put_string(writing->json, "file", rule->file);
        json_writer_put_integer(writing->json, "line", (size_t)rule->line);
        json_writer_end_object(writing->json);
    }
    json_writer_end_array(writing->json);
}

static void put_item(const Writing *writing, const ImpactItem *item) {
    const char *states[SIDES];
    int rules[SIDES];
    double scores[SIDES], points[SIDES];
    for (int s = 0; s < SIDES; s++) {
        const Item *declared = item->declared[s];
        states[s] = declared ? item_state_name(item->states[s]) : NULL;
        rules[s] = declared ? declared->score : -1;
        scores[s] = declared ? item->scores[s] : NAN;
        points[s] = declared ? item->points[s] : NAN;
    }
    json_writer_begin_object(writing->json);
    json_writer_put_string(writing->json, "id", item->id);
    json_writer_put_string(writing->json, "title", item->title);
    put_texts(writing, "state", states[IMPACT_BEFORE], states[IMPACT_AFTER]);
    put_numbers(writing, "score", scores);
    put_numbers(writing, "points", points);
    put_points(writing, "contribution", item->contribution);
    put_points(writing, "from_scoring", item->from_scoring);
    put_points(writing, "from_points", item->from_points);
    put_rules(writing, rules);
    put_inputs(writing, item->inputs, item->input_count);
    put_because(writing, item->because);
    json_writer_end_object(writing->json);
}

static void put_ranks(const Writing *writing, const ImpactScore *score) {
    begin_pair(writing, "rank");
    for (int s = 0; s < SIDES; s++) {
        if (score->ranks[s] > 0)
            json_writer_integer(writing->json, score->ranks[s]);
        else
            json_writer_null(writing->json);
    }
    json_writer_end_array(writing->json);
}

static void put_score(const Writing *writing, const ImpactScore *score) {
    const Veto *const *vetoes = score->vetoes;
    json_writer_begin_object(writing->json);
    json_writer_put_string(writing->json, "assessment",
                           writing->report->assessments[score->assessment].id);
    json_writer_put_string(writing->json, "unit", score->unit);
    json_writer_put_string(writing->json, "unit_title", score->unit_title);
    put_numbers(writing, "score", score->printed);
    put_numbers(writing, "exact", score->totals);
    put_texts(writing, "grade", score->grades[IMPACT_BEFORE], score->grades[IMPACT_AFTER]);
    put_ranks(writing, score);
    put_texts(writing, "veto", vetoes[0] ? vetoes[0]->id : NULL, vetoes[1] ? vetoes[1]->id : NULL);
    json_writer_put_boolean(writing->json, "by_others", score->by_others);
    json_writer_key(writing->json, "items");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < score->item_count; i++)
        put_item(writing, &score->items[i]);
    json_writer_end_array(writing->json);
    put_because(writing, score->because);
    json_writer_end_object(writing->json);
}

static void put_indicator(const Writing *writing, const ImpactIndicator *change) {
    const ImpactIndicatorSum *sum = &writing->report->indicators[change->indicator];
    int rules[SIDES] = {sum->declared[0]->formula, sum->declared[1]->formula};
    json_writer_begin_object(writing->json);
    json_writer_put_string(writing->json, "id", sum->id);
    json_writer_put_string(writing->json, "title", sum->title);
    put_numbers(writing, "value", change->values);
    put_texts(writing, "status", status_name(change->statuses[0]),
              status_name(change->statuses[1]));
    put_rules(writing, rules);
    put_inputs(writing, change->inputs, change->input_count);
    put_because(writing, change->because);
    json_writer_end_object(writing->json);
}

static void put_warning(const Writing *writing, const ImpactWarning *change) {
    const ImpactWarningSum *sum = &writing->report->warnings[change->warning];
    int rules[SIDES];
    for (int s = 0; s < SIDES; s++)
        rules[s] = sum->declared[s] ? sum->declared[s]->level : -1;
    json_writer_begin_object(writing->json);
    json_writer_put_string(writing->json, "id", sum->id);
    json_writer_put_string(writing->json, "title", sum->title);
    json_writer_put_string(writing->json, "subject", change->subject);
    json_writer_put_string(writing->json, "subject_title", change->subject_title);
    put_texts(writing, "level", level_name(change->levels[0]), level_name(change->levels[1]));
    put_rules(writing, rules);
    put_inputs(writing, change->inputs, change->input_count);
    put_because(writing, change->because);
    json_writer_end_object(writing->json);
}

static void put_detail(const Writing *writing, const ImpactRegion *region) {
    const ImpactReport *report = writing->report;
    JsonWriter *json = writing->json;
    json_writer_begin_object(json);
    put_region(writing, region->code);
    begin_pair(writing, "evaluated");
    for (int s = 0; s < SIDES; s++)
        json_writer_boolean(json, region->present[s]);
    json_writer_end_array(json);
    json_writer_key(json, "scores");
    json_writer_begin_array(json);
    for (size_t i = 0; i < region->score_count; i++)
        put_score(writing, &report->scores[region->first_score + i]);
    json_writer_end_array(json);
    json_writer_key(json, "indicators");
    json_writer_begin_array(json);
    for (size_t i = 0; i < region->indicator_count; i++)
        put_indicator(writing, &report->indicator_changes[region->first_indicator + i]);
    json_writer_end_array(json);
    json_writer_key(json, "warnings");
    json_writer_begin_array(json);
    for (size_t i = 0; i < region->warning_count; i++)
        put_warning(writing, &report->warning_changes[region->first_warning + i]);
    json_writer_end_array(json);
    json_writer_end_object(json);
}

static void put_details(const Writing *writing) {
    const ImpactReport *report = writing->report;
    const char *only = writing->view->region;
    size_t *order = impact_most_changed(report), told = 0;
    json_writer_key(writing->json, "details");
    json_writer_begin_array(writing->json);
    for (size_t i = 0; i < report->changed_count && told < writing->view->most_regions; i++) {
        const ImpactRegion *region = &report->regions[order[i]];
        if (only && strcmp(only, region->code) != 0) continue;
        put_detail(writing, region);
        told++;
    }
    json_writer_end_array(writing->json);
    json_writer_put_integer(writing->json, "details_left_out", report->changed_count - told);
    free(order);
}

static void put_version(const Writing *writing, const char *key, int side) {
    json_writer_key(writing->json, key);
    json_writer_begin_object(writing->json);
    json_writer_put_string(writing->json, "version",
                           impact_description(writing->report, side)->version);
    json_writer_put_string(writing->json, "hash", writing->report->sides[side].pack->bundle.hash);
    json_writer_end_object(writing->json);
}

void view_impact_write(const ImpactReport *report, const ImpactView *view, JsonWriter *json) {
    const Writing writing = {report, view, json};
    const Description *after = impact_description(writing.report, IMPACT_AFTER);
    json_writer_begin_object(json);
    json_writer_put_string(json, "pack", after->id);
    json_writer_put_string(json, "title", after->title);
    put_version(&writing, "before", IMPACT_BEFORE);
    put_version(&writing, "after", IMPACT_AFTER);
    json_writer_put_integer(json, "year", report->year);
    json_writer_put_integer(json, "regions", report->region_count);
    json_writer_put_integer(json, "changed", report->changed_count);
    put_gone(&writing);
    put_rounds(&writing);
    put_failures(&writing);
    put_causes(&writing);
    put_assessments(&writing);
    put_indicators(&writing);
    put_warnings(&writing);
    put_details(&writing);
    json_writer_end_object(json);
}
