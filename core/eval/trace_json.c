// Rule calls as JSON: see trace_json.h.
#include "core/eval/trace_json.h"

static json_t *value_to_json(const RuleValue *value) {
    switch (value->kind) {
        case RULE_NIL: return json_null();
        case RULE_NUMBER: return json_real(value->number);
        case RULE_BOOLEAN: return json_boolean(value->number != 0);
        case RULE_TEXT: return json_string(value->text);
        case RULE_SERIES: {
            json_t *years = json_object();
            for (size_t i = 0; i < value->count; i++) {
                json_t *key = json_sprintf("%d", value->years[i]);
                json_object_set_new(years, json_string_value(key), json_real(value->values[i]));
                json_decref(key);
            }
            return years;
        }
    }
    return json_null();
}

json_t *trace_to_json(const Description *description, const RuleTrace *trace) {
    json_t *object =
        json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "rule", trace->rule, "year",
                  trace->year, "region", trace->region, "indicator", trace->indicator, "plan",
                  trace->plan, "assessment", trace->assessment, "item", trace->item, "veto",
                  trace->veto, "warning", trace->warning, "unit", trace->unit);
    json_t *arguments = json_array();
    for (size_t i = 0; i < description->rules[trace->rule].input_count; i++)
        json_array_append_new(arguments, value_to_json(&trace->arguments[i]));
    json_object_set_new(object, "arguments", arguments);
    if (trace->result) json_object_set_new(object, "result", value_to_json(trace->result));
    if (trace->error) json_object_set_new(object, "error", json_string(trace->error->message));
    return object;
}
