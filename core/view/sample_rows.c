// Sample data as rows: see sample_rows.h.
#include "core/view/sample_rows.h"

#include <string.h>

#include "core/base/language.h"

// What the indicator is called by the first pack that declares it.
static const char *title_of(const SampleRowsSource *source, const char *indicator) {
    for (size_t i = 0; i < source->packs->count; i++) {
        const Description *description = source->packs->items[i].description;
        int series = description_series(description, indicator);
        if (series >= 0) return description->series[series].title;
    }
    return NULL;
}

static bool same_series(const StoreObservation *one, const StoreObservation *other) {
    return strcmp(one->region, other->region) == 0 &&
           strcmp(one->indicator, other->indicator) == 0 &&
           strcmp(one->breakdown, other->breakdown) == 0;
}

static void add_series(const SampleRowsSource *source, OutputTable *table, size_t from, size_t to) {
    const StoreObservation *first = &source->figures->items[from].sample,
                           *last = &source->figures->items[to - 1].sample;
    output_text(table, first->region);
    output_text(table, region_names_get(source->names, first->region));
    output_text(table, first->indicator);
    output_text(table, title_of(source, first->indicator));
    output_text(table, first->breakdown);
    output_integer(table, first->year);
    output_integer(table, last->year);
    output_integer(table, (int64_t)(to - from));
    output_text(table, first->source);
}

void view_sample_rows(const SampleRowsSource *source, OutputTable *rows) {
    const OutputColumn columns[] = {
        {.name = "region", .title = T("region", "区划")},
        {.name = "name", .title = T("name", "名称")},
        {.name = "indicator", .title = T("indicator id", "指标标识")},
        {.name = "title", .title = T("indicator", "指标")},
        {.name = "breakdown", .title = T("breakdown", "分组")},
        {.name = "first_year", .title = T("from", "起始年"), .kind = OUTPUT_INTEGER},
        {.name = "last_year", .title = T("to", "终止年"), .kind = OUTPUT_INTEGER},
        {.name = "sample_observations", .title = T("values", "个数"), .kind = OUTPUT_INTEGER},
        {.name = "source", .title = T("source", "来源")}};
    const SampleFigures *figures = source->figures;
    output_init(rows, columns, sizeof columns / sizeof *columns);
    for (size_t from = 0, to; from < figures->count; from = to) {
        for (to = from + 1; to < figures->count; to++)
            if (!same_series(&figures->items[from].sample, &figures->items[to].sample)) break;
        add_series(source, rows, from, to);
    }
}

void view_samples_removed_write(const SamplesRemoved *removed, JsonWriter *json) {
    json_writer_begin_object(json);
    json_writer_put_boolean(json, "ok", true);
    json_writer_put_integer(json, "removed", (int64_t)removed->removed);
    json_writer_put_integer(json, "restored", (int64_t)removed->restored);
    json_writer_put_integer(json, "left", (int64_t)removed->left);
    json_writer_end_object(json);
}
