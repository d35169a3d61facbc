// Results with names: see result_json.h.
#include "core/eval/result_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/eval/failure_text.h"
#include "core/eval/message.h"
#include "core/eval/tally.h"
#include "core/pack/period.h"

static void set_number(json_t *object, const char *key, double value) {
    if (!isnan(value)) json_object_set_new(object, key, json_real(value));
}

static void set_printed(json_t *object, const Conventions *conventions, double value) {
    char text[DECIMAL_TEXT_SIZE];
    if (isnan(value)) return;
    decimal_fixed(value, conventions->digits, conventions->rounding, text);
    json_object_set_new(object, "printed", json_string(text));
}

// From which month to which, where a year is not the calendar's.
static void set_period(json_t *object, const Conventions *conventions, const Plan *plan, int year) {
    Period period;
    char from[16], to[16];
    if (conventions->period == PERIOD_CALENDAR_YEAR ||
        !period_of(conventions->period, plan, year, &period))
        return;
    snprintf(from, sizeof from, "%04d-%02d", period.from_year, period.from_month);
    snprintf(to, sizeof to, "%04d-%02d", period.to_year, period.to_month);
    json_t *node = json_pack("{s:s}", "from", from);
    if (period.to_year) json_object_set_new(node, "to", json_string(to));
    json_object_set_new(object, "period", node);
}

static json_t *indicator_to_json(const Description *description, size_t index,
                                 const RegionResult *region, int year) {
    const Indicator *indicator = &description->indicators[index];
    const IndicatorResult *result = &region->indicators[index];
    json_t *object = json_object();
    set_period(object, &indicator->conventions, &description->plans[indicator->plan], year);
    json_object_set_new(object, "status", json_string(status_name((Status)result->statuses[0])));
    json_t *statuses = json_object();
    for (size_t s = 0; s < indicator->target_set_count; s++)
        json_object_set_new(statuses, indicator->target_sets[s].id,
                            json_string(status_name((Status)result->statuses[s])));
    json_object_set_new(object, "statuses", statuses);
    int on_track = result_on_track(result);
    if (on_track >= 0) json_object_set_new(object, "on_track", json_boolean(on_track));
    for (int m = 0; m < METRIC_COUNT; m++)
        set_number(object, metric_name((Metric)m), result->metrics[m]);
    return object;
}

static json_t *counts_to_json(const Plan *plan, AttainmentCounts counts) {
    json_t *object = json_object();
    set_number(object, "attainment", tally_attainment(plan, counts));
    set_printed(object, &plan->conventions, tally_attainment_percent(plan, counts));
    json_object_set_new(object, "met", json_integer(counts.met));
    json_object_set_new(object, "near", json_integer(counts.near_met));
    json_object_set_new(object, "unmet", json_integer(counts.unmet));
    json_object_set_new(object, "no_data", json_integer(counts.no_data));
    json_object_set_new(object, "not_applicable", json_integer(counts.not_applicable));
    json_object_set_new(object, "assessable", json_integer(tally_assessable(plan, counts)));
    return object;
}

// Over one of the plan's domains when `domain` is not negative; by the other target sets too, where
// the pack has any.
static json_t *plan_to_json(const Description *description, const RegionResult *result, int index,
                            int domain) {
    const Plan *plan = &description->plans[index];
    json_t *object =
        counts_to_json(plan, tally_counts(description, result->indicators, index, domain));
    json_t *sets = json_object();
    for (int set = 1; set < (int)description->set_count; set++)
        json_object_set_new(
            sets, description->set_names[set],
            counts_to_json(
                plan, tally_counts_of_set(description, result->indicators, index, domain, set)));
    if (json_object_size(sets) > 0)
        json_object_set_new(object, "targets", sets);
    else
        json_decref(sets);
    return object;
}

static json_t *plans_to_json(const Description *description, const RegionResult *result, int year) {
    json_t *plans = json_object();
    for (size_t p = 0; p < description->plan_count; p++) {
        json_t *plan = plan_to_json(description, result, (int)p, -1);
        json_t *domains = json_object();
        for (size_t d = 0; d < description->plans[p].domain_count; d++)
            json_object_set_new(domains, description->plans[p].domains[d].id,
                                plan_to_json(description, result, (int)p, (int)d));
        json_object_set_new(plan, "domains", domains);
        set_period(plan, &description->plans[p].conventions, &description->plans[p], year);
        json_object_set_new(plans, description->plans[p].id, plan);
    }
    return plans;
}

