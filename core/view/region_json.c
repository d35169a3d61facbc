// One region's results, written straight: see region_json.h.
#include "core/view/region_json.h"

#include <math.h>
#include <stdio.h>

#include "core/base/decimal.h"
#include "core/eval/failure_text.h"
#include "core/eval/message.h"
#include "core/eval/tally.h"
#include "core/pack/period.h"

static void write_number(JsonWriter *json, const char *key, double value) {
    if (isnan(value)) return;
    json_writer_put_number(json, key, value);
}

static void write_printed(JsonWriter *json, const Conventions *conventions, double value) {
    char text[DECIMAL_TEXT_SIZE];
    if (isnan(value)) return;
    decimal_fixed(value, conventions->digits, conventions->rounding, text);
    json_writer_put_string(json, "printed", text);
}

// Left out where there are none, as most are.
static void write_samples(JsonWriter *json, size_t count) {
    if (count) json_writer_put_integer(json, "sample_observations", (int64_t)count);
}

static void begin_object(JsonWriter *json, const char *key) {
    json_writer_key(json, key);
    json_writer_begin_object(json);
}

// ---- indicators --------------------------------------------------------------------------------

// From which month to which, where a year is not the calendar's.
static void write_period(JsonWriter *json, const Conventions *conventions, const Plan *plan,
                         int year) {
    Period period;
    char month[16];
    if (conventions->period == PERIOD_CALENDAR_YEAR ||
        !period_of(conventions->period, plan, year, &period))
        return;
    begin_object(json, "period");
    snprintf(month, sizeof month, "%04d-%02d", period.from_year, period.from_month);
    json_writer_put_string(json, "from", month);
    snprintf(month, sizeof month, "%04d-%02d", period.to_year, period.to_month);
    if (period.to_year) json_writer_put_string(json, "to", month);
    json_writer_end_object(json);
}

static void write_indicator_samples(const RegionSamples *samples, size_t index, JsonWriter *json) {
    size_t of_value;
    if (!samples) return;
    write_samples(
        json, samples_behind_indicator(samples->samples, samples->region, (int)index, &of_value));
    if (of_value) json_writer_put_boolean(json, "sample_value", true);
}

static void write_indicator(const Description *description, size_t index,
                            const RegionResult *region, const RegionSamples *samples,
                            JsonWriter *json) {
    const Indicator *indicator = &description->indicators[index];
    const IndicatorResult *result = &region->indicators[index];
    begin_object(json, indicator->id);
    write_period(json, &indicator->conventions, &description->plans[indicator->plan], region->year);
    json_writer_put_string(json, "status", status_name((Status)result->statuses[0]));
    begin_object(json, "statuses");
    for (size_t s = 0; s < indicator->target_set_count; s++)
        json_writer_put_string(json, indicator->target_sets[s].id,
                               status_name((Status)result->statuses[s]));
    json_writer_end_object(json);
    int on_track = result_on_track(result);
    if (on_track >= 0) {
        json_writer_put_boolean(json, "on_track", on_track);
    }
    for (int m = 0; m < METRIC_COUNT; m++)
        write_number(json, metric_name((Metric)m), result->metrics[m]);
    write_indicator_samples(samples, index, json);
    json_writer_end_object(json);
}

// ---- plans -------------------------------------------------------------------------------------

static void write_counts(JsonWriter *json, const Plan *plan, AttainmentCounts counts) {
    write_number(json, "attainment", tally_attainment(plan, counts));
    write_printed(json, &plan->conventions, tally_attainment_percent(plan, counts));
    json_writer_put_integer(json, "met", counts.met);
    json_writer_put_integer(json, "near", counts.near_met);
    json_writer_put_integer(json, "unmet", counts.unmet);
    json_writer_put_integer(json, "no_data", counts.no_data);
    json_writer_put_integer(json, "not_applicable", counts.not_applicable);
    json_writer_put_integer(json, "assessable", tally_assessable(plan, counts));
}

// Over one of the plan's domains when `domain` is not negative; by the other target sets too, where
// the pack has any. Members of an object that is begun.
static void write_attainment(const Description *description, const RegionResult *result, int plan,
                             int domain, const RegionSamples *samples, JsonWriter *json) {
    const Plan *about = &description->plans[plan];
    write_counts(json, about, tally_counts(description, result->indicators, plan, domain));
    if (samples)
        write_samples(json, samples_behind_plan(samples->samples, samples->region, plan, domain));
    if (description->set_count < 2) return;
    begin_object(json, "targets");
    for (int set = 1; set < (int)description->set_count; set++) {
        begin_object(json, description->set_names[set]);
        write_counts(json, about,
                     tally_counts_of_set(description, result->indicators, plan, domain, set));
        json_writer_end_object(json);
    }
    json_writer_end_object(json);
}

