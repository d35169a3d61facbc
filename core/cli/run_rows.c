// A run as rows of CSV, a row an indicator and region: see run_print.h.
#include "core/cli/run_print.h"
#include "core/pack/target_text.h"

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
    {.name = "sample_observations", .title = "sample_observations", .kind = OUTPUT_INTEGER},
    {.name = "sample_value", .title = "sample_value"},
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
            size_t of_value, samples = samples_behind_indicator(
                                 view->samples, view->run->regions[r].code, (int)i, &of_value);
            output_integer(table, (int64_t)samples);
            output_text(table, of_value ? "yes" : "no");
            buffer_free(&target);
        }
        result_free(&result);
    }
}
