// A run with its results as JSON: see run_json.h.
#include "core/view/run_json.h"

#include <string.h>

#include "core/eval/evaluate.h"
#include "core/eval/result_json.h"

// Codes of regions the pack speaks of that reported nothing for the year.
static json_t *silent_regions(const RunView *view) {
    size_t index;
    json_t *row, *silent = json_array();
    json_array_foreach(json_object_get(view->run->identity, "regions"), index, row) {
        json_t *code = json_array_get(row, 0);
        const char *region = json_string_value(code);
        bool wanted =
            view->only_region ? strcmp(region, view->region) == 0 : run_view_may_tell(view, region);
        if (wanted && json_integer_value(json_array_get(row, 2)) == REGION_SILENT)
            json_array_append(silent, code);
    }
    return silent;
}

// Left out where there are none, as most are.
static void set_samples(json_t *object, size_t count) {
    if (object && count)
        json_object_set_new(object, "sample_observations", json_integer((json_int_t)count));
}

static void mark_plan(const RunView *view, const char *region, json_t *plans, int index) {
    const Plan *plan = &view->description->plans[index];
    json_t *object = json_object_get(plans, plan->id),
           *domains = json_object_get(object, "domains");
    set_samples(object, samples_behind_plan(view->samples, region, index, -1));
    for (size_t d = 0; d < plan->domain_count; d++)
        set_samples(json_object_get(domains, plan->domains[d].id),
                    samples_behind_plan(view->samples, region, index, (int)d));
}

static void mark_assessment(const RunView *view, const char *region, json_t *assessments,
                            const AssessmentResult *assessed) {
    const Assessment *about = &view->description->assessments[assessed->assessment];
    json_t *object = json_object_get(assessments, about->id);
    if (assessed->unit >= 0)
        object = json_object_get(json_object_get(object, "units"),
                                 view->description->units[assessed->unit].id);
    set_samples(object, samples_behind_item(view->samples, region, assessed->assessment, -1,
                                            assessed->unit));
    for (size_t i = 0; i < about->item_count; i++)
        set_samples(json_object_get(json_object_get(object, "items"), about->items[i].id),
                    samples_behind_item(view->samples, region, assessed->assessment, (int)i,
                                        assessed->unit));
}

// Adds to each figure of a region on how many sample observations it rests.
static void mark_samples(const RunView *view, const char *region, const RegionResult *result,
                         json_t *object) {
    const Description *description = view->description;
    set_samples(object, samples_of_region(view->samples, region));
    json_t *indicators = json_object_get(object, "indicators");
    for (size_t i = 0; i < description->indicator_count; i++) {
        json_t *indicator = json_object_get(indicators, description->indicators[i].id);
        size_t of_value;
        set_samples(indicator, samples_behind_indicator(view->samples, region, (int)i, &of_value));
        if (of_value) json_object_set_new(indicator, "sample_value", json_true());
    }
    for (size_t p = 0; p < description->plan_count; p++)
        mark_plan(view, region, json_object_get(object, "plans"), (int)p);
    for (size_t i = 0; i < result->assessment_count; i++)
        mark_assessment(view, region, json_object_get(object, "assessments"),
                        &result->assessments[i]);
    for (size_t w = 0; w < result->warning_count; w++)
        set_samples(json_array_get(json_object_get(object, "warnings"), w),
                    samples_behind_warning(view->samples, region, result->warnings[w].warning,
                                           result->warnings[w].subject));
}

// Sample observations behind what is carried.
static size_t samples_carried(const RunView *view) {
    size_t count = 0;
    if (view->only_region) return run_view_samples(view);
    if (!view->may_tell) return view->samples->count;
    for (size_t r = 0; r < view->run->region_count; r++)
        if (run_view_carries(view, r))
            count += samples_of_region(view->samples, view->run->regions[r].code);
    return count;
}

json_t *view_run_head_json(const RunView *view, const RunTotals *totals) {
    const Run *run = view->run;
    json_t *object = json_object();
    json_object_set_new(object, "ok", json_true());
    json_object_set_new(object, "run", json_integer(run->id));
    json_object_set_new(object, "pack", json_string(run->pack));
    json_object_set_new(object, "pack_hash", json_string(run->pack_hash));
    json_object_set_new(object, "std_hash", json_string(run->std_hash));
    json_object_set_new(object, "result_hash", json_string(run->result_hash));
    json_object_set_new(object, "engine_version", json_integer(run->engine_version));
    json_object_set_new(object, "data_version", json_integer(run->data_version));
    json_object_set_new(object, "year", json_integer(run->year));
    json_object_set_new(object, "sample_observations",
                        json_integer((json_int_t)samples_carried(view)));
    json_object_set_new(object, "unchanged", json_boolean(view->found));
    json_object_set_new(object, "over_budget", json_boolean(totals->over_budget));
    json_object_set(object, "conventions", json_object_get(run->identity, "conventions"));
    json_object_set_new(object, "silent_regions", silent_regions(view));
    return object;
}

json_t *view_run_region_json(const RunView *view, size_t place) {
    const char *code = view->run->regions[place].code;
    RegionResult result;
    if (!run_view_decode(view, place, &result)) return NULL;
    json_t *region = result_to_json(view->description, &result, view->run->year);
    json_object_set_new(region, "name", json_string(run_view_name(view, code)));
    mark_samples(view, code, &result, region);
    result_free(&result);
    return region;
}

json_t *view_run_json(const RunView *view, const RunTotals *totals) {
    const Run *run = view->run;
    json_t *object = view_run_head_json(view, totals), *regions = json_object();
    for (size_t r = 0; r < run->region_count; r++) {
        json_t *region = run_view_carries(view, r) ? view_run_region_json(view, r) : NULL;
        if (region) json_object_set_new(regions, run->regions[r].code, region);
    }
    json_object_set_new(object, "regions", regions);
    return object;
}

// What making a run took, for those who watch it.
static json_t *timings_of(const Run *run) {
    json_t *timings = json_object();
    json_object_set_new(timings, "read_ms", json_real((double)run->read_us / 1e3));
    json_object_set_new(timings, "evaluate_ms", json_real((double)run->evaluated_us / 1e3));
    json_object_set_new(timings, "hash_ms", json_real((double)run->hashed_us / 1e3));
    json_object_set_new(timings, "committed_at_us", json_integer(run->committed_at_us));
    json_object_set_new(timings, "write_ms", json_real((double)run->written_us / 1e3));
    return timings;
}

json_t *view_run_name_json(const Run *run, bool found) {
    json_t *object = json_object();
    json_object_set_new(object, "ok", json_true());
    json_object_set_new(object, "pack", json_string(run->pack));
    json_object_set_new(object, "run", json_integer(run->id));
    json_object_set_new(object, "year", json_integer(run->year));
    json_object_set_new(object, "result_hash", json_string(run->result_hash));
    json_object_set_new(object, "unchanged", json_boolean(found));
    json_object_set_new(object, "timings", timings_of(run));
    return object;
}