static void write_plan(const Description *description, const RegionResult *result, int index,
                       const RegionSamples *samples, JsonWriter *json) {
    const Plan *plan = &description->plans[index];
    begin_object(json, plan->id);
    write_attainment(description, result, index, -1, samples, json);
    begin_object(json, "domains");
    for (size_t d = 0; d < plan->domain_count; d++) {
        begin_object(json, plan->domains[d].id);
        write_attainment(description, result, index, (int)d, samples, json);
        json_writer_end_object(json);
    }
    json_writer_end_object(json);
    write_period(json, &plan->conventions, plan, result->year);
    json_writer_end_object(json);
}

// ---- assessments -------------------------------------------------------------------------------

// Item -1: the whole assessment.
static void write_item_samples(const RegionSamples *samples, const AssessmentResult *assessed,
                               int item, JsonWriter *json) {
    if (!samples) return;
    write_samples(json, samples_behind_item(samples->samples, samples->region, assessed->assessment,
                                            item, assessed->unit));
}

// Members of an object that is begun.
static void write_assessed(const Description *description, const AssessmentResult *assessed,
                           const RegionSamples *samples, JsonWriter *json) {
    const Assessment *assessment = &description->assessments[assessed->assessment];
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    write_number(json, "total", total.total);
    write_printed(json, &description->conventions, total.total);
    write_number(json, "maximum", total.maximum);
    if (total.grade >= 0)
        json_writer_put_string(json, "grade", assessment->grades[total.grade].name);
    if (assessed->veto >= 0)
        json_writer_put_string(json, "veto", assessment->vetoes[assessed->veto].id);
    write_item_samples(samples, assessed, -1, json);
    begin_object(json, "items");
    for (size_t i = 0; i < assessment->item_count; i++) {
        begin_object(json, assessment->items[i].id);
        write_number(json, "score", total.item_scores[i]);
        write_number(json, "points", total.item_points[i]);
        json_writer_put_string(json, "state", item_state_name(assessed->items[i].state));
        write_item_samples(samples, assessed, (int)i, json);
        json_writer_end_object(json);
    }
    json_writer_end_object(json);
    arena_free(&arena);
}

// The units of one assessment, which stand together in the results. Gives where the next begins.
static size_t write_units(const Description *description, const RegionResult *result, size_t from,
                          const RegionSamples *samples, JsonWriter *json) {
    size_t at = from;
    begin_object(json, "units");
    for (; at < result->assessment_count &&
           result->assessments[at].assessment == result->assessments[from].assessment;
         at++) {
        begin_object(json, description->units[result->assessments[at].unit].id);
        write_assessed(description, &result->assessments[at], samples, json);
        json_writer_end_object(json);
    }
    json_writer_end_object(json);
    return at;
}

static void write_assessments(const Description *description, const RegionResult *result,
                              const RegionSamples *samples, JsonWriter *json) {
    for (size_t i = 0; i < result->assessment_count;) {
        const AssessmentResult *assessed = &result->assessments[i];
        begin_object(json, description->assessments[assessed->assessment].id);
        if (assessed->unit >= 0) {
            i = write_units(description, result, i, samples, json);
        } else {
            write_assessed(description, assessed, samples, json);
            i++;
        }
        json_writer_end_object(json);
    }
}

// ---- warnings and failures ---------------------------------------------------------------------

static void write_warning(const Description *description, const RaisedWarning *raised,
                          const RegionSamples *samples, JsonWriter *json) {
    const Warning *warning = &description->warnings[raised->warning];
    json_writer_begin_object(json);
    json_writer_put_string(json, "id", warning->id);
    if (warning->on == ON_INDICATOR)
        json_writer_put_string(json, "subject", description->indicators[raised->subject].id);
    else if (warning->on == ON_PLAN)
        json_writer_put_string(json, "subject", description->plans[raised->subject].id);
    json_writer_put_string(json, "level", level_name(raised->level));
    json_writer_put_string(json, "message", raised->message);
    if (samples)
        write_samples(json, samples_behind_warning(samples->samples, samples->region,
                                                   raised->warning, raised->subject));
    json_writer_end_object(json);
}

