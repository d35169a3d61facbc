// On how many sample observations each node of a tree rests: see explain_inside.h.
#include <stdio.h>
#include <string.h>

#include "core/eval/peers.h"
#include "core/registry/explain_inside.h"

// ---- of other regions --------------------------------------------------------------------------

static const char others_key[] = "samples_of_others"; // on nodes of a tree that is not finished

static bool asks_others(const Explainer *explainer) {
    for (size_t i = 0; i < explainer->description->indicator_count; i++)
        if (explainer->layout->needed[i] & PEER_METRICS) return true;
    return false;
}

bool explain_read_samples(Explainer *explainer, Store *store, const RunData *data, Error *error) {
    if (!asks_others(explainer)) return true;
    const SampleQuery query = {.description = explainer->description,
                               .dataset = data->dataset,
                               .year = explainer->request->year,
                               .data_version = explainer->request->data_version};
    return samples_read_beside(store, &query, &explainer->samples, error);
}

static void note_other(const char *key, size_t count, void *context) {
    json_object_set_new(context, key, json_integer((json_int_t)count));
}

void explain_note_others(const Explainer *explainer, json_t *node, int indicator, Metric metric) {
    if (!node || indicator < 0 || explainer->samples.count == 0) return;
    json_t *set = json_object();
    samples_of_others(&explainer->samples, explainer->request->region, indicator, metric,
                      note_other, set);
    if (json_object_size(set)) json_object_set(node, others_key, set);
    json_decref(set);
}

// ---- counts ------------------------------------------------------------------------------------

// Sets are JSON objects of numbers of observations: 1 by what an observation is of, or how many
// are behind a figure of other regions; `told` has those of nodes told in full, for where they are
// only named.

static void note_observation(const json_t *observation, json_t *set) {
    const char *kind = json_string_value(json_object_get(observation, "kind"));
    bool withdrawn = !json_object_get(observation, "value");
    if (!kind || strcmp(kind, "sample") != 0 || withdrawn) return;
    Buffer key = {0};
    buffer_printf(&key, "%s %s %s %d", json_string_value(json_object_get(observation, "region")),
                  json_string_value(json_object_get(observation, "indicator")),
                  json_string_value(json_object_get(observation, "breakdown")),
                  (int)json_integer_value(json_object_get(observation, "year")));
    json_object_set_new(set, key.data, json_integer(1));
    buffer_free(&key);
}

// What was told in full and what only names it have the same title and id.
static void node_name(const json_t *node, Buffer *name) {
    const char *id = json_string_value(json_object_get(node, "id"));
    buffer_printf(name, "%s %s", json_string_value(json_object_get(node, "title")), id ? id : "");
}

static json_int_t count_of(const json_t *set) {
    const char *key;
    json_t *count;
    json_int_t sum = 0;
    json_object_foreach((json_t *)set, key, count) sum += json_integer_value(count);
    return sum;
}

static json_t *samples_below(json_t *node, json_t *told) {
    json_t *set = json_object(), *child;
    const json_t *observation = json_object_get(node, "observation");
    size_t index;
    Buffer name = {0};
    node_name(node, &name);
    if (observation) note_observation(observation, set);
    json_object_update(set, json_object_get(node, others_key));
    json_object_del(node, others_key);
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
        json_object_set_new(node, "sample_observations", json_integer(count_of(set)));
    return set;
}

void explain_mark_samples(json_t *tree) {
    json_t *told = json_object();
    json_decref(samples_below(tree, told));
    json_decref(told);
}
