// Inputs of rules that differ between two explanations: see differences.h.
#include <string.h>

#include "core/analysis/differences_inside.h"

static const char *text_of(const json_t *node, const char *key) {
    return json_string_value(json_object_get(node, key));
}

// The node of an item below the node of what holds it.
static const json_t *find_item(const json_t *above, const char *id) {
    size_t index;
    json_t *child;
    json_array_foreach(json_object_get(above, "children"), index, child) {
        const char *known = text_of(child, "id");
        if (known && strcmp(known, id) == 0) return child;
    }
    return NULL;
}

// An input of a rule has a value and stands under its own name; items and sources have ids, the
// rule that says whether the item applies has a place.
static bool is_input(const json_t *node) {
    return text_of(node, "value") && !text_of(node, "id") && !json_object_get(node, "rule");
}

static ChangedInput *input_named(DifferencesReport *report, ItemDifference *item,
                                 const char *name) {
    for (size_t i = 0; i < item->input_count; i++)
        if (strcmp(item->inputs[i].name, name) == 0) return &item->inputs[i];
    ChangedInput *grown =
        arena_new(&report->arena, item->input_count + 1, sizeof *grown); // few: copied each time
    if (item->input_count) memcpy(grown, item->inputs, item->input_count * sizeof *grown);
    item->inputs = grown;
    grown[item->input_count] = (ChangedInput){.name = arena_string(&report->arena, name)};
    return &grown[item->input_count++];
}

// Those of the score's rule, and of the rule whether the item applies.
static void note_inputs(DifferencesReport *report, ItemDifference *item, const json_t *node,
                        int side) {
    size_t index;
    json_t *child;
    json_array_foreach(json_object_get(node, "children"), index, child) {
        if (is_input(child))
            input_named(report, item, text_of(child, "title"))->values[side] =
                arena_string(&report->arena, text_of(child, "value"));
        else if (!text_of(child, "id") && json_object_get(child, "rule"))
            note_inputs(report, item, child, side);
    }
}

static void drop_unchanged(ItemDifference *item) {
    size_t kept = 0;
    for (size_t i = 0; i < item->input_count; i++) {
        const ChangedInput *input = &item->inputs[i];
        bool same =
            input->values[0] && input->values[1] && strcmp(input->values[0], input->values[1]) == 0;
        if (!same) item->inputs[kept++] = *input;
    }
    item->input_count = kept;
}

void differences_compare_inputs(DifferencesReport *report, const json_t *const trees[SIDES]) {
    const json_t **nodes = arena_new(&report->arena, report->item_count * SIDES, sizeof *nodes);
    for (size_t i = 0; i < report->item_count; i++) {
        ItemDifference *item = &report->items[i];
        for (int side = 0; side < SIDES; side++) {
            const json_t *above =
                item->parent >= 0 ? nodes[item->parent * SIDES + side] : trees[side];
            const json_t *node = find_item(above, item->id);
            nodes[i * SIDES + (size_t)side] = node;
            if (item->leaf && node) note_inputs(report, item, node, side);
        }
        drop_unchanged(item);
    }
}