static void write_failure(const Description *description, const RuleFailure *failure,
                          JsonWriter *json) {
    const Rule *rule = &description->rules[failure->rule];
    json_writer_begin_object(json);
    json_writer_put_string(json, "rule", rule->owner);
    json_writer_put_string(json, "file", rule->file);
    json_writer_put_integer(json, "line", rule->line);
    json_writer_put_string(json, "outcome", call_outcome_name(failure->outcome));
    Buffer message = {0};
    failure_say(failure->outcome, failure->message, &message);
    json_writer_put_string(json, "message", message.data);
    buffer_free(&message);
    json_writer_end_object(json);
}

// ---- the whole ---------------------------------------------------------------------------------

static void write_result(const Description *description, const RegionResult *result,
                         const RegionSamples *samples, JsonWriter *json) {
    json_writer_put_integer(json, "year", result->year);
    begin_object(json, "indicators");
    for (size_t i = 0; i < description->indicator_count; i++)
        write_indicator(description, i, result, samples, json);
    json_writer_end_object(json);
    begin_object(json, "plans");
    for (size_t p = 0; p < description->plan_count; p++)
        write_plan(description, result, (int)p, samples, json);
    json_writer_end_object(json);
    begin_object(json, "assessments");
    write_assessments(description, result, samples, json);
    json_writer_end_object(json);
    json_writer_key(json, "warnings");
    json_writer_begin_array(json);
    for (size_t i = 0; i < result->warning_count; i++)
        write_warning(description, &result->warnings[i], samples, json);
    json_writer_end_array(json);
    json_writer_key(json, "failures");
    json_writer_begin_array(json);
    for (size_t i = 0; i < result->failure_count; i++)
        write_failure(description, &result->failures[i], json);
    json_writer_end_array(json);
}

bool view_region_members(const ResultLayout *layout, ResultBytes bytes,
                         const RegionSamples *samples, JsonWriter *json, Error *error) {
    RegionResult result;
    if (!result_decode(bytes.data, bytes.length, layout, &result, error)) return false;
    write_result(layout->description, &result, samples, json);
    result_free(&result);
    return true;
}

// ---- scores ------------------------------------------------------------------------------------

static const char *veto_of(const Standings *standings, const uint8_t *record) {
    const Assessment *assessment =
        &standings->layout->description->assessments[standings->assessment];
    int veto = record[standings->layout->assessments[standings->assessment].vetoes] - VETO_NONE - 1;
    return veto >= 0 ? assessment->vetoes[veto].id : NULL;
}

static void write_standing(const RegionScores *scores, size_t index, JsonWriter *json) {
    const Standings *standings = &scores->standings[index];
    const Description *description = scores->description;
    const Assessment *assessment = &description->assessments[index];
    double total = standings->totals[scores->region];
    int grade = standings->grades[scores->region];
    bool assessed = scores->record && !isnan(total);
    int32_t rank = assessed ? scores->ranks[index] : 0;
    char printed[DECIMAL_TEXT_SIZE];
    decimal_fixed(total, description->conventions.digits, description->conventions.rounding,
                  printed);
    json_writer_begin_object(json);
    json_writer_put_string(json, "assessment", assessment->id);
    json_writer_put_string(json, "title", assessment->title);
    json_writer_put_number(json, "points", assessment->points);
    json_writer_put_number(json, "total", total);
    json_writer_put_string(json, "printed", assessed ? printed : NULL);
    json_writer_put_string(json, "grade", grade >= 0 ? assessment->grades[grade].name : NULL);
    json_writer_put_string(json, "veto", assessed ? veto_of(standings, scores->record) : NULL);
    json_writer_key(json, "rank");
    if (rank > 0)
        json_writer_integer(json, rank);
    else
        json_writer_null(json);
    json_writer_put_integer(json, "ranked", scores->ranked[index]);
    if (scores->samples && scores->record)
        write_samples(json, samples_behind_item(scores->samples->samples, scores->samples->region,
                                                (int)index, -1, -1));
    json_writer_end_object(json);
}

void view_scores_write(const RegionScores *scores, JsonWriter *json) {
    const Description *description = scores->description;
    json_writer_begin_array(json);
    for (size_t a = 0; a < description->assessment_count; a++)
        if (description->assessments[a].of != OF_UNIT) write_standing(scores, a, json);
    json_writer_end_array(json);
}
