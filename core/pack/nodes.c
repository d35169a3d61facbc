#include "core/pack/nodes.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 16 };

// Where nodes are in the description. `kind` NULL: each says its own.
typedef struct Place {
    const char *key, *kind;
    bool own_ids; // ids are unique only inside the holder
} Place;

static const Place at_top[] = {
    {"documents", "document", false},   {"units", "unit", false},
    {"breakdowns", "breakdown", false}, {"series", NULL, false},
    {"plans", "plan", false},           {"matters", NULL, false},
    {"warnings", "warning", false},     {"assessments", "assessment", false},
};
static const Place inside[] = {
    {"clauses", "clause", false}, {"domains", "domain", true}, {"indicators", NULL, false},
    {"items", "item", true},      {"vetoes", "veto", true},
};
static const char *const holders[] = {"clauses", "domains", "items", "vetoes"};
static const char *const names[] = {"id",          "kind",   "title",  "file",     "line",
                                    "source_text", "source", "inputs", "inherited"};
static const char *const printing[] = {"digits"};
static const char *const rules[] = {"formula", "level", "score", "applies", "when"};
static const char *const links[] = {
    "lead",    "units",  "by",    "to",     "rows",      "indicators", "plan",    "only",
    "members", "counts", "among", "splits", "indicator", "applies_to", "figures", "forecast"};

static bool is_one_of(const char *key, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(key, list[i]) == 0) return true;
    return false;
}
#define IS_ONE_OF(key, list) is_one_of(key, list, sizeof(list) / sizeof *(list))

bool pack_node_says(const char *key) {
    return !IS_ONE_OF(key, names) && !IS_ONE_OF(key, rules) && !IS_ONE_OF(key, holders) &&
           !IS_ONE_OF(key, printing);
}

bool pack_node_is_rule(const char *key) {
    return IS_ONE_OF(key, rules);
}

bool pack_node_links(const char *key) {
    return IS_ONE_OF(key, links);
}

static const char *text(const json_t *node, const char *key) {
    const char *found = json_string_value(json_object_get(node, key));
    return found ? found : "";
}

bool pack_file_is_carried(const json_t *parents, const char *file) {
    size_t index;
    const json_t *parent;
    json_array_foreach(parents, index, parent) {
        const char *id = text(parent, "id");
        size_t length = strlen(id);
        if (length > 0 && strncmp(file, id, length) == 0 && file[length] == '/') return true;
    }
    return false;
}

static void add(PackNodes *nodes, const char *kind, const char *id, const json_t *json) {
    ARRAY_RESERVE(nodes->items, nodes->count, nodes->capacity);
    nodes->items[nodes->count++] =
        (PackNode){.kind = kind,
                   .id = id,
                   .title = text(json, "title"),
                   .file = text(json, "file"),
                   .line = (int)json_integer_value(json_object_get(json, "line")),
                   .inherited = pack_file_is_carried(nodes->parents, text(json, "file")),
                   .json = json};
}

static const char *full_id(PackNodes *nodes, const char *holder, const json_t *json) {
    Buffer id = {0};
    buffer_printf(&id, "%s.%s", holder, text(json, "id"));
    const char *kept = arena_string(&nodes->arena, id.data);
    buffer_free(&id);
    return kept;
}

static void read_places(PackNodes *nodes, const json_t *holder, const char *holder_id,
                        const Place *places, size_t count, int depth) {
    for (size_t p = 0; p < count && depth < DEEPEST; p++) {
        size_t index;
        const json_t *json;
        json_array_foreach(json_object_get(holder, places[p].key), index, json) {
            if (!json_is_object(json)) continue; // an array of names, not of nodes
            const char *id = places[p].own_ids ? full_id(nodes, holder_id, json) : text(json, "id");
            add(nodes, places[p].kind ? places[p].kind : text(json, "kind"), id, json);
            // Items inside items are items of the assessment.
            bool item = places[p].own_ids && strcmp(places[p].key, "items") == 0;
            read_places(nodes, json, item ? holder_id : id, inside, sizeof inside / sizeof *inside,
                        depth + 1);
        }
    }
}

void pack_nodes_read(const json_t *description, PackNodes *nodes) {
    *nodes = (PackNodes){.parents = json_object_get(description, "parents")};
    const json_t *pack = json_object_get(description, "pack");
    add(nodes, "pack", text(pack, "id"), pack);
    read_places(nodes, description, "", at_top, sizeof at_top / sizeof *at_top, 0);
}

void pack_nodes_free(PackNodes *nodes) {
    free(nodes->items);
    arena_free(&nodes->arena);
    *nodes = (PackNodes){0};
}
