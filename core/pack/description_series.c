// Everything that has a value per region, year and breakdown: see description.h.
#include <math.h>

#include "core/base/language.h"
#include "core/pack/description_inside.h"

void description_parse_series(Maker *maker, const json_t *list) {
    Description *description = maker->description;
    size_t count = description->indicator_count + maker_size(list);
    Series *series = maker_array(maker, count, sizeof *series);
    description->series = series;
    description->series_count = count;
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *indicator = &description->indicators[i];
        series[i] = (Series){.kind = SERIES_INDICATOR,
                             .id = indicator->id,
                             .title = indicator->title,
                             .unit = indicator->unit,
                             .digits = indicator->digits,
                             .additive = indicator->additive,
                             .default_value = NAN,
                             .indicator = (int)i,
                             .file = indicator->file,
                             .line = indicator->line};
    }
    for (size_t i = description->indicator_count, k = 0; i < count; i++, k++) {
        const json_t *node = json_array_get(list, k);
        series[i] =
            (Series){.kind = maker_is(node, "kind", "fact") ? SERIES_FACT : SERIES_DATA,
                     .id = maker_text(maker, node, "id", ""),
                     .title = maker_text(maker, node, "title", ""),
                     .unit = maker_text(maker, node, "unit", ""),
                     .digits = maker_integer(node, "digits", description->conventions.digits),
                     .additive = json_is_true(json_object_get(node, "additive")),
                     .default_value = maker_number(node, "default", NAN),
                     .better = maker_is(node, "better", "higher")  ? 1
                               : maker_is(node, "better", "lower") ? -1
                                                                   : 0,
                     .indicator = -1,
                     .file = maker_text(maker, node, "file", ""),
                     .line = maker_integer(node, "line", 0)};
    }
    for (size_t i = 0; i < count; i++) {
        int64_t before = map_put(&description->series_by_id, series[i].id, (int64_t)i);
        if (before == MAP_MISSING) continue;
        problems_addf(maker->problems, ERROR_PACK, series[i].file, series[i].line, 0,
                      T("id \"%s\" is used twice; it was first declared at %s:%d",
                        "标识 \"%s\" 重复使用；首次声明于 %s:%d"),
                      series[i].id, series[before].file, series[before].line);
    }
}
