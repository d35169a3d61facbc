// Packs as JSON: see pack_json.h.
#include "core/view/pack_json.h"

#include <string.h>

// ---- what a pack is ----------------------------------------------------------------------------

PackCounts view_pack_counts(const Description *description) {
    PackCounts counts = {0};
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *indicator = &description->indicators[i];
        counts.tasks += indicator->is_task;
        counts.objectives += indicator->is_objective && !indicator->is_task;
    }
    counts.indicators = description->indicator_count - counts.objectives - counts.tasks;
    for (size_t i = 0; i < description->rule_count; i++)
        counts.rules += *description->rules[i].owner != '\0'; // one that was overridden is nobody's
    return counts;
}

void view_pack_summary_write(const LoadedPack *pack, JsonWriter *json) {
    PackCounts counts = view_pack_counts(pack->description);
    json_writer_begin_object(json);
    json_writer_put_boolean(json, "ok", true);
    json_writer_put_string(json, "pack", pack->description->id);
    json_writer_put_string(json, "version", pack->description->version);
    json_writer_put_string(json, "hash", pack->bundle.hash);
    json_writer_put_string(json, "state", pack_state_name(pack->state));
    json_writer_put_integer(json, "indicators", counts.indicators);
    json_writer_put_integer(json, "objectives", counts.objectives);
    json_writer_put_integer(json, "tasks", counts.tasks);
    json_writer_put_integer(json, "rules", counts.rules);
    json_writer_put_integer(json, "specs_passed", pack->specs_passed);
    json_writer_end_object(json);
}

json_t *view_nodes_json(const PackNodes *nodes, const char *kind) {
    json_t *chosen = json_array();
    for (size_t i = 0; i < nodes->count; i++)
        if (strcmp(nodes->items[i].kind, kind) == 0)
            json_array_append(chosen, (json_t *)nodes->items[i].json);
    return chosen;
}

// ---- beside the pack it extends ----------------------------------------------------------------

static json_t *value_or_place(const json_t *value, const char *place) {
    if (place) return json_string(place);
    return value ? json_incref((json_t *)value) : json_null();
}

static json_t *row_json(const Difference *row) {
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s?, s:o, s:o, s:s?, s:s?}", "kind", row->kind, "change",
        difference_kind_name(row->change), "id", row->id, "title", row->title, "field", row->field,
        "before", value_or_place(row->before, row->place_before), "after",
        value_or_place(row->after, row->place_after), "uses", row->uses, "where", row->where);
}

json_t *view_difference_json(const Description *parent, const Description *child,
                             const DifferenceList *list) {
    json_t *rows = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(rows, row_json(&list->items[i]));
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:I, s:I, s:I}", "pack", child->id, "version",
                     child->version, "extends", parent->id, "extends_version", parent->version,
                     "differences", rows, "added", (json_int_t)list->added, "removed",
                     (json_int_t)list->removed, "changed", (json_int_t)list->changed);
}
