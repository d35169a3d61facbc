// On how many sample observations each node of a tree rests: see explain_inside.h.
#include <stdio.h>
#include <string.h>

#include "core/registry/explain_inside.h"

// Sets are JSON objects; `told` has those of nodes told in full, for where they are only named.

static void note_observation(const json_t *observation, json_t *set) {
    const char *kind = json_string_value(json_object_get(observation, "kind"));
    bool withdrawn = !json_object_get(observation, "value");
    if (!kind || strcmp(kind, "sample") != 0 || withdrawn) return;
    Buffer key = {0};
    buffer_printf(&key, "%s %s %s %d", json_string_value(json_object_get(observation, "region")),
                  json_string_value(json_object_get(observation, "indicator")),
                  json_string_value(json_object_get(observation, "breakdown")),
                  (int)json_integer_value(json_object_get(observation, "year")));
    json_object_set_new(set, key.data, json_true());
    buffer_free(&key);
}

// What was told in full and what only names it have the same title and id.
static void node_name(const json_t *node, Buffer *name) {
    const char *id = json_string_value(json_object_get(node, "id"));
    buffer_printf(name, "%s %s", json_string_value(json_object_get(node, "title")), id ? id : "");
}

static json_t *samples_below(json_t *node, json_t *told) {
    json_t *set = json_object(), *child;
    const json_t *observation = json_object_get(node, "observation");
    size_t index;
    Buffer name = {0};
    node_name(node, &name);
    if (observation) note_observation(observation, set);
    json_array_foreach(json_object_get(node, "children"), index, child) {
        json_t *below = samples_below(child, told);
        json_object_update(set, below);
        json_decref(below);
    }
    if (json_is_true(json_object_get(node, "see_above")))
        json_object_update(set, json_object_get(told, name.data));
    else if (json_object_get(node, "id") && json_object_size(set))
        json_object_set(told, name.data, set);
    buffer_free(&name);
    if (json_object_size(set))
        json_object_set_new(node, "sample_observations",
                            json_integer((json_int_t)json_object_size(set)));
    return set;
}

void explain_mark_samples(json_t *tree) {
    json_t *told = json_object();
    json_decref(samples_below(tree, told));
    json_decref(told);
}
