// A property check as JSON: see check_json.h.
#include "core/view/check_json.h"

#include "core/check/counter_example.h"
#include "core/view/json_text.h"

static json_t *example_to_json(const CheckReport *report, const CounterExample *example) {
    const Finding *finding = &example->finding;
    Buffer sentence = {0}, hint = {0}, spec = {0};
    const char *file;
    int line;
    counter_example_place(report, example, &file, &line);
    counter_example_sentence(report, example, &sentence);
    counter_example_hint(report, example, &hint);
    counter_example_spec(report, example, &spec);
    json_t *json =
        json_pack("{s:s, s:s, s:i, s:s, s:s*, s:i, s:s}", "property",
                  property_name(finding->about.property), "file", file, "line", line, "message",
                  sentence.data, "hint", hint.data, "year", example->year, "spec", spec.data);
    buffer_free(&sentence);
    buffer_free(&hint);
    buffer_free(&spec);
    return json;
}

static json_t *declared_falls_to_json(const Description *description) {
    json_t *list = json_array();
    for (size_t a = 0; a < description->assessment_count; a++)
        for (size_t i = 0; i < description->assessments[a].item_count; i++) {
            const Item *item = &description->assessments[a].items[i];
            if (item->may_fall)
                json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:i, s:s}", "assessment",
                                                      description->assessments[a].id, "item",
                                                      item->id, "file", item->file, "line",
                                                      item->line, "why", item->may_fall));
        }
    return list;
}

json_t *view_check_json(const CheckReport *report, const CheckRequest *request) {
    json_t *properties = json_object(), *examples = json_array(), *undirected = json_array();
    for (int p = 0; p < PROPERTY_COUNT; p++)
        json_object_set_new(properties, property_name((Property)p),
                            json_pack("{s:I, s:I}", "checked", (json_int_t)report->checked[p],
                                      "problems",
                                      (json_int_t)check_example_count(report, (Property)p)));
    for (size_t i = 0; i < report->example_count; i++)
        json_array_append_new(examples, example_to_json(report, &report->examples[i]));
    for (size_t c = 0; c < report->space.column_count; c++) {
        char name[200];
        if (!space_lacks_direction(&report->space, c)) continue;
        space_column_name(&report->space, (int)c, name, sizeof name);
        json_array_append_new(undirected, view_text_to_json(name));
    }
    return json_pack("{s:b, s:s, s:s, s:I, s:I, s:I, s:o, s:o, s:o, s:o}", "ok",
                     report->example_count == 0, "pack", report->space.description->id, "version",
                     report->space.description->version, "seed", (json_int_t)request->seed, "cases",
                     (json_int_t)report->cases, "situations", (json_int_t)report->worlds,
                     "properties", properties, "without_better", undirected, "may_fall",
                     declared_falls_to_json(report->space.description), "counter_examples",
                     examples);
}
