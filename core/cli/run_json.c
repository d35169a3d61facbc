// A run for programs, as JSON and as rows of CSV: see run_print.h.
#include <string.h>

#include "core/cli/figures_text.h"
#include "core/cli/run_print.h"
#include "core/eval/evaluate.h"
#include "core/eval/result_json.h"

// Codes of regions the pack speaks of that reported nothing for the year.
static json_t *silent_regions(const RunView *view) {
    size_t index;
    json_t *row, *silent = json_array();
    json_array_foreach(json_object_get(view->run->identity, "regions"), index, row) {
        json_t *code = json_array_get(row, 0);
        bool wanted = !view->only_region || strcmp(json_string_value(code), view->region) == 0;
        if (wanted && json_integer_value(json_array_get(row, 2)) == REGION_SILENT)
            json_array_append(silent, code);
    }
    return silent;
}

json_t *run_print_json(const RunView *view, const RunTotals *totals) {
    const Run *run = view->run;
    json_t *object = json_object(), *regions = json_object();
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
                        json_integer((json_int_t)view->sample_count));
    json_object_set_new(object, "unchanged", json_boolean(view->found));
    json_object_set_new(object, "over_budget", json_boolean(totals->over_budget));
    json_object_set(object, "conventions", json_object_get(run->identity, "conventions"));
    for (size_t r = 0; r < run->region_count; r++) {
        RegionResult result;
        if (!run_view_carries(view, r) || !run_view_decode(view, r, &result)) continue;
        json_t *region = result_to_json(view->description, &result, run->year);
        json_object_set_new(region, "name", json_string(run_view_name(view, run->regions[r].code)));
        json_object_set_new(regions, run->regions[r].code, region);
        result_free(&result);
    }
    json_object_set_new(object, "regions", regions);
    json_object_set_new(object, "silent_regions", silent_regions(view));
    return object;
}

const OutputColumn run_indicator_columns[RUN_INDICATOR_COLUMNS] = {
    {.name = "pack", .title = "pack"},
    {.name = "run", .title = "run", .kind = OUTPUT_INTEGER},
    {.name = "year", .title = "year", .kind = OUTPUT_INTEGER},
    {.name = "region", .title = "region"},
    {.name = "name", .title = "name"},
    {.name = "plan", .title = "plan"},
    {.name = "indicator", .title = "indicator"},
    {.name = "title", .title = "title"},
    {.name = "unit", .title = "unit"},
    {.name = "value", .title = "value", .kind = OUTPUT_NUMBER},
    {.name = "target", .title = "target"},
    {.name = "status", .title = "status"},
    {.name = "progress", .title = "progress", .kind = OUTPUT_NUMBER},
    {.name = "forecast", .title = "forecast", .kind = OUTPUT_NUMBER},
    {.name = "reach_year", .title = "reach_year", .kind = OUTPUT_NUMBER},
    {.name = "warning", .title = "warning"},
    {.name = "statuses", .title = "statuses"},
};

// "nation=unmet;own=met": by every target set, where there are several.
static void add_statuses(OutputTable *table, const Indicator *indicator,
                         const IndicatorResult *figures) {
    Buffer text = {0};
    for (size_t s = 0; indicator->target_set_count > 1 && s < indicator->target_set_count; s++)
        buffer_printf(&text, "%s%s=%s", s > 0 ? ";" : "", indicator->target_sets[s].id,
                      status_name((Status)figures->statuses[s]));
    output_text(table, text.data ? text.data : "");
    buffer_free(&text);
}

void run_print_indicator_rows(const RunView *view, OutputTable *table) {
    const Description *description = view->description;
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!run_view_carries(view, r) || !run_view_decode(view, r, &result)) continue;
        for (size_t i = 0; i < description->indicator_count; i++) {
            const Indicator *indicator = &description->indicators[i];
            if (!run_view_plan_is_current(view, &description->plans[indicator->plan])) continue;
            const IndicatorResult *figures = &result.indicators[i];
            Buffer target = {0};
            target_text(&indicator->target_sets[0].target, description, &target);
            output_text(table, view->run->pack);
            output_integer(table, view->run->id);
            output_integer(table, view->run->year);
            output_text(table, view->run->regions[r].code);
            output_text(table, run_view_name(view, view->run->regions[r].code));
            output_text(table, description->plans[indicator->plan].id);
            output_text(table, indicator->id);
            output_text(table, indicator->title);
            output_text(table, indicator->unit);
            output_number(table, figures->metrics[METRIC_VALUE]);
            output_text(table, target.data);
            output_text(table, status_name((Status)figures->statuses[0]));
            output_number(table, figures->metrics[METRIC_PROGRESS]);
            output_number(table, figures->metrics[METRIC_FORECAST]);
            output_number(table, figures->metrics[METRIC_REACH_YEAR]);
            output_text(table, level_name(run_view_worst_level(view, &result, (int)i)));
            add_statuses(table, indicator, figures);
            buffer_free(&target);
        }
        result_free(&result);
    }
}