static json_t *assessed_to_json(const Description *description, const AssessmentResult *assessed) {
    const Assessment *assessment = &description->assessments[assessed->assessment];
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    json_t *object = json_object(), *items = json_object();
    set_number(object, "total", total.total);
    set_printed(object, &description->conventions, total.total);
    set_number(object, "maximum", total.maximum);
    if (total.grade >= 0)
        json_object_set_new(object, "grade", json_string(assessment->grades[total.grade].name));
    if (assessed->veto >= 0)
        json_object_set_new(object, "veto", json_string(assessment->vetoes[assessed->veto].id));
    for (size_t i = 0; i < assessment->item_count; i++) {
        json_t *item = json_object();
        set_number(item, "score", total.item_scores[i]);
        set_number(item, "points", total.item_points[i]);
        json_object_set_new(item, "state", json_string(item_state_name(assessed->items[i].state)));
        json_object_set_new(items, assessment->items[i].id, item);
    }
    json_object_set_new(object, "items", items);
    arena_free(&arena);
    return object;
}

static json_t *assessments_to_json(const Description *description, const RegionResult *result) {
    json_t *assessments = json_object();
    for (size_t i = 0; i < result->assessment_count; i++) {
        const AssessmentResult *assessed = &result->assessments[i];
        const char *id = description->assessments[assessed->assessment].id;
        json_t *object = assessed_to_json(description, assessed);
        if (assessed->unit < 0) {
            json_object_set_new(assessments, id, object);
            continue;
        }
        json_t *holder = json_object_get(assessments, id);
        if (!holder) {
            holder = json_object();
            json_object_set_new(holder, "units", json_object());
            json_object_set_new(assessments, id, holder);
        }
        json_object_set_new(json_object_get(holder, "units"), description->units[assessed->unit].id,
                            object);
    }
    return assessments;
}

static json_t *warning_to_json(const Description *description, const RaisedWarning *raised) {
    const Warning *warning = &description->warnings[raised->warning];
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(warning->id));
    if (warning->on == ON_INDICATOR)
        json_object_set_new(object, "subject",
                            json_string(description->indicators[raised->subject].id));
    else if (warning->on == ON_PLAN)
        json_object_set_new(object, "subject", json_string(description->plans[raised->subject].id));
    json_object_set_new(object, "level", json_string(level_name(raised->level)));
    json_object_set_new(object, "message", json_string(raised->message));
    return object;
}

static json_t *failure_to_json(const Description *description, const RuleFailure *failure) {
    const Rule *rule = &description->rules[failure->rule];
    json_t *object = json_object();
    json_object_set_new(object, "rule", json_string(rule->owner));
    json_object_set_new(object, "file", json_string(rule->file));
    json_object_set_new(object, "line", json_integer(rule->line));
    json_object_set_new(object, "outcome", json_string(call_outcome_name(failure->outcome)));
    Buffer message = {0};
    failure_say(failure->outcome, failure->message, &message);
    json_object_set_new(object, "message", json_stringn(message.data, message.length));
    buffer_free(&message);
    return object;
}

json_t *result_to_json(const Description *description, const RegionResult *result, int year) {
    json_t *indicators = json_object(), *warnings = json_array(), *failures = json_array();
    for (size_t i = 0; i < description->indicator_count; i++)
        json_object_set_new(indicators, description->indicators[i].id,
                            indicator_to_json(description, i, result, year));
    for (size_t i = 0; i < result->warning_count; i++)
        json_array_append_new(warnings, warning_to_json(description, &result->warnings[i]));
    for (size_t i = 0; i < result->failure_count; i++)
        json_array_append_new(failures, failure_to_json(description, &result->failures[i]));
    json_t *object = json_object();
    json_object_set_new(object, "year", json_integer(year));
    json_object_set_new(object, "indicators", indicators);
    json_object_set_new(object, "plans", plans_to_json(description, result, year));
    json_object_set_new(object, "assessments", assessments_to_json(description, result));
    json_object_set_new(object, "warnings", warnings);
    json_object_set_new(object, "failures", failures);
    return object;
}
